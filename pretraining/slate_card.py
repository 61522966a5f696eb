"""The model card of slate-nano, written from the figures so that the two cannot disagree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_TEXT = """# slate-nano

A joint picture-and-sound flow-matching transformer of {parameters:,} parameters, trained from nothing by
`python -m pretraining.slate` on takes of this project's procedural film set. Licence: Apache-2.0, as the
rest of the repository; no outside data and no outside weights went into it.

**What it is for.** To let every part of the platform (fine-tuning, generation, judging) run for real on one processor
core and be tested in seconds. It is not a film-making tool.

**What it knows.** The film set's world only: solids with plain materials in rooms and landscapes, {width} x {height}
pixels, {frames} frames at {fps:g} per second, mono sound at 16 kHz. Pictures delivered larger are enlarged by Lanczos
and say so. Photographs, people and speech are outside what it has seen. Other sizes and lengths run, but are not
measured.

**Conditions.** Text (hashed words, learnt jointly), one reference image (first frame, or a second view of the scene),
camera path (Pluecker rays on the video tokens), light (spherical harmonics and sun, in the first camera's frame), audio
style, timed sound events (on the audio tokens).

**Parts.** Codec: principal components of 4 x 4 pixel x 4 frame blocks and of 40 ms log-mel blocks; sound is rebuilt by
Griffin-Lim from a fixed phase, without a learned vocoder. Transformer: one packed sequence, adaptive layer norm, rotary
positions in seconds and picture halves.

## Training

{stages}

## Measured on {examples} takes it has not seen (seeds from 1,000,000), {sampler_steps} sampling steps, guidance 1

| what | PSNR, dB |
|---|---|
| codec alone, the ceiling | {codec_psnr_db:.2f} |
| all conditions | {psnr_db:.2f} |
| the true first frame held still, for comparison | {psnr_db_first_frame_held_still:.2f} |
| without the reference image | {psnr_db_without_reference:.2f} |

Right against wrong condition, same noise, paired. A gate passes when its whole 95 % interval is above zero.

| gate | right | wrong | gain | 95 % interval | unit | passed |
|---|---|---|---|---|---|---|
{gates}

Figures: `figures.json`. Weights fingerprint: `{fingerprint}`.
"""


def write_card(path: Path, figures: dict[str, Any]) -> None:
    """Write the card of these figures."""
    stages = [
        f"- {stage['takes']:,} takes (film set seeds 0 to {stage['takes'] - 1}), {stage['steps']:,} steps of"
        f" {stage['batch']}, seed {stage['seed']}, Muon and AdamW at {stage['lr']:g};"
        f" {stage['seconds'] / 60:.0f} minutes on {stage['threads']} thread(s) of {stage['machine']}"
        for stage in figures["training"]
    ]
    rows = [
        f"| {name.replace('_', ' ')} | {gate['right']:.3f} | {gate['wrong']:.3f} | {gate['gain']:.3f}"
        f" | {gate['interval'][0]:.3f} to {gate['interval'][1]:.3f} | {gate['unit']}"
        f" | {'yes' if gate['passed'] else 'no'} |"
        for name, gate in figures["gates"].items()
    ]
    width, height, frames, fps = figures["shape"]
    numbers = {name: value for name, value in figures.items() if name not in ("gates", "training", "shape")}
    path.write_text(
        _TEXT.format(
            **numbers,
            width=width,
            height=height,
            frames=frames,
            fps=fps,
            stages="\n".join(stages),
            gates="\n".join(rows),
        )
    )
