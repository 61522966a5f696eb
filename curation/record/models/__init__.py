"""The models of `scene-sample/1.0`, one module per part. They hold facts and rules of form; no judgement of quality."""

from curation.record.models.audio import Audio, Music, SoundEvent, SoundLabel, SpeechSegment, SpokenWord
from curation.record.models.camera import (
    Camera,
    DeclaredMovement,
    DeclaredPrimitive,
    DerivedMovement,
    DerivedPrimitive,
    Intrinsics,
    Lens,
    Poses,
)
from curation.record.models.lighting import (
    EnvironmentMap,
    Light,
    Lighting,
    LightKeyframe,
    LightTags,
    SphericalHarmonics,
    Sun,
)
from curation.record.models.media import ReferenceImage, Video
from curation.record.models.platform import Groups, Quality
from curation.record.models.rights import ContentCredentials, MiningPreference, Provenance, Release, Rights
from curation.record.models.sample import SCHEMA_VERSION, PublishedRecord, Record, Timeline
from curation.record.models.scene import Action, Scene, Setting, Shot, Subject

__all__ = [
    "SCHEMA_VERSION",
    "Action",
    "Audio",
    "Camera",
    "ContentCredentials",
    "DeclaredMovement",
    "DeclaredPrimitive",
    "DerivedMovement",
    "DerivedPrimitive",
    "EnvironmentMap",
    "Groups",
    "Intrinsics",
    "Lens",
    "Light",
    "LightKeyframe",
    "LightTags",
    "Lighting",
    "MiningPreference",
    "Music",
    "Poses",
    "Provenance",
    "PublishedRecord",
    "Quality",
    "Record",
    "ReferenceImage",
    "Release",
    "Rights",
    "Scene",
    "Setting",
    "Shot",
    "SoundEvent",
    "SoundLabel",
    "SpeechSegment",
    "SphericalHarmonics",
    "SpokenWord",
    "Subject",
    "Sun",
    "Timeline",
    "Video",
]
