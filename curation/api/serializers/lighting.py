"""Shapes of what helps to describe light."""

from datetime import datetime
from typing import Any

from rest_framework import serializers


class SunInput(serializers.Serializer[Any]):
    """A place and an instant. Neither is kept."""

    latitude_deg = serializers.FloatField(min_value=-90, max_value=90, help_text="North is positive.")
    longitude_deg = serializers.FloatField(min_value=-180, max_value=180, help_text="East is positive.")
    at = serializers.CharField(max_length=40, help_text="ISO 8601 with its zone: 2026-06-21T12:00:00+02:00.")

    def validate_at(self, text: str) -> datetime:
        try:
            instant = datetime.fromisoformat(text)
        except ValueError as error:
            raise serializers.ValidationError("Write it as 2026-06-21T12:00:00+02:00.") from error
        if instant.tzinfo is None:
            raise serializers.ValidationError("Add the time zone, such as +02:00 or Z.")
        return instant


class SunOutput(serializers.Serializer[Any]):
    azimuth_deg = serializers.FloatField(help_text="Clockwise from true north.")
    elevation_deg = serializers.FloatField(help_text="As it is seen, lifted by the air.")
    refraction_deg = serializers.FloatField(help_text="How much of the elevation is the air's.")
