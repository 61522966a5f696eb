"""What the platform measured, written over what the contributor said of the same thing."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from curation.models import Asset
from curation.record import Record


def with_measured_facts(record: Record, *, assets: Mapping[UUID, Asset], contributor: str) -> Record:
    """The record with sizes, codecs and counts as the probe found them, and the contributor's pseudonym.

    Args:
        assets: Every asset the record mentions, by id, all of them verified.
        contributor: The pseudonym, never a name or an address.
    """
    return record.model_copy(
        update={
            "reference_images": _images(record, assets),
            "video": _video(record, assets),
            "audio": _audio(record, assets),
            "camera": _camera(record, assets),
            "lighting": _lighting(record, assets),
            "provenance": record.provenance.model_copy(update={"contributor": contributor}),
        }
    )


def _images(record: Record, assets: Mapping[UUID, Asset]) -> tuple[Any, ...] | None:
    if record.reference_images is None:
        return None
    return tuple(
        image.model_copy(
            update=_known(assets[image.asset], "width", "height") | {"mime": assets[image.asset].content_type}
        )
        for image in record.reference_images
    )


def _video(record: Record, assets: Mapping[UUID, Asset]) -> Any:
    if record.video is None:
        return None
    names = ("codec", "pix_fmt", "width", "height", "has_audio")
    return record.video.model_copy(update=_known(assets[record.video.asset], *names))


def _audio(record: Record, assets: Mapping[UUID, Asset]) -> Any:
    if record.audio is None or record.audio.asset is None:
        return record.audio
    facts = assets[record.audio.asset].facts
    return record.audio.model_copy(update={"sample_rate": facts["sample_rate_hz"], "channels": facts["channels"]})


def _camera(record: Record, assets: Mapping[UUID, Asset]) -> Any:
    """The path's file is canonical by now, whatever it was converted from."""
    if record.camera is None or record.camera.poses is None:
        return record.camera
    measured = _known(assets[record.camera.poses.asset], "count") | {"format": "npy"}
    return record.camera.model_copy(update={"poses": record.camera.poses.model_copy(update=measured)})


def _lighting(record: Record, assets: Mapping[UUID, Asset]) -> Any:
    """A map's place in the world as its conversion found it, where the record does not say another."""
    env_map = record.lighting.env_map if record.lighting else None
    if record.lighting is None or env_map is None or "world_from_env" in env_map.model_fields_set:
        return record.lighting
    found = assets[env_map.asset].facts.get("world_from_env")
    turned = env_map.model_copy(update={"world_from_env": tuple(found)} if found else {})
    return record.lighting.model_copy(update={"env_map": turned})


def _known(asset: Asset, *names: str) -> dict[str, Any]:
    return {name: asset.facts[name] for name in names if asset.facts.get(name) is not None}
