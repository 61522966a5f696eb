"""Pairs for calibrating image-text models: scenes that no model was trained on, with true and false words and pictures.

Right and wrong pairs are as many. Half of the wrong captions tell of another scene, half are false in one respect that
can be seen in a still (colour, subject, count): the errors that honest contributors make.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

import studio
from curation.scoring.clip_scorer import CLIP_FRAMES
from curation.scoring.clip_weights import STUDIO
from curation.scoring.pairs import Pair
from pretraining.clip_data import HELD_OUT_SEED

FIRST_SEED = HELD_OUT_SEED + 20_000  # none of the model card's scenes or of the tests' either
PICTURE_PX = 64
HARD_KINDS = ("color", "subject", "count")
OTHER_SCENE = "other scene"


@dataclass(frozen=True, eq=False)
class _Take:
    """A scene with all that its pairs need.

    Two wordings, each with its untruths; as references a close picture, the empty set and the first frame.
    """

    name: str
    frames: tuple[np.ndarray, ...]
    references: tuple[np.ndarray, ...]
    captions: tuple[str, str]
    false: tuple[dict[str, str], dict[str, str]]


def studio_pairs(scenes: int, *, first_seed: int = FIRST_SEED, size: int = PICTURE_PX) -> Iterator[Pair]:
    """Fourteen pairs a scene: four of its clip with words, four of a frame with words, six of its clip with pictures.

    Args:
        scenes: At least two: each takes its false words and pictures from the one before.
        size: Side of the square pictures, pixels.
    """
    before = _take(first_seed + scenes - 1, size)
    for seed in range(first_seed, first_seed + scenes):
        take = _take(seed, size)
        yield from _words(take, before, take.frames, hard=HARD_KINDS[seed % 3])
        yield from _words(take, before, take.frames[seed % CLIP_FRAMES :][:1], hard=HARD_KINDS[(seed + 1) % 3])
        yield from _pictures(take, before)
        before = take


def _take(seed: int, size: int) -> _Take:
    scene = studio.compose(seed)
    times = [(place + 0.5) * scene.duration_s / CLIP_FRAMES for place in range(CLIP_FRAMES)]
    frames = studio.film_batch([scene], width=size, height=size, times_s=[times])[0].numpy()
    references = [image.pixels for image in studio.reference_images(scene, size=size)]
    false = (studio.variants(scene, draw=0), studio.variants(scene, draw=1))
    return _Take(str(seed), tuple(frames), tuple(references[-3:]), (false[0]["true"], false[1]["true"]), false)


def _words(take: _Take, other: _Take, frames: Sequence[np.ndarray], *, hard: str) -> Iterator[Pair]:
    told = [
        (take.captions[0], True, ""),
        (take.captions[1], True, ""),
        (other.captions[0], False, OTHER_SCENE),
        (take.false[1][hard], False, hard),
    ]
    for text, right, kind in told:
        yield Pair(tuple(frames), right, take.name, text=text, kind=kind, generator=STUDIO)


def _pictures(take: _Take, other: _Take) -> Iterator[Pair]:
    for shown, right, kind in ((take, True, ""), (other, False, OTHER_SCENE)):
        for picture in shown.references:
            yield Pair(take.frames, right, take.name, against=picture, kind=kind, generator=STUDIO)
