"""Rules in probability hold whatever model measures; curves that are none are refused."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.gating import Calibrations, Curve, CurveInvalid, Outcome, Policy, PolicyInvalid, judge
from tests.factories.records import valid_record

SMALL = Curve("clip.fit", "small", "a" * 64, "px-64", ((0.0, 0.0), (0.4, 0.2), (0.8, 1.0)))
LARGE = Curve("clip.fit", "large", "b" * 64, "px-224", ((0.1, 0.0), (0.3, 1.0)))
STARTING = Curve("clip.fit", "huge", "", "", ((0.0, 0.0), (1.0, 1.0)))
KNOWN = Calibrations([SMALL, LARGE, STARTING])
RULE: dict[str, Any] = {
    "id": "caption_differs", "metric": "clip.fit", "modality": "video", "comparator": "below", "review": 0.5,
    "good": 0.9, "calibrated": True, "message": "Caption and clip differ.", "fix": "Say what is seen.",
}  # fmt: skip


@dataclass(frozen=True)
class Stored:
    model_id: str
    value: float
    weights_sha256: str
    preprocessing_id: str
    metric: str = "clip.fit"
    part: str = "video"


def policy(**changes: Any) -> Policy:
    return Policy.from_json({"version": 1, "rules": [RULE | changes], "weights": {"video": 1.0}})


def outcome(item: Stored) -> Outcome:
    return judge(policy(), [item], valid_record(), KNOWN).outcome


def test_one_rule_holds_for_every_calibrated_model() -> None:
    assert outcome(Stored("small", 0.4, "a" * 64, "px-64")) == Outcome.REVIEW
    assert outcome(Stored("large", 0.4, "b" * 64, "px-224")) == Outcome.PASS
    assert outcome(Stored("large", 0.19, "b" * 64, "px-224")) == Outcome.REVIEW


def test_finding_says_probability_raw_value_and_model() -> None:
    [finding] = judge(policy(), [Stored("small", 0.4, "a" * 64, "px-64")], valid_record(), KNOWN).findings
    assert (finding.measured, finding.probability, finding.model_id) == (0.4, 0.2, "small")
    assert finding.asked == "a probability of at least 0.5"
    assert "measured a probability of 0.2 (0.4 by small)" in finding.sentence


def test_quality_is_on_the_scale_of_probability() -> None:
    found = judge(policy(), [Stored("small", 0.7, "a" * 64, "px-64")], valid_record(), KNOWN)
    assert found.quality["video"] == pytest.approx(0.875)


def test_other_weights_or_preprocessing_are_another_model() -> None:
    assert outcome(Stored("small", 0.1, "c" * 64, "px-64")) == Outcome.PASS
    assert outcome(Stored("small", 0.1, "a" * 64, "px-96")) == Outcome.PASS


def test_starting_values_hold_for_any_weights_of_that_name() -> None:
    assert outcome(Stored("huge", 0.1, "d" * 64, "anything")) == Outcome.REVIEW


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"review": 1.5, "good": None}, "probabilities"),
        ({"comparator": "above"}, "below"),
        ({"unit": "s"}, "no unit"),
        ({"review": 0.0, "good": None}, "probabilities"),
    ],
)
def test_rule_in_probability_has_probabilities_for_bounds(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(PolicyInvalid, match=said):
        policy(**changes)


@pytest.mark.parametrize(
    "points",
    [
        [], [[0, 0.5]], [[0, 0], [0, 1]], [[1, 0], [0, 1]], [[0, 0.2], [1, 0.1], [2, 0.3]], [[0, -0.1], [1, 1]],
        [[0, 0], [float("inf"), 1]], [[0, float("nan")], [1, 1]], [[n, n / 999] for n in range(999)], "points", None,
    ],
)  # fmt: skip
def test_points_that_are_no_curve_are_refused(points: Any) -> None:
    data = {"metric": "clip.fit", "model_id": "m", "weights_sha256": "", "preprocessing_id": "", "points": points}
    with pytest.raises(CurveInvalid):
        Curve.from_json(data)


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(0, 1)), min_size=2, max_size=30), st.booleans(), st.data())
def test_curve_is_monotone_and_survives_json(
    drawn: list[tuple[float, float]], falling: bool, data: st.DataObject
) -> None:
    scores = sorted({round(score, 6) for score, _ in drawn})
    if len(scores) < 2:
        scores = [scores[0], scores[0] + 1]
    chances = sorted((chance for _, chance in drawn), reverse=falling)[: len(scores)]
    curve = Curve("a.b", "m", "", "", tuple(zip(scores, chances, strict=True)))
    assert Curve.from_json(curve.as_json()).sha256 == curve.sha256
    low, high = sorted(data.draw(st.tuples(st.floats(-9, 9), st.floats(-9, 9))))
    first, second = curve.probability(low), curve.probability(high)
    assert (first >= second - 1e-12) if falling else (first <= second + 1e-12)
    for score, chance in curve.points:
        assert curve.probability(score) == pytest.approx(chance)
