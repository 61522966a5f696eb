"""Cuts a stream of blocks into pieces of one length."""

import numpy as np


class Cutter:
    """Gives every piece once, and keeps what does not fill one until more comes."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._rest: np.ndarray | None = None

    def add(self, block: np.ndarray) -> np.ndarray:
        """The pieces `[channels, k, size]` that a block `[channels, n]` completes."""
        joined = block if self._rest is None else np.concatenate([self._rest, block], axis=1)
        whole = joined.shape[1] // self.size * self.size
        self._rest = joined[:, whole:].copy()
        return joined[:, :whole].reshape(len(joined), -1, self.size)
