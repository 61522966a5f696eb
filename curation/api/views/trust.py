"""One's own standing; the operator's gold items and the agreement of reviewers."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from curation.api.serializers.trust import AgreementOutput, GoldInput, GoldOutput, RetireInput, StandingOutput
from curation.models import GoldItem
from curation.selectors.agreement import agreement_in
from curation.selectors.campaigns import readable_campaign
from curation.selectors.standings import standings_of
from curation.services import gold


class OwnStandings(APIView):
    """How one's own work is counted, as a contributor and as a reviewer."""

    permission_classes = [Requires("standing.read_own")]

    @extend_schema(responses=StandingOutput(many=True))
    def get(self, request: Request) -> Response:
        rows = standings_of(person_of(request))
        return Response(StandingOutput(rows, many=True).data)


class GoldItems(generics.ListAPIView[GoldItem]):
    """Items whose verdict is known, newest first."""

    permission_classes = [Requires("gold.manage")]
    serializer_class = GoldOutput

    def get_queryset(self) -> QuerySet[GoldItem]:
        return GoldItem.objects.annotate(judged=Count("reviews", filter=Q(reviews__status="cast")))

    @extend_schema(request=GoldInput, responses={201: GoldOutput})
    def post(self, request: Request) -> Response:
        """Make a decided revision a gold item."""
        asked = GoldInput(data=request.data)
        asked.is_valid(raise_exception=True)
        item = gold.mark(actor=person_of(request), now=timezone.now(), **asked.validated_data)
        return Response(GoldOutput(item).data, status=status.HTTP_201_CREATED)


class RetireGold(APIView):
    permission_classes = [Requires("gold.manage")]

    @extend_schema(request=RetireInput, responses=GoldOutput)
    def post(self, request: Request, gold_id: UUID) -> Response:
        """Hand the item out no more; what was judged by it counts no more."""
        asked = RetireInput(data=request.data)
        asked.is_valid(raise_exception=True)
        item = gold.retire(gold_id=gold_id, actor=person_of(request), now=timezone.now(), **asked.validated_data)
        return Response(GoldOutput(item).data)


class CampaignAgreement(APIView):
    permission_classes = [Requires("agreement.read")]

    @extend_schema(responses=AgreementOutput)
    def get(self, request: Request, campaign_id: UUID) -> Response:
        """How far the reviewers of a campaign agree, over verdicts and over each reason."""
        campaign = readable_campaign(person_of(request), campaign_id)
        return Response(AgreementOutput(agreement_in(campaign.id)).data)
