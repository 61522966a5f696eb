"""Shapes of standings, gold items and agreement."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from curation.models import GoldItem, Standing
from curation.models.reviews import Verdict
from curation.reasons import Reason
from curation.selectors.standings import effects_of


class StandingFactorOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    count = serializers.IntegerField(help_text="How often it happened.")
    faded = serializers.FloatField(help_text="What that counts together now: each half as much per half-life.")
    weight = serializers.FloatField(help_text="How much one counts; negative: against.")


class StandingEffectOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField(help_text="In English.")
    values = serializers.DictField(child=serializers.FloatField(), help_text="The figures of the sentence.")


class StandingOutput(serializers.ModelSerializer[Standing]):
    """A person's own standing, each factor with their numbers, what it changes and what raises it."""

    factors = StandingFactorOutput(many=True)
    effects = serializers.SerializerMethodField()

    class Meta:
        model = Standing
        fields = ["role", "value", "level", "paused", "factors", "effects", "counted_at"]

    @extend_schema_field(StandingEffectOutput(many=True))
    def get_effects(self, row: Standing) -> Any:
        return StandingEffectOutput(effects_of(row), many=True).data


class GoldInput(serializers.Serializer[GoldItem]):
    revision = serializers.UUIDField(source="revision_id")
    expected = serializers.ChoiceField(choices=Verdict.choices)
    reasons = serializers.ListField(child=serializers.ChoiceField(choices=Reason.choices), default=list, max_length=20)
    explanation = serializers.CharField(max_length=2000, help_text="What a reviewer is told after the vote.")


class RetireInput(serializers.Serializer[GoldItem]):
    why = serializers.CharField(max_length=200)


class GoldOutput(serializers.ModelSerializer[GoldItem]):
    judged = serializers.IntegerField(read_only=True, help_text="By how many reviewers.")

    class Meta:
        model = GoldItem
        fields = [
            "id", "revision", "expected", "reasons", "explanation", "judged", "created_at", "retired_at", "retired_why",
        ]  # fmt: skip


class AgreementOutput(serializers.Serializer[Any]):
    """Krippendorff's alpha: 1 is perfect, 0 is chance; null where nothing can be said."""

    judgements = serializers.IntegerField()
    revisions = serializers.IntegerField()
    verdicts = serializers.FloatField(allow_null=True)
    reasons = serializers.DictField(child=serializers.FloatField(allow_null=True))
