"""The light that a sample states, as radiance harmonics: stated ones first, then its environment map, then its sun."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np
import OpenEXR
from numpy.typing import NDArray

from training.engine.shards import Sample
from videomodel.conditions import Light
from videomodel.light import IRRADIANCE_BANDS, rotate_sh, sh_from_latlong, sun_direction, sun_sh

DAYLIGHT_K = 5600.0


def light_of(sample: Sample) -> Light | None:
    """Radiance harmonics `[9, 3]` in world axes and the sun's direction; None where no light is stated in numbers."""
    stated = sample.record.get("lighting")
    if not stated:
        return None
    sun = stated.get("sun")
    towards = sun_direction(sun["azimuth_deg"], sun["elevation_deg"]) if sun else None
    harmonics, environment = stated.get("sh"), stated.get("env_map")
    if harmonics:
        sh = np.asarray(harmonics["coeffs"], dtype=np.float64)
        return Light(sh / IRRADIANCE_BANDS[:, None] if harmonics["kind"] == "irradiance" else sh, towards)
    if environment and "env.exr" in sample.members:
        turn = np.asarray(environment["world_from_env"], dtype=np.float64).reshape(3, 3)
        scale = 2.0 ** environment.get("exposure_ev", 0.0)
        return Light(rotate_sh(sh_from_latlong(read_exr(sample.members["env.exr"])) * scale, turn), towards)
    if sun:
        return Light(sun_sh(sun["azimuth_deg"], sun["elevation_deg"], stated.get("cct_k") or DAYLIGHT_K), towards)
    return None


def read_exr(data: bytes) -> NDArray[np.float32]:
    """Linear radiance `[N, 2N, 3]` of an OpenEXR file."""
    handle, name = tempfile.mkstemp(suffix=".exr")  # the reader takes a path only
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        with OpenEXR.File(name) as picture:
            channels = picture.channels()
            pixels = channels["RGB"].pixels if "RGB" in channels else channels["RGBA"].pixels[..., :3]
            return np.array(pixels, dtype=np.float32)
    finally:
        path.unlink()
