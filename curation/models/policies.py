"""Gate policies: named, in numbered versions that never change, and the work that a change of one brings."""

from django.conf import settings
from django.db import models

from common.events import APPEND_ONLY
from common.ids import uuid7
from common.leases import Leased
from curation.lifecycle import BuildStatus


class GatePolicy(models.Model):
    """A named policy. What judges is one of its versions; the draft becomes the next one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80, unique=True)
    description = models.TextField(blank=True)
    draft = models.JSONField(default=dict, help_text="Rules being written, right or wrong; they judge nothing.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PolicyVersion(models.Model):
    """One published version of a policy."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    policy = models.ForeignKey(GatePolicy, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    rules = models.JSONField(help_text="The whole policy: rules and weights.")
    sha256 = models.CharField(max_length=64, help_text="Of the rules' canonical JSON.")
    note = models.TextField(blank=True, help_text="Why it differs from the one before.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "number"], name="policy_version_once")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.policy} {self.number}"


class Ruleset(models.Model):
    """The very rules that judged: a version with a campaign's overrides, and the curves that gave probabilities."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sha256 = models.CharField(max_length=64, help_text="Of the rules and the curves' hashes.")
    rules = models.JSONField()
    version = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, related_name="rulesets")
    overrides = models.JSONField(default=dict)
    calibrations = models.JSONField(default=list, help_text="Hashes of the curves.")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sha256", "version"], nulls_distinct=False, name="ruleset_once")]
        triggers = APPEND_ONLY


class PolicyJob(Leased):
    """Mixin: work over all submissions of a campaign, or of every campaign, with its progress."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey("curation.Campaign", models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=BuildStatus.choices, default=BuildStatus.BUILDING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    failure = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class WhatIf(PolicyJob):
    """What a candidate policy would change in the verdicts that stand, without changing any."""

    candidate = models.JSONField(help_text="{rules: a whole policy or null, overrides: {...}}")
    examples = models.PositiveSmallIntegerField(default=5, help_text="Asked for, of each kind of change.")
    result = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["id"], name="what_if_to_answer", condition=models.Q(status="building"))]


class Rejudgement(PolicyJob):
    """Stored scores judged again by the policies as they are now, without running a model."""

    reject_in_review = models.BooleanField(default=False)
    reopen_rejected = models.BooleanField(default=False)
    after = models.UUIDField(null=True, help_text="The last submission that is done; work goes on behind it.")
    counts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["id"], name="rejudgement_to_do", condition=models.Q(status="building"))]
