"""Gate policies: drafts, versions, their difference, and which one a campaign is judged by."""

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
from common.query_params import text_of, uuid_of
from curation.api.serializers.campaigns import CampaignOutput
from curation.api.serializers.policies import (
    CampaignPolicyInput,
    CampaignRulesOutput,
    DraftInput,
    DraftReportOutput,
    PolicyDifferenceOutput,
    PolicyInput,
    PolicyOutput,
    PolicyVersionOutput,
    PublishInput,
    RulesetOutput,
    SpreadOutput,
    VersionLineOutput,
)
from curation.gating.comparing import difference
from curation.models import GatePolicy, PolicyVersion
from curation.selectors.campaigns import readable_campaign, shown_campaign
from curation.selectors.rulesets import ruleset_of
from curation.services import campaigns, gate_policies, judgings, score_spreads

METRIC = OpenApiParameter("metric", required=True)
MODEL = OpenApiParameter("model", description="What the measuring model's id begins with; any where left out.")
CAMPAIGN = OpenApiParameter("campaign", UUID, description="All campaigns where left out.")


class Policies(generics.ListAPIView[GatePolicy]):
    """Gate policies, newest first."""

    permission_classes = [Requires(GET="policy.read", POST="policy.manage")]
    serializer_class = PolicyOutput

    def get_queryset(self) -> QuerySet[GatePolicy]:
        gate_policies.default_version(now=timezone.now())
        return GatePolicy.objects.all()

    @extend_schema(request=PolicyInput, responses={201: PolicyOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        """Start a policy whose draft is a copy of a version."""
        asked = PolicyInput(data=request.data)
        asked.is_valid(raise_exception=True)
        policy = gate_policies.create_policy(author=person_of(request), now=timezone.now(), **asked.validated_data)
        return Response(PolicyOutput(policy).data, status=status.HTTP_201_CREATED)


class PolicyDraft(APIView):
    permission_classes = [Requires("policy.manage")]

    @extend_schema(responses=DraftReportOutput)
    def get(self, request: Request, policy_id: UUID) -> Response:
        """The draft, and what is wrong with it."""
        return Response(DraftReportOutput(gate_policies.report_on(gate_policies.find(policy_id))).data)

    @extend_schema(request=DraftInput, responses=DraftReportOutput)
    def put(self, request: Request, policy_id: UUID) -> Response:
        """Replace the draft, right or wrong; the answer names every problem with its place."""
        asked = DraftInput(data=request.data)
        asked.is_valid(raise_exception=True)
        return Response(DraftReportOutput(gate_policies.save_draft(policy_id=policy_id, **asked.validated_data)).data)


class PolicyVersions(generics.ListAPIView[PolicyVersion]):
    """A policy's versions, newest first."""

    permission_classes = [Requires(GET="policy.read", POST="policy.manage")]
    serializer_class = VersionLineOutput
    queryset = PolicyVersion.objects.select_related("policy")

    def get_queryset(self) -> QuerySet[PolicyVersion]:
        return super().get_queryset().filter(policy=self.kwargs["policy_id"])

    @extend_schema(request=PublishInput, responses={201: PolicyVersionOutput})
    @idempotent
    def post(self, request: Request, policy_id: UUID) -> Response:
        """Publish the draft as the next version; it judges nothing until a campaign is put under it."""
        asked = PublishInput(data=request.data)
        asked.is_valid(raise_exception=True)
        version = gate_policies.publish(
            policy_id=policy_id, author=person_of(request), now=timezone.now(), **asked.validated_data
        )
        return Response(PolicyVersionOutput(version).data, status=status.HTTP_201_CREATED)


class PolicyVersionDetail(APIView):
    permission_classes = [Requires("policy.read")]

    @extend_schema(responses=PolicyVersionOutput)
    def get(self, request: Request, version_id: UUID) -> Response:
        """A version with its rules."""
        return Response(PolicyVersionOutput(gate_policies.find_version(version_id)).data)


class PolicyVersionDifference(APIView):
    permission_classes = [Requires("policy.read")]

    @extend_schema(responses=PolicyDifferenceOutput)
    def get(self, request: Request, version_id: UUID, other_id: UUID) -> Response:
        """What changes from the first version to the second, rule by rule."""
        before, after = (gate_policies.parsed(gate_policies.find_version(i).rules) for i in (version_id, other_id))
        return Response(PolicyDifferenceOutput(difference(before, after)).data)


class ScoreSpread(APIView):
    permission_classes = [Requires("policy.manage")]

    @extend_schema(parameters=[METRIC, MODEL, CAMPAIGN], responses=SpreadOutput)
    def get(self, request: Request) -> Response:
        """How the stored scores of a metric lie: by this its bounds are set."""
        spread = score_spreads.spread_of(
            metric=text_of(request, "metric"),
            model=text_of(request, "model"),
            campaign_id=uuid_of(request, "campaign"),
            actor=person_of(request),
        )
        return Response(SpreadOutput(spread).data)


class CampaignPolicy(APIView):
    permission_classes = [Requires(GET="campaign.read", POST="policy.manage")]

    @extend_schema(responses=CampaignRulesOutput)
    def get(self, request: Request, campaign_id: UUID) -> Response:
        """By what contributions to this campaign are judged from now on, for everybody who may see it."""
        policy = judgings.policy_of(readable_campaign(person_of(request), campaign_id))
        return Response({"sha256": policy.sha256, "rules": policy.as_json()})

    @extend_schema(request=CampaignPolicyInput, responses=CampaignOutput)
    @idempotent
    def post(self, request: Request, campaign_id: UUID) -> Response:
        """Put the campaign under another version or other overrides; verdicts that stand wait for a re-judgement."""
        asked = CampaignPolicyInput(data=request.data)
        asked.is_valid(raise_exception=True)
        campaign = campaigns.change_policy(
            campaign_id=campaign_id,
            version_id=asked.validated_data["version"],
            overrides=asked.validated_data["overrides"],
            note=asked.validated_data["note"],
            actor=person_of(request),
            now=timezone.now(),
        )
        return Response(CampaignOutput(shown_campaign(person_of(request), campaign.id)).data)


class SubmissionRules(APIView):
    permission_classes = [Requires("submission.read")]

    @extend_schema(responses=RulesetOutput)
    def get(self, request: Request, submission_id: UUID) -> Response:
        """The very rules by which this submission's verdict was made, for whoever may see the submission."""
        return Response(RulesetOutput(ruleset_of(person_of(request), submission_id)).data)
