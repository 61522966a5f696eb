"""OpenUSD cameras from `.usda`, `.usdc` and `.usdz`: they look along -Z with +Y up; matrices act on row vectors,
apertures are in tenths of a scene unit; `upAxis` and `metersPerUnit` say what the world is.

USD's native code reads the bytes: run this in a process that may die. References to other files are cut before
anything is composed, so nothing outside the file is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from curation.record.cameras.conventions import World
from curation.record.cameras.path import MAX_FRAMES, Floats, PhysicalLens
from curation.record.cameras.reading import Loss, RawPath, Reading
from curation.record.cameras.rigid import without_scale
from curation.record.cameras.usd_layers import cut_loose, layer_of
from curation.record.cameras.usd_writing import PLACEHOLDER
from curation.record.problems import refuse

MAX_PRIMS = 200_000
# A sensor wider than this was written in millimetres by a program that took a scene unit for one.
WIDEST_SENSOR_MM = 500.0
# Frames between two samples, beyond which they are keys of a curve and not a path frame by frame.
LARGEST_GAP = 1.5
# How USD's parser says where it stopped: `':12:1: parse error ...`.
_WHERE = re.compile(r":(\d+):\d+: parse error")
_LENS = ("focalLength", "horizontalAperture", "verticalAperture", "horizontalApertureOffset", "verticalApertureOffset")


def read(content: bytes, reading: Reading) -> RawPath:
    """The path of one camera of such a file, a frame for every authored time or for every frame of its curves.

    Raises:
        RecordRefused: It is not readable, has no camera, or a pose that is none.
    """
    from pxr import Tf

    try:
        with layer_of(content) as layer:
            return _path(layer, reading)
    except (Tf.ErrorException, RuntimeError, UnicodeDecodeError) as error:
        line = _WHERE.search(str(error))
        place = f"line {line[1]}" if line else ""
        raise refuse(place, "not_usd", "USD cannot read the file.", "Repair it, or export it again.") from error


@dataclass(frozen=True)
class _Shot:
    """One camera and the times at which it is looked at."""

    camera: Any
    codes: list[float]
    codes_per_s: float
    unit_m: float

    def values(self, name: str) -> Floats:
        """`[F]` values of one of the camera's attributes."""
        attribute = self.camera.GetPrim().GetAttribute(name)
        found = [attribute.Get(code) for code in self.codes] if attribute.GetNumTimeSamples() else [attribute.Get()]
        if not all(isinstance(value, float) and isfinite(value) for value in found):
            raise refuse(str(self.camera.GetPath())[:80], "not_finite", f"{name} is not a number.", "Repair it.")
        return np.broadcast_to(np.array(found, dtype=np.float64), len(self.codes))


def _path(layer: Any, reading: Reading) -> RawPath:
    from pxr import Usd, UsdGeom

    cut = cut_loose(layer)
    stage = Usd.Stage.Open(layer, None, Usd.Stage.LoadNone)
    camera, losses = _camera(stage, reading)
    unit_m, rate = UsdGeom.GetStageMetersPerUnit(stage), stage.GetTimeCodesPerSecond()
    if not (1e-6 <= unit_m <= 1e6 and 1e-3 <= rate <= 1e6):
        raise refuse("", "out_of_range", "metersPerUnit or timeCodesPerSecond is out of range.", "Correct it.")
    codes, notes = _instants(camera, _codes(camera), rate, reading)
    shot = _Shot(camera, codes or [float(stage.GetStartTimeCode())], rate, unit_m)
    poses, scaled = without_scale(_matrices(shot))
    intrinsics, lens, more, lens_notes = _intrinsics(shot)
    notes += lens_notes
    if not UsdGeom.StageHasAuthoredMetersPerUnit(stage) and reading.metres_per_unit is None:
        notes.append("The file does not say metersPerUnit; USD's own 0.01 was taken.")
    if scaled:
        notes.append("The camera was scaled; its scale was taken out of the poses.")
    if cut:
        notes.append(f"{cut} references to other files were not followed.")
    return RawPath(
        matrices=poses,
        intrinsics=intrinsics,
        times_s=np.array(codes) / rate if codes else None,
        width=reading.width,
        height=reading.height,
        lens=lens,
        world=World("z" if UsdGeom.GetStageUpAxis(stage) == "Z" else "y", unit_m),
        losses=(*losses, *more),
        notes=tuple(notes),
    )


