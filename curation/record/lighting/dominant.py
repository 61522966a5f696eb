"""Where most of a map's light comes from, and how clearly."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from curation.record.lighting.directions import Floats, rotation_matrix
from curation.record.lighting.maps import luminance_of, map_directions, shrunk, solid_angles

SQUARINGS = 5  # the brightest region is sought with a cosine to the 32nd power, a lobe about 12 degrees wide
RADIUS_DEG = 25.0
LOBE_MAP_HEIGHT = 32
STANDS_OUT = 1.05  # the best lobe gathers this much more than the median one, or nothing stands out


@dataclass(frozen=True, eq=False)
class Dominant:
    """The direction from which most light comes.

    Attributes:
        direction: `[3]` unit vector.
        share: Of all the light, what comes from within 25 degrees of it; an even map has 0.047.
        sharpness: Length of the mean direction of all light: 0 for an even map, 1 for a single point.
    """

    direction: Floats
    share: float
    sharpness: float


def dominant_light(pixels: NDArray[np.floating], *, world_from_env: ArrayLike | None = None) -> Dominant | None:
    """The dominant light in world axes, or None where no direction stands out (an even or black map).

    The direction whose cosine lobe gathers most light on a coarse map, then the centre of what exceeds the
    surroundings there.

    Args:
        pixels: `[N, 2N, 3]` finite, not negative.
        world_from_env: `[9]` or `[3, 3]` rotation of the map's axes into the world; none when left out.
    """
    light = shrunk(pixels)
    luminance = luminance_of(light)
    directions = map_directions(len(light))
    power = luminance * solid_angles(len(light))
    peak = _peak(power)
    if peak is None:
        return None
    near = directions @ peak > np.cos(np.radians(RADIUS_DEG))
    weights = np.broadcast_to(solid_angles(len(light)), luminance.shape)[near]
    # What stands out over the surroundings; an even patch has no centre of its own but its middle.
    excess = np.clip(luminance[near] - np.median(luminance[near]), 0, None)
    brightness = excess if excess.sum() > 0 else luminance[near]
    centre = (weights * brightness) @ directions[near]
    total = float(power.sum())
    return Dominant(
        direction=rotation_matrix(world_from_env) @ (centre / np.linalg.norm(centre)),
        share=float(power[near].sum()) / total,
        sharpness=float(np.linalg.norm(np.einsum("hw,hwx->x", power, directions))) / total,
    )


def _peak(power: Floats) -> Floats | None:
    """The direction of the block whose lobe gathers most; None where none stands out."""
    directions, lobes = _lobes(len(power))
    gathered = lobes @ _blocks(power).ravel().astype(np.float32)
    if gathered.max() <= 0 or gathered.max() < STANDS_OUT * np.median(gathered):
        return None
    return directions[int(np.argmax(gathered))]


@lru_cache(maxsize=2)
def _lobes(height: int) -> tuple[Floats, NDArray[np.float32]]:
    """Directions `[b, 3]` of a map's blocks, at most 32 rows of them, and `[b, b]` how much of each a lobe gathers."""
    sums = _blocks(map_directions(height)).reshape(-1, 3)
    directions = sums / np.linalg.norm(sums, axis=-1, keepdims=True)
    lobes = np.clip(directions @ directions.T, 0, 1).astype(np.float32)
    for _ in range(SQUARINGS):
        np.multiply(lobes, lobes, out=lobes)
    return directions, lobes


def _blocks(values: Floats) -> Floats:
    """Sums over blocks of a map `[N, 2N, ...]`."""
    height = values.shape[0]
    block = max(1, height // LOBE_MAP_HEIGHT)
    rows, columns = np.arange(0, height, block), np.arange(0, 2 * height, block)
    return np.add.reduceat(np.add.reduceat(values, rows, axis=0), columns, axis=1)
