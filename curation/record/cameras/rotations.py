"""Rotations as matrices, unit quaternions (w first) and rotation vectors; all functions take batches."""

import numpy as np

from curation.record.cameras.path import Floats


def matrix_from_quaternion(quaternions: Floats) -> Floats:
    """`[..., 3, 3]` rotations of `[..., 4]` quaternions (w, x, y, z), which are normalised first."""
    w, x, y, z = np.moveaxis(quaternions / np.linalg.norm(quaternions, axis=-1, keepdims=True), -1, 0)
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ]
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def matrix_from_euler(angles: Floats, order: str) -> Floats:
    """`[3, 3]` rotation of three angles about X, Y and Z in radians, applied in an order such as `XYZ` (X first)."""
    cosines, sines = np.cos(angles), np.sin(angles)
    rotation = np.eye(3)
    for axis in ("XYZ".index(letter) for letter in order):
        turn = np.eye(3)
        first, second = (axis + 1) % 3, (axis + 2) % 3
        turn[first, first] = turn[second, second] = cosines[axis]
        turn[first, second], turn[second, first] = -sines[axis], sines[axis]
        rotation = turn @ rotation
    return rotation


def quaternion_from_matrix(matrices: Floats) -> Floats:
    """`[N, 4]` unit quaternions (w, x, y, z; w >= 0) of `[N, 3, 3]` rotations.

    The component that is largest is taken from the diagonal, so that nothing is divided by a small number (Shepperd).
    """
    m = matrices
    xx, yy, zz = m[:, 0, 0], m[:, 1, 1], m[:, 2, 2]
    # Row k holds 4 * q_k * (w, x, y, z).
    products = np.stack(
        [
            np.stack([1 + xx + yy + zz, m[:, 2, 1] - m[:, 1, 2], m[:, 0, 2] - m[:, 2, 0], m[:, 1, 0] - m[:, 0, 1]], -1),
            np.stack([m[:, 2, 1] - m[:, 1, 2], 1 + xx - yy - zz, m[:, 0, 1] + m[:, 1, 0], m[:, 0, 2] + m[:, 2, 0]], -1),
            np.stack([m[:, 0, 2] - m[:, 2, 0], m[:, 0, 1] + m[:, 1, 0], 1 - xx + yy - zz, m[:, 1, 2] + m[:, 2, 1]], -1),
            np.stack([m[:, 1, 0] - m[:, 0, 1], m[:, 0, 2] + m[:, 2, 0], m[:, 1, 2] + m[:, 2, 1], 1 - xx - yy + zz], -1),
        ],
        axis=1,
    )
    largest = np.argmax(np.diagonal(products, axis1=1, axis2=2), axis=1)
    chosen = products[np.arange(len(m)), largest]
    unit = chosen / np.linalg.norm(chosen, axis=1, keepdims=True)
    return np.where(unit[:, :1] < 0, -unit, unit)


def rotation_vectors(matrices: Floats) -> Floats:
    """`[N, 3]` rotation vectors (axis times angle in radians, angle in [0, pi]) of `[N, 3, 3]` rotations."""
    quaternions = quaternion_from_matrix(matrices)
    sines = np.linalg.norm(quaternions[:, 1:], axis=1, keepdims=True)
    angles = 2 * np.arctan2(sines, quaternions[:, :1])
    scale = np.divide(angles, sines, out=np.full_like(angles, 2.0), where=sines > 1e-12)
    return quaternions[:, 1:] * scale


def slerp(start: Floats, end: Floats, shares: Floats) -> Floats:
    """`[N, 4]` quaternions a share of the shorter way from `start` to `end`, both `[N, 4]` unit."""
    cosines = np.sum(start * end, axis=1, keepdims=True)
    end = np.where(cosines < 0, -end, end)
    angles = np.arctan2(np.linalg.norm(end - np.abs(cosines) * start, axis=1, keepdims=True), np.abs(cosines))
    share = shares[:, None]
    near = angles < 1e-9
    safe = np.where(near, 1.0, np.sin(angles))
    first = np.where(near, 1 - share, np.sin((1 - share) * angles) / safe)
    second = np.where(near, share, np.sin(share * angles) / safe)
    blend = first * start + second * end
    return blend / np.linalg.norm(blend, axis=1, keepdims=True)
