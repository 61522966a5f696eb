from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from common.ids import uuid7
from common.money import WeiField
from curation.lifecycle import CampaignStatus


class Campaign(models.Model):
    """A call for contributions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(max_length=200)
    brief = models.TextField()
    status = models.CharField(max_length=20, choices=CampaignStatus.choices, default=CampaignStatus.DRAFT)
    required_modalities = ArrayField(models.CharField(max_length=20), default=list)
    policy_version = models.ForeignKey(
        "curation.PolicyVersion", models.PROTECT, null=True, related_name="campaigns", help_text="Null: the default's."
    )
    policy_overrides = models.JSONField(default=dict, blank=True)
    license = models.CharField(max_length=64, help_text="SPDX identifier every contribution must carry.")
    base_reward_wei = WeiField(default=0)
    review_fee_wei = WeiField(default=0)
    budget_wei = WeiField(default=0, help_text="All that was ever committed; the ledger knows what is left.")
    reviews_needed = models.PositiveSmallIntegerField(default=2)
    coverage_targets = models.JSONField(
        default=dict, blank=True, help_text="{word: how many are wanted}; words as in `curation.record.facets.TARGETS`."
    )
    quiz = models.ForeignKey(
        "curation.QuizVersion", models.PROTECT, null=True, related_name="+", help_text="Asked before submitting."
    )
    examples = models.JSONField(default=list, help_text="[{good, text, submission or null, asset or null}]")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.TextField(blank=True)
    counted_from = models.DateTimeField(
        null=True, blank=True, help_text="Decisions since then tell whether too little is accepted."
    )

    # `selectors.campaigns.shown_to` sets it: None where no questions are asked.
    quiz_passed: ClassVar[bool | None] = None
    # `selectors.campaign_examples.show_covers` sets it: a `FileLink`, None where no good example has a picture.
    cover: Any = None

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(base_reward_wei__gte=0), name="campaign_reward_not_negative"),
            models.CheckConstraint(condition=models.Q(budget_wei__gte=0), name="campaign_budget_not_negative"),
            models.CheckConstraint(condition=models.Q(reviews_needed__gte=1), name="campaign_needs_a_review"),
        ]

    def __str__(self) -> str:
        return self.title


class CoverageCount(models.Model):
    """How many accepted contributions of a campaign offer a word that it has a target for."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="coverage")
    word = models.CharField(max_length=60)
    accepted = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "word"], name="coverage_counted_once")]
