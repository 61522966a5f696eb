"""Trains the nano CLIP: `python -m pretraining.clip --seed 0`. Renders its data, learns its words, judges itself.

Every picture meets its true caption, those of the other pictures, and its own with one thing changed.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from open_clip.model import CLIP, CLIPTextCfg, CLIPVisionCfg
from open_clip.tokenizer import SimpleTokenizer
from torch.nn import functional

from pretraining import clip_bpe, clip_card, clip_data, clip_figures, clip_model

SHARD = 1000


@dataclass(frozen=True)
class Recipe:
    """All that decides the outcome, beside the code."""

    seed: int
    scenes: int
    steps: int
    batch: int
    lr: float
    weight_decay: float
    warmup: int
    false_captions: int  # of the four kinds, drawn anew for each picture and step


@dataclass(frozen=True)
class Corpus:
    stills: NDArray[np.uint8]  # [scenes, stills, 64, 64, 3]
    tokens: NDArray[np.int16]  # [scenes, draws, 5, CONTEXT]; kind 0 is true


def main(argv: Sequence[str] | None = None) -> None:
    args = _arguments(argv)
    recipe = Recipe(args.seed, args.scenes, args.steps, args.batch, args.lr, 0.1, 60, 2)
    render_missing(args.data, recipe.scenes)
    started = time.monotonic()
    captions = [scene for shard in _shards(args.data, recipe.scenes) for scene in clip_data.load(shard)[1]]
    merges, model, stages = _beginning(args.start_from, recipe, captions)
    args.out.mkdir(parents=True, exist_ok=True)
    clip_bpe.write(merges, args.out / clip_model.MERGES)
    tokenizer = SimpleTokenizer(bpe_path=str(args.out / clip_model.MERGES), context_length=clip_model.CONTEXT)
    train(recipe, corpus(args.data, captions, tokenizer, recipe), model)
    clip_model.save(model, args.out, clip_bpe.vocabulary_size(merges))
    spent = {"wall_s": round(time.monotonic() - started), "cpu_s": round(time.process_time())}
    stages.append({**asdict(recipe), "threads": torch.get_num_threads(), **spent})
    judge(args.out, stages, held_out=args.held_out)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--scenes", type=int, default=5000)
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--lr", type=float, default=1.2e-3)
    parser.add_argument("--held-out", type=int, default=400, help="scenes of the final figures")
    parser.add_argument("--start-from", type=Path, help="a folder of an earlier stage, whose words and weights go on")
    parser.add_argument("--data", type=Path, default=Path("var/pretraining/clip"), help="rendered scenes, kept")
    parser.add_argument("--out", type=Path, default=Path("weights/nano-clip"))
    return parser.parse_args(argv)


def _beginning(
    folder: Path | None, recipe: Recipe, captions: list[list[dict[str, str]]]
) -> tuple[list[clip_bpe.Pair], CLIP, list[dict[str, Any]]]:
    """Merges, model and earlier stages: those of the folder, or new ones."""
    if folder:
        stages = json.loads((folder / "figures.json").read_text())["stages"]
        return clip_bpe.read(folder / clip_model.MERGES), clip_model.load(folder)[0], stages
    merges = clip_bpe.learn(text for scene in captions for draw in scene for text in draw.values())
    return merges, build_model(recipe, merges), []


def judge(folder: Path, stages: list[dict[str, Any]], *, held_out: int) -> None:
    """Writes the figures and the card of the checkpoint in the folder, as it loads from there."""
    model, tokenizer = clip_model.load(folder)
    seeds = range(clip_data.HELD_OUT_SEED, clip_data.HELD_OUT_SEED + held_out)
    record = {"stages": stages, "held_out": clip_figures.measure(model, tokenizer, seeds)}
    (folder / "figures.json").write_text(json.dumps(record, indent=2) + "\n")
    parameters = sum(p.numel() for p in model.parameters())
    (folder / "MODEL_CARD.md").write_text(clip_card.card(record, parameters=parameters))
    print(json.dumps(record["held_out"]))


def render_missing(folder: Path, scenes: int) -> None:
    """Renders the shards that are not there yet."""
    for shard in _shards(folder, scenes):
        if not (shard / "stills.npy").exists():
            start = int(shard.name)
            clip_data.render(range(start, min(start + SHARD, scenes)), shard)
            print(f"rendered {shard}", flush=True)


def _shards(folder: Path, scenes: int) -> list[Path]:
    return [folder / f"{start:08d}" for start in range(0, scenes, SHARD)]


def corpus(folder: Path, captions: list[list[dict[str, str]]], tokenizer: SimpleTokenizer, recipe: Recipe) -> Corpus:
    """Stills and tokens in memory."""
    stills = np.concatenate([clip_data.load(shard)[0] for shard in _shards(folder, recipe.scenes)])
    texts = [draw[kind] for scene in captions for draw in scene for kind in clip_data.KINDS]
    tokens = tokenizer(texts).numpy().astype(np.int16)
    return Corpus(stills, tokens.reshape(len(captions), -1, len(clip_data.KINDS), clip_model.CONTEXT))


def build_model(recipe: Recipe, merges: list[clip_bpe.Pair]) -> CLIP:
    """A model with weights drawn from the recipe's seed."""
    torch.manual_seed(recipe.seed)
    shape = clip_model.configuration(clip_bpe.vocabulary_size(merges))["model_cfg"]
    return CLIP(shape["embed_dim"], CLIPVisionCfg(**shape["vision_cfg"]), CLIPTextCfg(**shape["text_cfg"]))


