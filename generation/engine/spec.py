"""The job a clip is made from. Strict: an unknown or misspelt key is refused, not ignored."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

Intrinsics = tuple[float, float, float, float]


class JobRefused(Exception):
    """The job cannot be done, for the reason given."""


class Strict(BaseModel):
    """Frozen, and refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Size(Strict):
    """What is delivered: even sides in pixels, and a length."""

    width: int = Field(default=256, ge=32, le=4096, multiple_of=2)
    height: int = Field(default=256, ge=32, le=4096, multiple_of=2)
    duration_s: float = Field(default=2.125, gt=0, le=60)


class Reference(Strict):
    """A still: a local path or an http(s) address, and what it is for."""

    image: str
    role: Literal["first_frame", "last_frame", "subject", "background", "style"] = "first_frame"


class CameraPath(Strict):
    """A named move, or canonical poses: camera-to-world `[F][4][4]` spread evenly over the clip.

    `intrinsics` is (fx, fy, cx, cy) of the delivered picture, normalised by its width and height: one row for the whole
    path, or one for each pose of a zoom.
    """

    move: str | None = None
    speed: Literal["slow", "regular", "fast"] = "regular"
    poses: list[list[list[float]]] | None = Field(default=None, min_length=1, max_length=10_000)
    intrinsics: Intrinsics | list[Intrinsics] | None = None

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        if (self.move is None) == (self.poses is None):
            raise ValueError("give either a named move or poses")
        if isinstance(self.intrinsics, list) and len(self.intrinsics) != len(self.poses or []):
            raise ValueError("give one row of intrinsics, or as many as poses")
        return self


class Sun(Strict):
    """Azimuth clockwise from north, elevation above the horizon."""

    azimuth_deg: float = Field(ge=-360, le=360)
    elevation_deg: float = Field(ge=-90, le=90)
    cct_k: float = Field(default=5600, ge=1000, le=40_000)


class Lamp(Strict):
    """A lamp far away, where it stands as a sun would; `share` is its part of what all lamps give."""

    azimuth_deg: float = Field(ge=-360, le=360)
    elevation_deg: float = Field(ge=-90, le=90)
    cct_k: float = Field(default=5600, ge=1000, le=40_000)
    share: float = Field(default=1, gt=0, le=1e9)


class Lighting(Strict):
    """A sun over an even sky, or lamps in a grey room, or nine rows of radiance harmonics (R, G, B) in world axes.

    Harmonics may come with the sun that is in them.
    """

    sun: Sun | None = None
    lamps: list[Lamp] | None = Field(default=None, min_length=1, max_length=16)
    sh: list[tuple[float, float, float]] | None = Field(default=None, min_length=9, max_length=9)

    @model_validator(mode="after")
    def _is_something(self) -> Self:
        if self.sun is None and self.sh is None and self.lamps is None:
            raise ValueError("give a sun or harmonics")
        if self.lamps is not None and (self.sun or self.sh):
            raise ValueError("give lamps alone: a sun or harmonics tell all the light there is")
        return self


class Event(Strict):
    """A named sound from onset to offset."""

    name: str = Field(min_length=1, max_length=80)
    onset_s: float = Field(ge=0)
    offset_s: float = Field(ge=0)


class Audio(Strict):
    """How it sounds, and what sounds when; an empty list of events asks for none, null leaves it to the model."""

    style_caption: str | None = None
    events: list[Event] | None = Field(default=None, max_length=200)


class Request(Strict):
    """What a person asks for: everything but files. `negative` says what guidance leads away from."""

    size: Size = Size()
    caption: str | None = Field(default=None, max_length=4000)
    negative: str | None = Field(default=None, max_length=4000)
    camera: CameraPath | None = None
    lighting: Lighting | None = None
    audio: Audio | None = None
    steps: int = Field(default=24, ge=1, le=200)
    guidance: float = Field(default=2.0, ge=1, le=20)
    seed: int = Field(default=0, ge=0, lt=2**31)

    @model_validator(mode="after")
    def _guides_away(self) -> Self:
        if self.negative and self.guidance == 1:
            raise ValueError("what is to be avoided needs guidance above 1")
        return self


class GenerationJob(Request):
    """One clip. `base` is a checkpoint folder; `adapter` is a path or http(s) address of an adapter file."""

    model: str = "slate-nano"
    base: Path
    adapter: str | None = None
    output: Path
    reference: Reference | None = None


def read_job(path: Path) -> GenerationJob:
    """The job in a JSON file. Raises `JobRefused` naming every key that is wrong."""
    try:
        return GenerationJob.model_validate_json(path.read_bytes())
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise JobRefused(f"The job is not valid: {faults}") from error
