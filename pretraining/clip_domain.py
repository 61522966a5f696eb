"""Learns how the nano CLIP's world looks: `python -m pretraining.clip_domain`. Writes `domain.safetensors`.

Scenes are rendered at the model's own size and at three times that, with and without a JPEG on the way: as they arrive.
"""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

import studio
from curation.scoring.picture_domain import Domain
from pretraining import clip_data

KNOWN_SEED, KNOWN_SCENES, UNSEEN_SCENES = 20_000, 220, 80
LARGE = 3 * clip_data.SIZE
SHARE = 0.98  # of unseen scenes that belong
JPEG_QUALITY = (50, 95)

Picture = NDArray[np.uint8]


def pictures(seeds: Sequence[int]) -> list[Picture]:
    """Four of each scene, `[64, 64, 3]`: rendered small and large, each once more through a JPEG."""
    return [picture for seed in seeds for picture in _of_scene(seed)]


def _of_scene(seed: int) -> list[Picture]:
    rng = np.random.default_rng([seed, 60])
    scene = studio.compose(seed)
    small, large = (_still(scene, float(rng.uniform(0, scene.duration_s)), size) for size in (clip_data.SIZE, LARGE))
    qualities = [int(quality) for quality in rng.integers(*JPEG_QUALITY, 2)]
    return [small, _reduced(large), jpeg(small, qualities[0]), _reduced(jpeg(large, qualities[1]))]


def _still(scene: studio.Scene, t_s: float, size: int) -> Picture:
    frame: Picture = studio.film_batch([scene], width=size, height=size, times_s=[[t_s]])[0, 0].numpy()
    return frame


def _reduced(picture: Picture) -> Picture:
    size = (clip_data.SIZE, clip_data.SIZE)
    return np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BICUBIC))


def jpeg(picture: Picture, quality: int) -> Picture:
    """The picture after a JPEG of this quality."""
    stream = io.BytesIO()
    Image.fromarray(picture).save(stream, "JPEG", quality=quality)
    return np.asarray(Image.open(stream))


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("weights/nano-clip/domain.safetensors"))
    args = parser.parse_args(argv)
    unseen_seed = KNOWN_SEED + KNOWN_SCENES
    known = pictures(range(KNOWN_SEED, unseen_seed))
    domain = Domain.fitted(known, pictures(range(unseen_seed, unseen_seed + UNSEEN_SCENES)), share=SHARE)
    domain.save(args.out)
    print(json.dumps({"known": len(known), "limit": round(domain.limit, 4)}))


if __name__ == "__main__":
    main()
