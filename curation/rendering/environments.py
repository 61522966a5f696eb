"""An environment map as a screen can show it: exposed for its middle, its lights rolled off, sRGB."""

from pathlib import Path

import numpy as np
import OpenEXR
from PIL import Image

from curation.record.lighting import REC709_LUMINANCE
from curation.rendering.pictures import THUMBNAIL_PX, save
from curation.rendering.profiles import Rendered

WIDTH_PX = 1024
MIDDLE_GRAY = 0.18
WHITE = 16.0  # this many times middle gray's exposure becomes full white


def render(path: Path, folder: Path) -> Rendered:
    """`preview.webp`, 1024 pixels wide at most, and `thumbnail.webp`."""
    channels = OpenEXR.File(str(path), separate_channels=True).channels()
    linear = np.stack([_reduced(channels[band].pixels) for band in "RGB"], axis=-1)
    image = Image.fromarray(tone_mapped(linear))
    return Rendered((save(image, folder, "preview", WIDTH_PX), save(image, folder, "thumbnail", THUMBNAIL_PX)))


def _reduced(pixels: np.ndarray) -> np.ndarray:
    """One channel `[h, w]`, areas averaged so that small bright lights do not vanish."""
    height, width = pixels.shape
    step = max(1, width // WIDTH_PX)
    kept = pixels[: height // step * step, : width // step * step]
    blocks = kept.reshape(height // step, step, -1, step)
    return np.asarray(blocks.mean(axis=(1, 3), dtype=np.float32))


def tone_mapped(linear: np.ndarray) -> np.ndarray:
    """`[h, w, 3]` uint8 sRGB of linear light >= 0 (Reinhard et al. 2002, equations 1 to 4, on luminance)."""
    luminance = linear @ np.asarray(REC709_LUMINANCE, np.float32)
    middle = float(np.exp(np.log(luminance + 1e-6).mean()))
    exposed = luminance * (MIDDLE_GRAY / middle)
    mapped = exposed * (1 + exposed / WHITE**2) / (1 + exposed)
    scaled = linear * (mapped / np.maximum(luminance, 1e-9))[..., None]
    encoded = np.where(scaled <= 0.0031308, 12.92 * scaled, 1.055 * np.power(np.maximum(scaled, 1e-9), 1 / 2.4) - 0.055)
    return np.asarray((np.clip(encoded, 0, 1) * 255 + 0.5).astype(np.uint8))
