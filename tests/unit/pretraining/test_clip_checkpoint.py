"""The committed nano CLIP tells true captions from false ones, on scenes it never saw."""

import json
from pathlib import Path

import pytest
from open_clip.model import CLIP
from open_clip.tokenizer import SimpleTokenizer

from pretraining import clip_data, clip_figures, clip_model

FOLDER = Path(__file__).parents[3] / "weights" / "nano-clip"
UNSEEN = clip_data.HELD_OUT_SEED + 5_000  # none of the model card's scenes either


@pytest.fixture(scope="module")
def nano() -> tuple[CLIP, SimpleTokenizer]:
    return clip_model.load(FOLDER)


def test_the_checkpoint_is_small_and_complete() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 15_000_000
    names = {file.name for file in FOLDER.iterdir()}
    assert {
        "open_clip_config.json",
        "open_clip_model.safetensors",
        "bpe.txt.gz",
        "MODEL_CARD.md",
        "figures.json",
    } <= names


def test_the_card_says_where_the_model_does_not_apply() -> None:
    card = (FOLDER / "MODEL_CARD.md").read_text()
    assert "knows the studio's" in card.replace("\n", " ")
    assert "python -m pretraining.clip" in card
    assert json.loads((FOLDER / "figures.json").read_text())["held_out"]["scenes"] >= 300


def test_true_captions_rank_above_false_ones(nano: tuple[CLIP, SimpleTokenizer]) -> None:
    figures = clip_figures.measure(*nano, range(UNSEEN, UNSEEN + 64))
    assert figures["auc_mismatched"] > 0.95
    assert figures["pairwise_hard_mean"] > 0.8


@pytest.mark.deep
def test_the_cards_figures_hold_on_four_hundred_other_scenes(nano: tuple[CLIP, SimpleTokenizer]) -> None:
    told = json.loads((FOLDER / "figures.json").read_text())["held_out"]
    figures = clip_figures.measure(*nano, range(UNSEEN, UNSEEN + 400))
    assert figures["auc_mismatched"] > told["auc_mismatched"] - 0.03
    assert figures["pairwise_hard_mean"] > told["pairwise_hard_mean"] - 0.05
