"""Shapes of sound events."""

from typing import Any

from rest_framework import serializers

from curation.api.serializers.submissions import ProblemOutput
from curation.record.sound_events import FORMATS
from curation.record.sound_events.reading import MAX_BYTES


class SoundsInput(serializers.Serializer[Any]):
    """The text of a DCASE table or of a JAMS file; its format is found by its content."""

    text = serializers.CharField(max_length=MAX_BYTES, trim_whitespace=False)
    format = serializers.ChoiceField(choices=list(FORMATS), required=False, default=None)


class SoundEventOutput(serializers.Serializer[Any]):
    """As it stands in `audio.events` of a record."""

    onset_s = serializers.FloatField()
    offset_s = serializers.FloatField()
    mid = serializers.CharField(allow_null=True)
    name = serializers.CharField()


class ImportedSoundsOutput(serializers.Serializer[Any]):
    format = serializers.CharField()
    events = SoundEventOutput(many=True)
    losses = ProblemOutput(many=True, help_text="What was in the file and is not kept, and labels of no known class.")


class ExportedSoundsOutput(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="What to call the file.")
    content = serializers.CharField(help_text="Its text.")
    losses = ProblemOutput(many=True, help_text="What of the events it does not carry.")
