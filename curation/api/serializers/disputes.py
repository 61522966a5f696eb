"""Shapes of disputes; whose they are is left out."""

from typing import Any

from rest_framework import serializers

from curation.api.serializers.reviews import JudgedGatesOutput, JudgedScoreOutput, MediumOutput
from curation.api.serializers.submissions import DecisionOutput
from curation.models import Dispute


class DisputeInput(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=4000, help_text="Why the rejection is wrong.")


class DisputeAnswerInput(serializers.Serializer[Any]):
    overturn = serializers.BooleanField(help_text="Have it reviewed again; otherwise the rejection stands.")
    answer = serializers.CharField(max_length=4000, help_text="Why, for the author.")


class DisputeOutput(serializers.ModelSerializer[Dispute]):
    revision = serializers.UUIDField(source="decision.revision_id")
    caption = serializers.CharField(source="decision.revision.caption")
    decision = DecisionOutput()

    class Meta:
        model = Dispute
        fields = [
            "id", "submission", "revision", "caption", "status", "text", "decision", "answer", "opened_at",
            "answered_at",
        ]  # fmt: skip


class DisputeDetailOutput(serializers.Serializer[Any]):
    """A dispute and all that was judged."""

    dispute = DisputeOutput()
    record = serializers.DictField()
    scores = JudgedScoreOutput(many=True)
    gates = JudgedGatesOutput(allow_null=True)
    media = MediumOutput(many=True)
