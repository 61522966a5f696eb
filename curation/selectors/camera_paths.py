"""A verified camera path as people look at it and take it away: a preview, and the files of any format."""

from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import numpy as np

from accounts.models import User
from common import storage
from common.errors import DomainError, NotFound
from curation.models import Asset
from curation.record import RecordRefused, cameras
from curation.selectors.assets import ready_asset

# Longer paths are for exports of versions: a request writes each number of the path as text.
MAX_FRAMES = 10_000
MAX_BYTES = 1_024 + MAX_FRAMES * 16 * 8


class NotACameraPath(DomainError):
    """The file is no canonical path, or too long a one for a request."""

    code = "not_a_camera_path"


class NotExportable(DomainError):
    """The path lacks what the format cannot be written without."""

    code = "not_exportable"


class NoSuchCameraFormat(NotFound):
    code = "no_such_camera_format"


@dataclass(frozen=True)
class OfferedFormat:
    """What taking the path away in a format would cost; `problem` says why it cannot be."""

    name: str
    title: str
    convention: str
    losses: tuple[cameras.Loss, ...]
    problem: str | None


@dataclass(frozen=True)
class ExportedFile:
    """One file to send: the format's own, or a zip of them where there are several."""

    name: str
    content: bytes


def preview(person: User, asset_id: UUID, *, now: datetime) -> dict[str, Any]:
    """A path small enough to be drawn: see `cameras.preview`. Raises `NoSuchAsset`, `NotACameraPath`."""
    path = _path(ready_asset(person, asset_id, now=now))
    if not np.isfinite(path.c2w).all():
        raise NotACameraPath("The path holds values that are not finite. Repair it and upload it again.")
    return cameras.preview(path)


def whole(person: User, asset_id: UUID, *, now: datetime) -> dict[str, Any]:
    """Every pose of a path with all that is known of it: the API's `WholeCameraPathOutput`.

    Raises:
        NoSuchAsset, NotACameraPath: As they say.
    """
    asset = ready_asset(person, asset_id, now=now)
    path, facts = _path(asset), asset.facts
    if not np.isfinite(path.c2w).all():
        raise NotACameraPath("The path holds values that are not finite. Repair it and upload it again.")
    return {
        "convention": "opencv_c2w",
        "count": len(path),
        "poses": path.c2w.tolist(),
        "intrinsics": facts.get("intrinsics"),
        "times_s": facts.get("times_s"),
        "width": path.width,
        "height": path.height,
        "up_is": path.up,
        "distortion": facts.get("distortion"),
        "lens": facts.get("lens"),
        "source_format": facts.get("source_format"),
        "source_convention": facts.get("source_convention"),
        "losses": facts.get("losses") or [],
        "notes": facts.get("notes") or [],
    }


def offered_formats(person: User, asset_id: UUID, *, now: datetime) -> list[OfferedFormat]:
    """Every format, and what of this path would not pass. Raises `NoSuchAsset`, `NotACameraPath`."""
    path = _path(ready_asset(person, asset_id, now=now))
    return [_offered(path, format_) for format_ in cameras.FORMATS.values()]


def export(person: User, asset_id: UUID, *, format: str, fps: float | None, now: datetime) -> ExportedFile:
    """The path in a format; `fps` gives it times where it has none.

    Raises:
        NoSuchAsset: None that this person may read.
        NotACameraPath, NoSuchCameraFormat, NotExportable: As they say.
    """
    path = _path(ready_asset(person, asset_id, now=now))
    if format not in cameras.FORMATS:
        raise NoSuchCameraFormat(f"There is no such camera format. Use one of {', '.join(cameras.FORMATS)}.")
    if fps and path.times_s is None:
        path = cameras.with_times(path, fps)
    try:
        files = cameras.export_camera(path, format).files
    except RecordRefused as refusal:
        raise NotExportable(str(refusal)) from refusal
    if len(files) == 1:
        return ExportedFile(*next(iter(files.items())))
    return ExportedFile(f"camera-{format}.zip", _zipped(files))


def _offered(path: cameras.CameraPath, format_: cameras.CameraFormat) -> OfferedFormat:
    losses, problem = cameras.losses_of(path, format_), None
    if format_.needs(path):
        problem = f"{format_.title} needs {' and '.join(format_.needs(path))}, which this path does not have."
    return OfferedFormat(format_.name, format_.title, format_.convention.name, losses, problem)


def _path(asset: Asset) -> cameras.CameraPath:
    """The path of the asset's `.npy` and of what its conversion found out.

    Raises:
        NotACameraPath: It is another kind of file, or too long.
    """
    if asset.kind != "camera_poses":
        raise NotACameraPath("This file is not a canonical camera path. Convert it first.")
    if asset.size > MAX_BYTES:
        raise NotACameraPath(f"This path has more than {MAX_FRAMES:,} frames. Take it from an export of a version.")
    facts = asset.facts
    try:
        poses = cameras.load_poses(storage.read(asset.storage_key))
    except RecordRefused as refusal:
        raise NotACameraPath(str(refusal)) from refusal
    path = cameras.CameraPath(
        c2w=poses,
        intrinsics=_per_frame(facts.get("intrinsics"), len(poses)),
        times_s=_per_frame(facts.get("times_s"), len(poses)),
        width=facts.get("width"),
        height=facts.get("height"),
        up=facts.get("up") or "unknown",
    )
    distortion, lens = facts.get("distortion"), facts.get("lens")
    if distortion:
        path = replace(path, distortion=cameras.Distortion(distortion["model"], tuple(distortion["dist"])))
    if lens:
        path = replace(path, lens=cameras.PhysicalLens(lens["sensor_width_mm"], lens["f_number"]))
    return path


def _per_frame(values: list[Any] | None, frames: int) -> np.ndarray | None:
    """Facts hold one entry where all frames agree."""
    if not values:
        return None
    found = np.array(values, dtype=np.float64)
    return np.repeat(found, frames, axis=0) if len(found) == 1 else found


def _zipped(files: Any) -> bytes:
    """The same bytes for the same files: entries carry no date."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name), content)
    return stream.getvalue()
