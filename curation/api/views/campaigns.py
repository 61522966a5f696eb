"""Calls for contributions."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.public import Requires, person_of
from common.idempotency import idempotent
from common.query_params import choice_of
from curation.api.serializers.campaigns import CampaignInput, CampaignOutput, ExampleOutput, FundInput, PauseInput
from curation.lifecycle import CampaignStatus
from curation.models import Campaign
from curation.selectors.campaign_examples import examples_of, show_covers
from curation.selectors.campaigns import readable_campaign, readable_campaigns, shown_campaign, shown_to
from curation.services import campaigns

STATUS = OpenApiParameter("status", enum=CampaignStatus.values)


class Campaigns(generics.ListAPIView[Campaign]):
    """Campaigns, newest first."""

    permission_classes = [Requires(GET="campaign.read", POST="campaign.create")]
    serializer_class = CampaignOutput

    def get_queryset(self) -> QuerySet[Campaign]:
        person = person_of(self.request)
        found = shown_to(person, readable_campaigns(person))
        wanted = choice_of(self.request, "status", CampaignStatus.values)
        return found.filter(status=wanted) if wanted else found

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        page = super().paginate_queryset(queryset)
        show_covers(page or ())
        return page

    @extend_schema(parameters=[STATUS])
    def get(self, request: Request) -> Response:
        """Campaigns this person may see, newest first."""
        return self.list(request)

    @extend_schema(request=CampaignInput, responses={201: CampaignOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        """Write a draft campaign."""
        asked = CampaignInput(data=request.data)
        asked.is_valid(raise_exception=True)
        campaign = campaigns.create_campaign(
            creator=person_of(request), now=timezone.now(), fields=asked.validated_data
        )
        return _shown(request, campaign.id, status.HTTP_201_CREATED)


class CampaignDetail(APIView):
    permission_classes = [Requires(GET="campaign.read", PATCH="campaign.edit")]

    @extend_schema(responses=CampaignOutput)
    def get(self, request: Request, campaign_id: UUID) -> Response:
        return _shown(request, campaign_id)

    @extend_schema(request=CampaignInput, responses=CampaignOutput)
    def patch(self, request: Request, campaign_id: UUID) -> Response:
        """Change a campaign; what contributors rely on only while it is a draft."""
        asked = CampaignInput(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        campaign = campaigns.edit_campaign(
            campaign_id=campaign_id, editor=person_of(request), changes=asked.validated_data, now=timezone.now()
        )
        return _shown(request, campaign.id)


class Examples(APIView):
    permission_classes = [Requires("campaign.read")]

    @extend_schema(responses=ExampleOutput(many=True))
    def get(self, request: Request, campaign_id: UUID) -> Response:
        """What a good and a bad contribution look like, in the operator's words and pictures."""
        examples = examples_of(readable_campaign(person_of(request), campaign_id))
        return Response(ExampleOutput(examples, many=True).data)


class OpenCampaign(APIView):
    permission_classes = [Requires("campaign.open")]

    @extend_schema(request=None, responses=CampaignOutput)
    def post(self, request: Request, campaign_id: UUID) -> Response:
        """Take contributions from now on."""
        campaign = campaigns.open_campaign(campaign_id=campaign_id, actor=person_of(request), now=timezone.now())
        return _shown(request, campaign.id)


class PauseCampaign(APIView):
    permission_classes = [Requires("campaign.pause")]

    @extend_schema(request=PauseInput, responses=CampaignOutput)
    def post(self, request: Request, campaign_id: UUID) -> Response:
        """Take nothing until it is opened again; whoever has a draft there is told why."""
        asked = PauseInput(data=request.data)
        asked.is_valid(raise_exception=True)
        campaign = campaigns.pause_campaign(
            campaign_id=campaign_id, actor=person_of(request), now=timezone.now(), **asked.validated_data
        )
        return _shown(request, campaign.id)


class CloseCampaign(APIView):
    permission_classes = [Requires("campaign.close")]

    @extend_schema(request=None, responses=CampaignOutput)
    def post(self, request: Request, campaign_id: UUID) -> Response:
        """Take nothing new."""
        campaign = campaigns.close_campaign(campaign_id=campaign_id, actor=person_of(request), now=timezone.now())
        return _shown(request, campaign.id)


class FundCampaign(APIView):
    permission_classes = [Requires("campaign.fund")]

    @extend_schema(request=FundInput, responses=CampaignOutput)
    @idempotent
    def post(self, request: Request, campaign_id: UUID) -> Response:
        """Commit more tokens to the campaign's budget."""
        asked = FundInput(data=request.data)
        asked.is_valid(raise_exception=True)
        campaign = campaigns.fund_campaign(
            campaign_id=campaign_id, actor=person_of(request), now=timezone.now(), **asked.validated_data
        )
        return _shown(request, campaign.id)


def _shown(request: Request, campaign_id: UUID, code: int = status.HTTP_200_OK) -> Response:
    return Response(CampaignOutput(shown_campaign(person_of(request), campaign_id)).data, status=code)
