"""The nano CLIP's model card, written from its figures."""

from __future__ import annotations

from typing import Any

_CARD = """# nano CLIP

A very small image-text model in open_clip's format ({parameters:,} parameters: a ResNet with attention pooling that
reads {size} x {size} pixels, and a three-layer text transformer that reads {context} tokens). **It knows the studio's
world only**: on photographs its scores mean nothing, and the platform shows them as not applicable.

## How it was made

```
{commands}
```

- Data: the film set's scenes of seeds 0 to {last}, two stills each at random times, five wordings of the caption, and
  for every wording four that are false in one respect (colour, subject, count, action). Rendered by the command itself.
- Words: byte-pair merges learnt from those captions; every byte is a token, so unknown words still encode.
- Loss: contrastive over the batch, plus the choice between a picture's own true caption and {false} false ones.
- Spent on training: {wall_s} s on a crowded machine, {threads} thread, {cpu_s} s of processor time, bfloat16, no GPU.
- Another machine or a later film set gives other weights, of like quality. They are stored as float16.
- Licence: Apache-2.0, as the rest of the project; no outside data or weights.

## What it can tell

{n} scenes of seeds from {held_out:,} on, never trained on; a clip's score is the mean cosine over {frames} frames.

| true caption against | AUC over all scenes | right one preferred, same scene |
|---|---|---|
| another scene's caption | {mismatched:.3f} | |
{rows}

The left column ranks the captions of all scenes together; the right one asks, clip by clip, which of its two captions
fits. Whether a car drives or stands, a balloon rises or floats, or a ball has just left the ground or lies there cannot
always be seen in stills: actions are the weakest row, and no gate should rest on them.

## How it knows a stranger

`domain.safetensors` (made by `python -m pretraining.clip_domain`) holds low-level statistics of rendered pictures; the
platform judges a part only where the record declares the studio and the part looks like it (docs/adr/0030).

## Use

```python
import open_clip

model = open_clip.create_model("local-dir:weights/nano-clip", precision="fp32").eval()
tokenizer = open_clip.get_tokenizer("local-dir:weights/nano-clip", bpe_path="weights/nano-clip/bpe.txt.gz")
```

Pictures: short side to {size} pixels (bicubic), centre cut, sRGB in [0, 1], mean and deviation as in
`open_clip_config.json`.
"""


def card(record: dict[str, Any], *, parameters: int) -> str:
    """Markdown of the figures that `pretraining.clip` measured."""
    from pretraining.clip_data import HELD_OUT_SEED, SIZE
    from pretraining.clip_model import CONTEXT

    stages, held = record["stages"], record["held_out"]
    rows = [
        f"| its own with a wrong {kind} | {held['auc_hard'][kind]:.3f} | {held['pairwise_hard'][kind]:.3f} |"
        for kind in held["auc_hard"]
    ]
    return _CARD.format(
        parameters=parameters,
        size=SIZE,
        context=CONTEXT,
        commands="\n".join(_command(stage, follows=k > 0) for k, stage in enumerate(stages)),
        last=stages[0]["scenes"] - 1,
        false=stages[0]["false_captions"],
        wall_s=sum(stage["wall_s"] for stage in stages),
        cpu_s=sum(stage["cpu_s"] for stage in stages),
        threads=stages[0]["threads"],
        n=held["scenes"],
        held_out=HELD_OUT_SEED,
        frames=held["frames_per_scene"],
        mismatched=held["auc_mismatched"],
        rows="\n".join(rows),
    )


def _command(stage: dict[str, Any], *, follows: bool) -> str:
    options = " ".join(f"--{name} {stage[name]:g}" for name in ("seed", "scenes", "steps", "batch", "lr"))
    return f"python -m pretraining.clip {options}" + (" --start-from weights/nano-clip" if follows else "")
