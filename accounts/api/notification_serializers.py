"""The shapes of notifications; their words are composed here, in the language of whoever reads them."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from accounts.models import Notification
from accounts.notification_kinds import Channel, Kind, words_for


class NotificationOutput(serializers.ModelSerializer[Notification]):
    subject = serializers.UUIDField(source="subject_id", help_text="What it is about.")
    title = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField()
    parameters = serializers.DictField(help_text="What the words are made of, for programs.")

    class Meta:
        model = Notification
        fields = ["id", "kind", "subject_kind", "subject", "title", "text", "parameters", "at", "read_at"]

    def get_title(self, notification: Notification) -> str:
        return words_for(notification.kind, notification.parameters, self._language).title

    def get_text(self, notification: Notification) -> str:
        return words_for(notification.kind, notification.parameters, self._language).text

    @property
    def _language(self) -> str:
        return str(getattr(self.context["request"].user, "language", settings.LANGUAGE_CODE))


class UnreadOutput(serializers.Serializer[Any]):
    unread = serializers.IntegerField()


class NotificationSettingOutput(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=Kind.choices)
    channel = serializers.ChoiceField(choices=Channel.choices)


class NotificationSettingInput(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=Kind.choices)
    channel = serializers.ChoiceField(choices=Channel.choices)
