"""Camera paths as numbers a model can read: relative poses and Pluecker rays.

Cameras are the project's canon: OpenCV axes (x right, y down, z forward), camera-to-world, float64 `[F, 4, 4]`,
intrinsics `[F, 4]` (fx, fy, cx, cy) normalised by width and height.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation, Slerp

LEVEL_NORTH = np.diag([1.0, -1.0, -1.0])  # columns: right is +X, down is -Y, forward is -Z


class UnusableCamera(ValueError):
    """The camera path cannot be used, for the reason given."""


def check_camera(camera_to_world: NDArray[np.float64], intrinsics: NDArray[np.float64]) -> None:
    """Raise `UnusableCamera` unless poses `[F, 4, 4]` are finite rigid motions with intrinsics `[F, 4]`."""
    if camera_to_world.ndim != 3 or camera_to_world.shape[1:] != (4, 4):
        raise UnusableCamera(f"poses have shape {camera_to_world.shape}; [F, 4, 4] is needed")
    if intrinsics.shape != (len(camera_to_world), 4):
        raise UnusableCamera(f"intrinsics have shape {intrinsics.shape}; ({len(camera_to_world)}, 4) is needed")
    if not (np.isfinite(camera_to_world).all() and np.isfinite(intrinsics).all()):
        raise UnusableCamera("poses or intrinsics hold NaN or infinity")
    turns = camera_to_world[:, :3, :3]
    if np.abs(turns @ turns.transpose(0, 2, 1) - np.eye(3)).max() > 1e-3 or (np.linalg.det(turns) < 0).any():
        raise UnusableCamera("a pose is not a rotation and a translation")
    if (intrinsics[:, :2] <= 0).any():
        raise UnusableCamera("a focal length is not positive")


def resample_camera(
    camera_to_world: NDArray[np.float64],
    intrinsics: NDArray[np.float64],
    *,
    times_s: NDArray[np.float64],
    at_s: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Poses `[N, 4, 4]` and intrinsics `[N, 4]` at other instants: slerp of rotations, lerp of the rest.

    Args:
        camera_to_world: `[F, 4, 4]`.
        intrinsics: `[F, 4]`.
        times_s: `[F]` strictly rising.
        at_s: `[N]`; instants outside are held at the nearest end.
    """
    if len(camera_to_world) == 1:
        return np.repeat(camera_to_world, len(at_s), axis=0), np.repeat(intrinsics, len(at_s), axis=0)
    at = np.clip(at_s, times_s[0], times_s[-1])
    poses = np.tile(np.eye(4), (len(at), 1, 1))
    poses[:, :3, :3] = Slerp(times_s, Rotation.from_matrix(camera_to_world[:, :3, :3]))(at).as_matrix()
    poses[:, :3, 3] = np.stack([np.interp(at, times_s, camera_to_world[:, axis, 3]) for axis in range(3)], axis=-1)
    return poses, np.stack([np.interp(at, times_s, intrinsics[:, column]) for column in range(4)], axis=-1)


def relative_to_first(camera_to_world: NDArray[np.float64]) -> NDArray[np.float64]:
    """`[F, 4, 4]` with the first pose the identity."""
    return np.linalg.inv(camera_to_world[0]) @ camera_to_world


def pluecker_rays(
    camera_to_world: NDArray[np.float64], intrinsics: NDArray[np.float64], *, height: int, width: int
) -> NDArray[np.float32]:
    """Rays `[F, height, width, 6]` = (o x d, d), d of unit length, through pixel centres (+0.5).

    The moment comes first, as CameraCtrl (He et al. 2024) lays it out. Origins are in metres of the poses' frame.
    """
    u = (np.arange(width) + 0.5) / width
    v = (np.arange(height) + 0.5) / height
    fx, fy, cx, cy = (intrinsics[:, column, None, None] for column in range(4))
    x = np.broadcast_to((u[None, None, :] - cx) / fx, (len(intrinsics), height, width))
    y = np.broadcast_to((v[None, :, None] - cy) / fy, (len(intrinsics), height, width))
    directions = np.stack([x, y, np.ones_like(x)], axis=-1)
    directions = directions / np.linalg.norm(directions, axis=-1, keepdims=True)
    directions = np.einsum("fij,fhwj->fhwi", camera_to_world[:, :3, :3], directions)
    origins = np.broadcast_to(camera_to_world[:, None, None, :3, 3], directions.shape)
    return np.concatenate([np.cross(origins, directions), directions], axis=-1).astype(np.float32)