def _camera(stage: Any, reading: Reading) -> tuple[Any, tuple[Loss, ...]]:
    """The camera that is read, and that others were not."""
    from pxr import UsdGeom

    found = {}
    for count, prim in enumerate(stage.Traverse()):
        if count > MAX_PRIMS:
            raise refuse("", "too_large", "The scene has too many prims.", "Export the camera alone.")
        if prim.IsA(UsdGeom.Camera):
            found[str(prim.GetPath())] = prim
    if not found:
        raise refuse("", "no_camera", "There is no camera in this file.", "Export with the camera selected.")
    wanted = reading.camera
    chosen = next((path for path, prim in found.items() if wanted in (None, path, prim.GetName())), None)
    if chosen is None:
        known = ", ".join(list(found)[:12])[:120]
        raise refuse("", "unknown_camera", f"There is no camera {str(wanted)[:40]!r}.", f"Name one of: {known}.")
    message = f"The file has {len(found)} cameras; {chosen[:60]} was read. Name another to read that."
    return UsdGeom.Camera(found[chosen]), (Loss("other_cameras", message),) if len(found) > 1 else ()


def _codes(camera: Any) -> list[float]:
    """Every time code at which the camera, its lens or what it hangs on has a value of its own."""
    codes: set[float] = set()
    for name in _LENS:
        codes.update(camera.GetPrim().GetAttribute(name).GetTimeSamples())
    for op in _ops(camera):
        codes.update(op.GetTimeSamples())
    if len(codes) > MAX_FRAMES:
        raise refuse("", "too_many_frames", f"The camera has {len(codes):,} time samples.", "Cut it.")
    if not all(abs(code) < 1e9 for code in codes):
        raise refuse("", "not_finite", "A time sample's time is not finite, or too large.", "Repair the animation.")
    return sorted(codes)


def _instants(camera: Any, codes: list[float], rate: float, reading: Reading) -> tuple[list[float], list[str]]:
    """The time codes to look at: those with values of their own; every frame where these are keys of a curve, far
    apart, or the rate that was asked for.
    """
    if len(codes) < 2:
        return codes, []
    # USD blends matrices entry by entry, which shears a camera that turns: between those nothing is looked at.
    matrices = any(op.GetOpType() == op.TypeTransform and op.GetNumTimeSamples() > 1 for op in _ops(camera))
    if matrices or (reading.fps is None and max(np.diff(codes)) <= LARGEST_GAP):
        return codes, []
    step = rate / reading.fps if reading.fps else 1.0
    count = int((codes[-1] - codes[0]) / step + 1e-6) + 1
    if count > MAX_FRAMES:
        raise refuse("", "too_many_frames", f"The animation takes {count:,} frames.", "Cut it.")
    note = f"The animation's curves were sampled at {rate / step:g} frames per second."
    return (codes[0] + np.arange(count) * step).tolist(), [note]


def _ops(camera: Any) -> Iterator[Any]:
    """The transforms of the camera and of what it hangs on."""
    from pxr import UsdGeom

    prim = camera.GetPrim()
    while prim and not prim.IsPseudoRoot():
        if prim.IsA(UsdGeom.Xformable):
            yield from UsdGeom.Xformable(prim).GetOrderedXformOps()
        prim = prim.GetParent()


def _matrices(shot: _Shot) -> Floats:
    """`[F, 4, 4]` camera to world, for column vectors."""
    from pxr import UsdGeom

    cache = UsdGeom.XformCache()
    matrices = np.empty((len(shot.codes), 4, 4))
    for i, code in enumerate(shot.codes):
        cache.SetTime(code)
        matrices[i] = np.array(cache.GetLocalToWorldTransform(shot.camera.GetPrim())).T
    wrong = ~(np.abs(matrices) < 1e9).all(axis=(1, 2))
    if wrong.any():
        raise refuse(
            f"frame {int(np.argmax(wrong))}", "not_finite", "This pose is not finite, or too large.", "Repair it."
        )
    matrices[:, 3] = (0, 0, 0, 1)
    return matrices


def _intrinsics(shot: _Shot) -> tuple[Floats | None, PhysicalLens | None, tuple[Loss, ...], list[str]]:
    """`[F, 4]` intrinsics and the physical lens, where the camera has them."""
    f_number = float(shot.values("fStop")[0])
    if shot.camera.GetPrim().GetCustomDataByKey(PLACEHOLDER):
        lens = PhysicalLens(None, f_number) if f_number > 0 else None
        return None, lens, (Loss("intrinsics", "The file says that its lens stands in for an unknown one."),), []
    focal, width, height, right, up = (shot.values(name) for name in _LENS)
    if not (focal.min() > 0 and width.min() > 0 and height.min() > 0):
        raise refuse("", "out_of_range", "The focal length or an aperture is not above zero.", "Correct the lens.")
    sensor_mm, notes = float(width[0]) * 0.1 * shot.unit_m * 1_000, []
    if sensor_mm > WIDEST_SENSOR_MM:
        sensor_mm = float(width[0])
        notes.append("Apertures were read as millimetres: as tenths of a scene unit no sensor is so wide.")
    intrinsics = np.stack([focal / width, focal / height, 0.5 - right / width, 0.5 + up / height], axis=1)
    if not np.isfinite(intrinsics).all():
        raise refuse("", "out_of_range", "The lens's numbers are none a lens has.", "Correct the lens.")
    return intrinsics, PhysicalLens(sensor_mm, f_number if f_number > 0 else None), (), notes
