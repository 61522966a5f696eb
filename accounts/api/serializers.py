"""The shapes of people and tokens in the API."""

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import ApiToken, User
from accounts.permissions import Action, ever_allowed
from accounts.roles import Scope
from accounts.services.tokens import LONGEST_LIFE_DAYS


class MeOutput(serializers.ModelSerializer[User]):
    may = serializers.SerializerMethodField(help_text="Every action that this person may ever do.")

    class Meta:
        model = User
        fields = ["id", "email", "display_name", "language", "roles", "may", "date_joined"]

    @extend_schema_field(
        serializers.ListField(child=serializers.ChoiceField(choices=[(a.value, a.value) for a in Action]))
    )
    def get_may(self, person: User) -> list[str]:
        return [action.value for action in Action if ever_allowed(person, action)]


class MeInput(serializers.Serializer[User]):
    display_name = serializers.CharField(max_length=80, allow_blank=True, required=False)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)


class TokenInput(serializers.Serializer[ApiToken]):
    name = serializers.CharField(max_length=80)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=Scope.choices),
        allow_empty=False,
        default=None,
        help_text="Left out: all that the person's roles grant.",
    )
    days = serializers.IntegerField(default=90, min_value=1, max_value=LONGEST_LIFE_DAYS)


class TokenOutput(serializers.ModelSerializer[ApiToken]):
    class Meta:
        model = ApiToken
        fields = ["id", "name", "hint", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at"]


class NewTokenOutput(TokenOutput):
    token = serializers.CharField(help_text="Shown this once.")

    class Meta(TokenOutput.Meta):
        fields = [*TokenOutput.Meta.fields, "token"]
