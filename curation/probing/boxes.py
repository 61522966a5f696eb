"""Top-level boxes of an mp4 or mov (ISO/IEC 14496-12): a file cut short is told before any decoder guesses."""

from pathlib import Path

from curation.probing.facts import Refused

_MAX_BOXES = 100_000


def check_boxes(path: Path) -> None:
    """See that the boxes fill the file exactly and that an index is among them.

    Raises:
        Refused: A box reaches past the end of the file, or there is no index (`moov`).
    """
    size = path.stat().st_size
    seen: set[bytes] = set()
    position = 0
    with path.open("rb") as file:
        for _ in range(_MAX_BOXES):
            if position + 8 > size:
                break
            file.seek(position)
            header = file.read(16)
            length = _box_length(header, size - position)
            if length < 8 or position + length > size:
                raise _cut(f"a part of it ends {position + length - size} bytes past the end of the file")
            seen.add(header[4:8])
            position += length
    if b"moov" not in seen:
        raise _cut("its index (moov) is missing")


def _box_length(header: bytes, rest: int) -> int:
    length = int.from_bytes(header[:4], "big")
    if length == 0:  # "to the end of the file"
        return rest
    return int.from_bytes(header[8:16], "big") if length == 1 else length


def _cut(what: str) -> Refused:
    return Refused(
        "clip_undecodable",
        f"The clip is cut short: {what}.",
        "The recording or the copy was not finished. Export it again and check that it plays to the end.",
    )
