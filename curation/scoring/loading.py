"""Decodes what the scorers need of each sample, in threads, reduced at once: no batch ever holds full frames."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any

import numpy as np

from curation.record.cameras import load_poses
from curation.scoring import decoding
from curation.scoring.seam import Clip, EnvironmentMap, Needs, Picture, Sample, Scorer, Sound
from curation.scoring.sounds import reading


@dataclass(frozen=True)
class SampleSpec:
    """Where one revision's media are.

    Attributes:
        sample_id: The caller's name for it.
        record: The canonical record.
        paths: Asset id (as text) -> local file, for every asset that the record names.
        facts: Asset id -> `probing.Facts.details`.
    """

    sample_id: str
    record: Mapping[str, Any]
    paths: Mapping[str, Path] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class LoadFailed:
    """A sample whose media could not be decoded, though they had passed the probe."""

    sample_id: str
    reason: str


def needs_of(scorers: Iterable[Scorer]) -> Needs:
    """The union of what the scorers want decoded."""
    return reduce(or_, (scorer.needs for scorer in scorers), Needs())


def load_all(specs: Sequence[SampleSpec], needs: Needs, *, threads: int = 2) -> list[Sample | LoadFailed]:
    """Samples in the order of the specs; one that fails does not stop the rest."""
    with ThreadPoolExecutor(max_workers=threads, thread_name_prefix="decode") as pool:
        return list(pool.map(lambda spec: _load_or_say_why(spec, needs), specs))


def load(spec: SampleSpec, needs: Needs) -> Sample:
    """One sample, with what `needs` asks for and no more.

    Raises:
        KeyError: The record names an asset that `spec.paths` lacks.
        OSError, ValueError, RuntimeError: A file cannot be decoded.
    """
    record = spec.record
    return Sample(
        sample_id=spec.sample_id,
        record=record,
        clip=_clip(spec, needs),
        pictures=tuple(
            _picture(spec, f"reference_images.{place}", image["asset"], needs)
            for place, image in enumerate(record.get("reference_images") or ())
        ),
        sound=_sound(spec, needs),
        poses=_poses(spec) if needs.poses else None,
        environment=_environment(spec) if needs.environment else None,
    )


def _load_or_say_why(spec: SampleSpec, needs: Needs) -> Sample | LoadFailed:
    try:
        return load(spec, needs)
    except Exception as error:  # the reason is kept and returned; decoders raise anything
        return LoadFailed(spec.sample_id, f"{type(error).__name__}: {error}")


def _clip(spec: SampleSpec, needs: Needs) -> Clip | None:
    video = spec.record.get("video")
    if not video:
        return None
    facts = spec.facts[str(video["asset"])]
    if not (needs.clip_frames or needs.watchers):
        return Clip(facts)
    path = spec.paths[str(video["asset"])]
    count = needs.clip_frames if needs.picture_px else 0
    return decoding.clip(path, facts, frames=count, short_side=needs.picture_px, watchers=needs.watchers)


def _picture(spec: SampleSpec, part: str, asset: Any, needs: Needs) -> Picture:
    path = spec.paths[str(asset)]
    return decoding.picture(
        path, part, short_side=needs.picture_px, with_gray=needs.picture_gray, sizes=needs.picture_sizes
    )


def _sound(spec: SampleSpec, needs: Needs) -> Sound | None:
    audio, video = spec.record.get("audio"), spec.record.get("video")
    if audio and audio.get("asset"):
        asset = str(audio["asset"])
        facts = spec.facts[asset]
    elif video and spec.facts[str(video["asset"])].get("has_audio"):
        asset = str(video["asset"])
        prefix = "audio_"
        facts = {key.removeprefix(prefix): v for key, v in spec.facts[asset].items() if key.startswith(prefix)}
    else:
        return None
    path = spec.paths[asset]
    return Sound(str(path), facts, reading.mono(path) if needs.speech else None)


def _poses(spec: SampleSpec) -> np.ndarray | None:
    poses = (spec.record.get("camera") or {}).get("poses")
    return load_poses(spec.paths[str(poses["asset"])].read_bytes()) if poses else None


def _environment(spec: SampleSpec) -> EnvironmentMap | None:
    env_map = (spec.record.get("lighting") or {}).get("env_map")
    return decoding.environment(spec.paths[str(env_map["asset"])]) if env_map else None
