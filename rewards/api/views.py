"""One's own balance and credits; the operator's ledger."""

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from rewards import selectors
from rewards.api.pay_formula import PayFormulaInput, PayFormulaOutput
from rewards.api.serializers import AssetSumOutput, BalanceOutput, CreditOutput, TransactionOutput
from rewards.models import Credit, Transaction
from rewards.selectors import credit_lines, pay_formula


class OwnBalance(APIView):
    """What one has earned, by where it stands."""

    permission_classes = [Requires("balance.read_own")]

    @extend_schema(responses=BalanceOutput)
    def get(self, request: Request) -> Response:
        return Response(BalanceOutput(selectors.balance_of(person_of(request).id)).data)


class OwnCredits(generics.ListAPIView):
    """One's own credits, newest first, each with its formula filled in."""

    permission_classes = [Requires("balance.read_own")]
    serializer_class = CreditOutput

    def get_queryset(self) -> QuerySet[Credit]:
        return selectors.credits_of(person_of(self.request).id)


class OwnCreditsCsv(APIView):
    """One's own credits as CSV, oldest first, each factor in a column; amounts in base units."""

    permission_classes = [Requires("balance.read_own")]

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request) -> StreamingHttpResponse:
        rows = selectors.credits_of(person_of(request).id).order_by("id").iterator(chunk_size=1_000)
        lines = credit_lines.csv_lines(rows)
        headers = {"Content-Disposition": 'attachment; filename="credits.csv"'}
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


class CampaignPayFormula(APIView):
    """What a campaign pays and how it is computed, with the ranges of all factors and one's own trust as it is now."""

    permission_classes = [Requires("campaign.read")]

    @extend_schema(parameters=[PayFormulaInput], responses=PayFormulaOutput)
    def get(self, request: Request) -> Response:
        asked = PayFormulaInput(data=request.query_params)
        asked.is_valid(raise_exception=True)
        formula = pay_formula.pay_formula(person_of(request), asked.validated_data["campaign"])
        return Response(PayFormulaOutput(formula).data)


class Ledger(generics.ListAPIView):
    """Every transaction with its entries, newest first."""

    permission_classes = [Requires("ledger.read")]
    serializer_class = TransactionOutput

    def get_queryset(self) -> QuerySet[Transaction]:
        return selectors.transactions()


class LedgerSummary(APIView):
    """All accounts by asset and kind; each asset sums to zero."""

    permission_classes = [Requires("ledger.read")]

    @extend_schema(responses=AssetSumOutput(many=True))
    def get(self, request: Request) -> Response:
        return Response(AssetSumOutput(selectors.sums(), many=True).data)
