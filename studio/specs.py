"""What a scene and a take are: plain frozen data, JSON-able except for the arrays of a take."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Vec3 = tuple[float, float, float]
SolidKind = Literal["sphere", "box", "frustum", "capsule"]
Pattern = Literal["plain", "stripes", "checks", "grain", "clouds"]


@dataclass(frozen=True)
class Material:
    """How a surface answers light. Colours are linear Rec.709 in [0, 1]."""

    name: str
    color: Vec3
    second: Vec3
    pattern: Pattern = "plain"
    cycles_per_m: float = 1.0
    gloss: float = 0.0  # 0 matte .. 1 mirror-smooth
    metal: float = 0.0  # 0 dielectric .. 1 metal
    emission: float = 0.0  # radiance per unit of colour


@dataclass(frozen=True)
class Solid:
    """One convex solid in its owner's frame (metres, degrees).

    `size` holds half extents: sphere radii, box half sides, frustum (radius, half height, radius),
    capsule (radius, half length of its axis, radius). `taper` is a frustum's top radius over its bottom radius.
    `joint` names the moving part it belongs to; it turns about `pivot`.
    """

    kind: SolidKind
    center: Vec3
    size: Vec3
    material: Material
    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    taper: float = 1.0
    joint: str = ""
    pivot: Vec3 = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Motion:
    """What a subject does between `start_s` and `end_s`; before and after it keeps the pose it has there.

    `heading_deg` is the direction of travel, clockwise from north (-Z). Which of the numbers count depends on the verb.
    """

    verb: str
    start_s: float
    end_s: float
    heading_deg: float = 0.0
    speed_m_s: float = 0.0
    height_m: float = 0.0
    restitution: float = 0.0
    period_s: float = 1.0
    phase_s: float = 0.0  # how far into its cycle the motion is at start_s


@dataclass(frozen=True)
class Subject:
    """A named thing that acts: solids in a frame whose origin is its ground contact and whose front is -Z."""

    name: str
    noun: str
    color: str
    material: str
    parts: tuple[Solid, ...]
    motion: Motion
    position: Vec3  # of the frame's origin, halfway through the motion
    facing_deg: float  # clockwise from north
    hinge_m: float  # height of the point about which it rolls
    height_m: float
    radius_m: float


@dataclass(frozen=True)
class Lamp:
    """A lamp or the sun. `direction` points to the light (sun), `position` is a lamp's. Irradiance on a facing surface
    is `intensity * rgb` (sun) or `intensity * rgb / distance^2` (lamp), in render units."""

    role: Literal["key", "fill", "practical"]
    type: Literal["directional", "point"]
    direction: Vec3
    position: Vec3
    intensity: float
    cct_k: float
    softness_deg: float


@dataclass(frozen=True)
class Sky:
    """Radiance of the sky (outdoors, and behind a window) and the air between."""

    time_of_day: str
    weather: str
    sun_azimuth_deg: float
    sun_elevation_deg: float
    zenith: Vec3
    horizon: Vec3
    ground: Vec3
    cloud: float
    fog_per_m: float
    exposure_ev: float  # render units are 20,000 lx at 0 EV


@dataclass(frozen=True)
class Setting:
    """Where it happens. `half_extent` is the room's (x, height, z); outdoors so large that only the floor is met."""

    place: str
    interior: bool
    half_extent: Vec3
    floor: Material
    wall: Material
    ceiling: Material
    props: tuple[Solid, ...]
    window: tuple[float, float, float, float] | None  # on the -Z wall: x0, y0, x1, y1 in metres
    prop_nouns: tuple[str, ...]
    bounce: Vec3  # indoors: radiance that every surface receives from the walls, render units


@dataclass(frozen=True)
class Move:
    """One camera primitive. Speed: m/s (dolly, truck, pedestal), deg/s (pan, tilt, roll, arc), 1/s (zoom)."""

    name: str
    start_s: float
    end_s: float
    speed: float


@dataclass(frozen=True)
class CameraPlan:
    position: Vec3
    target: Vec3
    fov_y_deg: float
    moves: tuple[Move, ...]
    steadiness: Literal["static", "smooth", "handheld", "shaky"]
    shake_seed: int
    tracked: str  # subject followed by "tracking", or ""


@dataclass(frozen=True)
class Ambience:
    name: str
    label: str
    mid: str
    level_db: float


@dataclass(frozen=True)
class Scene:
    """Everything that is rendered and told, as data; `to_dict` is JSON-able."""

    seed: int
    duration_s: float
    fps: int
    setting: Setting
    sky: Sky
    lamps: tuple[Lamp, ...]
    subjects: tuple[Subject, ...]
    camera: CameraPlan
    ambience: tuple[Ambience, ...]
    style: str

    @property
    def num_frames(self) -> int:
        return max(1, round(self.duration_s * self.fps))

    def frame_times(self) -> NDArray[np.float64]:
        """Times of the frames, `[F]` seconds, frame k at k / fps."""
        return np.arange(self.num_frames, dtype=np.float64) / self.fps

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class SoundEvent:
    """One audible event; `mid` is its AudioSet id, `subject` who makes it (empty for ambience)."""

    onset_s: float
    offset_s: float
    label: str
    mid: str
    subject: str
    on_screen: bool


@dataclass(frozen=True)
class ReferenceImage:
    """`pixels` uint8 `[H, W, 3]` sRGB; `subject` is empty unless the role is `subject`."""

    role: Literal["subject", "background", "style", "first_frame", "last_frame"]
    subject: str
    pixels: NDArray[np.uint8]


@dataclass(frozen=True)
class Take:
    """A scene, filmed.

    Attributes:
        frames: uint8 `[F, H, W, 3]`, sRGB.
        depth_m: float32 `[F, H, W]`, along the optical axis, at pixel centres; the sky is `inf`.
        sound: float32 `[2, N]` in [-1, 1], N = round(duration_s * sample_rate_hz).
        camera_to_world: float64 `[F, 4, 4]`, OpenCV axes.
        intrinsics: float64 `[F, 4]`: fx, cx over width and fy, cy over height, in the order fx, fy, cx, cy.
        environment: float32 `[N, 2N, 3]` linear radiance, OpenEXR latlong.
        sh: float32 `[9, 3]`, radiance, order 2.
        events: By onset.
    """

    scene: Scene
    frames: NDArray[np.uint8]
    depth_m: NDArray[np.float32]
    sound: NDArray[np.float32]
    sample_rate_hz: int
    camera_to_world: NDArray[np.float64]
    intrinsics: NDArray[np.float64]
    environment: NDArray[np.float32]
    sh: NDArray[np.float32]
    events: tuple[SoundEvent, ...]
