"""The scoring worker's whole path against a bare loop of the same models on tensors that lie ready.

The worker claims, fetches from storage, decodes, scores and writes; the bare side only runs the model, in the best of
three batch sizes. Both use the same model object and threads, and take turns: a share of the samples each, again and
again. Technical measures are left out on both sides. CLIP has the size of ViT-B/32 and random weights.

Beside these races: the scorers of clips (`picture_models`), one revision of all modalities (`whole_revision`) and the
growth of memory (`memory`).
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import numpy as np
import torch
import typer
from django.conf import settings
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from benchmarks import filmed, memory, picture_models, submitted, whole_revision
from benchmarks.installation import forget_peak, installation, load, peak_mb
from curation.models import Campaign
from curation.scoring.clip_model import ClipModel
from curation.scoring.clip_scorer import ClipScorer
from curation.scoring.registry import Settings
from curation.scoring.seam import Scorer
from curation.scoring.voice import VoiceActivity
from curation.scoring.whisper_model import WhisperModel
from curation.scoring.whisper_scorer import WhisperScorer
from curation.services.scoring_worker import score_waiting
from tests.factories import curation as make

ROUNDS = 3
CLIP_BATCHES, WHISPER_BATCHES = (16, 32, 64), (4, 8, 16)
Bare = Callable[[Sequence[int], int], None]


@dataclass
class Race:
    """Seconds of both sides over all rounds; `bare_s` by batch size."""

    samples: int = 0
    worker_s: float = 0.0
    worker_processor_s: float = 0.0
    bare_processor_s: float = 0.0
    bare_s: dict[int, float] = field(default_factory=dict)

    @property
    def best(self) -> int:
        """The batch size with which the bare loop is fastest."""
        return min(self.bare_s, key=lambda size: self.bare_s[size])

    @property
    def ratio(self) -> float:
        """The worker's speed as a share of the bare loop's."""
        return self.bare_s[self.best] / self.worker_s


def race(scorer: Scorer, samples: int, *, submit: Callable[[int], None], bare: Bare, sizes: Sequence[int]) -> Race:
    """Worker and bare loop in turn over equal shares of the samples."""
    found = Race()
    submit(samples)
    score_waiting(using=[scorer], clock=timezone.now)  # one more than is measured: it loads the model
    bare([0], 1)
    for share in np.array_split(np.arange(samples), min(ROUNDS, samples)):
        numbers = [int(number) for number in share]
        for number in numbers:
            submit(number)
        for size in sizes:
            bare_s, processor_s = _timed(bare, numbers, size)
            found.bare_s[size] = found.bare_s.get(size, 0.0) + bare_s
            found.bare_processor_s += processor_s / len(sizes)
        worker_s, processor_s = _timed(_score, scorer, len(numbers))
        found.worker_s += worker_s
        found.worker_processor_s += processor_s
        found.samples += len(numbers)
    return found


def _score(scorer: Scorer, expected: int) -> None:
    done = score_waiting(using=[scorer], clock=timezone.now)
    if done != expected:
        raise RuntimeError(f"The worker scored {done} of {expected}.")


def _timed(work: Callable[..., None], *arguments: Any) -> tuple[float, float]:
    start, before = time.perf_counter(), time.process_time()
    work(*arguments)
    return time.perf_counter() - start, time.process_time() - before


def race_clip(images: int, campaign: Campaign, folder: Path) -> Race:
    """ViT-B/32 on JPEGs of 1600 x 1200 and their captions."""
    model = ClipModel(submitted.random_clip(folder), device="cpu")
    forget_peak()  # what making up the weights took
    scorer = ClipScorer(model)

    def submit(number: int) -> None:
        submitted.with_image(campaign, make.person(), number)  # a new person may have few waiting

    loaded = model._load()  # the very model that the worker runs, without what stands around it
    pixels = torch.randn(images, 3, model.image_px, model.image_px)
    tokens = loaded.tokenize([submitted.CAPTION] * images)

    def bare(numbers: Sequence[int], size: int) -> None:
        with torch.inference_mode():
            for first in range(numbers[0], numbers[-1] + 1, size):
                chosen = slice(first, min(first + size, numbers[-1] + 1))
                loaded.model.encode_image(pixels[chosen], normalize=True)
                loaded.model.encode_text(tokens[chosen], normalize=True)

    return race(scorer, images, submit=submit, bare=bare, sizes=CLIP_BATCHES)


def race_whisper(recordings: int, campaign: Campaign) -> Race:
    """Whisper base (int8) on recordings of eight seconds of speech; where somebody speaks is known to the bare side."""
    model = WhisperModel(settings.WHISPER_MODEL, cache=settings.MODEL_CACHE, device="cpu", threads=Settings.threads)
    voice = VoiceActivity(threads=Settings.threads)
    scorer, usual = WhisperScorer(model, voice), model.batch_size
    sounds = [submitted.spoken(number) for number in range(recordings)]
    spans = [voice.spans_in(sound) for sound in sounds]

    def submit(number: int) -> None:
        submitted.with_recording(campaign, make.person(), number)

    def bare(numbers: Sequence[int], size: int) -> None:
        model.batch_size = size
        try:
            chosen = slice(numbers[0], numbers[-1] + 1)
            model.transcribe(sounds[chosen], spans[chosen])
        finally:
            model.batch_size = usual

    return race(scorer, recordings, submit=submit, bare=bare, sizes=WHISPER_BATCHES)


def _table(races: dict[str, Race]) -> Table:
    table = Table(title=f"whole worker path against the bare model ({torch.get_num_threads()} threads, {load()})")
    table.caption = (
        "The ratio is by the clock; by processor time the worker's own share shows on a loaded machine, too."
    )
    for name in ("", "samples", "worker/s", "bare/s", "batch", "ratio", "by processor time"):
        table.add_column(name, justify="right")
    for name, one in races.items():
        bare_s = one.bare_s[one.best]
        speeds = (f"{one.samples / one.worker_s:.2f}", f"{one.samples / bare_s:.2f}", str(one.best))
        by_processor = one.bare_processor_s / one.worker_processor_s
        table.add_row(name, str(one.samples), *speeds, f"{one.ratio:.3f}", f"{by_processor:.3f}")
    return table


def _pictures(folder: Path, *, quick: bool) -> dict[str, float]:
    """What the scorers of clips cost beside decoding or their bare models."""
    clip = filmed.clip(folder / "clip.mp4", number=0)
    rounds = 2 if quick else 6
    return {
        "technical_ratio": picture_models.technical_ratio(clip, rounds=rounds),
        **picture_models.ocr_ratio(clip, rounds=rounds),
        **picture_models.unsafe_ratio(clip, rounds=rounds),
    }


def main(
    images: Annotated[int, typer.Option(min=1)] = 300,
    recordings: Annotated[int, typer.Option(min=1)] = 60,
    items: Annotated[int, typer.Option(min=100, help="small pictures and sounds, for the growth of memory")] = 3000,
    quick: Annotated[bool, typer.Option(help="all of it on a tenth of the samples")] = False,
) -> None:
    """Scoring worker against bare models, clips against decoding, one whole revision, and memory over many items."""
    if quick:
        images, recordings, items = images // 10, recordings // 10, items // 10
    settings.SCORE_UNCALIBRATED = True  # random weights mean nothing
    console = Console(stderr=True)
    figures: dict[str, float] = {}
    with installation(), TemporaryDirectory() as name:
        folder, campaign, contributor = Path(name), make.campaign(), make.person()
        with console.status("one whole revision"):
            figures |= whole_revision.seconds(campaign, contributor, folder)
        with console.status("clips"):
            figures |= _pictures(folder, quick=quick)
        with console.status(f"{items} small items"):
            small = Settings(settings.WEIGHTS, settings.MODEL_CACHE, device="cpu")
            figures["memory_growth_mb"] = memory.growth_mb(items, folder, small)
        console.print(f"{load()}:", _rounded(figures))  # the races below take long
        with console.status(f"{images} images"):
            clip = race_clip(images, campaign, folder)
        with console.status(f"{recordings} recordings"):
            whisper = race_whisper(recordings, campaign)
    console.print(_table({"CLIP ViT-B/32": clip, "Whisper base": whisper}))
    print(
        json.dumps(
            _rounded({"clip_ratio": clip.ratio, "whisper_ratio": whisper.ratio, **figures, "peak_mb": peak_mb()})
        )
    )


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in figures.items()}


if __name__ == "__main__":
    typer.run(main)
