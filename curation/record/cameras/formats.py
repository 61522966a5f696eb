"""The registry of camera formats."""

from collections.abc import Callable
from dataclasses import dataclass

from curation.record.cameras import (
    blender,
    colmap,
    colmap_binary,
    colmap_text,
    gltf,
    gltf_writing,
    kitti,
    multicam,
    nerfstudio,
    npy,
    pluecker,
    realestate10k,
    tum,
    usd,
    usd_writing,
)
from curation.record.cameras.conventions import CONVENTIONS, Convention, World
from curation.record.cameras.path import CameraPath, Floats
from curation.record.cameras.reading import LossField, RawPath, Reading

Reader = Callable[[bytes, Reading], RawPath]
Writer = Callable[[Floats, CameraPath], dict[str, bytes]]
Unfit = Callable[[CameraPath], frozenset[LossField]]
Needs = Callable[[CameraPath], list[str]]


def _nothing(_: CameraPath) -> frozenset[LossField]:
    return frozenset()


def _no_needs(_: CameraPath) -> list[str]:
    return []


@dataclass(frozen=True)
class CameraFormat:
    """One file format.

    Attributes:
        name: Key of the registry and of `camera.poses.format`.
        title: What people call it.
        convention: What its matrices mean unless the uploader says otherwise.
        world: What its coordinates mean unless the file or the uploader says otherwise.
        carries: Which fields pass through it.
        read: From a file's bytes to matrices in the file's convention.
        write: From such matrices and the path's other fields to files by name, the one with the poses first.
        companion: What a second file holds, where the format takes one.
        unfit: Fields that it carries in general and that are lost of this path.
        needs: What it cannot be written without and the path lacks, in words.
        always_timed: It has times whether the path has any or not.
    """

    name: str
    title: str
    convention: Convention
    world: World
    carries: frozenset[LossField]
    read: Reader
    write: Writer
    companion: str = ""
    unfit: Unfit = _nothing
    needs: Needs = _no_needs
    always_timed: bool = False


def _format(
    name: str, title: str, convention: str, world: World, carries: str, read: Reader, write: Writer, **rest: object
) -> CameraFormat:
    fields = frozenset(carries.split())
    return CameraFormat(name, title, CONVENTIONS[convention], world, fields, read, write, **rest)  # type: ignore[arg-type]  # the rest as the dataclass has it


def _unfit_for_nerfstudio(path: CameraPath) -> frozenset[LossField]:
    held = path.distortion is None or nerfstudio.can_hold(path.distortion)
    return frozenset() if held else frozenset({"distortion"})


def _unfit_for_gltf(path: CameraPath) -> frozenset[LossField]:
    return frozenset({"times_s"}) if gltf_writing.starts_at_zero(path) else frozenset()


def _unfit_without_intrinsics(path: CameraPath) -> frozenset[LossField]:
    """COLMAP writes a camera whole or not at all."""
    return frozenset({"size", "distortion"}) if path.intrinsics is None else frozenset()


def _intrinsics_needed(path: CameraPath) -> list[str]:
    return [] if path.intrinsics is not None else ["intrinsics"]


def _size_needed(path: CameraPath) -> list[str]:
    """Pixels, and proportions of the frame, want its size."""
    return ["the frame size"] if path.intrinsics is not None and path.width is None else []


_ANY, _Y_UP, _METRES = World(), World("y", 1.0), World(None, 1.0)
_GLTF = "intrinsics times_s up scale placement"
_COLMAP = "intrinsics centre size distortion placement"

FORMATS: dict[str, CameraFormat] = {
    format_.name: format_
    for format_ in (
        _format("npy", "Canonical .npy", "opencv_c2w", _METRES, "scale placement", npy.read, npy.write),
        _format(
            "realestate10k",
            "RealEstate10K / CameraCtrl / VideoX-Fun text",
            "opencv_w2c",
            _ANY,
            "intrinsics centre times_s placement",
            realestate10k.read,
            realestate10k.write,
            needs=_intrinsics_needed,
        ),
        _format(
            "colmap",
            "COLMAP text",
            "opencv_w2c",
            _ANY,
            _COLMAP,
            colmap.read,
            colmap_text.write,
            needs=_size_needed,
            companion="cameras.txt or images.txt, whichever is not in the first file",
            unfit=_unfit_without_intrinsics,
        ),
        _format(
            "colmap_binary",
            "COLMAP binary",
            "opencv_w2c",
            _ANY,
            _COLMAP,
            colmap.read,
            colmap_binary.write,
            needs=_size_needed,
            companion="cameras.bin or images.bin, whichever is not the first file",
            unfit=_unfit_without_intrinsics,
        ),
        _format(
            "nerfstudio",
            "nerfstudio / instant-ngp transforms.json",
            "opengl_c2w",
            _ANY,
            _COLMAP,
            nerfstudio.read,
            nerfstudio.write,
            needs=_size_needed,
            unfit=_unfit_for_nerfstudio,
        ),
        _format("tum", "TUM trajectory", "opencv_c2w", _METRES, "times_s scale placement", tum.read, tum.write),
        _format(
            "kitti",
            "KITTI odometry",
            "opencv_c2w",
            _METRES,
            "times_s scale placement",
            kitti.read,
            kitti.write,
            companion="times.txt",
        ),
        _format(
            "blender",
            "Blender camera JSON",
            "opengl_c2w",
            World("z", 1.0),
            "intrinsics centre size times_s lens up scale placement",
            blender.read,
            blender.write,
            needs=_size_needed,
        ),
        _format(
            "gltf",
            "glTF 2.0 with embedded buffers",
            "opengl_c2w",
            _Y_UP,
            _GLTF,
            gltf.read,
            gltf_writing.write_gltf,
            always_timed=True,
            unfit=_unfit_for_gltf,
        ),
        _format(
            "glb",
            "glTF 2.0 binary",
            "opengl_c2w",
            _Y_UP,
            _GLTF,
            gltf.read,
            gltf_writing.write_glb,
            always_timed=True,
            unfit=_unfit_for_gltf,
        ),
        _format(
            "usd",
            "OpenUSD camera",
            "opengl_c2w",
            _Y_UP,
            "intrinsics centre times_s lens up scale placement",
            usd.read,
            usd_writing.write,
            always_timed=True,
        ),
        _format(
            "multicam",
            "MultiCamVideo / ReCamMaster camera_extrinsics.json",
            "unreal_c2w",
            World("z", 0.01),
            "up scale placement",
            multicam.read,
            multicam.write,
        ),
        _format(
            "pluecker",
            "Pluecker rays .npy",
            "opencv_c2w",
            _ANY,
            "intrinsics centre",
            pluecker.read,
            pluecker.write,
            needs=_intrinsics_needed,
        ),
    )
}
