"""The shape of a campaign's pay formula."""

from rest_framework import serializers

from common.money import WeiSerializerField
from rewards.api.serializers import FactorOutput


class PayFormulaInput(serializers.Serializer):
    campaign = serializers.UUIDField()


class FactorRangeOutput(serializers.Serializer):
    name = serializers.CharField()
    least_bp = serializers.IntegerField(help_text="Basis points: 10,000 is one.")
    most_bp = serializers.IntegerField()
    meaning = serializers.CharField()


class WantedWordOutput(serializers.Serializer):
    word = serializers.CharField(help_text="Facet and word, such as movement=dolly_in.")
    wanted = serializers.IntegerField()
    accepted = serializers.IntegerField()
    scarcity_bp = serializers.IntegerField(help_text="For the next work that offers the word, and no emptier one.")


class PayFormulaOutput(serializers.Serializer):
    """amount = base x modalities x quality x novelty x scarcity x trust; for reviewers fee x accuracy."""

    campaign = serializers.UUIDField(source="campaign_id")
    base_reward_wei = WeiSerializerField()
    review_fee_wei = WeiSerializerField()
    budget_left_wei = WeiSerializerField()
    shares_bp = serializers.DictField(child=serializers.IntegerField(), help_text="Of the base, for each part given.")
    factors = FactorRangeOutput(many=True)
    wanted = WantedWordOutput(many=True)
    unwanted_scarcity_bp = serializers.IntegerField(help_text="For work that offers none of the wanted words.")
    your_trust = FactorOutput()
    hold_days = serializers.IntegerField(help_text="After so many days since their first credit nobody is new.")
    hold_acceptances = serializers.IntegerField(help_text="Nor is who has so many credited contributions.")
