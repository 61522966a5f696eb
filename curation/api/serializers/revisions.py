"""Shapes of a submission's revisions."""

from rest_framework import serializers

from curation.api.serializers.submissions import DecisionOutput
from curation.models import Revision


class RevisionOutput(serializers.ModelSerializer[Revision]):
    record = serializers.JSONField(help_text="As it was frozen.")
    decision = DecisionOutput(allow_null=True, default=None)

    class Meta:
        model = Revision
        fields = ("id", "number", "record", "record_sha256", "caption", "created_at", "decision")
        read_only_fields = fields
