"""Which way is up, guessed from how a camera is held."""

import numpy as np

from curation.record.cameras.path import Floats

# The camera's sides must lie in a plane: spread within it (a pan of some 15 degrees), ten times more than out of it.
# Where they do not, the camera hardly turns or is rolled about, and its own up is the better guess.
LEAST_SPREAD, LEAST_RATIO = 0.005, 10.0


def turned_upright(c2w: Floats) -> tuple[Floats, str]:
    """`[F, 4, 4]` poses in a world turned so that the estimated up is +Y, and how it was estimated.

    People hold cameras level: the camera's right lies in the horizon, so up is what is square to all of them. Where
    these all point one way, it is the mean of the camera's own up.
    """
    rights, ups = c2w[:, :3, 0], -c2w[:, :3, 1]
    mean = ups.mean(axis=0)
    spread, directions = np.linalg.eigh(rights.T @ rights / len(rights))
    flat = spread[1] > max(LEAST_SPREAD, LEAST_RATIO * spread[0])
    if flat and np.linalg.norm(mean) > 1e-6:
        up, how = directions[:, 0] * np.sign(directions[:, 0] @ mean or 1.0), "the camera's level sides"
    else:
        up, how = mean, "the mean of the camera's own up"
    if np.linalg.norm(up) < 1e-6 or not np.isfinite(up).all():
        up, how = np.array([0.0, 1.0, 0.0]), "the file's +Y, for the camera is held every way"
    turned = np.eye(4)
    turned[:3, :3] = _rotation_to_y(up / np.linalg.norm(up))
    return turned @ c2w, f"Up was estimated from {how}."


def _rotation_to_y(up: Floats) -> Floats:
    """`[3, 3]` the smallest rotation that takes a unit vector to +Y (Rodrigues)."""
    y = np.array([0.0, 1.0, 0.0])
    cosine = float(up @ y)
    if cosine < -1 + 1e-9:
        return np.diag([1.0, -1.0, -1.0])
    x, _, z = np.cross(up, y)
    cross = np.array([[0, -z, 0], [z, 0, -x], [0, x, 0]])
    return np.eye(3) + cross + cross @ cross / (1 + cosine)
