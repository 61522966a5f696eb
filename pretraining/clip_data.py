"""Stills and captions for the nano CLIP, rendered once into a folder: pictures as one array, words as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import studio

SIZE = 64
STILLS = 2
DRAWS = 5
KINDS = ("true", "color", "subject", "count", "action")
HELD_OUT_SEED = 10_000_000  # seeds from here on are never trained on


def render_scene(
    seed: int, *, draws: int = DRAWS, count: int = STILLS
) -> tuple[NDArray[np.uint8], list[dict[str, str]]]:
    """Stills `[count, 64, 64, 3]` of a scene at random times, and its captions, true and false, in several wordings."""
    rng = np.random.default_rng([seed, 40])
    scene = studio.compose(seed)
    times = np.sort(rng.uniform(0, scene.duration_s, count))
    stills = studio.film_batch(
        [scene], width=SIZE, height=SIZE, times_s=[list(times)]
    )  # the centre of any wider picture
    return stills[0].numpy(), [studio.variants(scene, draw=draw) for draw in range(draws)]


def render(seeds: Sequence[int], folder: Path, *, draws: int = DRAWS) -> None:
    """Writes `stills.npy` `[scenes, 2, 64, 64, 3]` and `captions.jsonl` (one scene a line) into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    shape = (len(seeds), STILLS, SIZE, SIZE, 3)
    stills = np.lib.format.open_memmap(folder / "stills.npy.part", mode="w+", dtype=np.uint8, shape=shape)
    with (folder / "captions.jsonl").open("w") as lines:
        for k, seed in enumerate(seeds):
            stills[k], captions = render_scene(seed, draws=draws)
            lines.write(json.dumps({"seed": seed, "captions": captions}) + "\n")
    stills.flush()
    (folder / "stills.npy.part").rename(folder / "stills.npy")


def load(folder: Path) -> tuple[NDArray[np.uint8], list[list[dict[str, str]]]]:
    """What `render` wrote: stills, and per scene its caption dicts."""
    lines = (folder / "captions.jsonl").read_text().splitlines()
    return np.load(folder / "stills.npy", mmap_mode="r"), [json.loads(line)["captions"] for line in lines]
