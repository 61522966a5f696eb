"""The recipe of slate-nano: its schedule, batches and gates, and the checkpoint that came of it."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from pretraining import slate
from pretraining.slate_card import write_card
from pretraining.slate_data import SHAPE, encode_all, fit_codec, render
from pretraining.slate_gates import envelope, gate, only, psnr, swapped, sync
from pretraining.slate_optim import lr_share, make_optimizers
from videomodel.fingerprint import folder_fingerprint
from videomodel.slate.adapter import SlateNano, random_slate

WEIGHTS = Path(__file__).resolve().parents[3] / "weights" / "slate-nano"


@pytest.fixture(scope="module")
def takes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("takes")
    list(render(range(2), folder))
    return folder


def test_takes_are_rendered_once_and_come_back_as_they_were(takes: Path) -> None:
    (path,) = takes.glob("*.npz")
    before = path.stat().st_mtime_ns
    first, second = render(range(2), takes)
    assert path.stat().st_mtime_ns == before
    assert first.frames.shape == (17, 32, 32, 3)
    assert len(first.sound) == round(SHAPE.duration_s * 16_000)
    assert len(first.told["captions"]) == 3
    assert not np.array_equal(first.frames, second.frames)


def test_the_codec_fitted_on_takes_keeps_most_of_them(takes: Path) -> None:
    model, examples = random_slate(0), list(render(range(2), takes))
    kept = fit_codec(model, examples)
    assert kept["video"] > 0.9
    assert kept["audio"] > 0.9
    tensors = encode_all(model, examples)
    assert 0.2 < float(tensors["latents.video"].var()) < 5
    assert tensors["other.references"].shape[:2] == (2, 3)
    assert model.codec is not None
    back = model.codec.decode_video(tensors["latents.video"]).numpy()
    assert psnr(back, np.stack([example.frames for example in examples])).min() > 20


def test_a_batch_is_a_function_of_its_step_and_varies_words_and_stills(takes: Path) -> None:
    model, examples = random_slate(0), list(render(range(2), takes))
    fit_codec(model, examples)
    tensors = encode_all(model, examples)
    one, again = slate.pick(tensors, 3, 64, seed=0), slate.pick(tensors, 3, 64, seed=0)
    assert torch.equal(one.embedded["words"], again.embedded["words"])
    assert len({tuple(words.tolist()) for words in one.embedded["words"]}) > 2
    led_by_first = float((one.embedded["reference_role"] == 0).float().mean())
    assert 0.5 < led_by_first < 1.0


def test_the_rate_rises_stays_and_falls_to_nothing() -> None:
    shares = [lr_share(done) for done in (0.0, 0.015, 0.03, 0.4, 0.7, 1.0)]
    assert shares == pytest.approx([1 / 30, 0.5, 1.0, 1.0, 0.5, 0.0])


def test_every_weight_has_exactly_one_optimizer() -> None:
    transformer = random_slate(0).transformer
    held = [
        weight for optimizer in make_optimizers(transformer, lr=1e-3) for weight in optimizer.param_groups[0]["params"]
    ]
    assert len(held) == len({id(weight) for weight in held}) == len(list(transformer.parameters()))


def test_a_gate_passes_only_when_its_whole_interval_is_above_zero() -> None:
    rng = np.random.default_rng(0)
    wrong = rng.normal(20, 3, 40)
    assert gate(wrong + rng.normal(1, 0.5, 40), wrong, "dB")["passed"]
    assert not gate(wrong + rng.normal(0, 0.5, 40), wrong, "dB")["passed"]
    assert not gate(wrong - 1, wrong, "dB")["passed"]


def test_distances_are_what_they_say() -> None:
    truth = np.full((1, 3, 4, 4, 3), 100, np.uint8)
    off = truth.copy()
    off[:, 1:] += 10
    assert psnr(off, truth) == pytest.approx([-20 * np.log10(10 / 255)])
    rng = np.random.default_rng(0)
    knock = rng.normal(size=16_000).astype(np.float32) * (np.arange(16_000) % 4000 < 500)
    late = np.roll(knock, 2000)
    assert sync([knock * 0.5], [knock])[0] > 0.99
    assert sync([late], [knock])[0] < 0.1
    assert envelope(knock).shape == (25,)


def test_a_swapped_condition_is_the_neighbours_and_the_rest_stays() -> None:
    embedded = {"rays": torch.arange(3), "light": torch.arange(3), "given": torch.ones(3, 6)}
    wrong = swapped(embedded, ("camera",))
    assert wrong["rays"].tolist() == [2, 0, 1]
    assert wrong["light"].tolist() == [0, 1, 2]
    assert only(embedded, without=("events",))["given"][0].tolist() == [1, 1, 1, 1, 1, 0]


def test_the_checkpoint_is_small_and_is_the_one_that_was_measured(tmp_path: Path) -> None:
    figures = json.loads((WEIGHTS / "figures.json").read_text())
    files = [path for path in WEIGHTS.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 15_000_000
    assert folder_fingerprint(WEIGHTS) == figures["fingerprint"]
    model = SlateNano.load(WEIGHTS)
    assert sum(weight.numel() for weight in model.transformer.parameters()) == figures["parameters"]
    write_card(tmp_path / "card.md", figures)
    assert (tmp_path / "card.md").read_text() == (WEIGHTS / "MODEL_CARD.md").read_text()
    assert figures["gates"]["scene"]["passed"]


@pytest.mark.deep
def test_the_recipe_runs_to_its_card(tmp_path: Path) -> None:
    arguments = ["--takes", "4", "--held-out", "3", "--steps", "3", "--batch", "2"]
    slate.main([*arguments, "--work", str(tmp_path / "work"), "--out", str(tmp_path / "out")])
    figures = json.loads((tmp_path / "out" / "figures.json").read_text())
    assert [stage["steps"] for stage in figures["training"]] == [3]
    assert len(figures["gates"]) == 7
    assert figures["fingerprint"] in (tmp_path / "out" / "MODEL_CARD.md").read_text()
