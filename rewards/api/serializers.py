"""The shapes of balances, credits and the ledger in the API; amounts are strings of base units."""

from rest_framework import serializers

from common.money import WeiSerializerField
from rewards.models import Credit, Entry, Transaction
from rewards.rules import ONE_BP


class BalanceOutput(serializers.Serializer):
    asset = serializers.CharField()
    held_wei = WeiSerializerField(help_text="Earned while the account is new or under a hold; owed later.")
    accrued_wei = WeiSerializerField(help_text="Owed.")
    allocated_wei = WeiSerializerField(help_text="In a frozen epoch, to be claimed.")
    paid_wei = WeiSerializerField(help_text="Claimed and final.")
    waiting_wei = WeiSerializerField(help_text="Earned, but the campaign's budget is used up; paid when it is funded.")
    owed_back_wei = WeiSerializerField(
        help_text="Paid or frozen for work that was taken back since; kept from what is earned next."
    )


class FactorOutput(serializers.Serializer):
    name = serializers.CharField()
    bp = serializers.IntegerField(help_text="Basis points: 10,000 is one.")
    meaning = serializers.CharField()


class CreditOutput(serializers.ModelSerializer):
    """A credit with its formula filled in."""

    campaign = serializers.UUIDField(source="campaign_id")
    campaign_title = serializers.CharField(source="campaign.title")
    submission = serializers.UUIDField(source="event.submission_id", allow_null=True)
    base_wei = WeiSerializerField()
    factors = FactorOutput(many=True)
    amount_wei = WeiSerializerField()
    formula = serializers.SerializerMethodField()

    class Meta:
        model = Credit
        fields = [
            "id",
            "rule",
            "status",
            "refusal",
            "campaign",
            "campaign_title",
            "submission",
            "base_wei",
            "factors",
            "amount_wei",
            "formula",
            "earned_at",
            "settled_at",
        ]

    def get_formula(self, credit: Credit) -> str:
        """Such as `1000 x 0.8000 (modalities) x 0.5000 (novelty) = 400`."""
        multipliers = [f" x {factor['bp'] / ONE_BP:.4f} ({factor['name']})" for factor in credit.factors]
        return f"{credit.base_wei}{''.join(multipliers)} = {credit.amount_wei}"


class EntryOutput(serializers.ModelSerializer):
    account = serializers.CharField(source="account.code")
    asset = serializers.CharField(source="account.asset")
    amount_wei = WeiSerializerField(help_text="Positive: added to the account.")

    class Meta:
        model = Entry
        fields = ["account", "asset", "amount_wei"]


class TransactionOutput(serializers.ModelSerializer):
    entries = EntryOutput(many=True)

    class Meta:
        model = Transaction
        fields = ["id", "kind", "source", "idempotency_key", "reverses", "posted_at", "entries"]


class AssetSumOutput(serializers.Serializer):
    asset = serializers.CharField()
    sum_wei = WeiSerializerField(help_text="Zero, always.")
    balances_wei = serializers.DictField(child=WeiSerializerField(), help_text="By kind of account.")
