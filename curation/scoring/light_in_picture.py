"""Does the picture look lit as declared: side of the key, tint, hour, from the clip or from pictures of the set.

What a picture tells of its light is weak evidence: it is exposed and white-balanced for the eye. Only contradictions
are measured, and none of them ever rejects.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from curation.record import lighting as light
from curation.scoring.lighting_checks import DAYTIME, key_in_numbers
from curation.scoring.seam import Embedding, Measurement, Needs, Picture, Sample, Source
from curation.scoring.watching import Glimpse, Watcher

SIDE, TINT = "lighting.picture_side_conflict", "lighting.picture_tint_conflict_mired"
NIGHT, DAY = "lighting.picture_night_luminance", "lighting.picture_day_luminance"

LOOKS = 8  # frames of a clip
PICTURE_PX = 144  # short side of reference pictures: a wide one is then as large as a watched frame
ANALYSED_WIDTH_PX = 160
SHADING_SIGMA_PX = 1.5
SHADING = (0.01, 0.15)  # slope of log luminance per pixel: less is noise, more is an edge of things or of their colour
DARKEST = 0.01
LUMA = np.array([0.299, 0.587, 0.114], np.float32)  # Rec.601
NEUTRAL_MIRED = 1e6 / 6504  # a white-balanced picture is about D65 whatever it was lit by
ASIDE = 0.4  # a key counts as from one side when this much of its direction is sideways
LEVEL = np.diag([1.0, -1.0, -1.0, 1.0])  # a camera that looks north: its right is +X
OF_THE_SET = ("first_frame", "last_frame", "background")


@dataclass(frozen=True, eq=False)
class PictureLight:
    """What some frames or pictures show of their light.

    Attributes:
        lean: [-1, 1] mean sideways direction in which shading brightens; the light is on the right where positive.
        rgb: `[3]` mean linear Rec.709 (grey world).
        luminance: Mean Y' in 0..255.
    """

    lean: float
    rgb: np.ndarray
    luminance: float


class LightWatcher(Watcher[PictureLight | None]):
    """Looks at eight frames, evenly spaced."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__(facts)
        self._picks = {int((place + 0.5) * self.num_frames / LOOKS) for place in range(LOOKS)}
        self._found: list[PictureLight] = []

    def see(self, glimpse: Glimpse) -> None:
        if glimpse.index in self._picks:
            self._found.append(light_of(glimpse.bgr[..., ::-1]))

    def found(self) -> PictureLight | None:
        return together(self._found) if self._found else None


def together(looks: Sequence[PictureLight]) -> PictureLight:
    """The mean of several."""
    return PictureLight(
        lean=float(np.mean([look.lean for look in looks])),
        rgb=np.mean([look.rgb for look in looks], axis=0),
        luminance=float(np.mean([look.luminance for look in looks])),
    )


