"""Shapes of submissions."""

from typing import Any

from rest_framework import serializers

from curation.api.serializers.assets import AssetDetailOutput
from curation.api.serializers.json_objects import JSONObject
from curation.lifecycle import SubmissionStatus
from curation.models import Decision, Event, GateOutcome, Score, Submission
from curation.selectors.submissions import SubmissionDetail


class SubmissionInput(serializers.Serializer[Any]):
    campaign = serializers.UUIDField()
    record = JSONObject(help_text="A `scene-sample/1.0` record, complete or not.")


class RecordInput(serializers.Serializer[Any]):
    record = JSONObject(help_text="A `scene-sample/1.0` record, complete or not.")
    seen = serializers.DateTimeField(
        required=False, help_text="updated_at of the draft this was written from: a newer one is not overwritten."
    )


class SubmissionOutput(serializers.Serializer[Submission]):
    """One line of a list."""

    id = serializers.UUIDField()
    campaign = serializers.UUIDField(source="campaign_id")
    status = serializers.ChoiceField(choices=SubmissionStatus.choices)
    failure = serializers.SerializerMethodField()
    revision = serializers.UUIDField(source="current_id", allow_null=True)
    revision_number = serializers.IntegerField(source="current.number", default=None, allow_null=True)
    modalities = serializers.ListField(source="current.modalities", child=serializers.CharField(), default=list)
    caption = serializers.SerializerMethodField(help_text="Of a draft in a list: its short one, as far as written.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    draft_expires_at = serializers.DateTimeField(
        allow_null=True, help_text="When a draft that was never submitted is removed, unless it is changed before."
    )

    def get_caption(self, submission: Submission) -> str:
        if submission.current:
            return submission.current.caption
        return getattr(submission, "drafted_caption", None) or ""

    def get_failure(self, submission: Submission) -> dict[str, str] | None:
        return submission.failure or None


class ProblemOutput(serializers.Serializer[Any]):
    path = serializers.CharField(allow_blank=True)
    code = serializers.CharField()
    message = serializers.CharField()
    fix = serializers.CharField()


class DraftOutput(SubmissionOutput):
    """A draft as it was just stored, with what it still lacks."""

    problems = ProblemOutput(many=True)


class GatesOutput(serializers.ModelSerializer[GateOutcome]):
    findings = serializers.ListField(child=serializers.DictField())
    quality = serializers.DictField()

    class Meta:
        model = GateOutcome
        fields = ("outcome", "findings", "quality", "overall", "novelty", "ruleset", "judged_at")
        read_only_fields = fields


class DecisionOutput(serializers.ModelSerializer[Decision]):
    reasons = serializers.ListField(child=serializers.CharField())
    notes = serializers.ListField(child=serializers.JSONField())

    class Meta:
        model = Decision
        fields = ("outcome", "source", "reasons", "notes", "decided_at")
        read_only_fields = fields


class PlacementOutput(serializers.Serializer[Any]):
    path = serializers.CharField()
    asset = AssetDetailOutput()


class SubmissionDetailOutput(serializers.Serializer[SubmissionDetail]):
    """Everything about one submission's current revision."""

    submission = SubmissionOutput()
    draft = serializers.SerializerMethodField(help_text="The record being written; null for anybody else.")
    record = serializers.JSONField(allow_null=True)
    record_sha256 = serializers.CharField(source="submission.current.record_sha256", default="")
    assets = PlacementOutput(source="placements", many=True)
    gates = GatesOutput(allow_null=True)
    decision = DecisionOutput(allow_null=True)

    def get_draft(self, detail: SubmissionDetail) -> dict[str, Any] | None:
        mine = detail.submission.contributor_id == self.context["request"].user.id
        return detail.submission.draft if mine else None


class ScoreOutput(serializers.ModelSerializer[Score]):
    class Meta:
        model = Score
        fields = (
            "metric",
            "part",
            "value",
            "detail",
            "not_applicable",
            "model_id",
            "weights_sha256",
            "preprocessing_id",
            "measured_at",
        )
        read_only_fields = fields


class EventOutput(serializers.ModelSerializer[Event]):
    by_me = serializers.SerializerMethodField(help_text="Whether the asking person did it.")

    class Meta:
        model = Event
        fields = ("id", "kind", "at", "detail", "revision", "by_me")
        read_only_fields = fields

    def get_by_me(self, event: Event) -> bool:
        return event.actor_id == self.context["request"].user.id


class DuplicateOutput(serializers.Serializer[Any]):
    path = serializers.CharField(help_text="Where in the record.")
    kind = serializers.ChoiceField(choices=["exact", "near"])
    similarity = serializers.FloatField()


class MeasuredOutput(serializers.Serializer[Any]):
    metric = serializers.CharField()
    part = serializers.CharField(allow_blank=True, help_text="Where in the record.")
    value = serializers.FloatField(allow_null=True)
    detail = serializers.DictField()
    not_applicable = serializers.CharField(allow_null=True)
    model_id = serializers.CharField(allow_blank=True)


class TierOutput(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=["not_started", "waiting", "running", "ready", "failed"])
    failure = serializers.DictField(allow_null=True)
    asked_at = serializers.DateTimeField(allow_null=True)
    measured_at = serializers.DateTimeField(allow_null=True)


class TiersOutput(serializers.Serializer[Any]):
    model_free = TierOutput()
    models = TierOutput()


class CaptionsOutput(serializers.Serializer[Any]):
    """A record told in words, one line each."""

    language = serializers.CharField(help_text="en or ar.")
    short = serializers.CharField(help_text="60 words at most.")
    long = serializers.CharField()


class PrecheckOutput(serializers.Serializer[Any]):
    """What the gates say of a draft as far as it is measured, each finding with its fix."""

    ready = serializers.BooleanField(help_text="Nothing stands in the way of submitting.")
    problems = ProblemOutput(many=True)
    outcome = serializers.CharField(help_text="pass, review or reject, as far as it is measured.")
    findings = serializers.ListField(child=serializers.DictField())
    record_sha256 = serializers.CharField(allow_blank=True, help_text="Of the record that submitting would freeze.")
    duplicates = DuplicateOutput(many=True)
    measured = MeasuredOutput(many=True, help_text="Raw, as far as it is measured: loudness, sizes, what was said.")
    tiers = TiersOutput()
