"""The whole sample: `Record` as contributed, `PublishedRecord` with what the platform added."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from curation.record import vocabulary as words
from curation.record.models.audio import Audio
from curation.record.models.camera import Camera
from curation.record.models.consistency import find_conflicts
from curation.record.models.fields import MAX_DURATION_S, MAX_FRAMES, Part, problem
from curation.record.models.lighting import Lighting
from curation.record.models.media import ReferenceImage, Video
from curation.record.models.platform import Groups, Quality
from curation.record.models.rights import Provenance, Rights
from curation.record.models.scene import Scene

SCHEMA_VERSION = "scene-sample/1.0"

RatePart = Annotated[int, Field(strict=True, ge=1, le=1_000_000)]


class Timeline(Part):
    """The one clock: `fps` is a fraction `[num, den]`, frame i stands at i * den / num seconds."""

    duration_s: Annotated[float, Field(strict=True, gt=0, le=MAX_DURATION_S, allow_inf_nan=False)]
    fps: tuple[RatePart, RatePart]
    num_frames: Annotated[int, Field(strict=True, ge=1, le=MAX_FRAMES)]


class Record(Part):
    """One contribution. Parts agree with each other: times lie in the timeline, named subjects exist."""

    schema_version: Literal["scene-sample/1.0"]
    timeline: Timeline
    scene: Scene
    reference_images: Annotated[tuple[ReferenceImage, ...], Field(min_length=1, max_length=32)] | None = None
    audio: Audio | None = None
    camera: Camera | None = None
    lighting: Lighting | None = None
    video: Video | None = None
    rights: Rights
    provenance: Provenance

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "Record":
        if conflicts := find_conflicts(self):
            raise problem("conflicts", "Parts of the record contradict each other.", "", problems=conflicts)
        return self

    @property
    def modalities(self) -> tuple[str, ...]:
        """Names of the modalities that are present, in the order of `vocabulary.MODALITIES`."""
        return tuple(name for name in words.MODALITIES if getattr(self, name) is not None)


class PublishedRecord(Record):
    """A record as it stands in a dataset version."""

    quality: Quality
    groups: Groups
    split: words.Split
