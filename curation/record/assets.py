"""Which uploaded files a record speaks of, and what each has to be."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from curation.record.models import Record

AssetKind = Literal["clip", "image", "audio", "camera_poses", "environment_map"]


@dataclass(frozen=True)
class AssetReference:
    """One mention of an asset.

    Attributes:
        path: Where in the record, such as `reference_images[0].asset`.
        asset_id: The asset's id.
        kind: What the probe has to find in it. `camera_poses` is a canonical `.npy` or a file in one of
            `cameras.FORMATS`, as `camera.poses.format` says.
    """

    path: str
    asset_id: UUID
    kind: AssetKind


def asset_references(record: Record) -> list[AssetReference]:
    """Every asset the record mentions, in the record's order; one asset may be mentioned twice."""
    return list(_mentions(record))


def _mentions(record: Record) -> Iterator[AssetReference]:
    for i, image in enumerate(record.reference_images or ()):
        yield AssetReference(f"reference_images[{i}].asset", image.asset, "image")
    if record.audio and record.audio.asset:
        yield AssetReference("audio.asset", record.audio.asset, "audio")
    if record.camera and record.camera.poses:
        yield AssetReference("camera.poses.asset", record.camera.poses.asset, "camera_poses")
    if record.lighting and record.lighting.env_map:
        yield AssetReference("lighting.env_map.asset", record.lighting.env_map.asset, "environment_map")
    if record.video:
        yield AssetReference("video.asset", record.video.asset, "clip")
