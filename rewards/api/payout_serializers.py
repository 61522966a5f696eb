"""The shapes of claims, epochs and the state of publication in the API; bytes are 0x and hexadecimal digits."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from common.ethereum import LONGEST_CONTRACT_SIGNATURE_BYTES
from common.money import WeiSerializerField
from rewards.models import Distributor, Epoch, PayeeAddress, PayoutIntent, Reconciliation
from rewards.selectors import payouts


@extend_schema_field({"type": "string", "pattern": "^0x([0-9a-f]{2})*$"})
class HexField(serializers.Field):
    """Bytes as 0x and hexadecimal digits."""

    def to_representation(self, value: bytes) -> str:
        return f"0x{bytes(value).hex()}"


class PayoutAddressInput(serializers.Serializer):
    address = serializers.CharField(max_length=100, help_text="With its checksum (EIP-55).")


class ConsentInput(serializers.Serializer):
    signature = serializers.CharField(
        max_length=2 + 2 * LONGEST_CONTRACT_SIGNATURE_BYTES,
        help_text="Of `typed_data` by the new address (`eth_signTypedData_v4`, or EIP-1271), as hexadecimal digits.",
    )


class AddressChangeOutput(serializers.ModelSerializer):
    """A change of a payout address."""

    typed_data = serializers.DictField(help_text="What the new address signs (EIP-712).")
    by_operator = serializers.SerializerMethodField()

    class Meta:
        model = PayeeAddress
        fields = [
            "id",
            "address",
            "status",
            "by_operator",
            "asked_at",
            "deadline",
            "typed_data",
            "consented_at",
            "notice_sent_at",
            "effective_at",
            "cancelled_at",
        ]
        extra_kwargs: ClassVar = {"effective_at": {"help_text": "None until the notice was sent."}}

    def get_by_operator(self, change: PayeeAddress) -> bool:
        return change.asked_by_id != change.person_id


class PayoutAddressOutput(serializers.Serializer):
    address = serializers.CharField(allow_null=True, help_text="Where one's tokens go now; null: nowhere yet.")
    changes = AddressChangeOutput(many=True)


class EpochOutput(serializers.ModelSerializer):
    """An epoch and where its published file is."""

    merkle_root = HexField(source="root")
    previous_root = HexField()
    total_wei = WeiSerializerField()
    leaf_file_sha256 = HexField()
    leaf_file_url = serializers.SerializerMethodField()
    chain_id = serializers.IntegerField(source="distributor.chain_id")
    distributor = serializers.CharField(source="distributor.address")

    class Meta:
        model = Epoch
        fields = [
            "id",
            "number",
            "status",
            "chain_id",
            "distributor",
            "previous_root",
            "merkle_root",
            "total_wei",
            "leaf_count",
            "leaf_file_sha256",
            "leaf_file_url",
            "frozen_at",
            "activatable_at",
            "activated_at",
        ]

    def get_leaf_file_url(self, epoch: Epoch) -> str:
        """Open to everybody, so that anybody can check what was paid."""
        return str(reverse("epoch-leaves", args=[epoch.id], request=self.context.get("request")))


class CancelEpochInput(serializers.Serializer):
    reason = serializers.CharField(max_length=500, help_text="For the audit log.")


class ClaimOutput(serializers.Serializer):
    """All that a wallet needs to claim: send `calldata` to `distributor` on chain `chain_id`; anybody may."""

    chain_id = serializers.IntegerField(source="line.epoch.distributor.chain_id")
    distributor = serializers.CharField(source="line.epoch.distributor.address")
    token = serializers.CharField(source="line.epoch.distributor.token")
    epoch = EpochOutput(source="line.epoch")
    contributor_id = HexField(source="leaf.contributor_id", help_text="Random; says nothing about the person.")
    payee = serializers.CharField(source="line.address", help_text="Who receives the tokens.")
    cumulative_wei = WeiSerializerField(source="leaf.cumulative_wei", help_text="All that was ever allocated.")
    claimed_wei = WeiSerializerField(help_text="Of it, paid and final.")
    claimable_wei = WeiSerializerField()
    proof = serializers.ListField(child=HexField())
    calldata = HexField()


class SponsoredOutput(serializers.Serializer):
    epoch = serializers.IntegerField(source="epoch.number")
    asked_at = serializers.DateTimeField()
    status = serializers.SerializerMethodField()

    def get_status(self, claim: object) -> str:
        """`waiting` until it is sent with others; then as the transaction: `waiting`, `sent`, `final`, `failed`."""
        intent = getattr(claim, "intent", None)
        return str(intent.status) if intent else "waiting"


class IntentOutput(serializers.ModelSerializer):
    epoch = serializers.IntegerField(source="epoch.number", allow_null=True)

    class Meta:
        model = PayoutIntent
        fields = ["id", "kind", "epoch", "batch", "status", "alert", "failure", "created_at", "final_at"]


class ReconciliationOutput(serializers.ModelSerializer):
    class Meta:
        model = Reconciliation
        fields = ["id", "block_number", "findings", "figures", "at"]


class PayoutsOutput(serializers.Serializer):
    """How publication stands."""

    chain_id = serializers.IntegerField()
    distributor = serializers.CharField(source="address")
    token = serializers.CharField()
    paused_at = serializers.DateTimeField(allow_null=True)
    pause_reason = serializers.CharField()
    claims_read_to = serializers.IntegerField(help_text="The last final block whose claims are booked.")
    epoch = serializers.SerializerMethodField()
    open_intents = serializers.SerializerMethodField()
    reconciliation = serializers.SerializerMethodField()

    @extend_schema_field(EpochOutput(allow_null=True))
    def get_epoch(self, distributor: Distributor) -> object:
        """The newest, whatever its status."""
        epoch = distributor.epochs.order_by("-frozen_at").first()
        return EpochOutput(epoch, context=self.context).data if epoch else None

    @extend_schema_field(IntentOutput(many=True))
    def get_open_intents(self, distributor: Distributor) -> object:
        """What is to be sent or on its way, or was refused for the newest epoch, oldest first."""
        return IntentOutput(payouts.open_intents(distributor), many=True).data

    @extend_schema_field(ReconciliationOutput(allow_null=True))
    def get_reconciliation(self, distributor: Distributor) -> object:
        """The newest comparison of ledger and chain."""
        last = distributor.reconciliations.order_by("-at").first()
        return ReconciliationOutput(last).data if last else None
