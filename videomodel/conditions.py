"""What a shot is made of and conditioned on, in plain arrays: the vocabulary shared by every adapter."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

ROLES = ("first_frame", "last_frame", "subject", "background", "style")


@dataclass(frozen=True, slots=True)
class Shape:
    """Size of a clip: pixels, frames and frames per second."""

    width: int
    height: int
    frames: int
    fps: float

    @property
    def duration_s(self) -> float:
        """Seconds from the first frame to the end of the last."""
        return self.frames / self.fps


@dataclass(frozen=True, slots=True)
class Clip:
    """A take: frames uint8 `[F, H, W, 3]` sRGB; sound float32 `[N]` mono in [-1, 1], or None where there is none."""

    frames: NDArray[np.uint8]
    fps: float
    sound: NDArray[np.float32] | None = None
    sample_rate_hz: int = 16_000


@dataclass(frozen=True, slots=True)
class Still:
    """A reference image: pixels uint8 `[H, W, 3]` sRGB and its role, one of `ROLES`."""

    pixels: NDArray[np.uint8]
    role: str


@dataclass(frozen=True, slots=True)
class Camera:
    """Canonical path: camera-to-world float64 `[F, 4, 4]` and normalised intrinsics `[F, 4]`, one per frame."""

    camera_to_world: NDArray[np.float64]
    intrinsics: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Light:
    """Radiance harmonics `[9, 3]` in world axes, and the unit vector towards the sun where there is one."""

    sh: NDArray[np.float64]
    sun: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class SoundEvent:
    """A named sound from `onset_s` to `offset_s`."""

    name: str
    onset_s: float
    offset_s: float


@dataclass(frozen=True, slots=True)
class Conditions:
    """All that a shot may be conditioned on; None or empty means not given."""

    shape: Shape
    caption: str | None = None
    stills: tuple[Still, ...] = ()
    camera: Camera | None = None
    light: Light | None = None
    audio_style: str | None = None
    events: tuple[SoundEvent, ...] | None = None
    source_clip: Clip | None = field(default=None, repr=False)
    source_sound: NDArray[np.float32] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an adapter can be asked for."""

    t2v: bool = False
    i2v: bool = False
    keyframes: bool = False
    ref_video: bool = False
    camera_c2w: bool = False
    lighting: bool = False
    audio_out: bool = False
    audio_in: bool = False
    lora: bool = False
    upsample: bool = False

    def names(self) -> list[str]:
        """Names of the flags that are set."""
        return [flag.name for flag in fields(self) if getattr(self, flag.name)]


def needs(conditions: Conditions) -> dict[str, str]:
    """Capability -> what in the request asks for it."""
    roles = [still.role for still in conditions.stills]
    asked = {
        "t2v": (conditions.caption is not None and not roles, "a caption without a reference image"),
        "i2v": (bool(roles), "a reference image"),
        "keyframes": ("last_frame" in roles or roles.count("first_frame") > 1, "a frame other than the first"),
        "ref_video": (conditions.source_clip is not None, "a reference clip"),
        "camera_c2w": (conditions.camera is not None, "a camera path"),
        "lighting": (conditions.light is not None, "lighting"),
        "audio_out": (bool(conditions.audio_style or conditions.events), "an audio style or timed sound events"),
        "audio_in": (conditions.source_sound is not None, "a sound to follow"),
    }
    return {flag: words for flag, (wanted, words) in asked.items() if wanted}
