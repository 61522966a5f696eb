"""The one way to open what FFmpeg decodes: by the demuxer that its first bytes name, and from this file alone."""

from pathlib import Path

import av
from av.container import InputContainer

from curation.probing.detection import demuxer_of


def opened(path: Path, *, demuxer: str | None = None) -> InputContainer:
    """The container; of what was probed before, the demuxer is found again. Tags in any encoding are no obstacle."""
    return av.open(
        str(path),
        format=demuxer or demuxer_of(path),
        options={"protocol_whitelist": "file"},
        metadata_errors="replace",
    )
