"""What reviewing takes in and gives out."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from curation.api.serializers.assets import RenditionsOutput
from curation.lifecycle import ReviewStatus
from curation.models import Campaign, GateOutcome, Review, Score
from curation.models.reviews import Verdict
from curation.reasons import Reason
from curation.selectors.review_batches import KEY_LENGTH
from curation.selectors.standings import is_right
from curation.services.reviews import Wanted


class NextReviewInput(serializers.Serializer):
    campaign = serializers.UUIDField(required=False, allow_null=True, default=None)
    batch = serializers.CharField(
        required=False, allow_null=True, default=None, max_length=KEY_LENGTH, help_text="Only this contributor's."
    )
    passed_over = serializers.ListField(
        child=serializers.UUIDField(), default=list, max_length=200, help_text="Submissions not to be given now."
    )

    def wanted(self) -> Wanted:
        asked = self.validated_data
        return Wanted(asked["campaign"], asked["batch"], tuple(asked["passed_over"]))


class BatchOutput(serializers.Serializer[Any]):
    """Submissions of one contributor; the key means nothing to anybody else."""

    key = serializers.CharField()
    waiting = serializers.IntegerField()


class WaitingOutput(serializers.Serializer[Any]):
    campaign = serializers.UUIDField(source="campaign.id")
    title = serializers.CharField(source="campaign.title")
    waiting = serializers.IntegerField(help_text="Submissions that one may judge now.")
    begun = serializers.IntegerField(help_text="Those of them that somebody judged already: they come first.")
    batches = BatchOutput(many=True)


class JudgementInput(serializers.Serializer):
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    reasons = serializers.ListField(child=serializers.ChoiceField(choices=Reason.choices), default=list, max_length=20)
    note = serializers.CharField(allow_blank=True, default="", max_length=4000)


class CheckOutput(serializers.Serializer[Any]):
    right = serializers.BooleanField()
    expected = serializers.ChoiceField(choices=Verdict.choices)
    reasons = serializers.ListField(child=serializers.CharField())
    explanation = serializers.CharField()


class ReviewOutput(serializers.ModelSerializer[Review]):
    """One's own judgement; `outcome` stays null until the revision is decided, and until one has judged oneself."""

    campaign = serializers.UUIDField(source="revision.submission.campaign_id")
    submission = serializers.UUIDField(source="revision.submission_id")
    outcome = serializers.SerializerMethodField()
    check = serializers.SerializerMethodField(
        help_text="Of an item whose verdict was known, once judged: what was expected and why. Null for all other work."
    )

    class Meta:
        model = Review
        fields = [
            "id", "status", "campaign", "submission", "revision", "leased_until", "verdict", "reasons", "note",
            "created_at", "cast_at", "outcome", "check",
        ]  # fmt: skip

    def get_outcome(self, review: Review) -> str | None:
        if review.status != ReviewStatus.CAST:
            return None
        decision = getattr(review.revision, "decision", None)
        return decision.outcome if decision else None

    @extend_schema_field(CheckOutput(allow_null=True))
    def get_check(self, review: Review) -> dict[str, Any] | None:
        if review.gold is None or review.status != ReviewStatus.CAST:
            return None
        return CheckOutput(
            {
                "right": is_right(review),
                "expected": review.gold.expected,
                "reasons": review.gold.reasons,
                "explanation": review.gold.explanation,
            }
        ).data


class BriefOutput(serializers.ModelSerializer[Campaign]):
    class Meta:
        model = Campaign
        fields = ["id", "title", "brief", "license", "required_modalities"]


class JudgedScoreOutput(serializers.ModelSerializer[Score]):
    class Meta:
        model = Score
        fields = ["metric", "part", "value", "not_applicable", "model_id", "detail"]


class JudgedGatesOutput(serializers.ModelSerializer[GateOutcome]):
    class Meta:
        model = GateOutcome
        fields = ["outcome", "findings", "quality", "overall", "novelty"]


class MediumOutput(serializers.Serializer):
    """What stands for one file; `url` is null until it is made."""

    path = serializers.CharField()
    kind = serializers.CharField()
    facts = serializers.DictField()
    url = serializers.URLField(allow_null=True)
    content_type = serializers.CharField(allow_null=True)
    size = serializers.IntegerField(allow_null=True)
    renditions = RenditionsOutput(allow_null=True)


class NeighbourOutput(serializers.Serializer):
    revision = serializers.UUIDField(source="revision_id")
    caption = serializers.CharField()
    status = serializers.CharField()
    similarity = serializers.FloatField()
    picture = serializers.URLField(allow_null=True, help_text="Its clip's poster, else its first reference image.")
    clip = serializers.URLField(allow_null=True, help_text="Its clip, as others see it.")


class ToJudgeOutput(serializers.Serializer):
    """A lease and everything to judge; whose it is is left out."""

    id = serializers.UUIDField(source="review.id")
    leased_until = serializers.DateTimeField(source="review.leased_until")
    submission = serializers.UUIDField(source="revision.submission_id")
    revision = serializers.UUIDField(source="revision.id")
    revision_number = serializers.IntegerField(source="revision.number")
    campaign = BriefOutput()
    modalities = serializers.ListField(source="revision.modalities", child=serializers.CharField())
    caption = serializers.CharField(source="revision.caption")
    record = serializers.DictField()
    scores = JudgedScoreOutput(many=True)
    gates = JudgedGatesOutput(allow_null=True)
    media = MediumOutput(many=True)
    neighbours = NeighbourOutput(many=True)


class ReasonOutput(serializers.Serializer):
    """A part that is another member's, too: `copied` where that one had it first, `changes` what was done to it."""

    part = serializers.CharField()
    kind = serializers.CharField()
    other = serializers.UUIDField(source="other_id")
    other_part = serializers.CharField()
    copied = serializers.BooleanField()
    similarity = serializers.FloatField()
    changes = serializers.CharField(allow_blank=True)


class MemberOutput(serializers.Serializer):
    revision = serializers.UUIDField(source="revision_id")
    caption = serializers.CharField()
    status = serializers.CharField()
    media = MediumOutput(many=True)
    why = ReasonOutput(many=True)


class ClusterQuery(serializers.Serializer):
    after = serializers.UUIDField(required=False)


class ClusterOutput(serializers.Serializer):
    """Members in the order of their contribution; `next` goes into `after` for the following page."""

    members = MemberOutput(many=True)
    next = serializers.UUIDField(allow_null=True)
