"""Lays one view upon another and says whether they are the same picture."""

import numpy as np

from curation.scoring.fingerprints.match import Match, said
from curation.scoring.fingerprints.views import DIHEDRAL, THUMB_PX, View, mirrored_words
from curation.scoring.fingerprints.words import distances

SAME_HASH_BITS = 31  # PDQ's own recommendation, at a quality of at least 50
MIN_QUALITY = 50
FEATURE_BITS = 64  # of two features that may be one
# So alike must the thumbnails be for so many features that agree: (correlation, features).
CONFIRMED = ((0.8, 6), (0.9, 4))
MIN_FEATURES = 4
WORTH_REFINING = 0.25  # correlation of the details before the placing is refined
REACH = 1.5 / THUMB_PX  # how far from its place a feature may lie, in short sides
MAX_SQUEEZE = 1.12
MIN_COVERED, MIN_SHARE = 0.7, 0.3  # of the smaller picture, and of the larger one's area
DETAIL_PX = 5.0  # what is larger than this in a thumbnail is layout, which many pictures share


def compare_views(one: View, other: View) -> Match | None:
    """Whether both show one picture; None where they do not."""
    return _same_hash(one, other) or _laid(one, other, mirrored=False) or _laid(one, other, mirrored=True)


def _same_hash(one: View, other: View) -> Match | None:
    if min(one.quality, other.quality) < MIN_QUALITY:
        return None
    bits = distances(one.hashes, other.hashes[:1])[:, 0]
    best = int(bits.argmin())
    return Match(1 - float(bits[best]) / 256, DIHEDRAL[best]) if bits[best] <= SAME_HASH_BITS else None


def _laid(one: View, other: View, *, mirrored: bool) -> Match | None:
    spots, words, thumb = one.spots, one.words, one.thumb
    if mirrored:
        spots, words, thumb = spots * (-1, 1) + (one.width, 0), mirrored_words(words), thumb[:, ::-1]
    pairs = _agreeing(words, other.words)
    if len(pairs) < MIN_FEATURES:
        return None
    found = _placed(spots[pairs[:, 0]], other.spots[pairs[:, 1]])
    if found is None:
        return None
    placing, count = found
    if count < MIN_FEATURES:
        return None
    return _confirmed(np.ascontiguousarray(thumb), other.thumb, placing, count, "mirrored" if mirrored else "")


def _agreeing(words: np.ndarray, others: np.ndarray) -> np.ndarray:
    """`[N, 2]` features that are each other's nearest."""
    if not (len(words) and len(others)):
        return np.zeros((0, 2), int)
    bits = distances(words, others)
    nearest, back = bits.argmin(axis=1), bits.argmin(axis=0)
    rows = np.arange(len(words))
    kept = (back[nearest] == rows) & (bits[rows, nearest] <= FEATURE_BITS)
    return np.stack([rows[kept], nearest[kept]], axis=1)


def _placed(spots: np.ndarray, others: np.ndarray) -> tuple[np.ndarray, int] | None:
    """The `[2, 3]` similarity from the one to the other in short sides, and how many features lie as it says."""
    import cv2

    cv2.setRNGSeed(1)  # the same pictures, the same answer
    placing, lying = cv2.estimateAffinePartial2D(
        spots.astype(np.float32), others.astype(np.float32), ransacReprojThreshold=REACH, maxIters=1000
    )
    if placing is None or not np.isfinite(placing).all() or not 0.2 < np.hypot(placing[0, 0], placing[0, 1]) < 5:
        return None
    return placing, int(lying.sum())


def _confirmed(thumb: np.ndarray, other: np.ndarray, placing: np.ndarray, count: int, mirror: str) -> Match | None:
    """Looks at the pixels: refines the placing, then correlates the details of what both show."""
    import cv2

    back = cv2.invertAffineTransform(placing * [1, 1, THUMB_PX]).astype(np.float32)
    if _alike(thumb, other, back) < WORTH_REFINING:
        return None
    back = _refined(thumb, other, back)
    forth = cv2.invertAffineTransform(back)
    stretch = np.linalg.svd(forth[:, :2], compute_uv=False)
    if not np.isfinite(stretch).all() or stretch[0] > MAX_SQUEEZE * stretch[1]:
        return None
    small, large = sorted((float(stretch.prod()) * thumb.size, float(other.size)))
    if _common(thumb, other, back).sum() < MIN_COVERED * small or small < MIN_SHARE * large:
        return None
    alike = _alike(thumb, other, back)
    if not any(alike >= least and count >= features for least, features in CONFIRMED):
        return None
    turn = round(float(np.degrees(np.arctan2(forth[1, 0], forth[0, 0]))) / 90) * 90 % 360
    return Match(alike, said(f"turned {turn}" if turn else "", mirror, "crop" if small < 0.95 * large else ""))


def _common(thumb: np.ndarray, other: np.ndarray, back: np.ndarray) -> np.ndarray:
    """`[h, w]` bool: where in the other the thumbnail is, but for its rim."""
    import cv2

    shown = _warped(np.ones(thumb.shape, np.uint8), other, back, cv2.INTER_NEAREST)
    return np.asarray(cv2.erode(shown, np.ones((3, 3), np.uint8)) > 0)


def _alike(thumb: np.ndarray, other: np.ndarray, back: np.ndarray) -> float:
    """Correlation of the details of what both show."""
    import cv2

    both = _common(thumb, other, back)
    return _correlation(_warped(_details(thumb), other, back, cv2.INTER_LINEAR)[both], _details(other)[both])


def _warped(image: np.ndarray, other: np.ndarray, back: np.ndarray, how: int) -> np.ndarray:
    import cv2

    return np.asarray(cv2.warpAffine(image, back, other.shape[::-1], flags=how | cv2.WARP_INVERSE_MAP))


def _refined(thumb: np.ndarray, other: np.ndarray, back: np.ndarray) -> np.ndarray:
    """The map from the other's pixels to the thumbnail's, moved to where both agree best (ECC, Evangelidis 2008)."""
    import cv2

    enough = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 30, 1e-4)
    try:
        _, better = cv2.findTransformECC(
            other, thumb, back.copy(), cv2.MOTION_AFFINE, enough, np.full(thumb.shape, 255, np.uint8), 3
        )
    except cv2.error:  # it did not converge: the features' own placing has to do
        return back
    return np.asarray(better)


def _details(thumb: np.ndarray) -> np.ndarray:
    import cv2

    values = cv2.GaussianBlur(thumb.astype(np.float32), (0, 0), 0.8)
    return np.asarray(values - cv2.GaussianBlur(values, (0, 0), DETAIL_PX))


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    if not one.size:
        return 0.0
    one, other = one - one.mean(), other - other.mean()
    norm = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return float((one * other).sum()) / norm if norm > 0 else 0.0
