"""COLMAP models, text or binary: one file or the two of a model, told apart by content."""

from curation.record.cameras import colmap_binary, colmap_text
from curation.record.cameras.colmap_model import Model, path_of
from curation.record.cameras.reading import RawPath, Reading
from curation.record.cameras.text import decoded


def read(content: bytes, reading: Reading) -> RawPath:
    """The path of a model, its frames in the order of the image names.

    Args:
        content: Cameras, images, or both texts joined.
        reading: Its companion is the other of the two files.

    Raises:
        RecordRefused: Naming the line or the entry.
    """
    model = Model()
    for part in (content, reading.companion):
        if part is None:
            continue
        if is_binary(part):
            colmap_binary.parse(part, model)
        else:
            colmap_text.parse(decoded(part), model)
    return path_of(model, reading)


def is_binary(content: bytes) -> bool:
    """Whether the bytes are no text: a binary model starts with a count, whose upper bytes are zero."""
    return b"\0" in content[:8] and content[:2] not in (b"\xff\xfe", b"\xfe\xff")
