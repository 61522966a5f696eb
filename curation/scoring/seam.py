"""The seam: what a scorer is, what it is given and what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from curation.record.lighting import MapLight
from curation.scoring.watching import Found, Watcher


@dataclass(frozen=True)
class Source:
    """Who measured: stored with every value, so that a value can be traced to the very weights.

    Attributes:
        model_id: Name of the model or of the measure's implementation.
        weights_sha256: Of the weights file; empty for measures without weights.
        preprocessing_id: What was done to the media before measuring.
    """

    model_id: str
    weights_sha256: str = ""
    preprocessing_id: str = "none"


@dataclass(frozen=True)
class Measurement:
    """One metric of one part of one sample, raw.

    Attributes:
        metric: Such as `audio.sample_rate_hz`; what stands before the dot is its family.
        value: Finite, or None where it does not apply.
        part: The record path it was measured on: `video`, `reference_images.0`, `audio`, `camera`, `lighting`, `scene`.
        detail: JSON-able facts behind the value.
        not_applicable: Why there is no value; None where there is one.
        source: Who measured; `measuring.measure` fills it in.
    """

    metric: str
    value: float | None
    part: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    not_applicable: str | None = None
    source: Source | None = None

    @property
    def model_id(self) -> str:
        """Of the source; empty before `measure` filled it in."""
        return self.source.model_id if self.source else ""

    @property
    def weights_sha256(self) -> str:
        return self.source.weights_sha256 if self.source else ""

    @property
    def preprocessing_id(self) -> str:
        return self.source.preprocessing_id if self.source else ""


@dataclass(frozen=True, eq=False)
class Embedding:
    """A unit vector, `[D]` float32, of one part in one model's space; `kind` is image or text."""

    kind: str
    part: str
    vector: np.ndarray
    source: Source | None = None


@dataclass(frozen=True, eq=False)
class Fingerprint:
    """What stays of one part, so that a changed copy of it is recognised; `fingerprints.kinds` makes and compares them.

    Attributes:
        kind: image, clip, audio, text, camera or environment.
        part: As of a measurement.
        data: All that a comparison needs.
        points: Space -> `[N, 32]` uint8 words to be indexed.
        probes: Space -> `[M, 32]` uint8 words near which a copy's points lie.
    """

    kind: str
    part: str
    data: bytes
    points: Mapping[str, np.ndarray]
    probes: Mapping[str, np.ndarray]
    source: Source


@dataclass(frozen=True, eq=False)
class Picture:
    """A reference image as decoded for measuring; never at full size.

    Attributes:
        part: Record path, `reference_images.N`.
        width, height: Of the original as shown, pixels.
        rgb: `[h, w, 3]` uint8, short side as asked; None where no scorer asked.
        gray: `[h, w]` uint8, short side 512 at most; None where no scorer asked.
        sized: Short side -> `[h, w, 3]` uint8, for every size that a scorer asked for by itself.
        orientation: EXIF's, 1 to 8; the pixels here are upright already.
        jpeg_step: Mean step of the JPEG's luma quantiser; None for other formats.
    """

    part: str
    width: int
    height: int
    rgb: np.ndarray | None = None
    gray: np.ndarray | None = None
    sized: Mapping[int, np.ndarray] = field(default_factory=dict)
    orientation: int = 1
    jpeg_step: float | None = None


@dataclass(frozen=True, eq=False)
class Clip:
    """A clip as decoded for measuring, in one pass.

    Attributes:
        facts: What the probe found.
        frames: Evenly spaced frames, each `[h, w, 3]` uint8, short side as asked.
        watched: Watcher -> what it found; read through `seen_by`.
    """

    facts: Mapping[str, Any]
    frames: tuple[np.ndarray, ...] = ()
    watched: Mapping[type[Watcher[Any]], Any] = field(default_factory=dict)

    def seen_by(self, watcher: type[Watcher[Found]]) -> Found | None:
        """What this watcher found in the clip; None where it did not watch."""
        return self.watched.get(watcher)


@dataclass(frozen=True, eq=False)
class Sound:
    """The sample's sound.

    Attributes:
        path: The original, in which the technical measures read at its own rate.
        facts: Of the sound file, or of the clip it is in.
        speech_16k: `[N]` float32 mono at 16 kHz, of a long recording a map of a file, to be read in pieces; None where
            no scorer asked.
    """

    path: str
    facts: Mapping[str, Any]
    speech_16k: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class EnvironmentMap:
    """A latlong map, linear Rec.709.

    Attributes:
        pixels: `[h, w, 3]` float32, at most 512 wide; areas are averaged, so no light is lost.
        width, height: Of the original.
        peak: Largest luminance of an original pixel, which averaging would hide.
    """

    pixels: np.ndarray
    width: int
    height: int
    peak: float


@dataclass(frozen=True, eq=False)
class Sample:
    """What one revision offers to be measured.

    Attributes:
        sample_id: The caller's name for it.
        record: The canonical record.
        clip, pictures, sound: Decoded for measuring, where present.
        poses: `[F, 4, 4]` float64, OpenCV axes, camera to world.
        environment: The map of all the light.
        map_light: The same in few numbers, as the probe kept them; where no pixels are at hand these do.
    """

    sample_id: str
    record: Mapping[str, Any]
    clip: Clip | None = None
    pictures: tuple[Picture, ...] = ()
    sound: Sound | None = None
    poses: np.ndarray | None = None
    environment: EnvironmentMap | None = None
    map_light: MapLight | None = None


@dataclass(frozen=True)
class Needs:
    """What a scorer wants decoded; the loader decodes the union once.

    Attributes:
        picture_px: Short side of RGB pictures and clip frames; 0 for none.
        clip_frames: How many RGB frames of a clip.
        picture_sizes: Short sides of RGB pictures wanted besides, each reduced in one step from the original.
        watchers: What should see every frame of a clip while it is decoded.
        picture_gray, speech, poses, environment: Whether these are wanted at all.
    """

    picture_px: int = 0
    clip_frames: int = 0
    picture_gray: bool = False
    speech: bool = False
    poses: bool = False
    environment: bool = False
    picture_sizes: frozenset[int] = frozenset()
    watchers: frozenset[type[Watcher[Any]]] = frozenset()

    def __or__(self, other: "Needs") -> "Needs":
        return Needs(
            max(self.picture_px, other.picture_px),
            max(self.clip_frames, other.clip_frames),
            self.picture_gray or other.picture_gray,
            self.speech or other.speech,
            self.poses or other.poses,
            self.environment or other.environment,
            self.picture_sizes | other.picture_sizes,
            self.watchers | other.watchers,
        )


class Scorer(Protocol):
    """Measures a batch at once.

    `metrics` lists every name it may answer; `source` names its weights; `needs` says what to decode for it. Safe to
    call from several threads. A model is loaded on first use, never on construction.
    """

    @property
    def name(self) -> str: ...

    @property
    def metrics(self) -> tuple[str, ...]: ...

    @property
    def source(self) -> Source:
        """Who measures. Reading it may hash the weights, but does not load them."""
        ...

    @property
    def needs(self) -> Needs: ...

    def applies_to(self, sample: Sample) -> bool:
        """Whether the sample has the modality this scorer measures."""
        ...

    def score(self, batch: Sequence[Sample]) -> Sequence[Sequence[Measurement | Embedding | Fingerprint]]:
        """One list per sample, in order; only samples it applies to are given."""
        ...
