"""What was to be sent to the chain, for operators: every intent with its nonces and all that was ever signed for it."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import generics, serializers

from accounts.public import Requires
from common.money import WeiSerializerField
from rewards import selectors
from rewards.models import ChainAttempt, ChainTx, PayoutIntent


@extend_schema_field(str)
class HexField(serializers.Field):
    """Bytes as 0x and hexadecimal digits."""

    def to_representation(self, value: bytes) -> str:
        return f"0x{bytes(value).hex()}"


class AttemptOutput(serializers.ModelSerializer):
    hash = HexField()
    max_fee_wei = WeiSerializerField()
    priority_fee_wei = WeiSerializerField()

    class Meta:
        model = ChainAttempt
        fields = ["hash", "max_fee_wei", "priority_fee_wei", "signed_at"]


class ChainTxOutput(serializers.ModelSerializer):
    attempts = AttemptOutput(many=True)

    class Meta:
        model = ChainTx
        fields = ["chain_id", "sender", "nonce", "gas", "created_at", "abandoned_at", "attempts"]


class OutboxIntentOutput(serializers.ModelSerializer):
    epoch = serializers.IntegerField(source="epoch.number", allow_null=True, default=None)
    transaction_hash = HexField(allow_null=True)
    transactions = ChainTxOutput(source="chain_txs", many=True)

    class Meta:
        model = PayoutIntent
        fields = [
            "id",
            "kind",
            "epoch",
            "batch",
            "status",
            "alert",
            "failure",
            "block_number",
            "transaction_hash",
            "created_at",
            "final_at",
            "transactions",
        ]


class Intents(generics.ListAPIView):
    """Newest first. `alert` says what holds one up and what to do."""

    permission_classes = [Requires("payout.read")]
    serializer_class = OutboxIntentOutput

    def get_queryset(self) -> QuerySet[PayoutIntent]:
        return selectors.intents()
