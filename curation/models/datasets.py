from django.conf import settings
from django.db import models

from common.events import APPEND_ONLY
from common.ids import uuid7
from common.leases import Leased
from curation.lifecycle import BuildStatus


class Split(models.TextChoices):
    TRAIN = "train", "Train"
    VALIDATION = "validation", "Validation"
    TEST = "test", "Test"


class Dataset(models.Model):
    """A named line of versions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.SlugField(max_length=80, unique=True)
    description = models.TextField(blank=True)
    split_salt = models.CharField(max_length=32)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Version(Leased):
    """A frozen manifest; `merkle_root` over its lines is the name of its content."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=BuildStatus.choices, default=BuildStatus.BUILDING)
    selection = models.JSONField(default=dict, help_text="What was asked for: campaigns, minimal quality, ...")
    merkle_root = models.CharField(max_length=64, blank=True)
    manifest_key = models.CharField(max_length=200, blank=True)
    item_count = models.IntegerField(default=0)
    split_counts = models.JSONField(default=dict)
    facts = models.JSONField(default=dict, help_text="Policy hashes, scorer weights, schema version, salt.")
    failure = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dataset", "number"], name="version_number_once")]
        indexes = [models.Index(fields=["id"], name="version_to_build", condition=models.Q(status="building"))]


class SplitAssignment(models.Model):
    """The split a submission got at its first freeze; every later version of the dataset inherits it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="assignments")
    submission = models.ForeignKey("curation.Submission", models.PROTECT, related_name="split_assignments")
    group = models.UUIDField(help_text="The smallest submission id of what must stay together.")
    cluster = models.UUIDField(
        null=True, help_text="The smallest submission id of its near duplicates, itself included."
    )
    split = models.CharField(max_length=10, choices=Split.choices)
    excluded = models.BooleanField(default=False, help_text="A later merge joined it with the other side of the split.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dataset", "submission"], name="split_assigned_once")]


class VersionItem(models.Model):
    """One line of a version's manifest."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="items")
    position = models.IntegerField()
    revision = models.ForeignKey("curation.Revision", models.PROTECT, related_name="version_items")
    split = models.CharField(max_length=10, choices=Split.choices)
    leaf = models.BinaryField(max_length=32, help_text="RFC 6962 leaf hash of the manifest line.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="item_position_once"),
            models.UniqueConstraint(fields=["version", "revision"], name="item_revision_once"),
        ]
        triggers = APPEND_ONLY


class Export(models.Model):
    """A version laid out for somebody's loader."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="exports")
    profile = models.CharField(max_length=30)
    options = models.JSONField(default=dict, help_text="Selection: full or metadata, split, shard size.")
    status = models.CharField(max_length=10, choices=BuildStatus.choices, default=BuildStatus.BUILDING)
    files = models.JSONField(default=list, help_text="Beside the shards' own: [{name, size, sha256}].")
    failure = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], name="export_to_finish", condition=models.Q(status="building"))]

    @property
    def prefix(self) -> str:
        return f"exports/{self.id}/"


class ExportShard(Leased):
    """One shard's worth of manifest positions, built by whichever worker claims it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    export = models.ForeignKey(Export, models.CASCADE, related_name="shards")
    index = models.IntegerField()
    split = models.CharField(max_length=10, choices=Split.choices, blank=True, help_text="Empty: of all splits.")
    first = models.IntegerField(help_text="First manifest position.")
    last = models.IntegerField(help_text="Last manifest position, inclusive.")
    status = models.CharField(max_length=10, choices=BuildStatus.choices, default=BuildStatus.BUILDING)
    files = models.JSONField(default=list, help_text="[{name, size, sha256, samples}]")
    failure = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "index"], name="shard_once")]
        indexes = [models.Index(fields=["id"], name="shard_to_build", condition=models.Q(status="building"))]
