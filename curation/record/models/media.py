"""Reference images and the clip: what the contributor says of them, and what the probe found."""

from typing import Annotated, Literal

from pydantic import Field

from curation.record import vocabulary as words
from curation.record.models.fields import AssetId, Flag, Part, Pixels, SubjectId, Word


class ReferenceImage(Part):
    """An image the shot should look like; the facts after `subject` are measured, so a contributor may leave them."""

    asset: AssetId
    role: words.ReferenceRole
    subject: SubjectId | None = None
    width: Pixels | None = None
    height: Pixels | None = None
    mime: Literal["image/jpeg", "image/png", "image/webp"] | None = None
    pdq: Annotated[str, Field(strict=True, pattern=r"^[0-9a-f]{64}$")] | None = None
    pdq_quality: Annotated[int, Field(strict=True, ge=0, le=100)] | None = None


class Video(Part):
    """The clip. `synthetic` says that it was rendered or generated, not filmed; the rest is measured."""

    asset: AssetId
    codec: Word | None = None
    pix_fmt: Word | None = None
    width: Pixels | None = None
    height: Pixels | None = None
    has_audio: Flag | None = None
    synthetic: Flag = False
