"""What a clip is technically: length, size, timing, light, stillness, cuts, movement. No model; one decoding pass."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from curation.record.vocabulary import SUBJECT_RELATIVE
from curation.scoring.clip_watchers import Luminance, LuminanceWatcher, ShotWatcher
from curation.scoring.motion import Flow, MotionWatcher
from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Source

DURATION, SHORT_SIDE, CONSTANT = "clip.duration_s", "clip.short_side_px", "clip.constant_frame_rate"
SYNC, TIMELINE = "clip.av_offset_s", "clip.timeline_error_s"
LUMINANCE, FROZEN, SHOTS = "clip.luminance_mean", "clip.frozen_share", "clip.shots"
MOTION, GLOBAL_MOTION = "clip.motion", "clip.global_motion"
STATIC_DRIFT, MOVE_SPEED = "clip.static_drift", "clip.declared_move_speed"


class TechnicalClipScorer:
    """Measures clips from the probe's facts and from small frames that are seen once."""

    name = "technical_clip"
    metrics = (
        DURATION, SHORT_SIDE, CONSTANT, SYNC, TIMELINE, LUMINANCE, FROZEN, SHOTS, MOTION, GLOBAL_MOTION,
        STATIC_DRIFT, MOVE_SPEED,
    )  # fmt: skip
    needs = Needs(watchers=frozenset({LuminanceWatcher, ShotWatcher, MotionWatcher}))
    source = Source("technical-clip-2", preprocessing_id="gray-area-160-bgr-area-256")

    def applies_to(self, sample: Sample) -> bool:
        return sample.clip is not None

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        return [[*_from_facts(sample), *_from_frames(sample)] for sample in batch]


def _from_facts(sample: Sample) -> list[Measurement]:
    assert sample.clip is not None
    facts = sample.clip.facts
    duration = float(facts["duration_s"])
    declared = float((sample.record.get("timeline") or {}).get("duration_s", duration))
    offset = facts.get("av_offset_s")
    return [
        Measurement(DURATION, duration, "video"),
        Measurement(SHORT_SIDE, float(min(facts["width"], facts["height"])), "video"),
        Measurement(CONSTANT, float(bool(facts["constant_frame_rate"])), "video"),
        Measurement(TIMELINE, abs(duration - declared), "video", {"declared_s": declared, "measured_s": duration}),
        Measurement(SYNC, abs(float(offset)), "video", {"sound_starts_after_picture_s": offset})
        if offset is not None
        else Measurement(SYNC, None, "video", not_applicable="the clip has no sound"),
    ]


def _from_frames(sample: Sample) -> list[Measurement]:
    assert sample.clip is not None
    found: list[Measurement] = []
    light, cuts = sample.clip.seen_by(LuminanceWatcher), sample.clip.seen_by(ShotWatcher)
    if light is not None:
        found += _light(light)
    if cuts is not None:
        found.append(Measurement(SHOTS, 1.0 + len(cuts), "video", {"cuts_at_s": list(cuts)}))
    flows = sample.clip.seen_by(MotionWatcher)
    return found if flows is None else found + _motion(flows) + _against_declared(flows, sample.record)


def _light(light: Luminance) -> list[Measurement]:
    return [
        Measurement(LUMINANCE, float(light.means.mean()), "video"),
        Measurement(FROZEN, light.frozen_share(), "video"),
    ]


def _motion(flows: Sequence[Flow]) -> list[Measurement]:
    if not flows:
        return [Measurement(name, None, "video", not_applicable="too short") for name in (MOTION, GLOBAL_MOTION)]
    moves = [flow.move for flow in flows]
    means = {
        name: round(float(np.mean([getattr(move, name) for move in moves])), 5)
        for name in ("right", "down", "zoom", "roll")
    }
    return [
        Measurement(MOTION, float(np.mean([flow.speed for flow in flows])), "video"),
        Measurement(GLOBAL_MOTION, float(np.mean([move.speed for move in moves])), "video", means),
    ]


def _against_declared(flows: Sequence[Flow], record: Mapping[str, Any]) -> list[Measurement]:
    """Speed of the background where the camera is declared to stand, and where it is declared to move.

    A camera that follows its subject may keep the picture still, so movements named by the subject are left out.
    """
    declared = ((record.get("camera") or {}).get("declared") or {}).get("primitives") or ()
    standing = [one for one in declared if one["name"] == "static"]
    moving = [one for one in declared if one["name"] != "static" and one["name"] not in SUBJECT_RELATIVE]
    return [_background_speed(STATIC_DRIFT, flows, standing), _background_speed(MOVE_SPEED, flows, moving)]


def _background_speed(metric: str, flows: Sequence[Flow], spans: Sequence[Mapping[str, Any]]) -> Measurement:
    """The median of the flows that lie within one of the spans."""
    within = [
        flow.background_speed
        for flow in flows
        if flow.background_speed is not None
        and any(span["start_s"] <= flow.start_s and flow.end_s <= span["end_s"] for span in spans)
    ]
    if not within:
        return Measurement(metric, None, "video", not_applicable="nothing of the kind is declared where it can be seen")
    return Measurement(metric, float(np.median(within)), "video", {"flows": len(within)})
