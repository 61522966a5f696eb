"""What a lit sphere needs of a record's lighting: harmonics in world axes, lamps as they arrive, the key in a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from curation.record.lighting.directions import Floats, rotation_matrix, sun_angles
from curation.record.lighting.harmonics import (
    harmonics,
    irradiance_coefficients,
    radiance_coefficients,
    rotate_harmonics,
)
from curation.record.lighting.keys import key_word
from curation.record.lighting.lamps import Arriving, contrast_stops
from curation.record.lighting.map_light import MapLight
from curation.record.lighting.whites import White, rgb_of_white, white_of

DAYLIGHT_K = 6_500.0  # a lamp that names no temperature is drawn white


@dataclass(frozen=True, eq=False)
class Lit:
    """Light from all around, as one source of it says.

    Attributes:
        sh: `[9, 3]` radiance coefficients, world axes: of a map in the map's own unit at its exposure, of lamps in lux.
        direction: `[3]` unit vector to where most of it comes from; None where no direction stands out.
        white: Its colour temperature and duv; None for black.
    """

    sh: Floats
    direction: Floats | None
    white: White | None

    def as_json(self, c2w: ArrayLike | None) -> dict[str, Any]:
        """JSON-able; `key_direction` as the camera sees it where there is one."""
        angles = None if self.direction is None else sun_angles(self.direction)
        return {
            "sh": self.sh.tolist(),
            "irradiance_sh": irradiance_coefficients(self.sh).tolist(),
            "direction": None if self.direction is None else self.direction.tolist(),
            "azimuth_deg": angles[0] if angles else None,
            "elevation_deg": angles[1] if angles else None,
            "key_direction": key_word(self.direction, c2w) if self.direction is not None and c2w is not None else None,
            "cct_k": self.white.cct_k if self.white else None,
            "duv": self.white.duv if self.white else None,
        }


def lit_by_map(light: MapLight, *, world_from_env: ArrayLike, exposure_ev: float) -> Lit:
    """The light of a map turned into the world."""
    direction = light.dominant.direction if light.dominant else None
    return Lit(
        sh=rotate_harmonics(light.sh, world_from_env) * 2.0**exposure_ev,
        direction=None if direction is None else rotation_matrix(world_from_env) @ direction,
        white=light.white,
    )


def lit_by_lamps(arriving: Sequence[Arriving]) -> Lit:
    """The light of lamps at a point: each a point of light in its own colour."""
    towards = np.array([lamp.toward for lamp in arriving])
    powers = np.array([lamp.illuminance_lx for lamp in arriving])
    colours = np.array([lamp_colour(lamp.cct_k) for lamp in arriving]) * powers[:, None]
    mean = powers @ towards
    stands_out = float(np.linalg.norm(mean)) > 1e-6 * max(float(powers.sum()), 1e-300)
    return Lit(
        sh=harmonics(towards).T @ colours,
        direction=mean / np.linalg.norm(mean) if stands_out else None,
        white=white_of(colours.sum(axis=0)),
    )


def lit_by_harmonics(coefficients: ArrayLike, *, kind: str) -> Lit:
    """The light of a record's `sh`, radiance or irradiance."""
    given = np.asarray(coefficients, dtype=np.float64)
    sh = given if kind == "radiance" else radiance_coefficients(given)
    # The linear band points to where most comes from (rows L1-1, L10, L11 are y, z, x).
    luminance = sh.mean(axis=1)
    towards = luminance[[3, 1, 2]]
    length = float(np.linalg.norm(towards))
    stands_out = length > 1e-6 * max(abs(float(luminance[0])), 1e-300)
    return Lit(sh, towards / length if stands_out else None, white_of(np.clip(sh[0], 0, None)))


def lamp_colour(cct_k: float | None) -> Floats:
    """`[3]` linear Rec.709 of luminance 1."""
    return rgb_of_white(cct_k or DAYLIGHT_K)


def told_lamps(arriving: Sequence[Arriving]) -> dict[str, Any]:
    """JSON-able: what arrives from each lamp, and the ratio of key to fill in stops."""
    return {
        "lamps": [
            {
                "role": lamp.role,
                "direction": lamp.toward.tolist(),
                "illuminance_lx": lamp.illuminance_lx,
                "rgb": lamp_colour(lamp.cct_k).tolist(),
            }
            for lamp in arriving
        ],
        "contrast_stops": contrast_stops(arriving),
    }