def train(recipe: Recipe, data: Corpus, model: CLIP) -> CLIP:
    """The model, trained further, in evaluation; AdamW, cosine rate, bfloat16 where it is safe."""
    rng = np.random.default_rng([recipe.seed, 50])
    model = model.train()
    optimizer = torch.optim.AdamW(_parameter_groups(model, recipe.weight_decay), lr=recipe.lr, betas=(0.9, 0.98))
    started = time.monotonic()
    for step in range(recipe.steps):
        rate = recipe.lr * min(1.0, (step + 1) / recipe.warmup) * 0.5 * (1 + math.cos(math.pi * step / recipe.steps))
        for group in optimizer.param_groups:
            group["lr"] = rate
        stills, tokens = draw_batch(data, recipe, rng)
        with torch.autocast("cpu", torch.bfloat16):
            images = model.encode_image(clip_model.normalised(stills))
            texts = encode_texts(model, tokens.flatten(0, 1))
        loss, right = contrast(images.float(), texts.unflatten(0, tokens.shape[:2]), model.logit_scale.exp())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        with torch.no_grad():
            model.logit_scale.clamp_(0, math.log(100))
        if step % 20 == 0 or step == recipe.steps - 1:
            print(f"step {step} loss {loss.item():.3f} own {right:.3f} s {time.monotonic() - started:.0f}", flush=True)
    return model.eval()


def _parameter_groups(model: CLIP, weight_decay: float) -> list[dict[str, object]]:
    """Matrices decay; gains, biases and the temperature do not."""
    matrices = [p for p in model.parameters() if p.ndim >= 2]
    others = [p for p in model.parameters() if p.ndim < 2]
    return [{"params": matrices, "weight_decay": weight_decay}, {"params": others, "weight_decay": 0.0}]


def draw_batch(data: Corpus, recipe: Recipe, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Stills uint8 `[B, 64, 64, 3]`, mirrored and shifted at random; tokens `[B, 1 + false, L]`, the true one first."""
    scenes = rng.choice(len(data.stills), recipe.batch, replace=False)
    stills = data.stills[scenes, rng.integers(data.stills.shape[1], size=recipe.batch)]
    stills = np.pad(stills, ((0, 0), (4, 4), (4, 4), (0, 0)), mode="edge")
    dy, dx = rng.integers(9, size=2)
    stills = stills[:, dy : dy + clip_data.SIZE, dx : dx + clip_data.SIZE]
    mirrored = rng.random(recipe.batch) < 0.5
    stills = np.where(mirrored[:, None, None, None], stills[:, :, ::-1], stills)
    draws = rng.integers(data.tokens.shape[1], size=recipe.batch)
    false = 1 + rng.permuted(np.tile(np.arange(4), (recipe.batch, 1)), axis=1)[:, : recipe.false_captions]
    kinds = np.concatenate([np.zeros((recipe.batch, 1), dtype=np.int64), false], axis=1)
    tokens = data.tokens[scenes[:, None], draws[:, None], kinds].astype(np.int64)
    return torch.from_numpy(np.ascontiguousarray(stills)), torch.from_numpy(tokens)


def encode_texts(model: CLIP, tokens: torch.Tensor, *, parts: int = 3) -> torch.Tensor:
    """Features float32 `[T, D]`, as `model.encode_text` gives them, without computing on the padding: texts of like
    length go together, cut where the longest of them ends (attention is causal, so nothing else changes)."""
    lengths = (tokens != 0).sum(1)
    order = torch.argsort(lengths, stable=True)
    features = []
    for chosen in order.tensor_split(parts):
        text = tokens[chosen, : int(lengths[chosen].max())]
        n = text.shape[1]
        x = model.token_embedding(text) + model.positional_embedding[:n]
        x = model.ln_final(model.transformer(x, attn_mask=model.attn_mask[:n, :n]))
        ends = x[torch.arange(len(text)), text.argmax(dim=-1)]
        features.append((ends @ model.text_projection).float())
    return torch.cat(features)[torch.argsort(order)]


def contrast(images: torch.Tensor, texts: torch.Tensor, scale: torch.Tensor) -> tuple[torch.Tensor, float]:
    """Loss, and how often a picture prefers its true caption to its own false ones.

    Args:
        images: `[B, D]`.
        texts: `[B, 1 + false, D]`, the true caption first.
    """
    images, texts = functional.normalize(images, dim=-1), functional.normalize(texts, dim=-1)
    target = torch.arange(len(images))
    to_all = scale * images @ texts.transpose(0, 1).flatten(0, 1).T  # true captions of the batch first
    to_true = to_all[:, : len(images)]
    own = scale * torch.einsum("bd,bkd->bk", images, texts)
    own_loss = functional.cross_entropy(own, torch.zeros_like(target))
    loss = 0.5 * functional.cross_entropy(to_all, target) + 0.5 * functional.cross_entropy(to_true.T, target) + own_loss
    return loss, float((own.argmax(1) == 0).float().mean())


if __name__ == "__main__":
    main()
