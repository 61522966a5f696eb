"""Peaks of a sound for a screen to draw, in the JSON of BBC audiowaveform (version 2), which players read."""

import json
from pathlib import Path

import numpy as np

from curation.rendering.profiles import RenderedFile

SAMPLE_RATE_HZ = 48_000
BLOCK_SAMPLES = 480  # 10 ms
MAX_PEAKS = 4000


class Waveform:
    """Lowest and highest value of every 10 ms; memory grows by 2 numbers for each."""

    def __init__(self) -> None:
        self._lows: list[np.ndarray] = []
        self._highs: list[np.ndarray] = []
        self._rest = np.zeros(0, np.float32)

    @property
    def is_empty(self) -> bool:
        return not self._lows and not self._rest.size

    def add(self, sound: np.ndarray) -> None:
        """Take the next block, `[channels, N]` float32 at 48 kHz, its mean over the channels."""
        samples = np.concatenate([self._rest, sound.mean(axis=0, dtype=np.float32)])
        whole = len(samples) // BLOCK_SAMPLES * BLOCK_SAMPLES
        self._rest = samples[whole:]
        if whole:
            blocks = samples[:whole].reshape(-1, BLOCK_SAMPLES)
            self._lows.append(blocks.min(axis=1))
            self._highs.append(blocks.max(axis=1))

    def write(self, folder: Path) -> RenderedFile:
        """The file `waveform.json`; at most 4000 pairs of peaks."""
        lows = np.concatenate([*self._lows, self._rest.min(keepdims=True) if self._rest.size else self._rest])
        highs = np.concatenate([*self._highs, self._rest.max(keepdims=True) if self._rest.size else self._rest])
        together = -(-len(lows) // MAX_PEAKS)
        starts = np.arange(0, len(lows), together)
        peaks = np.stack([np.minimum.reduceat(lows, starts), np.maximum.reduceat(highs, starts)], axis=1)
        data = {
            "version": 2,
            "channels": 1,
            "sample_rate": SAMPLE_RATE_HZ,
            "samples_per_pixel": BLOCK_SAMPLES * together,
            "bits": 8,
            "length": len(peaks),
            "data": np.clip(np.round(peaks * 127), -128, 127).astype(int).ravel().tolist(),
        }
        text = json.dumps(data, separators=(",", ":"))
        (folder / "waveform.json").write_text(text)
        return RenderedFile("waveform", "waveform.json", "application/json", len(text), {"peaks": len(peaks)})
