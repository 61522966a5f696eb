"""Make slate-nano from nothing: `python -m pretraining.slate --seed 0`.

Renders takes of the film set (kept in the work folder), fits the codec, trains the transformer on all conditions at
once, measures it on takes it has not seen, and writes the checkpoint with its card and figures.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from pretraining.slate_card import write_card
from pretraining.slate_data import STILL_ROLES, encode_all, fit_codec, render
from pretraining.slate_gates import evaluate
from pretraining.slate_optim import lr_share, make_optimizers
from training.engine.batches import Batch, generator_of_step
from training.engine.objective import training_losses, validation_losses
from videomodel.slate.adapter import SlateNano, random_slate
from videomodel.slate.conditioning import role_number

Rows = dict[str, Tensor]

FIRST_HELD_OUT = 1_000_000
OTHER_STILL_SHARE = 0.25
REPORT_EVERY = 50
SAVE_EVERY = 100


def main(arguments: list[str]) -> None:
    """Run the whole recipe; every number that decides the result is an argument."""
    options = _parse(arguments)
    torch.set_num_threads(options.threads)
    began = time.monotonic()
    held_out = list(render(range(FIRST_HELD_OUT, FIRST_HELD_OUT + options.held_out), options.work / "held-out"))
    takes = list(render(range(options.takes), options.work / "takes"))
    _tell(event="rendered", takes=len(takes), seconds=round(time.monotonic() - began, 1))
    if options.start is None:
        model, stages = random_slate(options.seed), []
        _tell(event="codec", variance_kept=fit_codec(model, takes[:400]))
    else:
        model = SlateNano.load(options.start)
        stages = json.loads((options.start / "figures.json").read_text())["training"]
    tensors, unseen = encode_all(model, takes), encode_all(model, held_out)
    steps, trained_s = train(model, tensors, unseen, options)
    options.out.mkdir(parents=True, exist_ok=True)
    model.save(options.out)
    finished = SlateNano.load(options.out)  # what is measured is what was written, rounding included
    stage = {
        "seed": options.seed, "takes": options.takes, "steps": steps, "batch": options.batch, "lr": options.lr,
        "seconds": round(trained_s), "threads": options.threads, "machine": platform.machine(),
    }  # fmt: skip
    figures = evaluate(finished, held_out, unseen) | {
        "shape": [*asdict(finished.trained_shape).values()],
        "training": [*stages, stage],
        "parameters": sum(weight.numel() for weight in finished.transformer.parameters()),
        "fingerprint": finished.fingerprint,
    }
    (options.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    write_card(options.out / "MODEL_CARD.md", figures)
    _tell(event="finished", gates={name: value["passed"] for name, value in figures["gates"].items()})


def train(model: SlateNano, tensors: Rows, unseen: Rows, options: argparse.Namespace) -> tuple[int, float]:
    """Train in place until the steps or the minutes are used up; gives the steps done and the seconds they took.

    Goes on from the work folder's last state when it was stopped.
    """
    optimizers = make_optimizers(model.transformer, lr=options.lr)
    state_path = options.work / f"state-{options.seed}-{options.takes}-{options.batch}-{options.lr}.pt"
    first, spent_s = _restore(state_path, model, optimizers)
    started, weights = time.monotonic(), list(model.transformer.parameters())
    model.transformer.train()
    step, seconds = first, spent_s
    while (done := max(step / options.steps, seconds / 60 / options.minutes)) < 1:
        batch = pick(tensors, step, options.batch, options.seed)
        for optimizer in optimizers:
            optimizer.param_groups[0]["lr"] = options.lr * lr_share(done)
        losses = training_losses(model, batch, generator_of_step(step, seed=options.seed))
        torch.stack(list(losses.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad()
        step, seconds = step + 1, spent_s + time.monotonic() - started
        if step % REPORT_EVERY == 0:
            _report(step, model, losses, unseen, seconds)
        if step % SAVE_EVERY == 0:
            _keep(state_path, model, optimizers, step, seconds)
    model.transformer.eval()
    return step, seconds


def pick(tensors: Rows, step: int, count: int, seed: int) -> Batch:
    """A random batch; one example in four is led by another still of its scene instead of its first frame."""
    generator = generator_of_step(step, seed=seed, rank=1)
    chosen = torch.randint(len(tensors["embedded.given"]), (count,), generator=generator)
    rows = {name: value[chosen] for name, value in tensors.items()}
    elsewhere = torch.rand(count, generator=generator) < OTHER_STILL_SHARE
    which = torch.randint(len(STILL_ROLES), (count,), generator=generator)
    others = rows.pop("other.references")[torch.arange(count), which]
    roles = torch.tensor([role_number(role) for role in STILL_ROLES])[which]
    still = torch.where(elsewhere.view(-1, 1, 1, 1), others, rows["embedded.reference"])
    words = rows.pop("other.words")[torch.arange(count), torch.randint(3, (count,), generator=generator)]
    rows |= {"embedded.words": words}
    rows |= {"embedded.reference": still, "embedded.reference_role": torch.where(elsewhere, roles, 0)}
    return _batch(rows)


def _batch(rows: Rows) -> Batch:
    def part(prefix: str) -> Rows:
        return {name.removeprefix(prefix): value for name, value in rows.items() if name.startswith(prefix)}

    return Batch(part("latents."), part("has."), part("embedded."))


def _report(step: int, model: SlateNano, losses: Rows, unseen: Rows, seconds: float) -> None:
    facts: dict[str, Any] = {f"loss_{name}": round(float(loss.detach()), 4) for name, loss in losses.items()}
    if step % (4 * REPORT_EVERY) == 0:
        model.transformer.eval()
        few = _batch({name: value[:32] for name, value in unseen.items()})
        facts |= {f"held_out_{name}": round(loss, 4) for name, loss in validation_losses(model, few).items()}
        model.transformer.train()
    _tell(event="step", step=step, seconds=round(seconds, 1), **facts)


def _keep(path: Path, model: SlateNano, optimizers: list[torch.optim.Optimizer], step: int, seconds: float) -> None:
    draft = path.with_suffix(".draft")
    states = [optimizer.state_dict() for optimizer in optimizers]
    torch.save(
        {"weights": model.transformer.state_dict(), "optimizers": states, "step": step, "seconds": seconds}, draft
    )
    draft.replace(path)


def _restore(path: Path, model: SlateNano, optimizers: list[torch.optim.Optimizer]) -> tuple[int, float]:
    if not path.exists():
        return 0, 0.0
    state = torch.load(path, weights_only=True)
    model.transformer.load_state_dict(state["weights"])
    for optimizer, kept in zip(optimizers, state["optimizers"], strict=True):
        optimizer.load_state_dict(kept)
    return state["step"], state["seconds"]


def _tell(**facts: Any) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m pretraining.slate", description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--takes", type=int, default=768)
    parser.add_argument("--held-out", type=int, default=48)
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--minutes", type=float, default=40, help="the schedule ends here if the steps take longer")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--start", type=Path, help="go on from this checkpoint folder instead of from nothing")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--work", type=Path, default=Path("var/pretraining/slate"))
    parser.add_argument("--out", type=Path, default=Path("weights/slate-nano"))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
