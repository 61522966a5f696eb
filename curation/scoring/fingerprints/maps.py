"""What an environment map looks like, however it is turned about the vertical and exposed."""

import numpy as np
from scipy.ndimage import gaussian_filter

from curation.record.lighting import REC709_LUMINANCE
from curation.scoring.fingerprints.match import Match, said
from curation.scoring.fingerprints.words import directions, sign_words

ROWS = 32
BLUR_CELLS = 1.5  # maps are turned by any angle, not by whole cells
RANGE = (-4.0, 3.0)  # nepers about the mean: a sun may be clipped by its format
PLAIN = 0.08  # of the variation around the horizon: studio domes look alike from everywhere
SAME = 0.97
HARMONICS = 16
FINER = 8  # turns between two cells


def sky_of(pixels: np.ndarray) -> np.ndarray | None:
    """`[32, 64, 3]` float32 log radiance about its mean; None where the map is broken or the same all around.

    Args:
        pixels: `[h, 2h, 3]` linear, h at least 32.
    """
    height, width = pixels.shape[:2]
    step = height // ROWS
    if step < 1 or width != 2 * height or not np.isfinite(pixels).all() or pixels.min() < 0 or not pixels.any():
        return None
    cells = pixels[: ROWS * step, : 2 * ROWS * step].reshape(ROWS, step, 2 * ROWS, step, 3).mean(axis=(1, 3))
    level = np.log(cells + 1e-3 * float(np.median(cells)) + 1e-9)
    level = np.clip(level - np.median(level), *RANGE)
    smooth = gaussian_filter(level, (BLUR_CELLS, BLUR_CELLS, 0), mode=("nearest", "wrap", "nearest"))
    weighted = smooth * _row_weights()
    sky = np.asarray(weighted - weighted.mean(), np.float32)
    return sky if _around(sky).std() > PLAIN else None


def turns_word(sky: np.ndarray) -> np.ndarray:
    """`[1, 32]` uint8 of the strengths of each row's harmonics, which turning leaves as they are."""
    brightness = _around(sky) @ REC709_LUMINANCE
    strengths = np.abs(np.fft.rfft(brightness, axis=1))[:, 1 : HARMONICS + 1]
    return sign_words((strengths - strengths.mean()).reshape(1, -1), directions(strengths.size, seed=4))


def compare_skies(one: np.ndarray, other: np.ndarray) -> Match | None:
    """Whether they correlate at some turn, as a whole and in what varies around the horizon."""
    for mirror in ("", "mirrored"):
        seen = one[:, ::-1] if mirror else one
        around, turn_deg = _turned(_around(seen), _around(other))
        whole, _ = _turned(seen, other)
        if min(around, whole) >= SAME:
            turned = f"turned {turn_deg:.0f}" if 4 < turn_deg < 356 else ""
            return Match(min(1.0, around, whole), said(mirror, turned))
    return None


def _turned(one: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """Highest correlation over all turns, and the turn in degrees, clockwise seen from above."""
    product = np.fft.rfft(one, axis=1).conj() * np.fft.rfft(other, axis=1)
    along = FINER * np.fft.irfft(product.sum(axis=(0, 2)), FINER * 2 * ROWS)
    best = int(along.argmax())
    norm = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return float(along[best]) / max(norm, 1e-9), best * 360 / len(along)


def _around(sky: np.ndarray) -> np.ndarray:
    """Without what is the same all around."""
    return np.asarray(sky - sky.mean(axis=1, keepdims=True))


def _row_weights() -> np.ndarray:
    """`[32, 1, 1]`: a row counts as much as it covers of the sphere."""
    return np.sqrt(np.cos(np.pi * (0.5 - (np.arange(ROWS) + 0.5) / ROWS)))[:, None, None]
