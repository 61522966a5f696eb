"""How steadily a camera is held, in the words of CameraBench."""

from dataclasses import dataclass

import numpy as np

from curation.record.cameras.path import CameraPath
from curation.record.cameras.primitives import derive_primitives, followable
from curation.record.cameras.rates import ROTATIONS, TRANSLATIONS, UNKNOWN_DEPTH_M, measure_rates
from curation.record.vocabulary import Steadiness

# Deviation in degrees up to which a path is called so; a tripod, a gimbal, a steady hand.
SHAKE_DEG: tuple[tuple[float, Steadiness], ...] = ((0.02, "no_shaking"), (0.15, "minimal_shaking"), (0.6, "unsteady"))


@dataclass(frozen=True)
class Hold:
    """`shake_deg` is the deviation of the view from its smooth course, turns and slides together, in degrees."""

    steadiness: Steadiness
    shake_deg: float


def derive_steadiness(path: CameraPath, *, scene_depth_m: float | None = None) -> Hold:
    """How steadily the camera is held; `static` where it neither moves nor shakes.

    Shake is what is faster than about 1.3 Hz. A slide shakes the picture as a turn by the angle at which it is seen
    from `scene_depth_m`.

    Raises:
        RecordRefused: The path has no times, they do not increase, or it is not finite.
    """
    times_s = followable(path)
    if len(path) < 2:
        return Hold("static", 0.0)
    rates = measure_rates(path, times_s, scene_depth_m=scene_depth_m)
    shake = rates.shake * rates.thresholds
    seen = np.concatenate([shake[ROTATIONS], shake[TRANSLATIONS] / (scene_depth_m or UNKNOWN_DEPTH_M)])
    shake_deg = float(np.degrees(np.linalg.norm(seen)))
    name: Steadiness = next((name for limit, name in SHAKE_DEG if shake_deg < limit), "very_unsteady")
    if name == "no_shaking" and {p.name for p in derive_primitives(path, scene_depth_m=scene_depth_m)} == {"static"}:
        name = "static"
    return Hold(name, shake_deg)
