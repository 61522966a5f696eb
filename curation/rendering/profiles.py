"""What is made of each kind of file, and under which version: a change of what is made is a new version."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Profile:
    """How files of one kind are rendered.

    Attributes:
        version: Stands in the storage key, so that files of two versions never mix.
        renderer: The module that does it, `render(path, folder) -> Rendered`.
        main: The role of what is shown where one file is to stand for the original.
    """

    version: str
    renderer: str
    main: str


PROFILES: Mapping[str, Profile] = {
    "clip": Profile("clip-1", "curation.rendering.clips", "proxy"),
    "image": Profile("image-1", "curation.rendering.pictures", "preview"),
    "audio": Profile("audio-1", "curation.rendering.sounds", "preview"),
    "environment_map": Profile("map-1", "curation.rendering.environments", "preview"),
}
# Everything that may ever be written in the `Content-Type` of a rendered file.
CONTENT_TYPES = frozenset({"video/mp4", "audio/mp4", "image/jpeg", "image/webp", "application/json"})


@dataclass(frozen=True)
class RenderLimits:
    """How much one file may ask of the machine."""

    memory_bytes: int = 3 * 2**30
    cpu_s: int = 3600
    wall_s: float = 1800.0
    open_files: int = 64
    file_bytes: int = 4 * 2**30


@dataclass(frozen=True)
class RenderedFile:
    """One file that was made.

    Attributes:
        role: proxy, poster, strip, preview, thumbnail, waveform or timing; there is one of each at most.
        name: In its folder.
        details: JSON-able: `width`, `height` in pixels, `fps` as [num, den], `duration_s`.
    """

    role: str
    name: str
    content_type: str
    size: int
    details: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Rendered:
    """The files, and what was found out about the original on the way (JSON-able)."""

    files: tuple[RenderedFile, ...]
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RenderFailed:
    """Why nothing was made: a stable `code` and a sentence."""

    code: str
    message: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)
