"""The film set's takes as slate-nano's training examples: rendered once in chunks, then encoded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

import studio
from training.engine.store import example_tensors
from videomodel import spectrum
from videomodel.conditions import Camera, Clip, Conditions, Light, Shape, SoundEvent, Still
from videomodel.interface import collate
from videomodel.light import sun_direction
from videomodel.slate.adapter import SlateNano
from videomodel.slate.codec import SAMPLES_PER_LATENT, audio_blocks, video_blocks
from videomodel.slate.conditioning import CAPTION_WORDS
from videomodel.text import hash_words

SHAPE = Shape(32, 32, 17, 8.0)
CHUNK = 32
ARRAYS = ("frames", "stills", "sound", "camera_to_world", "intrinsics", "sh")
STILL_ROLES = ("subject", "background", "style")


@dataclass(frozen=True, slots=True)
class Example:
    """A take of one seed, at the model's shape.

    `frames` uint8 `[17, 32, 32, 3]`, `stills` uint8 `[3, 32, 32, 3]` for `STILL_ROLES` (a subject, the empty set, the
    last frame), `sound` float32 `[34000]`, `camera_to_world` `[17, 4, 4]`, `intrinsics`
    `[17, 4]`, `sh` `[9, 3]`; `told` holds the words, the sun and the events.
    """

    frames: NDArray[np.uint8]
    stills: NDArray[np.uint8]
    sound: NDArray[np.float32]
    camera_to_world: NDArray[np.float64]
    intrinsics: NDArray[np.float64]
    sh: NDArray[np.float64]
    told: dict[str, Any]

    @property
    def clip(self) -> Clip:
        """The take itself."""
        return Clip(self.frames, SHAPE.fps, self.sound, spectrum.SAMPLE_RATE_HZ)

    @property
    def light(self) -> Light:
        """Harmonics and the sun."""
        return Light(self.sh, sun_direction(*self.told["sun"]))

    @property
    def camera(self) -> Camera:
        """The path."""
        return Camera(self.camera_to_world, self.intrinsics)

    def conditions(self, still: Still | None) -> Conditions:
        """Everything that is known of the take."""
        return Conditions(
            shape=SHAPE,
            caption=self.told["captions"][0],
            stills=() if still is None else (still,),
            camera=self.camera,
            light=self.light,
            audio_style=self.told["audio_style"],
            events=tuple(SoundEvent(*event) for event in self.told["events"]),
        )


def render(seeds: range, folder: Path) -> Iterator[Example]:
    """The examples of `seeds`, in order; chunks already in `folder` are not rendered again."""
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(seeds.start, seeds.stop, CHUNK):
        chosen = range(first, min(first + CHUNK, seeds.stop))
        path = folder / f"takes-{chosen.start:06d}-{chosen.stop:06d}.npz"
        if not path.exists():
            _save_chunk(path, [_example(seed) for seed in chosen])
        yield from _load_chunk(path)


def _example(seed: int) -> Example:
    scene = studio.compose(seed, duration_s=SHAPE.duration_s, fps=int(SHAPE.fps))
    take = studio.film(
        scene,
        width=SHAPE.width,
        height=SHAPE.height,
        samples=2,
        sample_rate_hz=spectrum.SAMPLE_RATE_HZ,
        environment_height=16,
    )
    drawn = {image.role: image.pixels for image in studio.reference_images(scene, size=SHAPE.width)}
    return Example(
        frames=take.frames,
        stills=np.stack([drawn["subject"], drawn["background"], take.frames[-1]]),
        sound=take.sound.mean(axis=0),
        camera_to_world=take.camera_to_world,
        intrinsics=take.intrinsics,
        sh=np.asarray(take.sh, dtype=np.float64),
        told=_told(scene, take),
    )


def _told(scene: studio.Scene, take: studio.Take) -> dict[str, Any]:
    """Two short wordings and the long one, the audio style, the sun (azimuth, elevation) and the events."""
    long = studio.describe(scene)["caption_long"]
    heard = re.search(r"One hears (.*?), and no music", long)
    sun = studio.lighting(scene)["sun"]
    return {
        "captions": [studio.caption(scene), studio.caption(scene, draw=1), long],
        "audio_style": heard.group(1) if heard else None,
        "sun": [sun["azimuth_deg"], sun["elevation_deg"]],
        "events": [[event.label, event.onset_s, event.offset_s] for event in take.events],
    }


def _save_chunk(path: Path, examples: list[Example]) -> None:
    arrays: dict[str, Any] = {name: np.stack([getattr(example, name) for example in examples]) for name in ARRAYS}
    draft = path.with_suffix(".draft.npz")
    np.savez_compressed(draft, told=json.dumps([example.told for example in examples]), **arrays)
    draft.replace(path)


def _load_chunk(path: Path) -> Iterator[Example]:
    with np.load(path, allow_pickle=False) as chunk:
        arrays = {name: chunk[name] for name in ARRAYS}
        told = json.loads(str(chunk["told"]))
    for index, facts in enumerate(told):
        yield Example(**{name: array[index] for name, array in arrays.items()}, told=facts)


def fit_codec(model: SlateNano, examples: list[Example]) -> dict[str, float]:
    """Fit the codec's components on the takes; gives the share of variance that each modality keeps."""
    if model.codec is None:
        raise ValueError("The codec has been released.")
    picture = torch.cat([video_blocks(torch.from_numpy(e.frames)[None]).flatten(0, 3)[::3] for e in examples])
    sound = torch.cat([audio_blocks(padded_sound(e.sound))[0] for e in examples])
    return {"video": model.codec.video.fit(picture), "audio": model.codec.audio.fit(sound)}


def padded_sound(sound: NDArray[np.float32]) -> Tensor:
    """`[1, n * 640]`: the sound, with silence up to a whole number of audio latents."""
    count = round(SHAPE.duration_s * spectrum.SAMPLE_RATE_HZ / SAMPLES_PER_LATENT) * SAMPLES_PER_LATENT
    whole = torch.zeros(1, count)
    whole[0, : min(count, len(sound))] = torch.from_numpy(sound[:count])
    return whole


def encode_all(model: SlateNano, examples: Iterable[Example]) -> dict[str, Tensor]:
    """Stacked latents and conditions led by the first frame; `other.*` holds what may stand instead.

    `other.references` `[B, 3, C, H, W]` are the stills and `other.words` `[B, 3, L]` the captions.
    """
    rows, buckets = [], int(model.config.text_buckets)
    for example in examples:
        embedded = model.embed(example.conditions(Still(example.frames[0], "first_frame")))
        others = [model.embed(example.conditions(Still(pixels, "style")))["reference"] for pixels in example.stills]
        row = example_tensors(model, model.encode(example.clip), embedded, SHAPE)
        captions = [hash_words(text, buckets=buckets, length=CAPTION_WORDS) for text in example.told["captions"]]
        rows.append(row | {"other.references": torch.stack(others), "other.words": torch.stack(captions)})
    return collate(rows)
