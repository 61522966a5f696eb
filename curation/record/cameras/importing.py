"""The one way in: from a file of any format to the canonical path."""

from dataclasses import replace

from curation.record.cameras.conventions import World, to_canon
from curation.record.cameras.detection import detect
from curation.record.cameras.formats import FORMATS, CameraFormat
from curation.record.cameras.path import CameraPath, Up
from curation.record.cameras.reading import ImportedPath, Loss, LossField, RawPath, Reading
from curation.record.cameras.upright import turned_upright
from curation.record.problems import refuse

_MISSING: dict[LossField, str] = {
    "intrinsics": "Intrinsics were not in the file.",
    "times_s": "The times of the frames were not in the file.",
    "size": "The size of the frames was not in the file.",
    "up": "Up is unknown: which way it points was not in the file.",
    "scale": "The unit of length was not in the file; distances were taken as metres.",
    "centre": "The principal point was not in the file; the middle of the frame was taken.",
}


def import_camera(
    content: bytes,
    *,
    filename: str = "",
    format: str | None = None,
    companion: bytes | None = None,
    reading: Reading | None = None,
) -> ImportedPath:
    """The canonical path of a camera file, with what was lost and how doubts were settled.

    Args:
        content: The file.
        filename: Its name, for messages only.
        format: A key of `FORMATS`; found by content when left out.
        companion: The second file of formats that take one: see `CameraFormat.companion`.
        reading: What the uploader knows beyond the file.

    Raises:
        RecordRefused: Naming the line or frame and the fix. Nothing else is raised, whatever the bytes.
    """
    reading = reading or Reading()
    if companion is not None:
        reading = replace(reading, companion=companion)
    source = _source(format or detect(content, filename), reading.companion)
    raw = source.read(content, reading)
    convention = reading.convention or source.convention
    world = _world(source, raw, reading)
    c2w, notes = to_canon(raw.matrices, convention, world), raw.notes
    up: Up = "declared" if world.up else "unknown"
    if reading.world_up == "estimate":
        (c2w, how), up = turned_upright(c2w), "estimated"
        notes = (*notes, how)
    path = CameraPath(
        c2w=c2w,
        intrinsics=raw.intrinsics,
        times_s=raw.times_s,
        width=raw.width,
        height=raw.height,
        up=up,
        distortion=raw.distortion,
        lens=raw.lens,
    )
    return ImportedPath(path, source.name, convention, _losses(path, source, raw, world), notes)


def _source(name: str, companion: bytes | None) -> CameraFormat:
    if name not in FORMATS:
        raise refuse(
            "", "unknown_format", f"There is no camera format {name[:40]!r}.", f"Use one of {', '.join(FORMATS)}."
        )
    source = FORMATS[name]
    if companion is not None and not source.companion:
        raise refuse("", "companion_not_taken", f"{source.title} has no second file.", "Convert the file by itself.")
    return source


def _world(source: CameraFormat, raw: RawPath, reading: Reading) -> World:
    """What the coordinates mean: the uploader's word before the file's, the file's before the format's."""
    said = raw.world or source.world
    if reading.world_up == "estimate":
        up = None
    else:
        up = reading.world_up or said.up
    return World(up, reading.metres_per_unit or said.metres_per_unit)


def _losses(path: CameraPath, source: CameraFormat, raw: RawPath, world: World) -> tuple[Loss, ...]:
    """What the reader reported, and every field that is not there and was not reported."""
    told = {loss.field for loss in raw.losses}
    held: dict[LossField, bool] = {
        "intrinsics": path.intrinsics is not None,
        "centre": path.intrinsics is None or "centre" in source.carries,
        "times_s": path.times_s is not None,
        "size": path.width is not None,
        "up": path.up != "unknown",
        "scale": world.metres_per_unit is not None,
    }
    missing = [name for name, known in held.items() if not known and name not in told]
    return (*raw.losses, *(Loss(name, _MISSING[name]) for name in missing))
