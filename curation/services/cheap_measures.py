"""What the gates ask for and the probe's facts already tell: no file is decoded, no model is run."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from curation.models import Asset
from curation.record import Record, as_json
from curation.record.lighting import MapLight
from curation.scoring.camera_checks import CameraScorer
from curation.scoring.lighting_checks import LightingScorer
from curation.scoring.measuring import measure
from curation.scoring.scene_text import SceneTextScorer
from curation.scoring.seam import Clip, Measurement, Sample


def cheap_measurements(record: Record, assets: Mapping[UUID, Asset], *, poses: Any = None) -> list[Measurement]:
    """The measurements that need no decoding, under the names that the scorers give them.

    Args:
        assets: The record's verified assets, by id.
        poses: `[F, 4, 4]` float64 of the camera path, or None where there is none at hand.
    """
    sample = Sample(
        sample_id="draft",
        record=as_json(record),
        clip=Clip(assets[record.video.asset].facts) if record.video else None,
        poses=poses,
        map_light=_map_light(record, assets),
    )
    [measured] = measure([sample], [SceneTextScorer(), CameraScorer(), LightingScorer()])
    return [*measured.measurements, *_images(record, assets), *_sound(record, assets), *_clip(record, assets)]


def _map_light(record: Record, assets: Mapping[UUID, Asset]) -> MapLight | None:
    env_map = record.lighting.env_map if record.lighting else None
    kept = assets[env_map.asset].facts.get("light") if env_map else None
    return MapLight.from_facts(kept) if kept else None


def _images(record: Record, assets: Mapping[UUID, Asset]) -> Iterator[Measurement]:
    for place, image in enumerate(record.reference_images or ()):
        facts = assets[image.asset].facts
        sides = sorted((facts["width"], facts["height"]))
        yield Measurement("image.short_side_px", float(sides[0]), f"reference_images.{place}")
        yield Measurement("image.aspect_ratio", sides[1] / sides[0], f"reference_images.{place}")


def _sound(record: Record, assets: Mapping[UUID, Asset]) -> Iterator[Measurement]:
    if record.audio is not None and record.audio.asset is not None:
        rate = float(assets[record.audio.asset].facts["sample_rate_hz"])
        yield Measurement("audio.sample_rate_hz", rate, "audio")


def _clip(record: Record, assets: Mapping[UUID, Asset]) -> Iterator[Measurement]:
    if record.video is None:
        return
    facts = assets[record.video.asset].facts
    duration_s, offset_s = float(facts["duration_s"]), facts.get("av_offset_s")
    yield Measurement("clip.duration_s", duration_s, "video")
    yield Measurement("clip.timeline_error_s", abs(duration_s - record.timeline.duration_s), "video")
    yield Measurement("clip.short_side_px", float(min(facts["width"], facts["height"])), "video")
    yield Measurement("clip.constant_frame_rate", float(bool(facts["constant_frame_rate"])), "video")
    if offset_s is not None:
        yield Measurement("clip.av_offset_s", abs(float(offset_s)), "video")
