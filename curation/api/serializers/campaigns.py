"""Shapes of campaigns."""

from typing import Any

from rest_framework import serializers

from common.money import WeiSerializerField
from curation.api.serializers.assets import RenditionFileOutput
from curation.models import Campaign
from curation.services.campaigns import KNOWN_MODALITIES

LICENSE = r"^[A-Za-z0-9][A-Za-z0-9.+-]{1,63}$"


class ExampleInput(serializers.Serializer[Any]):
    good = serializers.BooleanField()
    text = serializers.CharField(max_length=2000)
    submission = serializers.UUIDField(
        allow_null=True, default=None, help_text="Accepted for a good example, rejected for a bad one."
    )
    asset = serializers.UUIDField(allow_null=True, default=None, help_text="An image of one's own.")


class ExampleOutput(serializers.Serializer[Any]):
    """One example; `image` is null while there is nothing to be shown."""

    good = serializers.BooleanField()
    text = serializers.CharField()
    submission = serializers.UUIDField(source="submission_id", allow_null=True)
    caption = serializers.CharField(allow_blank=True)
    image = RenditionFileOutput(allow_null=True)


class CampaignInput(serializers.Serializer[Campaign]):
    title = serializers.CharField(max_length=200)
    brief = serializers.CharField(required=False, allow_blank=True, max_length=20_000)
    required_modalities = serializers.ListField(
        child=serializers.ChoiceField(choices=KNOWN_MODALITIES), required=False, max_length=len(KNOWN_MODALITIES)
    )
    policy_version = serializers.UUIDField(
        required=False, source="policy_version_id", help_text="Of a gate policy; the default's newest where left out."
    )
    policy_overrides = serializers.JSONField(required=False, help_text="Changed gate thresholds.")
    license = serializers.RegexField(LICENSE, required=False, help_text="SPDX identifier.")
    examples: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=ExampleInput(), required=False, max_length=10
    )
    base_reward_wei = WeiSerializerField(required=False)
    review_fee_wei = WeiSerializerField(required=False)
    reviews_needed = serializers.IntegerField(required=False, min_value=1, max_value=9)
    coverage_targets = serializers.DictField(
        child=serializers.IntegerField(min_value=1, max_value=1_000_000),
        required=False,
        help_text="How many are wanted of a word, such as `movement=dolly_in`; what fills an emptier one is paid more.",
    )


class CampaignOutput(serializers.ModelSerializer[Campaign]):
    base_reward_wei = WeiSerializerField()
    review_fee_wei = WeiSerializerField()
    budget_wei = WeiSerializerField()
    required_modalities = serializers.ListField(child=serializers.CharField())
    coverage_targets = serializers.DictField(child=serializers.IntegerField())
    quiz_passed = serializers.BooleanField(
        allow_null=True, help_text="Whether the asking person passed its quiz; null where it asks no questions."
    )
    cover = RenditionFileOutput(allow_null=True, help_text="The picture of the first good example that has one.")
    examples = ExampleInput(many=True, help_text="As they were written; `examples` of the campaign has the pictures.")

    class Meta:
        model = Campaign
        fields = (
            "id",
            "title",
            "brief",
            "status",
            "required_modalities",
            "policy_version",
            "policy_overrides",
            "license",
            "base_reward_wei",
            "review_fee_wei",
            "budget_wei",
            "reviews_needed",
            "coverage_targets",
            "quiz_passed",
            "cover",
            "examples",
            "pause_reason",
            "created_at",
            "opened_at",
            "closed_at",
        )
        read_only_fields = fields


class FundInput(serializers.Serializer[Any]):
    amount_wei = WeiSerializerField(min_value=1)


class PauseInput(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500, help_text="For whoever has a draft there.")
