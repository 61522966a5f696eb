"""What the nano CLIP can tell, on scenes it never saw: areas under the ROC curve of true against false captions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from open_clip.model import CLIP
from open_clip.tokenizer import SimpleTokenizer

from pretraining import clip_data, clip_model

FRAMES = 3  # a clip's score is the mean over three of its frames


def auc(right: NDArray[np.floating], wrong: NDArray[np.floating]) -> float:
    """Chance that a right pair scores above a wrong one (ties count half)."""
    above = (right[:, None] > wrong[None, :]).mean()
    equal = (right[:, None] == wrong[None, :]).mean()
    return float(above + 0.5 * equal)


def scores(model: CLIP, tokenizer: SimpleTokenizer, seeds: Sequence[int]) -> dict[str, NDArray[np.float64]]:
    """Cosine of each scene's clip with its captions by kind `[scenes]`, and with another scene's under "mismatched"."""
    stills, captions = [], []
    for seed in seeds:
        pictures, told = clip_data.render_scene(seed, draws=1, count=FRAMES)
        stills.append(pictures)
        captions.append(told[0])
    with torch.inference_mode():
        pixels = clip_model.normalised(torch.from_numpy(np.concatenate(stills)))
        images = torch.cat([model.encode_image(part, normalize=True) for part in pixels.split(64)])
        images = images.reshape(len(captions), FRAMES, -1)
        texts = {
            kind: torch.cat([model.encode_text(tokenizer([c[kind] for c in captions]).clone(), normalize=True)])
            for kind in clip_data.KINDS
        }
    found = {kind: (images * text[:, None]).sum(-1).mean(1).double().numpy() for kind, text in texts.items()}
    found["mismatched"] = (images * texts["true"].roll(1, 0)[:, None]).sum(-1).mean(1).double().numpy()
    return found


def measure(model: CLIP, tokenizer: SimpleTokenizer, seeds: Sequence[int]) -> dict[str, object]:
    """The card's figures: `auc` ranks over all scenes, `pairwise` asks each clip which of its two captions fits."""
    found = scores(model, tokenizer, seeds)
    true = found["true"]
    kinds = [kind for kind in clip_data.KINDS if kind != "true"]
    pairwise = {kind: float((true > found[kind]).mean()) for kind in kinds}
    return {
        "scenes": len(true),
        "frames_per_scene": FRAMES,
        "auc_mismatched": round(auc(true, found["mismatched"]), 4),
        "auc_hard": {kind: round(auc(true, found[kind]), 4) for kind in kinds},
        "pairwise_hard": {kind: round(value, 4) for kind, value in pairwise.items()},
        "pairwise_hard_mean": round(sum(pairwise.values()) / len(kinds), 4),
        "mean_cosine": {kind: round(float(values.mean()), 4) for kind, values in found.items()},
    }
