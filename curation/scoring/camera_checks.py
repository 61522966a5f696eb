"""Is the path one that a camera can take, and the one that was declared: geometry, no model."""

from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from curation.record.cameras import (
    METRICS,
    CameraPath,
    Primitive,
    check_path,
    derive_primitives,
    derive_steadiness,
    primitive_f1,
)
from curation.scoring.seam import Embedding, Measurement, Needs, Sample, Source

DECLARED_F1 = "camera.declared_f1"
FOCAL, CLIP_TIME = "camera.focal_error_share", "camera.clip_time_error_s"
NO_PATH = "no camera path was given"


def metric_name(check: str) -> str:
    """`camera_fx_min` of the record's checks as a metric, `camera.fx_min`."""
    return check.replace("_", ".", 1)


class CameraScorer:
    """Facts of the path, and how far the movements derived from it agree with the declared ones."""

    name = "camera"
    metrics = (*map(metric_name, METRICS), DECLARED_F1, FOCAL, CLIP_TIME)
    needs = Needs(poses=True)
    source = Source("camera-geometry-2", preprocessing_id="opencv-c2w")

    def applies_to(self, sample: Sample) -> bool:
        return bool(sample.record.get("camera"))

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        return [[*_measure(sample), *_lens(sample.record["camera"]), *_clip_time(sample)] for sample in batch]


def camera_path(record: Mapping[str, Any], poses: np.ndarray) -> CameraPath:
    """The path `[F, 4, 4]` with what the record says of its lens, its times and its up."""
    camera = record["camera"]
    fps = record["timeline"]["fps"]
    return CameraPath(
        c2w=poses,
        intrinsics=_intrinsics(camera.get("intrinsics"), len(poses)),
        times_s=np.arange(len(poses)) * (fps[1] / fps[0]),
        up=camera.get("up") or "unknown",
    )


def _intrinsics(declared: Mapping[str, Any] | None, frames: int) -> np.ndarray | None:
    if not declared:
        return None
    per_frame = declared.get("per_frame")
    if per_frame and len(per_frame) == frames:
        return np.asarray(per_frame, np.float64)
    row = [declared["fx"], declared["fy"], declared.get("cx", 0.5), declared.get("cy", 0.5)]
    return np.tile(np.asarray(row, np.float64), (frames, 1))


def _measure(sample: Sample) -> list[Measurement]:
    if sample.poses is None:
        return [Measurement("camera.finite_share", None, "camera", not_applicable=NO_PATH)]
    path = camera_path(sample.record, sample.poses)
    checks = check_path(path, num_frames=sample.record["timeline"]["num_frames"])
    found = [_as_measurement(metric_name(check.metric), check.value, check.detail) for check in checks]
    return [*found, _declared(sample.record, path)]


def _lens(camera: Mapping[str, Any]) -> Iterator[Measurement]:
    """Focal length over sensor width against fx, which is the same number; 0 where a zoom passes through it."""
    lens, intrinsics = camera.get("lens") or {}, _intrinsics(camera.get("intrinsics"), 1)
    if intrinsics is None or not lens.get("focal_mm") or not lens.get("sensor_width_mm"):
        return
    told = float(lens["focal_mm"]) / float(lens["sensor_width_mm"])
    rows = camera["intrinsics"].get("per_frame") or intrinsics
    focals = [float(row[0]) for row in rows]
    error = max(0.0, min(focals) / told - 1, told / max(focals) - 1)
    detail = {"lens": round(told, 4), "fx_min": round(min(focals), 4), "fx_max": round(max(focals), 4)}
    yield Measurement(FOCAL, error, "camera", detail)


def _clip_time(sample: Sample) -> Iterator[Measurement]:
    if sample.clip is None or sample.poses is None:
        return
    fps = sample.record["timeline"]["fps"]
    path_s, clip_s = len(sample.poses) * fps[1] / fps[0], float(sample.clip.facts["duration_s"])
    yield Measurement(CLIP_TIME, abs(path_s - clip_s), "camera", {"path_s": round(path_s, 3), "clip_s": clip_s})


def _as_measurement(metric: str, value: float, detail: str) -> Measurement:
    said = {"said": detail} if detail else {}
    if not np.isfinite(value):
        return Measurement(metric, None, "camera", said, "the value is not finite")
    return Measurement(metric, value, "camera", said)


def _declared(record: Mapping[str, Any], path: CameraPath) -> Measurement:
    """The agreement, and in its detail what the path shows: declared or not, reviewers see it."""
    if not np.isfinite(path.c2w).all() or len(path) < 2:
        return Measurement(DECLARED_F1, None, "camera", not_applicable="the path cannot be followed")
    depth_m = record["camera"].get("scene_depth_m")
    derived, hold = derive_primitives(path, scene_depth_m=depth_m), derive_steadiness(path, scene_depth_m=depth_m)
    detail = {
        "derived": [_told(primitive) for primitive in derived],
        "steadiness": hold.steadiness,
        "shake_deg": round(hold.shake_deg, 4),
    }
    declared = (record["camera"].get("declared") or {}).get("primitives") or ()
    if not declared:
        return Measurement(DECLARED_F1, None, "camera", detail, "no movement is declared")
    spans = [SimpleNamespace(name=p["name"], start_s=p["start_s"], end_s=p["end_s"]) for p in declared]
    value = primitive_f1(spans, derived, float(record["timeline"]["duration_s"]))
    reason = "the declared movement is not one of the camera" if value is None else None
    return Measurement(DECLARED_F1, value, "camera", detail, reason)


def _told(primitive: Primitive) -> dict[str, Any]:
    """Units as in `Primitive`."""
    told = {"name": primitive.name, "start_s": round(primitive.start_s, 3), "end_s": round(primitive.end_s, 3)}
    if primitive.rate is None:
        return told
    return told | {"speed": primitive.speed, "rate": round(primitive.rate, 4)}
