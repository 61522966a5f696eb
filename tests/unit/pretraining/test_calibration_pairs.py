"""The studio's pairs are balanced, repeatable, and of scenes nobody was trained on; the nano CLIP's curve fits them."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from curation.gating.shipped import shipped
from curation.scoring.calibration import area_under_curve, expected_calibration_error
from curation.scoring.clip_model import ClipModel
from curation.scoring.clip_scorer import CLIP_TEXT, IMAGE_TEXT, SAME_SCENE, ClipScorer
from curation.scoring.clip_weights import choose
from curation.scoring.pairs import Pair, score_pairs
from pretraining.calibration_pairs import FIRST_SEED, studio_pairs
from pretraining.clip_data import HELD_OUT_SEED

WEIGHTS = Path(__file__).resolve().parents[3] / "weights" / "nano-clip"
OTHERS = FIRST_SEED + 50_000  # scenes that the shipped curve has not seen


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return list(studio_pairs(16, first_seed=OTHERS))


def test_right_and_wrong_pairs_are_as_many_of_every_metric(pairs: list[Pair]) -> None:
    counted = Counter((pair.metric, pair.right) for pair in pairs)
    assert counted == {
        (metric, right): count * 16
        for metric, count in ((CLIP_TEXT, 2), (IMAGE_TEXT, 2), (SAME_SCENE, 3))
        for right in (True, False)
    }
    assert {pair.kind for pair in pairs if not pair.right} == {"other scene", "color", "subject", "count"}


def test_same_seeds_give_the_same_pairs(pairs: list[Pair]) -> None:
    again = list(studio_pairs(2, first_seed=OTHERS + 1))[14:28]
    there = pairs[28:42]  # the same scene, after the same one
    assert [pair.text for pair in again] == [pair.text for pair in there]
    assert all((a.frames[0] == b.frames[0]).all() for a, b in zip(again, there, strict=True))


def test_scenes_are_held_out() -> None:
    assert FIRST_SEED > HELD_OUT_SEED + 10_000


def test_shipped_curves_are_of_the_bundled_weights_and_hold_on_other_scenes(pairs: list[Pair]) -> None:
    scorer = ClipScorer(ClipModel(choose("", "", bundled=WEIGHTS), device="cpu"))
    source = scorer.source
    found = score_pairs(pairs, scorer)
    own = {one.curve.metric: one for one in shipped() if one.curve.weights_sha256 == source.weights_sha256}
    assert set(own) == {CLIP_TEXT, IMAGE_TEXT, SAME_SCENE}
    for metric, one in own.items():
        assert (one.curve.model_id, one.curve.preprocessing_id) == (source.model_id, source.preprocessing_id)
        scored = found[metric].as_pairs()
        assert area_under_curve(scored.scores, scored.right) > one.figures["auc"]["low"] - 0.06
        chances = np.array([one.curve.probability(score) for score in scored.scores])
        assert expected_calibration_error(chances, scored.right.astype(float)) < 0.17  # of so few pairs


@pytest.mark.deep
def test_shipped_curves_are_calibrated_on_many_other_scenes() -> None:
    scorer = ClipScorer(ClipModel(choose("", "", bundled=WEIGHTS), device="cpu"))
    found = score_pairs(studio_pairs(200, first_seed=OTHERS), scorer)
    curves = {one.curve.metric: one.curve for one in shipped() if one.curve.weights_sha256}
    for metric, scored in found.items():
        pairs = scored.as_pairs()
        chances = np.array([curves[metric].probability(score) for score in pairs.scores])
        assert expected_calibration_error(chances, pairs.right.astype(float)) < 0.06
