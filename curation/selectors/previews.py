"""What editors show while somebody still writes: nothing is stored, no model runs, what is wrong is left out."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from common.errors import InvalidInput
from curation.record import RecordRefused, cameras, lighting
from curation.record.captions import compose_caption, short_caption
from curation.record.captions.movements import ToldPath, tell_path
from curation.record.drafting import read_draft, read_part
from curation.record.models import Lighting
from curation.record.problems import Problem
from curation.record.vocabularies import LANGUAGES, Language
from curation.selectors.assets import ready_asset


class BadCameraPath(InvalidInput):
    """No path can be made of what was sent; `fields` says of which part."""

    code = "bad_camera_path"


class NotAnEnvironmentMap(InvalidInput):
    code = "not_an_environment_map"


@dataclass(frozen=True)
class ComposedDraft:
    """Captions by language, `{short, long}`, and what was left out of them."""

    captions: Mapping[Language, Mapping[str, str]]
    problems: list[Problem]


@dataclass(frozen=True)
class AuthoredPath:
    """A path as a record stores it: every pose, and the very bytes of the `.npy` to upload."""

    path: cameras.CameraPath
    npy_base64: str

    def as_json(self) -> dict[str, Any]:
        assert self.path.intrinsics is not None, "key frames have focal lengths"
        return {
            "poses": self.path.c2w.tolist(),
            "intrinsics": self.path.intrinsics.tolist(),
            "npy_base64": self.npy_base64,
        }


@dataclass(frozen=True)
class LightPreview:
    """See the API's `LightPreviewOutput`."""

    env_map: dict[str, Any] | None
    lamps: dict[str, Any] | None
    sh: dict[str, Any] | None
    sun_direction: list[float] | None
    problems: list[Problem]


def compose(parts: Mapping[str, Any]) -> ComposedDraft:
    """The captions of as much of a record as is well formed."""
    record, problems = read_draft(parts)
    captions = {
        language: {"short": short_caption(record, language), "long": compose_caption(record, language)}
        for language in LANGUAGES
    }
    return ComposedDraft(captions, problems)


def describe(path: cameras.CameraPath, *, scene_depth_m: float | None) -> ToldPath:
    """The path in movements and words. Raises `BadCameraPath`."""
    try:
        return tell_path(path, scene_depth_m=scene_depth_m)
    except RecordRefused as refusal:
        raise _refused(refusal) from refusal


def author(keys: Sequence[Mapping[str, Any]], **clock: Any) -> AuthoredPath:
    """The path through key frames.

    Args:
        keys: Fields of `cameras.KeyFrame`; instead of `rotation` there may be `look_at` and `roll_deg`.
        **clock: Those of `cameras.path_through`.

    Raises:
        BadCameraPath: With what is wrong by field.
    """
    try:
        path = cameras.path_through([_key(key) for key in keys], **clock)
    except RecordRefused as refusal:
        raise _refused(refusal) from refusal
    return AuthoredPath(path, b64encode(cameras.save_poses(path)).decode())


def _key(key: Mapping[str, Any]) -> cameras.KeyFrame:
    told = {name: value for name, value in key.items() if name not in ("look_at", "roll_deg")}
    if "look_at" in key:
        told["rotation"] = cameras.looking_at(key["position"], key["look_at"], roll_deg=key.get("roll_deg", 0.0))
    return cameras.KeyFrame(**told)


def light(
    person: User, data: Any, *, c2w: Sequence[Sequence[float]] | None, at: Sequence[float], now: datetime
) -> LightPreview:
    """A record's lighting as a lit sphere needs it.

    Args:
        c2w: The canonical pose of the camera that looks, for the key's word.
        at: Where the sphere stands, in metres.

    Raises:
        NoSuchAsset: The map is none that this person may read.
        NotAnEnvironmentMap: It is another kind of file.
    """
    told, problems = read_part(Lighting, data, name="lighting")
    if told is None:
        return LightPreview(None, None, None, None, problems)
    lamps = lighting.arriving_light((lamp.model_dump() for lamp in told.lights), at=at)
    return LightPreview(
        env_map=_map(person, told, c2w, now),
        lamps=lighting.told_lamps(lamps) | lighting.lit_by_lamps(lamps).as_json(c2w) if lamps else None,
        sh=lighting.lit_by_harmonics(told.sh.coeffs, kind=told.sh.kind).as_json(c2w) if told.sh else None,
        sun_direction=lighting.sun_direction(told.sun.azimuth_deg, told.sun.elevation_deg).tolist()
        if told.sun
        else None,
        problems=problems,
    )


def _map(person: User, told: Lighting, c2w: Any, now: datetime) -> dict[str, Any] | None:
    if told.env_map is None:
        return None
    asset = ready_asset(person, told.env_map.asset, now=now)
    if asset.kind != "environment_map":
        message = "This file is not a canonical environment map. Convert it first."
        raise NotAnEnvironmentMap(message, fields={"lighting.env_map.asset": [message]})
    found = lighting.MapLight.from_facts({"cct_k": None, "duv": None, **asset.facts["light"]})
    lit = lighting.lit_by_map(found, world_from_env=told.env_map.world_from_env, exposure_ev=told.env_map.exposure_ev)
    return lit.as_json(c2w) | {"range_stops": found.range_stops}


def _refused(refusal: RecordRefused) -> BadCameraPath:
    fields: dict[str, list[str]] = {}
    for problem in refusal.problems:
        fields.setdefault(problem.path or "path", []).append(f"{problem.message} {problem.fix}")
    return BadCameraPath(str(refusal), fields=fields)
