"""Is a picture of the world that a model was made for: low-level statistics, held against those of its own pictures.

A contrastive model's own vectors do not tell: those of photographs fall among those of rendered scenes. Edges, grain
and colour mostly do, for rendered surfaces are smoother than photographed ones (docs/adr/0030).
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import ndimage
from scipy.spatial.distance import cdist

SCALES = 3
QUANTILES = (0.25, 0.5, 0.9)
NEIGHBOUR = 4
TINY = 1e-3


@dataclass(frozen=True, eq=False)
class Domain:
    """Statistics of a world's pictures, and how near to them a picture must be to belong.

    Attributes:
        mean, scale: `[S]` float64, by which statistics are standardised.
        known: `[N, S]` float64, those of the world's pictures, standardised.
        limit: Largest distance to the fourth nearest of them that still belongs.
    """

    mean: np.ndarray
    scale: np.ndarray
    known: np.ndarray
    limit: float

    def distance(self, image: np.ndarray) -> float:
        """How far `[h, w, 3]` uint8 is from the known pictures, as a share of the limit: above 1 it does not belong.

        The picture must have the size of the known ones.
        """
        standard = (statistics(image) - self.mean) / self.scale
        nearest = np.sort(cdist(standard[None], self.known)[0])
        return float(nearest[NEIGHBOUR - 1]) / self.limit

    @classmethod
    def fitted(cls, known: list[np.ndarray], unseen: list[np.ndarray], *, share: float) -> "Domain":
        """The domain of the known pictures, with the limit at which `share` of the unseen ones belong."""
        measured = np.stack([statistics(image) for image in known])
        mean, scale = measured.mean(axis=0), measured.std(axis=0) + TINY
        fitted = cls(mean, scale, (measured - mean) / scale, 1.0)
        limit = float(np.quantile([fitted.distance(image) for image in unseen], share))
        return cls(mean, scale, fitted.known, limit)

    def save(self, path: Path) -> None:
        """As float32 tensors."""
        from safetensors.numpy import save_file

        tensors = {"mean": self.mean, "scale": self.scale, "known": self.known, "limit": np.array([self.limit])}
        save_file({name: np.ascontiguousarray(value, np.float32) for name, value in tensors.items()}, path)

    @classmethod
    def load(cls, path: Path) -> "Domain":
        """What `save` wrote."""
        from safetensors.numpy import load_file

        tensors = {name: value.astype(np.float64) for name, value in load_file(path).items()}
        return cls(tensors["mean"], tensors["scale"], tensors["known"], float(tensors["limit"][0]))


def statistics(image: np.ndarray) -> np.ndarray:
    """`[33]` float64 of `[h, w, 3]` uint8 sRGB: edges and detail at three scales, chroma, range, saturation."""
    rgb = image.astype(np.float64) / 255
    luma = rgb @ np.array([0.299, 0.587, 0.114])
    found: list[float] = []
    band = luma
    for _ in range(SCALES):
        found += _band_statistics(band)
        band = ndimage.zoom(band, 0.5, order=1)
    for chroma in (rgb[..., 2] - luma, rgb[..., 0] - luma):
        steps = np.quantile(np.abs(np.diff(chroma, axis=1)), (0.5, 0.9))
        found += [chroma.mean(), chroma.std(), *np.log(steps + TINY)]
    saturation = np.ptp(rgb, axis=-1)
    found += [luma.mean(), luma.std(), *np.quantile(luma, (0.01, 0.99)), float(np.log(rgb.max(-1).std() + TINY))]
    return np.array([*found, saturation.mean(), saturation.std()])


def _band_statistics(luma: np.ndarray) -> list[float]:
    """How strong edges and detail are at one scale of `[h, w]` luminance in [0, 1], and how peaked, as logarithms."""
    edges = np.hypot(np.diff(luma, axis=1)[:-1], np.diff(luma, axis=0)[:, :-1])
    detail = luma - ndimage.gaussian_filter(luma, 1)
    peaked = np.mean((detail / (detail.std() + TINY)) ** 4)
    values = [*np.quantile(edges, QUANTILES), detail.std(), peaked, np.median(np.abs(detail))]
    return list(np.log(np.array(values) + TINY))
