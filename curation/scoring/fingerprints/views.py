"""What one picture looks like: a PDQ hash, local features and a thumbnail.

PDQ (Facebook 2019) survives what is done to a whole picture: other sizes, codecs, brightness. A crop moves everything
in it, so crops are found by local features (SIFT, Lowe 2004) and confirmed on the thumbnails laid upon each other.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from curation.scoring.fingerprints.words import WORD_BITS, WORD_BYTES, directions, sign_words

FEATURES_PX = 256  # short side on which features are sought
THUMB_PX = 64
KEPT, INDEXED, PROBED = 160, 32, 20  # features, the strongest first
CONTRAST = 0.015  # below SIFT's own default: rendered and night scenes are smooth
MAX_ASPECT = 4.0  # of thumbnails; longer strips are squeezed
# In pdqhash's order: what makes the picture the one that has this hash; turns are clockwise.
DIHEDRAL = ("", "turned 270", "turned 180", "turned 90", "upside down, mirrored", "mirrored", "turned 90, mirrored",
            "turned 270, mirrored")  # fmt: skip


@dataclass(frozen=True, eq=False)
class View:
    """One picture as remembered.

    Attributes:
        hashes: `[8, 32]` uint8, PDQ of the picture and of its turned and mirrored selves, as `DIHEDRAL`.
        quality: PDQ's own, 0 to 100; below 50 the hash says little.
        spots: `[K, 2]` float32, where the features are, x and y in units of the short side.
        words: `[K, 32]` uint8, what they look like; strongest first.
        thumb: `[h, w]` uint8, the short side 64.
    """

    hashes: np.ndarray
    quality: int
    spots: np.ndarray
    words: np.ndarray
    thumb: np.ndarray

    @property
    def width(self) -> float:
        """In units of the short side."""
        return self.thumb.shape[1] / min(self.thumb.shape)

    def as_arrays(self, prefix: str = "") -> dict[str, np.ndarray | float]:
        """For `words.packed`."""
        return {
            f"{prefix}hashes": self.hashes,
            f"{prefix}quality": self.quality,
            f"{prefix}spots": self.spots.astype(np.float16),
            f"{prefix}words": self.words,
            f"{prefix}thumb": self.thumb,
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray], prefix: str = "") -> "View":
        """Of unpacked arrays."""
        return cls(
            hashes=arrays[f"{prefix}hashes"],
            quality=int(arrays[f"{prefix}quality"]),
            spots=arrays[f"{prefix}spots"].astype(np.float32),
            words=arrays[f"{prefix}words"],
            thumb=arrays[f"{prefix}thumb"],
        )


def view_of(gray: np.ndarray) -> View:
    """The view of `[h, w]` uint8 gray values, the short side best at least 256."""
    hashes, quality = pdq(gray)
    spots, words = _features(_short_side(gray, FEATURES_PX))
    return View(hashes, quality, spots, words, _short_side(gray, THUMB_PX))


def pdq(gray: np.ndarray) -> tuple[np.ndarray, int]:
    """The eight hashes `[8, 32]` uint8 of `[h, w]` uint8 and their quality in 0..100."""
    import pdqhash

    rgb = np.repeat(np.ascontiguousarray(gray)[..., None], 3, axis=2)
    hashes, quality = pdqhash.compute_dihedral(rgb)
    return np.packbits(np.asarray(hashes, bool), axis=1), int(quality)


def mirrored_words(words: np.ndarray) -> np.ndarray:
    """What the same features look like in a mirror: `_directions` come in pairs of which each mirrors the other."""
    bits = np.unpackbits(words.reshape(-1, WORD_BYTES), axis=1)
    return np.packbits(bits.reshape(-1, WORD_BITS // 2, 2)[..., ::-1].reshape(-1, WORD_BITS), axis=1)


@cache
def _directions() -> np.ndarray:
    """`[128, 256]`: every second one is the one before it, mirrored."""
    # A SIFT descriptor is 4 rows x 4 columns x 8 orientations in the feature's own frame; a mirror turns its rows
    # around and counts its angles backwards.
    mirror = np.arange(128).reshape(4, 4, 8)[::-1, :, -np.arange(8) % 8].ravel()
    plain = directions(128, seed=1)[:, : WORD_BITS // 2]
    return np.stack([plain, plain[mirror]], axis=2).reshape(128, WORD_BITS)


def _features(gray: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    import cv2

    sift = cv2.SIFT.create(nfeatures=KEPT, contrastThreshold=CONTRAST)
    found, described = sift.detectAndCompute(gray, None)
    if described is None:
        return np.zeros((0, 2), np.float32), np.zeros((0, WORD_BYTES), np.uint8)
    strongest = np.argsort([-one.response for one in found], kind="stable")[:KEPT]
    spots = np.array([found[place].pt for place in strongest], np.float32) / min(gray.shape)
    rooted = np.sqrt(described[strongest] / np.maximum(described[strongest].sum(axis=1, keepdims=True), 1e-6))
    return spots, sign_words(rooted - rooted.mean(axis=1, keepdims=True), _directions())


def _short_side(gray: np.ndarray, size: int) -> np.ndarray:
    import cv2

    height, width = gray.shape
    scale = size / min(height, width)
    longest = round(size * MAX_ASPECT)
    shape = (min(longest, max(size, round(width * scale))), min(longest, max(size, round(height * scale))))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.ascontiguousarray(cv2.resize(gray, shape, interpolation=how))
