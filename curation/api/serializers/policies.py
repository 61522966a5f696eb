"""Shapes of gate policies, their versions, and the questions and work about them."""

from typing import Any

from rest_framework import serializers

from curation.api.serializers.json_objects import JSONObject
from curation.gating.comparing import Difference
from curation.gating.histograms import Histogram
from curation.models import GatePolicy, PolicyVersion, Rejudgement, Ruleset, WhatIf
from curation.services.gate_policies import DraftReport
from curation.services.score_spreads import Spread

MOST_EXAMPLES = 50


class PolicyInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80)
    description = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    base = serializers.UUIDField(required=False, help_text="A version to start from; the default's newest if left out.")


class PolicyOutput(serializers.ModelSerializer[GatePolicy]):
    newest = serializers.SerializerMethodField(help_text="Id of the newest version; null while none is published.")

    class Meta:
        model = GatePolicy
        fields = ("id", "name", "description", "newest", "created_by", "created_at")

    def get_newest(self, policy: GatePolicy) -> str | None:
        found = policy.versions.order_by("-number").values_list("id", flat=True).first()
        return str(found) if found else None


class DraftInput(serializers.Serializer[Any]):
    rules = JSONObject(help_text="A whole policy: version, rules and weights. Wrong ones are stored, too.")


class DraftReportOutput(serializers.Serializer[DraftReport]):
    """A stored draft and what stands in the way of publishing it."""

    rules = serializers.JSONField(source="policy.draft")
    problems = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), help_text="Place in the rules -> what is wrong."
    )
    warnings = serializers.ListField(child=serializers.CharField())


class PublishInput(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=4000, help_text="Why it differs from the version before.")


class VersionLineOutput(serializers.ModelSerializer[PolicyVersion]):
    policy_name = serializers.CharField(source="policy.name")

    class Meta:
        model = PolicyVersion
        fields = ["id", "policy", "policy_name", "number", "sha256", "note", "author", "created_at"]


class PolicyVersionOutput(VersionLineOutput):
    class Meta(VersionLineOutput.Meta):
        fields = [*VersionLineOutput.Meta.fields, "rules"]


class RuleChangeOutput(serializers.Serializer[Any]):
    field = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class PolicyDifferenceOutput(serializers.Serializer[Difference]):
    """From one version to another."""

    added = serializers.ListField(child=serializers.CharField())
    removed = serializers.ListField(child=serializers.CharField())
    changed = serializers.DictField(child=RuleChangeOutput(many=True), help_text="Rule id -> what differs in it.")
    weights = serializers.DictField(
        child=serializers.ListField(child=serializers.FloatField(allow_null=True)),
        help_text="Modality -> [before, after].",
    )


class RulesetOutput(serializers.ModelSerializer[Ruleset]):
    """The very rules that judged."""

    policy_name = serializers.CharField(source="version.policy.name", default=None, allow_null=True)
    version_number = serializers.IntegerField(source="version.number", default=None, allow_null=True)

    class Meta:
        model = Ruleset
        fields = ("sha256", "policy_name", "version", "version_number", "overrides", "calibrations", "rules")


class CampaignRulesOutput(serializers.Serializer[Any]):
    """By what a campaign's contributions are judged from now on, overrides applied."""

    sha256 = serializers.CharField()
    rules = serializers.JSONField()


class CampaignPolicyInput(serializers.Serializer[Any]):
    version = serializers.UUIDField()
    overrides = JSONObject(required=False, default=dict, help_text="In place of the campaign's own.")
    note = serializers.CharField(max_length=4000)


class WhatIfInput(serializers.Serializer[Any]):
    """A candidate. With none of `rules`, `version` and `draft_of`, each campaign's own version, with `overrides`."""

    campaign = serializers.UUIDField(required=False, allow_null=True, default=None, help_text="Null: all campaigns.")
    rules = JSONObject(required=False, help_text="A whole policy.")
    version = serializers.UUIDField(required=False, help_text="A published version.")
    draft_of = serializers.UUIDField(required=False, help_text="A policy, whose draft is asked about.")
    overrides = JSONObject(
        required=False,
        default=dict,
        help_text="Laid over each campaign's own, rule by rule; null for a rule takes the campaign's own away.",
    )
    examples = serializers.IntegerField(min_value=0, max_value=MOST_EXAMPLES, default=5)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(named := sorted({"rules", "version", "draft_of"} & attrs.keys())) > 1:
            raise serializers.ValidationError(f"Give one of {', '.join(named)}, not several.")
        return attrs


class WhatIfOutput(serializers.ModelSerializer[WhatIf]):
    """A question and, once its status is ready, its answer."""

    result = serializers.JSONField(
        help_text="judged, changed, transitions [{status, before, after, count}], "
        "rules {id: {appear, disappear, stay}}, examples, "
        "histograms [{metric, scale, low, high, counts, below, above, without_value, lines}]."
    )

    class Meta:
        model = WhatIf
        fields = (
            "id", "campaign", "candidate", "status", "total", "done", "result", "failure", "created_by", "created_at",
            "finished_at",
        )  # fmt: skip


class HistogramOutput(serializers.Serializer[Histogram]):
    """Bins of equal width from `low` to `high`, and what lies beyond them."""

    low = serializers.FloatField()
    high = serializers.FloatField()
    counts = serializers.ListField(child=serializers.IntegerField())
    below = serializers.IntegerField()
    above = serializers.IntegerField()
    without_value = serializers.IntegerField(help_text="Of probabilities: by models without a calibration.")


class SpreadOutput(serializers.Serializer[Spread]):
    """How the stored scores of a metric lie."""

    metric = serializers.CharField()
    scored = serializers.IntegerField()
    without_value = serializers.IntegerField(help_text="Where the metric did not apply.")
    value = HistogramOutput(allow_null=True, help_text="Null where nothing is measured yet.")
    probability = HistogramOutput(allow_null=True, help_text="Null where no model that measured is calibrated.")


class RejudgementInput(serializers.Serializer[Any]):
    campaign = serializers.UUIDField(required=False, allow_null=True, default=None, help_text="Null: all campaigns.")
    reject_in_review = serializers.BooleanField(
        default=False, help_text="Reject what is under review, nobody has begun to judge, and the gates now reject."
    )
    reopen_rejected = serializers.BooleanField(
        default=False, help_text="Put under review what only the gates had rejected and would now let pass."
    )


class RejudgementOutput(serializers.ModelSerializer[Rejudgement]):
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="What happened -> how often.")

    class Meta:
        model = Rejudgement
        fields = (
            "id", "campaign", "reject_in_review", "reopen_rejected", "status", "total", "done", "counts", "failure",
            "created_by", "created_at", "finished_at",
        )  # fmt: skip
