"""Shapes of uploads."""

from typing import Any

from rest_framework import serializers

from curation.lifecycle import RenditionStatus
from curation.models import Asset
from curation.record.cameras import CONVENTIONS, FORMATS, MAX_FRAMES
from curation.record.lighting import COLOR_SPACES, ORIENTATIONS
from curation.services.uploads import MAX_LINKS_AT_ONCE, MAX_PARTS


class AssetInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=255, trim_whitespace=False)
    size = serializers.IntegerField(min_value=1, help_text="Bytes.")
    content_type = serializers.CharField(max_length=127, required=False, allow_blank=True, default="")


class RefusalOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()
    fix = serializers.CharField()


class AssetOutput(serializers.ModelSerializer[Asset]):
    part_count = serializers.IntegerField()
    refusal = serializers.SerializerMethodField()
    derived_from = serializers.UUIDField(source="derived_from_id", allow_null=True)

    class Meta:
        model = Asset
        fields: tuple[str, ...] = (
            "id",
            "status",
            "name",
            "size",
            "part_size",
            "part_count",
            "sha256",
            "kind",
            "content_type",
            "facts",
            "refusal",
            "derived_from",
            "created_at",
            "ready_at",
        )
        read_only_fields = fields

    def get_refusal(self, asset: Asset) -> RefusalOutput(allow_null=True):  # type: ignore[valid-type]  # for the schema
        return asset.refusal or None


class RenditionFileOutput(serializers.Serializer[Any]):
    role = serializers.CharField(help_text="proxy, poster, strip, preview, thumbnail, waveform or timing.")
    url = serializers.URLField(help_text="Good for five minutes.")
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    details = serializers.DictField(help_text="width, height; fps, frames, duration_s of a proxy.")


class RenditionsOutput(serializers.Serializer[Any]):
    """What was made of a file: all that anyone but its owner and operators sees of it."""

    status = serializers.ChoiceField(choices=RenditionStatus.choices)
    failure = serializers.DictField(allow_null=True, help_text="{code, message}")
    facts = serializers.DictField(help_text="Of a clip: time base, frames, start, rotation, rate of the proxy.")
    files = RenditionFileOutput(many=True)


class AssetDetailOutput(AssetOutput):
    """One file with what was made of it; `name` is its id where a person may not know whose it is."""

    name = serializers.CharField(source="shown.name")
    renditions = RenditionsOutput(source="shown.renditions", allow_null=True)

    class Meta(AssetOutput.Meta):
        fields = (*AssetOutput.Meta.fields, "renditions")
        read_only_fields = fields


class PartsInput(serializers.Serializer[Any]):
    numbers = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MAX_PARTS), min_length=1, max_length=MAX_LINKS_AT_ONCE
    )


class PartLinkOutput(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    url = serializers.URLField()


class PartLinksOutput(serializers.Serializer[Any]):
    parts = PartLinkOutput(many=True)


class ArrivedPartOutput(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    size = serializers.IntegerField(help_text="Bytes.")


class ArrivedPartsOutput(serializers.Serializer[Any]):
    parts = ArrivedPartOutput(many=True)


class AssetLinkOutput(serializers.Serializer[Any]):
    url = serializers.URLField()
    expires_at = serializers.DateTimeField()


class CropInput(serializers.Serializer[Any]):
    """A window of the frame, in pixels."""

    left = serializers.IntegerField(min_value=0, max_value=65_535)
    top = serializers.IntegerField(min_value=0, max_value=65_535)
    width = serializers.IntegerField(min_value=1, max_value=65_536)
    height = serializers.IntegerField(min_value=1, max_value=65_536)


class ResizeInput(serializers.Serializer[Any]):
    width = serializers.IntegerField(min_value=1, max_value=65_536)
    height = serializers.IntegerField(min_value=1, max_value=65_536)


class TimelineInput(serializers.Serializer[Any]):
    """One pose per frame from the path's first pose on."""

    fps = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=1_000_000),
        min_length=2,
        max_length=2,
        help_text="[num, den]",
    )
    num_frames = serializers.IntegerField(min_value=1, max_value=MAX_FRAMES)


class ConversionInput(serializers.Serializer[Any]):
    """What the uploader knows of a camera file that it does not say, and what the path is wanted for.

    The last three are of an environment map, and mean nothing for a camera file.
    """

    format = serializers.ChoiceField(choices=list(FORMATS), required=False)
    convention = serializers.ChoiceField(choices=list(CONVENTIONS), required=False)
    companion = serializers.UUIDField(required=False, help_text="The asset with the second file, of COLMAP or KITTI.")
    camera = serializers.CharField(max_length=255, required=False, help_text="Which one, where there are several.")
    world_up = serializers.ChoiceField(choices=["y", "z", "-y", "-z", "estimate"], required=False)
    metres_per_unit = serializers.FloatField(required=False, min_value=1e-6, max_value=1e6)
    time_unit = serializers.ChoiceField(choices=["ns", "us", "ms", "s", "frames"], required=False)
    fps = serializers.FloatField(required=False, min_value=0.001, max_value=1000)
    width = serializers.IntegerField(required=False, min_value=1, max_value=65_536)
    height = serializers.IntegerField(required=False, min_value=1, max_value=65_536)
    crop = CropInput(required=False)
    resize = ResizeInput(required=False)
    timeline = TimelineInput(required=False)
    colorspace = serializers.ChoiceField(choices=list(COLOR_SPACES), required=False)
    orientation = serializers.ChoiceField(
        choices=list(ORIENTATIONS), required=False, help_text="What the map's middle looks at; openexr is south."
    )
    yaw_deg = serializers.FloatField(required=False, min_value=-360, max_value=360, help_text="Clockwise from above.")
