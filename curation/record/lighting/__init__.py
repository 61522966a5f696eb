"""Light as numbers: environment maps, spherical harmonics, directions, colours of white, the sun and lamps.

Works on arrays and numbers that it is given; opens no map (the probe does) and judges nothing (gates do).

World axes: +X east, +Y up, -Z north. An environment map is latlong `[N, 2N, 3]` linear Rec.709 as OpenEXR lays it
out: latitude from +pi/2 at the top, longitude from +pi at the left edge down to -pi, longitude 0 along +Z and +pi/2
along +X. A direction points from the scene to where the light comes from.
"""

from curation.record.lighting.colours import COLOR_SPACES, REC709_LUMINANCE, XYZ_FROM_REC709, ColorSpace, to_rec709
from curation.record.lighting.directions import angle_between_deg, sun_angles, sun_direction
from curation.record.lighting.dominant import Dominant, dominant_light
from curation.record.lighting.harmonics import (
    evaluate,
    harmonics,
    irradiance_coefficients,
    project,
    radiance_coefficients,
    rotate_harmonics,
)
from curation.record.lighting.keys import key_direction, key_error_deg, key_word
from curation.record.lighting.lamps import Arriving, arriving_light, contrast_stops
from curation.record.lighting.map_light import MapLight, measure_map
from curation.record.lighting.maps import dynamic_range_stops, map_directions, shrunk, solid_angles
from curation.record.lighting.orientations import ORIENTATIONS, world_from_env
from curation.record.lighting.previewing import Lit, lit_by_harmonics, lit_by_lamps, lit_by_map, told_lamps
from curation.record.lighting.sun_positions import SunPosition, sun_position
from curation.record.lighting.whites import White, planckian_uv, rgb_of_white, uv_of, white_of

__all__ = [
    "COLOR_SPACES",
    "ORIENTATIONS",
    "REC709_LUMINANCE",
    "XYZ_FROM_REC709",
    "Arriving",
    "ColorSpace",
    "Dominant",
    "Lit",
    "MapLight",
    "SunPosition",
    "White",
    "angle_between_deg",
    "arriving_light",
    "contrast_stops",
    "dominant_light",
    "dynamic_range_stops",
    "evaluate",
    "harmonics",
    "irradiance_coefficients",
    "key_direction",
    "key_error_deg",
    "key_word",
    "lit_by_harmonics",
    "lit_by_lamps",
    "lit_by_map",
    "map_directions",
    "measure_map",
    "planckian_uv",
    "project",
    "radiance_coefficients",
    "rgb_of_white",
    "rotate_harmonics",
    "shrunk",
    "solid_angles",
    "sun_angles",
    "sun_direction",
    "sun_position",
    "to_rec709",
    "told_lamps",
    "uv_of",
    "white_of",
    "world_from_env",
]
