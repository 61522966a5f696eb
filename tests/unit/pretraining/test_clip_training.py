"""How the nano CLIP is made: its words, its loss, its figures."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from open_clip.tokenizer import SimpleTokenizer

import studio
from pretraining import clip_bpe, clip_data, clip_figures, clip_model
from pretraining.clip import Corpus, Recipe, build_model, contrast, draw_batch, encode_texts, main, train

RECIPE = Recipe(seed=1, scenes=24, steps=3, batch=8, lr=1e-3, weight_decay=0.1, warmup=2, false_captions=2)


@pytest.fixture(scope="module")
def captions() -> list[list[dict[str, str]]]:
    return [[studio.variants(studio.compose(seed), draw=draw) for draw in range(2)] for seed in range(24)]


@pytest.fixture(scope="module")
def merges(captions: list[list[dict[str, str]]]) -> list[clip_bpe.Pair]:
    return clip_bpe.learn(text for scene in captions for draw in scene for text in draw.values())


@pytest.fixture(scope="module")
def tokenizer(merges: list[clip_bpe.Pair], tmp_path_factory: pytest.TempPathFactory) -> SimpleTokenizer:
    file = tmp_path_factory.mktemp("words") / "bpe.txt.gz"
    clip_bpe.write(merges, file)
    return SimpleTokenizer(bpe_path=str(file), context_length=clip_model.CONTEXT)


def test_known_words_are_single_tokens(tokenizer: SimpleTokenizer) -> None:
    assert len(tokenizer.encode("a red ball")) == 3


@pytest.mark.parametrize("text", ["zephyr", "Müller's façade", "漢字 ok", "🎬 take 7!"])
def test_unknown_words_still_encode_by_bytes(tokenizer: SimpleTokenizer, text: str) -> None:
    assert "".join(tokenizer.decode(tokenizer.encode(text)).split()) == "".join(text.lower().split())


def test_the_vocabulary_is_small_and_open_clip_counts_it_alike(
    merges: list[clip_bpe.Pair], tokenizer: SimpleTokenizer
) -> None:
    assert clip_bpe.vocabulary_size(merges) == tokenizer.vocab_size <= clip_bpe.MAX_VOCABULARY


def test_learning_stops_where_it_is_told_to() -> None:
    assert len(clip_bpe.learn(["a red ball", "a red crate"] * 3, most=4)) == 4


def test_written_merges_read_back(merges: list[clip_bpe.Pair], tmp_path: Path) -> None:
    clip_bpe.write(merges, tmp_path / "bpe.txt.gz")
    assert clip_bpe.read(tmp_path / "bpe.txt.gz") == merges


def test_equal_merges_are_equal_bytes(merges: list[clip_bpe.Pair], tmp_path: Path) -> None:
    for name in ("a", "b"):
        clip_bpe.write(merges, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert gzip.decompress((tmp_path / "a").read_bytes()).decode().count("\n") == len(merges)


def test_texts_are_encoded_as_open_clip_encodes_them(merges: list[clip_bpe.Pair], tokenizer: SimpleTokenizer) -> None:
    model = build_model(RECIPE, merges).eval()
    tokens = tokenizer(["a ball", "two blue robots walk in a meadow at noon under a clear sky", "it", "a red car"])
    with torch.no_grad():
        assert torch.allclose(encode_texts(model, tokens), model.encode_text(tokens), atol=1e-5)


def test_the_loss_is_least_when_pictures_meet_their_own_captions() -> None:
    images = torch.eye(4)
    texts = torch.stack([images, -images], dim=1)
    right, share = contrast(images, texts, torch.tensor(20.0))
    wrong, none = contrast(images, texts.flip(1), torch.tensor(20.0))
    assert right < 0.01 < wrong
    assert (share, none) == (1.0, 0.0)


def test_the_area_under_the_curve_counts_ties_half() -> None:
    assert clip_figures.auc(np.array([1.0, 2.0]), np.array([0.0, 1.0])) == pytest.approx(0.875)


def test_rendered_scenes_read_back_as_they_were(tmp_path: Path) -> None:
    clip_data.render(range(3), tmp_path / "shard", draws=2)
    stills, captions = clip_data.load(tmp_path / "shard")
    assert stills.shape == (3, clip_data.STILLS, clip_data.SIZE, clip_data.SIZE, 3)
    assert np.array_equal(stills[1], clip_data.render_scene(1, draws=2)[0])
    assert captions[2] == [studio.variants(studio.compose(2), draw=draw) for draw in range(2)]


def test_a_few_steps_lower_the_loss_and_repeat_exactly(
    captions: list[list[dict[str, str]]],
    merges: list[clip_bpe.Pair],
    tokenizer: SimpleTokenizer,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stills = np.stack([clip_data.render_scene(seed)[0] for seed in range(24)])
    texts = [draw[kind] for scene in captions for draw in scene for kind in clip_data.KINDS]
    tokens = tokenizer(texts).numpy().astype(np.int16).reshape(24, 2, 5, -1)
    data = Corpus(stills, tokens)
    first, again = (train(RECIPE, data, build_model(RECIPE, merges)) for _ in range(2))
    losses = [float(line.split()[3]) for line in capsys.readouterr().out.splitlines()]
    assert losses[1] < losses[0]
    assert all(torch.equal(a, b) for a, b in zip(first.parameters(), again.parameters(), strict=True))


def test_a_batch_holds_the_true_caption_first(tokenizer: SimpleTokenizer) -> None:
    tokens = np.arange(6 * 2 * 5, dtype=np.int16).reshape(6, 2, 5, 1)
    stills = np.zeros((6, 2, 64, 64, 3), dtype=np.uint8)
    recipe = replace(RECIPE, scenes=6, batch=4, false_captions=3)
    _, drawn = draw_batch(Corpus(stills, tokens), recipe, np.random.default_rng(0))
    assert drawn.shape == (4, 4, 1)
    assert (drawn[:, 0, 0] % 5 == 0).all()
    assert all(len(set(row)) == 3 and 0 not in row for row in (drawn[:, 1:, 0] % 5).tolist())


def test_the_command_leaves_a_model_that_a_second_stage_continues(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    common = f"--scenes 12 --steps 2 --batch 6 --held-out 3 --data {tmp_path / 'data'}".split()
    main([*common, "--out", str(first)])
    main([*common, "--out", str(second), "--start-from", str(first), "--seed", "1"])
    told = json.loads((second / "figures.json").read_text())
    assert [stage["seed"] for stage in told["stages"]] == [0, 1]
    assert 0 <= told["held_out"]["auc_mismatched"] <= 1
    assert (second / "bpe.txt.gz").read_bytes() == (first / "bpe.txt.gz").read_bytes()
    card = (second / "MODEL_CARD.md").read_text()
    assert "--seed 1 --scenes 12 --steps 2 --batch 6 --lr 0.0012 --start-from" in card
