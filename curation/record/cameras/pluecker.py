"""Pluecker rays, `.npy` `[F, H, W, 6]`: for each pixel's centre `[o x d, d]`, d a unit direction, OpenCV axes, the
first frame's camera at the origin (CameraCtrl). Pose and intrinsics are found again by least squares.
"""

from io import BytesIO
from math import prod

import numpy as np

from curation.record.cameras.npy import array_of, header_of
from curation.record.cameras.path import MAX_FRAMES, CameraPath, Floats
from curation.record.cameras.reading import Loss, RawPath, Reading
from curation.record.cameras.timestamps import numbered
from curation.record.problems import refuse

MAX_RAYS_BYTES = 128 * 1024 * 1024
# Rays that are looked at per frame: enough for float32 to average out, whatever the size of the picture.
MOST_ROWS, MOST_COLUMNS = 48, 64
WRITTEN_SIDE = 64
_AT_ONCE = 64
# How far, in radians, the rays of a pinhole camera may lie from where its pose and lens put them.
FARTHEST = 1e-3


def read(content: bytes, reading: Reading) -> RawPath:
    """The path of such a file.

    Raises:
        RecordRefused: It has another shape, or its rays are those of no pinhole camera; names the frame.
    """
    rays, notes = _rays(content)
    frames, height, width = rays.shape[:3]
    rows, columns = _some(height, MOST_ROWS), _some(width, MOST_COLUMNS)
    pixels = _pixels(rows, columns, height, width)
    poses, intrinsics = np.tile(np.eye(4), (frames, 1, 1)), np.empty((frames, 4))
    moments_first = None
    for start in range(0, frames, _AT_ONCE):
        some = rays[start : start + _AT_ONCE, rows[:, None], columns].astype(np.float64)
        some = some.reshape(len(some), -1, 6)
        _check(some, start)
        if moments_first is None:
            moments_first = _moments_come_first(some)
        moments, directions = np.split(some if moments_first else np.roll(some, 3, axis=2), 2, axis=2)
        stop = start + len(some)
        poses[start:stop], intrinsics[start:stop] = _cameras(moments, directions, pixels, start)
    if not moments_first:
        notes = (*notes, "Directions came before moments, and were read so.")
    losses = (Loss("placement", "Where the path stands in the world was not in the file: it starts at the origin."),)
    return RawPath(
        matrices=poses,
        intrinsics=intrinsics,
        times_s=numbered(frames, reading),
        width=reading.width,
        height=reading.height,
        losses=losses if np.allclose(poses[0], np.eye(4), atol=1e-5) else (),
        notes=notes,
    )


def write(matrices: Floats, path: CameraPath) -> dict[str, bytes]:
    """`rays.npy`, float32, the longer side of the rays 64 or the frame's own where that is less.

    Raises:
        RecordRefused: The path has no intrinsics, or the rays would take too much room.
    """
    width, height = _grid(path)
    return {"rays.npy": write_rays(matrices, path, width=width, height=height)}


def write_rays(matrices: Floats, path: CameraPath, *, width: int, height: int) -> bytes:
    """The `.npy` bytes of float32 `[F, height, width, 6]` rays, the first frame's camera at the origin.

    Raises:
        RecordRefused: The path has no intrinsics, or the rays would take too much room.
    """
    if path.intrinsics is None:
        raise refuse("", "intrinsics_required", "Rays need intrinsics and the path has none.", "Add intrinsics first.")
    if len(path) * height * width * 24 > MAX_RAYS_BYTES:
        message = f"{len(path)} frames of {width}x{height} rays take more than {MAX_RAYS_BYTES:,} bytes."
        raise refuse("", "too_large", message, "Cut the path, or write coarser rays.")
    relative = np.linalg.inv(matrices[0]) @ matrices
    pixels = _pixels(np.arange(height), np.arange(width), height, width)
    rays = np.empty((len(path), height * width, 6), dtype=np.float32)
    for i, (pose, (fx, fy, cx, cy)) in enumerate(zip(relative, path.intrinsics, strict=True)):
        in_camera = (pixels - [cx, cy, 0.0]) / [fx, fy, 1.0]
        directions = in_camera @ pose[:3, :3].T
        directions /= np.linalg.norm(directions, axis=1, keepdims=True)
        rays[i, :, :3], rays[i, :, 3:] = np.cross(pose[:3, 3], directions), directions
    stream = BytesIO()
    np.save(stream, rays.reshape(len(path), height, width, 6), allow_pickle=False)
    return stream.getvalue()


