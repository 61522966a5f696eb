"""Light as real spherical harmonics to order 2, without the Condon-Shortley sign, in world axes.

Rows of `[9, 3]` coefficients: L00, L1-1, L10, L11, L2-2, L2-1, L20, L21, L22; columns: red, green, blue.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from curation.record.lighting.directions import Floats, rotation_matrix
from curation.record.lighting.maps import map_directions, shrunk, solid_angles

# Band factors of a clamped cosine: radiance to irradiance (Ramamoorthi and Hanrahan 2001, eq. 8).
_COSINE_BANDS = np.repeat([np.pi, 2 * np.pi / 3, np.pi / 4], [1, 3, 5])[:, None]


def harmonics(directions: ArrayLike) -> Floats:
    """`[..., 9]` values of the basis at unit directions `[..., 3]`."""
    x, y, z = np.moveaxis(np.asarray(directions, dtype=np.float64), -1, 0)
    first, second = np.sqrt(3 / (4 * np.pi)), np.sqrt(15 / (4 * np.pi))
    return np.stack(
        [
            np.full_like(x, np.sqrt(1 / (4 * np.pi))),
            first * y,
            first * z,
            first * x,
            second * x * y,
            second * y * z,
            np.sqrt(5 / (16 * np.pi)) * (3 * z * z - 1),
            second * x * z,
            0.5 * second * (x * x - y * y),
        ],
        axis=-1,
    )


def project(pixels: NDArray[np.floating], *, world_from_env: ArrayLike | None = None) -> Floats:
    """`[9, 3]` radiance coefficients of a map in world axes.

    Exact for light of order 2 at any size: the sampled basis is not quite orthonormal, so the projection is the
    weighted least-squares fit, whose limit at fine sampling is the plain integral.

    Args:
        pixels: `[N, 2N, 3]` finite.
        world_from_env: Rotation of the map's axes into the world; none when left out.
    """
    light = shrunk(pixels)
    weighted, gram = _weighted_basis(len(light))
    # lstsq, since a map of one or two rows does not determine all nine.
    own = np.linalg.lstsq(gram, weighted @ light.reshape(-1, 3), rcond=None)[0].astype(np.float64)
    return own if world_from_env is None else rotate_harmonics(own, world_from_env)


@lru_cache(maxsize=2)
def _weighted_basis(height: int) -> tuple[Floats, Floats]:
    """`[9, N * 2N]` values of the basis times solid angles over a map of N rows, and `[9, 9]` how they overlap."""
    basis = harmonics(map_directions(height)).reshape(-1, 9)
    weighted = basis.T * np.repeat(solid_angles(height), 2 * height)
    return weighted, weighted @ basis


def irradiance_coefficients(radiance: ArrayLike) -> Floats:
    """`[9, 3]` irradiance coefficients of radiance ones."""
    return np.asarray(radiance, dtype=np.float64) * _COSINE_BANDS


def radiance_coefficients(irradiance: ArrayLike) -> Floats:
    """`[9, 3]` radiance coefficients of irradiance ones."""
    return np.asarray(irradiance, dtype=np.float64) / _COSINE_BANDS


def evaluate(coefficients: ArrayLike, directions: ArrayLike) -> Floats:
    """`[..., 3]` values of `[9, 3]` coefficients along unit directions `[..., 3]`: what their kind says they are."""
    return harmonics(directions) @ np.asarray(coefficients, dtype=np.float64)


def rotate_harmonics(coefficients: ArrayLike, rotation: ArrayLike) -> Floats:
    """`[9, 3]` coefficients of the same light turned by `rotation` `[3, 3]`: values move from d to `rotation @ d`."""
    matrix = rotation_matrix(rotation)
    # Directions in general position determine the nine functions of the three bands.
    points = np.random.default_rng(0).normal(size=(32, 3))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    values = harmonics(points @ matrix) @ np.asarray(coefficients, dtype=np.float64)
    return np.linalg.lstsq(harmonics(points), values, rcond=None)[0].astype(np.float64)
