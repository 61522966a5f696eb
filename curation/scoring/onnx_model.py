"""A network in an ONNX file: loaded on first use, on CPU or GPU, safe to call from several threads."""

import threading
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from curation.scoring.clip_weights import file_sha256
from curation.scoring.devices import onnx_providers


class OnnxModel:
    """One session per process; the hash is that of the very file it is made from."""

    def __init__(self, path: Path, *, device: str = "auto", threads: int = 1) -> None:
        self.path = path
        self._device, self._threads = device, threads
        self._lock = threading.Lock()
        self._session: Any = None

    @cached_property
    def sha256(self) -> str:
        return file_sha256(self.path)

    def run(self, inputs: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        """The network's outputs, in its own order."""
        return list(self._load().run(None, dict(inputs)))

    def _load(self) -> Any:
        with self._lock:
            if self._session is None:
                import onnxruntime

                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads, options.inter_op_num_threads = self._threads, 1
                options.enable_cpu_mem_arena = False  # the arena keeps its peak for ever
                options.log_severity_level = 3
                self._session = onnxruntime.InferenceSession(
                    str(self.path), options, providers=list(onnx_providers(self._device))
                )
            return self._session