def is_rays(content: bytes) -> bool:
    """Whether a `.npy` file's header promises rays. Raises `RecordRefused` where it has no header."""
    shape = header_of(content).shape
    return len(shape) in (4, 5) and 6 in shape[-4:]


def _rays(content: bytes) -> tuple[np.ndarray, tuple[str, ...]]:
    """`[F, H, W, 6]`, still in the file's bytes, whatever order they were saved in."""
    header = header_of(content)
    shape = header.shape[1:] if len(header.shape) == 5 and header.shape[0] == 1 else header.shape
    if len(shape) != 4 or 6 not in (shape[3], shape[1], shape[0]) or 0 in shape:
        message = f"The array has shape {header.shape}."
        raise refuse("", "wrong_shape", message, "Save rays as an array of shape (frames, height, width, 6).")
    if len(content) > MAX_RAYS_BYTES or prod(shape) * header.dtype.itemsize > MAX_RAYS_BYTES:
        raise refuse("", "too_large", f"The rays take {len(content):,} bytes.", "Save coarser rays, or poses.")
    rays = array_of(content, header).reshape(shape)
    axis = next(i for i in (3, 1, 0) if shape[i] == 6)
    rays = np.moveaxis(rays, axis, 3)
    if rays.shape[0] > MAX_FRAMES or rays.shape[1] < 4 or rays.shape[2] < 4:
        message = f"Rays of {rays.shape[0]:,} frames of {rays.shape[2]}x{rays.shape[1]} cannot be read."
        raise refuse("", "wrong_shape", message, "Save at least 4x4 rays per frame.")
    return rays, () if axis == 3 else ("The six numbers of a ray did not stand last, and were read where they stood.",)


def _some(extent: int, most: int) -> np.ndarray:
    """Up to `most` indices from edge to edge."""
    return np.unique(np.linspace(0, extent - 1, min(extent, most)).round().astype(int))


def _pixels(rows: np.ndarray, columns: np.ndarray, height: int, width: int) -> Floats:
    """`[N, 3]` centres of pixels as shares of the frame, and 1."""
    v, u = np.meshgrid((rows + 0.5) / height, (columns + 0.5) / width, indexing="ij")
    return np.stack([u.ravel(), v.ravel(), np.ones(u.size)], axis=1)


def _check(rays: Floats, start: int) -> None:
    bad = ~(np.abs(rays) < 1e9).all(axis=(1, 2))
    if bad.any():
        raise refuse(
            f"frame {start + int(np.argmax(bad))}", "not_finite", "A ray is not finite, or too large.", "Repair it."
        )


def _moments_come_first(rays: Floats) -> bool:
    """False where only the first three numbers of the rays are unit vectors."""
    lengths = np.linalg.norm(rays.reshape(-1, 2, 3), axis=2)
    unit = (np.abs(lengths - 1) < 1e-2).all(axis=0)
    return bool(unit[1] or not unit[0])


