"""The shapes of people and tokens in the API."""

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import ApiToken, User, Wallet, WalletChallenge
from accounts.permissions import Action, ever_allowed
from accounts.roles import Scope
from accounts.services.tokens import LONGEST_LIFE_DAYS
from common.ethereum import LONGEST_CONTRACT_SIGNATURE_BYTES


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


class WalletAddressInput(serializers.Serializer[WalletChallenge]):
    address = serializers.CharField(max_length=100, help_text="0x and 40 hexadecimal digits.")


class ChallengeOutput(serializers.ModelSerializer[WalletChallenge]):
    text = serializers.CharField(help_text="To be signed by the wallet as it is (`personal_sign`).")

    class Meta:
        model = WalletChallenge
        fields = ["nonce", "text", "expires_at"]


class SignedInput(serializers.Serializer[WalletChallenge]):
    nonce = serializers.CharField(max_length=32, help_text="Of the text that was signed.")
    signature = serializers.CharField(
        max_length=2 + 2 * LONGEST_CONTRACT_SIGNATURE_BYTES,
        help_text="0x and hexadecimal digits: 65 bytes of a key, or whatever the wallet's contract takes (EIP-1271).",
    )


class WalletOutput(serializers.ModelSerializer[Wallet]):
    class Meta:
        model = Wallet
        fields = ["id", "address", "linked_at"]
