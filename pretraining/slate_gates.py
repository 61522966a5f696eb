"""Does slate-nano obey its conditions? Held-out takes, sampled with the right and with a wrong condition.

No pretrained judge is needed: the film set knows the true take. Every gate is a paired difference with its 95 %
interval, and passes when the whole interval is above zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from pretraining.slate_data import SHAPE, Example
from training.engine.batches import batch_of
from videomodel.sampler import draw_noise, sample
from videomodel.slate.adapter import SlateNano
from videomodel.slate.transformer import GIVEN

STEPS = 12
ENVELOPE_HZ = 25
CONDITIONS = {  # which tensors carry a condition
    "text": ("words",),
    "reference": ("reference", "reference_role"),
    "camera": ("rays",),
    "light": ("light",),
    "audio_style": ("style_words",),
    "events": ("events", "event_words"),
}


def evaluate(model: SlateNano, examples: Sequence[Example], tensors: dict[str, Tensor]) -> dict[str, Any]:
    """Held-out figures of a model: what its codec can show at best, and every gate."""
    fixed = {name: value for name, value in tensors.items() if not name.startswith("other.")}
    rows = [{name: value[i] for name, value in fixed.items()} for i in range(len(examples))]
    truth, sounds = np.stack([e.frames for e in examples]), [e.sound for e in examples]
    batch = batch_of(rows)

    def film(embedded: dict[str, Tensor]) -> tuple[NDArray[np.uint8], list[NDArray[np.float32]]]:
        noise = draw_noise(model.latent_shapes(SHAPE), list(range(len(examples))))
        latents = sample(model, noise, embedded, steps=STEPS, guidance=1.0)
        clips = [model.decode({name: value[i] for name, value in latents.items()}, SHAPE) for i in range(len(examples))]
        return np.stack([clip.frames for clip in clips]), [_sound(clip.sound) for clip in clips]

    full = batch.embedded
    blind = only(full, without=("reference",))
    frames, heard = film(full)
    free_frames, _ = film(blind)
    told, deaf = only(full, without=()), only(full, without=("events", "audio_style"))
    right, right_free = psnr(frames, truth), psnr(free_frames, truth)
    _, heard_deaf = film(deaf)
    shuffled = sounds[1:] + sounds[:1]
    held = np.repeat(truth[:, :1], SHAPE.frames, axis=1)
    whole = ("text", "reference", "camera", "light", "audio_style", "events")
    return {
        "examples": len(examples),
        "sampler_steps": STEPS,
        "codec_psnr_db": mean(psnr(_through_codec(model, batch.latents), truth)),
        "psnr_db": mean(right),
        "psnr_db_first_frame_held_still": mean(psnr(held, truth)),
        "psnr_db_without_reference": mean(right_free),
        "gates": {
            "scene": gate(right, psnr(film(swapped(told, whole))[0], truth), "dB PSNR"),
            "camera": gate(right, psnr(film(swapped(full, ("camera",)))[0], truth), "dB PSNR"),
            "camera_without_reference": gate(right_free, psnr(film(swapped(blind, ("camera",)))[0], truth), "dB PSNR"),
            "light_without_reference": gate(right_free, psnr(film(swapped(blind, ("light",)))[0], truth), "dB PSNR"),
            "text_without_reference": gate(right_free, psnr(film(swapped(blind, ("text",)))[0], truth), "dB PSNR"),
            "sound_with_events": gate(sync(heard, sounds), sync(heard, shuffled), "envelope correlation"),
            "sound_from_picture": gate(sync(heard_deaf, sounds), sync(heard_deaf, shuffled), "envelope correlation"),
        },
    }


def only(embedded: dict[str, Tensor], *, without: Sequence[str]) -> dict[str, Tensor]:
    """The batch with some conditions not given."""
    given = embedded["given"].clone()
    for name in without:
        given[:, GIVEN.index(name)] = 0
    return embedded | {"given": given}


def swapped(embedded: dict[str, Tensor], names: Sequence[str]) -> dict[str, Tensor]:
    """The batch in which each example gets the named conditions of its neighbour."""
    wrong = {tensor: embedded[tensor].roll(1, dims=0) for name in names for tensor in CONDITIONS[name]}
    return embedded | wrong


def psnr(frames: NDArray[np.uint8], truth: NDArray[np.uint8]) -> NDArray[np.float64]:
    """`[B]` decibels of clips `[B, F, H, W, 3]` against the true ones, over the frames after the first."""
    error = (frames[:, 1:].astype(np.float64) - truth[:, 1:]) / 255
    return -10 * np.log10(np.maximum(np.square(error).mean(axis=(1, 2, 3, 4)), 1e-6))


def sync(heard: Sequence[NDArray[np.float32]], truth: Sequence[NDArray[np.float32]]) -> NDArray[np.float64]:
    """`[B]` correlations of loudness over time."""
    pairs = zip(heard, truth, strict=True)
    return np.array([np.corrcoef(envelope(one), envelope(other))[0, 1] for one, other in pairs])


def envelope(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """Level in decibels over a floor of -60, `ENVELOPE_HZ` times a second."""
    hop = 16_000 // ENVELOPE_HZ
    power = np.square(sound[: len(sound) // hop * hop].astype(np.float64)).reshape(-1, hop).mean(axis=1)
    return 10 * np.log10(power + 1e-6) + np.random.default_rng(0).normal(0, 1e-6, len(power))


def gate(right: NDArray[np.float64], wrong: NDArray[np.float64], unit: str) -> dict[str, Any]:
    """Means, their paired difference with its 95 % interval, and whether all of that is above zero."""
    gain = right - wrong
    half = 1.96 * gain.std(ddof=1) / np.sqrt(len(gain))
    return {
        "right": mean(right),
        "wrong": mean(wrong),
        "gain": mean(gain),
        "interval": [round(float(gain.mean() - half), 4), round(float(gain.mean() + half), 4)],
        "unit": unit,
        "n": len(gain),
        "passed": bool(gain.mean() - half > 0),
    }


def mean(values: NDArray[np.float64]) -> float:
    """Mean to four places."""
    return round(float(values.mean()), 4)


def _through_codec(model: SlateNano, latents: dict[str, Tensor]) -> NDArray[np.uint8]:
    if model.codec is None:
        raise ValueError("The codec has been released.")
    with torch.no_grad():
        return model.codec.decode_video(latents["video"]).numpy()


def _sound(sound: NDArray[np.float32] | None) -> NDArray[np.float32]:
    if sound is None:
        raise ValueError("The model gave no sound.")
    return sound
