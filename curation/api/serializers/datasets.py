"""What datasets, versions and exports take in and give out."""

from typing import Any, ClassVar

from rest_framework import serializers

from curation.exporting.profiles import PROFILES
from curation.models import Dataset, Export, ExportShard, Version
from curation.models.datasets import Split
from curation.selectors.sample_filters import LIMITS
from curation.selectors.selections import KNOWN_MODALITIES, MOST_IDS
from curation.services.exports import LARGEST_SHARD, SHARD_BYTES, SMALLEST_SHARD


class StrictSerializer(serializers.Serializer):
    """Refuses unknown keys: a misspelt criterion must not silently select everything."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            known = ", ".join(self.fields)
            raise serializers.ValidationError(dict.fromkeys(unknown, f"There is no such key; there are {known}."))
        return super().to_internal_value(data)


class DatasetInput(serializers.ModelSerializer[Dataset]):
    class Meta:
        model = Dataset
        fields = ["name", "description"]
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "name": {"validators": []}
        }  # the constraint answers, under its own code


class DatasetOutput(serializers.ModelSerializer[Dataset]):
    class Meta:
        model = Dataset
        fields = ["id", "name", "description", "created_by", "created_at"]


class SampleFilterInput(StrictSerializer):
    """One of the values of each facet, and within each limit; limits are inclusive."""

    facets = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(max_length=120), max_length=50),
        required=False,
        help_text="By the names of `/samples/facets`, such as movement: [dolly_in].",
    )

    def get_fields(self) -> dict[str, Any]:
        limits = {name: serializers.FloatField(required=False, allow_null=True) for name in LIMITS}
        return {**super().get_fields(), **limits}


class SelectionInput(StrictSerializer):
    """Which accepted submissions; what is left out does not narrow."""

    campaigns = serializers.ListField(child=serializers.UUIDField(), required=False)
    min_quality = serializers.FloatField(min_value=0, max_value=1, required=False)
    modalities = serializers.ListField(child=serializers.ChoiceField(choices=KNOWN_MODALITIES), required=False)
    ids = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=MOST_IDS, help_text="Only these samples."
    )
    filter = SampleFilterInput(required=False, help_text="Only what a search by this finds.")


class ExcludedOutput(serializers.Serializer):
    code = serializers.CharField()
    message = serializers.CharField()
    count = serializers.IntegerField()


class SelectionPreviewOutput(serializers.Serializer):
    """What a version frozen now would hold."""

    accepted = serializers.IntegerField(help_text="Of all campaigns.")
    samples = serializers.IntegerField(help_text="That would be in the version.")
    splits = serializers.DictField(child=serializers.IntegerField())
    licenses = serializers.DictField(child=serializers.IntegerField(), help_text="SPDX identifiers, most used first.")
    excluded = ExcludedOutput(many=True)


class FreezeInput(StrictSerializer):
    selection = SelectionInput(required=False)


class VersionOutput(serializers.ModelSerializer[Version]):
    """A version; its `merkle_root` is the name of its content once it is ready."""

    class Meta:
        model = Version
        fields = [
            "id", "dataset", "number", "status", "selection", "merkle_root", "item_count", "split_counts", "facts",
            "failure", "created_by", "created_at", "ready_at",
        ]  # fmt: skip


class VersionDetailOutput(VersionOutput):
    """The same with `withdrawn`: how many of its samples were withdrawn since it was frozen."""

    withdrawn = serializers.SerializerMethodField()

    class Meta(VersionOutput.Meta):
        fields = [*VersionOutput.Meta.fields, "withdrawn"]

    def get_withdrawn(self, version: Version) -> int:
        return int(self.context["withdrawn"])


class ManifestLinkOutput(serializers.Serializer):
    """Gzipped canonical JSON lines; their RFC 6962 root is `merkle_root`."""

    url = serializers.URLField()
    expires_at = serializers.DateTimeField()
    merkle_root = serializers.CharField()
    lines = serializers.IntegerField()


class ChangeOutput(serializers.Serializer):
    id = serializers.UUIDField()
    change = serializers.ChoiceField(choices=["added", "removed", "changed"])
    revision_before = serializers.UUIDField(allow_null=True)
    split_before = serializers.ChoiceField(choices=Split.choices, allow_null=True)
    revision_after = serializers.UUIDField(allow_null=True)
    split_after = serializers.ChoiceField(choices=Split.choices, allow_null=True)


class DifferenceOutput(serializers.Serializer):
    """Counts over everything; `changes` is one page, `next` goes into `after` for the following one."""

    added = serializers.IntegerField()
    removed = serializers.IntegerField()
    changed = serializers.IntegerField()
    changes = ChangeOutput(many=True)
    next = serializers.UUIDField(allow_null=True)


class ExportOptionsInput(StrictSerializer):
    """Options of the profile `webdataset`; `metadata` takes none."""

    splits = serializers.ListField(
        child=serializers.ChoiceField(choices=Split.choices), required=False, allow_empty=False
    )
    shard_bytes = serializers.IntegerField(
        min_value=SMALLEST_SHARD,
        max_value=LARGEST_SHARD,
        required=False,
        help_text=f"About how large a shard gets; default {SHARD_BYTES}.",
    )


class ExportInput(StrictSerializer):
    profile = serializers.ChoiceField(choices=sorted(PROFILES))
    options = ExportOptionsInput(required=False)


class ShardOutput(serializers.ModelSerializer[ExportShard]):
    samples = serializers.SerializerMethodField()
    size = serializers.SerializerMethodField()

    class Meta:
        model = ExportShard
        fields = ["index", "split", "status", "attempts", "samples", "size", "failure"]

    def get_samples(self, shard: ExportShard) -> int:
        return max((file["samples"] for file in shard.files), default=0)

    def get_size(self, shard: ExportShard) -> int:
        return sum(file["size"] for file in shard.files)


class ExportOutput(serializers.ModelSerializer[Export]):
    class Meta:
        model = Export
        fields = ["id", "version", "profile", "options", "status", "failure", "created_by", "created_at", "ready_at"]


class ExportDetailOutput(ExportOutput):
    """An export with its progress, shard by shard."""

    shards = serializers.SerializerMethodField()

    class Meta(ExportOutput.Meta):
        fields = [*ExportOutput.Meta.fields, "shards"]

    def get_shards(self, export: Export) -> "list[dict[str, Any]]":
        return list(ShardOutput(export.shards.order_by("index"), many=True).data)


class ExportFileOutput(serializers.Serializer):
    name = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    samples = serializers.IntegerField()
    url = serializers.URLField()
