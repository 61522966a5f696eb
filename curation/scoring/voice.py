"""Where somebody speaks: Silero's voice activity detector, whose file ships in faster-whisper's wheel."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from weakref import WeakKeyDictionary

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from curation.scoring.onnx_model import OnnxModel
from curation.scoring.seam import Sound, Source
from curation.scoring.wheels import wheel_file

RATE_HZ = 16_000
FRAME, CONTEXT, STATE = 512, 64, 128  # samples of a frame, of the one before that the network sees, and its memory
CHUNK_FRAMES = 2_000
THRESHOLD, UNTIL = 0.5, 0.35  # speech begins at the one and lasts until the other
MIN_SPEECH_S, MIN_PAUSE_S, PAD_S = 0.25, 0.5, 0.2

Spans = list[tuple[int, int]]


class VoiceModelMissing(RuntimeError):
    """The detector's file is not where faster-whisper keeps it."""


class VoiceActivity:
    """Spans of speech, found once for each recording however many scorers ask.

    Runs on the CPU always: each frame waits for the one before, and a GPU is slower at that.
    """

    def __init__(self, *, threads: int = 2) -> None:
        path = wheel_file("faster_whisper", "assets/silero_vad_v6.onnx")
        if path is None:
            raise VoiceModelMissing("faster-whisper holds no silero_vad_v6.onnx. Install its locked version.")
        self._model = OnnxModel(path, device="cpu")
        self._threads = threads
        self._known: WeakKeyDictionary[Sound, Spans] = WeakKeyDictionary()
        self._lock = threading.Lock()

    @property
    def source(self) -> Source:
        return Source("silero-vad-v6", self._model.sha256, "mono-16k-threshold-0.5-pause-0.5s-pad-0.2s")

    def spans(self, sounds: Sequence[Sound]) -> list[Spans]:
        """Of each recording, the ranges of samples at 16 kHz in which somebody speaks, in order."""
        with self._lock:
            known = {sound: spans for sound in sounds if (spans := self._known.get(sound)) is not None}
        new = [sound for sound in sounds if sound not in known]
        with ThreadPoolExecutor(self._threads, thread_name_prefix="voice") as pool:
            known |= zip(new, pool.map(self.spans_in, map(speech_of, new)), strict=True)
        with self._lock:
            self._known.update(known)
        return [known[sound] for sound in sounds]

    def spans_in(self, samples: np.ndarray) -> Spans:
        """The same of `[N]` float32 mono at 16 kHz."""
        return spans_of(self.probabilities(samples), len(samples))

    def probabilities(self, samples: np.ndarray) -> np.ndarray:
        """How likely it is that somebody speaks, for each 32 ms of `[N]` mono at 16 kHz: float32 in [0, 1]."""
        if not len(samples):
            return np.zeros(0, np.float32)
        memory = {name: np.zeros((1, 1, STATE), np.float32) for name in ("h", "c")}
        found = []
        for frames in _frames(samples):
            probable, memory["h"], memory["c"] = self._model.run({"input": frames, **memory})
            found.append(probable.reshape(-1))
        return np.concatenate(found)


def speech_of(sound: Sound) -> np.ndarray:
    """The recording's samples at 16 kHz; only what was loaded for speech comes here."""
    assert sound.speech_16k is not None
    return sound.speech_16k


def _frames(samples: np.ndarray) -> Iterator[np.ndarray]:
    """`[n, 576]`: every 512 samples after the 64 before them, a minute at a time."""
    size = CHUNK_FRAMES * FRAME
    before = np.zeros(CONTEXT, np.float32)
    for start in range(0, len(samples), size):
        piece = samples[start : start + size]
        joined = np.concatenate([before, piece, np.zeros(-len(piece) % FRAME, np.float32)])
        yield np.ascontiguousarray(sliding_window_view(joined, CONTEXT + FRAME)[::FRAME])
        before = joined[-CONTEXT:]


def spans_of(probable: np.ndarray, length: int) -> Spans:
    """Ranges of samples: bridged over pauses under 0.5 s, without bursts under 0.25 s, padded by 0.2 s."""
    # Between the two thresholds what was last decided holds.
    decided = np.flatnonzero((probable >= THRESHOLD) | (probable < UNTIL))
    speaking = np.zeros(len(probable), bool)
    if decided.size:
        last = np.searchsorted(decided, np.arange(len(probable)), side="right") - 1
        speaking = (last >= 0) & (probable[decided[last]] >= THRESHOLD)
    turns = np.flatnonzero(np.diff(np.r_[False, speaking, False])).reshape(-1, 2) * FRAME
    joined: Spans = []
    for start, end in turns.tolist():
        if joined and start - joined[-1][1] < MIN_PAUSE_S * RATE_HZ:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    if joined and length - joined[-1][1] < MIN_PAUSE_S * RATE_HZ:
        joined[-1] = (joined[-1][0], length)
    pad = int(PAD_S * RATE_HZ)
    long = [(start, min(end, length)) for start, end in joined if min(end, length) - start > MIN_SPEECH_S * RATE_HZ]
    return [(max(0, start - pad), min(end + pad, length)) for start, end in long]