def light_of(image: np.ndarray) -> PictureLight:
    """What one picture `[h, w, 3]` uint8 sRGB shows.

    The side is told by the mean direction of shading (Zheng and Chellappa 1991), edges left out.
    """
    import cv2

    height, width = image.shape[:2]
    size = (ANALYSED_WIDTH_PX, max(8, round(height * ANALYSED_WIDTH_PX / width)))
    encoded = cv2.resize(np.ascontiguousarray(image), size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    linear = light.to_rec709(encoded, light.COLOR_SPACES["srgb"])
    luminance = linear @ light.REC709_LUMINANCE.astype(np.float32)
    shading = cv2.GaussianBlur(np.log(luminance + DARKEST), (0, 0), SHADING_SIGMA_PX)
    across, down = (cv2.Sobel(shading, cv2.CV_32F, dx, 1 - dx, scale=1 / 8) for dx in (1, 0))
    slope = np.hypot(across, down)
    smooth = (slope > SHADING[0]) & (slope < SHADING[1])
    lean = float((across[smooth] / slope[smooth]).mean()) if smooth.any() else 0.0
    return PictureLight(lean, linear.mean(axis=(0, 1), dtype=np.float64), float(255 * (encoded @ LUMA).mean()))


class LightInPictureScorer:
    """The declared light, held against how the clip, or else pictures of the set, look."""

    name = "light_in_picture"
    metrics = (SIDE, TINT, NIGHT, DAY)
    needs = Needs(poses=True, picture_sizes=frozenset({PICTURE_PX}), watchers=frozenset({LightWatcher}))
    source = Source("light-in-picture-1", preprocessing_id="srgb-area-160")

    def applies_to(self, sample: Sample) -> bool:
        return bool(sample.record.get("lighting")) and _look(sample) is not None

    def score(self, batch: Sequence[Sample]) -> list[list[Measurement | Embedding]]:
        return [_measure(sample) for sample in batch]


def _measure(sample: Sample) -> list[Measurement | Embedding]:
    look = _look(sample)
    assert look is not None
    found = [_side(sample, look), _tint(sample.record["lighting"], look), _hour(sample.record, look)]
    return [item for item in found if item]


def _look(sample: Sample) -> PictureLight | None:
    if sample.clip is not None and (seen := sample.clip.seen_by(LightWatcher)) is not None:
        return seen
    images = [
        picture.sized[PICTURE_PX]
        for picture in sample.pictures
        if PICTURE_PX in picture.sized and _role(sample.record, picture) in OF_THE_SET
    ]
    return together([light_of(image) for image in images]) if images else None


def _role(record: Mapping[str, Any], picture: Picture) -> str:
    role: str = record["reference_images"][int(picture.part.rpartition(".")[2])]["role"]
    return role


def _side(sample: Sample, look: PictureLight) -> Measurement:
    sideways = _declared_sideways(sample)
    if sideways is None or abs(sideways) < ASIDE:
        return _not_applicable(SIDE, "no key light from one side is declared")
    against = max(0.0, -float(np.sign(sideways)) * look.lean)
    return Measurement(SIDE, against, "lighting", {"declared": round(sideways, 3), "lean": round(look.lean, 4)})


def _declared_sideways(sample: Sample) -> float | None:
    """How far to the right of the camera the declared key stands, in [-1, 1]; None where nothing tells."""
    declared = sample.record["lighting"]
    poses = sample.poses
    if poses is not None and np.isfinite(poses).all() and (key := key_in_numbers(declared)):
        return float(poses[len(poses) // 2, :3, 0] @ key[1])
    tag = (declared.get("tags") or {}).get("key_direction")
    direction = light.key_direction(tag, LEVEL) if tag else None
    return None if direction is None else float(direction[0])


def _tint(declared: Mapping[str, Any], look: PictureLight) -> Measurement:
    """How far declared light and picture lean to opposite sides of neutral in mired; a neutral one says nothing."""
    white = light.white_of(look.rgb)
    if not declared.get("cct_k") or white is None:
        return _not_applicable(TINT, "no colour temperature is declared, or the picture is black")
    told, seen = (1e6 / kelvin - NEUTRAL_MIRED for kelvin in (float(declared["cct_k"]), white.cct_k))
    value = min(abs(told), abs(seen)) if told * seen < 0 else 0.0
    return Measurement(TINT, value, "lighting", {"declared_k": declared["cct_k"], "picture_k": round(white.cct_k)})


def _hour(record: Mapping[str, Any], look: PictureLight) -> Measurement | None:
    setting = (record.get("scene") or {}).get("setting") or {}
    hour = setting.get("time_of_day")
    if setting.get("interior") is not False or not (hour == "night" or hour in DAYTIME):
        return None
    return Measurement(NIGHT if hour == "night" else DAY, look.luminance, "lighting", {"time_of_day": hour})


def _not_applicable(metric: str, why: str) -> Measurement:
    return Measurement(metric, None, "lighting", not_applicable=why)