def _cameras(moments: Floats, directions: Floats, pixels: Floats, start: int) -> tuple[Floats, Floats]:
    """`[N, 4, 4]` poses and `[N, 4]` intrinsics of frames whose rays are `[N, R, 3]` each."""
    lengths = np.linalg.norm(directions, axis=2, keepdims=True)
    if lengths.min() < 1e-6:
        frame = start + int(np.argmin(lengths.min(axis=(1, 2))))
        raise refuse(f"frame {frame}", "not_a_ray", "A ray here has no direction.", "Save the rays again.")
    moments, directions = moments / lengths, directions / lengths
    poses = np.tile(np.eye(4), (len(directions), 1, 1))
    # o with (I - d d') o = d x m for all rays.
    across = np.eye(3) * directions.shape[1] - np.einsum("nri,nrj->nij", directions, directions)
    sides = np.cross(directions, moments).sum(axis=1)
    singular = np.linalg.svd(across, compute_uv=False)[:, -1] < 1e-9 * directions.shape[1]
    _refuse_where(singular, start)
    poses[:, :3, 3] = np.linalg.solve(across, sides[:, :, None])[:, :, 0]
    homographies = _homographies(directions, pixels)
    poses[:, :3, :3], intrinsics = _decomposed(homographies, start)
    seen = np.einsum("nij,rj->nri", homographies, pixels)
    seen /= np.linalg.norm(seen, axis=2, keepdims=True)
    _refuse_where(np.linalg.norm(np.cross(seen, directions), axis=2).max(axis=1) > FARTHEST, start)
    return poses, intrinsics


def _homographies(directions: Floats, pixels: Floats) -> Floats:
    """`[N, 3, 3]` matrices H = R inv(K), up to scale, with d ~ H p for every ray (direct linear transform)."""
    # Each of d x (H p) = 0 is linear in H; the sum of their outer products has H as its smallest eigenvector.
    crosses = np.eye(3) * 1.0 - np.einsum("nri,nrj->nrij", directions, directions)
    outer = np.einsum("rk,rl->rkl", pixels, pixels)
    normal = np.einsum("nrij,rkl->nikjl", crosses, outer, optimize=True).reshape(-1, 9, 9)
    found = np.linalg.eigh(normal)[1][:, :, 0].reshape(-1, 3, 3)
    ahead = np.einsum("nri,nij,rj->n", directions, found, pixels, optimize=True)
    return found * np.where(ahead < 0, -1.0, 1.0)[:, None, None]


def _decomposed(homographies: Floats, start: int) -> tuple[Floats, Floats]:
    """Rotations and intrinsics of R inv(K): QR with a positive diagonal."""
    rotations, uppers = np.linalg.qr(homographies)
    diagonals = np.diagonal(uppers, axis1=1, axis2=2)
    _refuse_where(np.abs(diagonals).min(axis=1) < 1e-9, start)
    signs = np.sign(diagonals)
    rotations = rotations * signs[:, None, :]
    uppers = uppers * signs[:, :, None]
    # inv(K) up to scale: [[1/fx, s, -cx/fx], [0, 1/fy, -cy/fy], [0, 0, 1]].
    uppers = uppers / uppers[:, 2:, 2:]
    fx, fy = 1 / uppers[:, 0, 0], 1 / uppers[:, 1, 1]
    cx, cy = -uppers[:, 0, 2] * fx, -uppers[:, 1, 2] * fy
    skewed = np.abs(uppers[:, 0, 1] * fx) > 1e-2
    _refuse_where((np.linalg.det(rotations) < 0) | skewed | (fx > 1e3) | (fy > 1e3), start)
    return rotations, np.stack([fx, fy, cx, cy], axis=1)


def _refuse_where(wrong: np.ndarray, start: int) -> None:
    if wrong.any():
        raise refuse(
            f"frame {start + int(np.argmax(wrong))}",
            "not_a_pinhole",
            "The rays of this frame are not those of a pinhole camera.",
            "Save [o x d, d] for the centre of every pixel, or upload the poses.",
        )


def _grid(path: CameraPath) -> tuple[int, int]:
    """Width and height of the rays to write."""
    width, height = path.width or WRITTEN_SIDE, path.height or WRITTEN_SIDE
    scale = min(1.0, WRITTEN_SIDE / max(width, height))
    return max(4, round(width * scale)), max(4, round(height * scale))
