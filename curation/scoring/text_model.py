"""Reads text in pictures: RapidOCR (PP-OCRv6 small, Chinese and Latin letters), whose weights lie in the wheel."""

import hashlib
import importlib.resources
import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from curation.scoring.clip_weights import file_sha256
from curation.scoring.devices import onnx_providers
from curation.scoring.seam import Source

READS_PX = 320  # short side: letters of a fortieth of the frame's height are still found
DETECTOR, READER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
LEAST_CONFIDENCE = 0.6


@dataclass(frozen=True, eq=False)
class Text:
    """One line of text.

    Attributes:
        corners: `[4, 2]` float32, pixels, x first, clockwise from the top left.
        words: As read.
        confidence: The reader's, in [0, 1].
    """

    corners: np.ndarray
    words: str
    confidence: float


class TextModel:
    """Loaded on first use, on CPU or GPU; one per process, safe to call from several threads."""

    def __init__(self, *, device: str = "auto", threads: int = 2) -> None:
        self._device = device
        self._threads = threads
        self._lock = threading.Lock()
        self._loaded: Any = None

    @property
    def weights(self) -> tuple[Path, Path]:
        """The detector's and the reader's."""
        folder = Path(str(importlib.resources.files("rapidocr").joinpath("models")))
        return folder / DETECTOR, folder / READER

    @cached_property
    def source(self) -> Source:
        """Its hash is that of the two files' hashes, the detector's first."""
        both = "".join(file_sha256(path) for path in self.weights)
        return Source(
            "rapidocr-ppocrv6-small", hashlib.sha256(both.encode()).hexdigest(), f"rgb-bicubic-{READS_PX}-bgr"
        )

    def read(self, image: np.ndarray) -> list[Text]:
        """Every line of text in a `[h, w, 3]` uint8 sRGB picture that can be read with some confidence."""
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            found = self._loaded(np.ascontiguousarray(image[..., ::-1]))
        if not len(found):
            return []
        lines = zip(found.boxes, found.txts, found.scores, strict=True)
        return [
            Text(np.asarray(corners, np.float32), words, float(confidence))
            for corners, words, confidence in lines
            if confidence >= LEAST_CONFIDENCE and sum(map(str.isalnum, words)) >= 2
        ]

    def _load(self) -> Any:
        from rapidocr import RapidOCR

        detector, reader = self.weights
        accelerator = onnx_providers(self._device)[0]
        engine = "EngineConfig.onnxruntime"
        params: dict[str, Any] = {
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Det.model_path": str(detector),
            "Det.limit_side_len": READS_PX,
            "Rec.model_path": str(reader),
            f"{engine}.intra_op_num_threads": self._threads,
            f"{engine}.inter_op_num_threads": 1,
        }
        if isinstance(accelerator, tuple):
            options = {f"{engine}.cuda_ep_cfg.{name}": int(value) for name, value in accelerator[1].items()}
            params |= {f"{engine}.use_cuda": True, **options}
        return RapidOCR(params=params)
