"""A camera path told: its movements, how it is held, how far and how fast it goes, and the sentence of a caption."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from curation.record.cameras import CameraPath, Hold, Primitive, derive_primitives, derive_steadiness
from curation.record.captions import CAMERA, PARTS
from curation.record.captions.sentences import paragraph
from curation.record.models import Camera, Record
from curation.record.models.camera import DeclaredMovement, DeclaredPrimitive
from curation.record.vocabularies import LANGUAGES, Language


@dataclass(frozen=True)
class ToldPath:
    """What a path does.

    Attributes:
        length_m: Of the way that the camera goes.
        speed_m_s: Mean and largest speed.
        turned_deg: All turns summed.
        words: The sentence of a caption by language; the same that a record has that declares these movements.
    """

    duration_s: float
    length_m: float
    speed_m_s: tuple[float, float]
    turned_deg: float
    primitives: tuple[Primitive, ...]
    hold: Hold
    words: Mapping[Language, str]


def tell_path(path: CameraPath, *, scene_depth_m: float | None = None) -> ToldPath:
    """What the path does, in numbers and in words.

    Raises:
        RecordRefused: The path has no times, they do not increase, or it is not finite.
    """
    primitives = tuple(derive_primitives(path, scene_depth_m=scene_depth_m))
    hold = derive_steadiness(path, scene_depth_m=scene_depth_m)
    times_s = path.times_s
    assert times_s is not None, "a path without times was refused"
    steps_m = np.linalg.norm(np.diff(path.positions, axis=0), axis=1)
    speeds = steps_m / np.diff(times_s) if len(path) > 1 else np.zeros(1)
    duration_s = float(times_s[-1] - times_s[0])
    return ToldPath(
        duration_s=duration_s,
        length_m=float(steps_m.sum()),
        speed_m_s=(float(steps_m.sum()) / duration_s if duration_s else 0.0, float(speeds.max())),
        turned_deg=_turned_deg(path),
        primitives=primitives,
        hold=hold,
        words=_words(primitives, hold),
    )


def _turned_deg(path: CameraPath) -> float:
    relative = np.swapaxes(path.rotations[:-1], 1, 2) @ path.rotations[1:]
    cosines = (np.trace(relative, axis1=1, axis2=2) - 1) / 2
    return float(np.degrees(np.arccos(np.clip(cosines, -1, 1))).sum())


def _words(primitives: tuple[Primitive, ...], hold: Hold) -> dict[Language, str]:
    moves = tuple(
        DeclaredPrimitive.model_construct(**{name: getattr(one, name) for name in DeclaredPrimitive.model_fields})
        for one in primitives
    )
    declared = DeclaredMovement.model_construct(primitives=moves, steadiness=hold.steadiness)
    parts: dict[str, Any] = {"camera": Camera.model_construct(declared=declared, source="authored")}
    record = Record.model_construct(**parts)
    return {language: paragraph(PARTS[language][CAMERA](record), language) for language in LANGUAGES}
