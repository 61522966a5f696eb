"""A field of a request that is any JSON object."""

from typing import Any

from rest_framework import serializers


class JSONObject(serializers.JSONField):
    """What is in it is looked at by whoever takes it; anything that is no object is refused here."""

    default_error_messages = {"not_an_object": "Give a JSON object."}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, dict):
            self.fail("not_an_object")
        return dict(data)
