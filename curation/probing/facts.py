"""What a probe answers: facts about the file, or the reason it is refused."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Limits:
    """How much a file may ask of the machine. Sizes of decoded media first, then those of the probing process."""

    max_clip_s: float = 600.0
    max_audio_s: float = 600.0
    max_clip_pixels: int = 4096 * 2304
    max_image_pixels: int = 100_000_000
    max_image_side_px: int = 20_000
    max_map_pixels: int = 8192 * 4096
    max_poses: int = 100_000
    max_text_bytes: int = 16 * 2**20
    max_camera_bytes: int = 48 * 2**20
    max_rays_bytes: int = 128 * 2**20
    memory_bytes: int = 3 * 2**30
    cpu_s: int = 600
    wall_s: float = 660.0
    open_files: int = 64


@dataclass(frozen=True)
class Facts:
    """A file that decodes to its last byte.

    Attributes:
        kind: clip, image, audio, camera_poses, camera_file, environment_map, light_file or text.
        content_type: What it may be served as; one of `detection.CONTENT_TYPES`, never what the client said.
        byte_size: Length of the file.
        details: JSON-able measures of its kind: durations in seconds, sizes in pixels.
    """

    kind: str
    content_type: str
    byte_size: int
    details: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Refusal:
    """Why a file is not taken: a stable `code`, what was found, and what to do about it."""

    code: str
    message: str
    fix: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def out_of_memory(limits: Limits) -> Refusal:
    """Of a file whose decoding takes more than it may."""
    return Refusal(
        "probe_memory",
        f"Decoding needs more than {limits.memory_bytes // 2**20} MiB of memory.",
        "Upload a file of smaller dimensions.",
    )


class Refused(Exception):
    """Raised by the inspectors; carries the refusal across the process."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.refusal = Refusal(code, message, fix)
