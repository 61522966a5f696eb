"""One's own balance and credits; the operator's ledger."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from rewards import selectors
from rewards.api.serializers import AssetSumOutput, BalanceOutput, CreditOutput, TransactionOutput
from rewards.models import Credit, Transaction


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
