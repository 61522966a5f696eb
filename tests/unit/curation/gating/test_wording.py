"""Every refusal says metric, measured, asked and how to fix it: all rules of the default policy, on every side."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.gating import Calibrations, Curve, Finding, Rule, default_policy, wording
from curation.gating.judging import findings_of, judged_value


@dataclass(frozen=True)
class Stored:
    metric: str
    value: float | None
    part: str = "video"
    model_id: str = ""
    weights_sha256: str = "ab"
    preprocessing_id: str = "p"


def sides(rule: Rule) -> Iterator[tuple[str, float, float]]:
    """(which bound, the bound, a value just beyond it) for every end of every bound; each is refused by that bound."""
    for name, bound in (("review", rule.review), ("reject", rule.reject)):
        ends = bound if isinstance(bound, tuple) else (bound,)
        for place, end in enumerate(ends):
            if end is None:
                continue
            below = rule.comparator == "below" or (rule.comparator == "outside" and place == 0)
            yield name, end, math.nextafter(end, -math.inf if below else math.inf)
            yield name, end, end - 0.001 * (1 + abs(end)) if below else end + 0.001 * (1 + abs(end))


def every_side() -> list[object]:
    return [
        pytest.param(rule, end, value, id=f"{rule.id}-{name}-{end}-{value}")
        for rule in default_policy().rules
        for name, end, value in sides(rule)
    ]


def refused(rule: Rule, value: float) -> Finding:
    """What the rule says of the value; a probability is measured as a score that is one, by a curve made for that."""
    item = Stored(rule.metric, value, model_id=f"{rule.model}/weights")
    straight = Curve(rule.metric, item.model_id, "ab", "p", ((0.0, 0.0), (1.0, 1.0)))
    [finding] = findings_of(rule, [item], Calibrations([straight]))
    return finding


@pytest.mark.parametrize(("rule", "end", "value"), every_side())
def test_refusal_says_metric_measured_asked_and_fix(rule: Rule, end: float, value: float) -> None:
    finding = refused(rule, value)
    said = finding.sentence
    assert finding.told in said
    assert finding.asked in said
    assert rule.metric in said
    assert finding.fix
    assert said.endswith(finding.fix)
    assert said.startswith(finding.message)
    assert wording.number(end) in finding.asked
    measured = re.search(r"-?\d[\d.]*(e[+-]?\d+)?", finding.told)
    assert measured
    assert float(measured[0]) == pytest.approx(value, rel=0.006, abs=1e-9)
    if rule.unit:
        assert finding.told.endswith(f" {rule.unit}")
        assert finding.asked.endswith(f" {rule.unit}")


@pytest.mark.parametrize(("rule", "end", "value"), every_side())
def test_refusal_never_seems_to_refuse_what_it_asks(rule: Rule, end: float, value: float) -> None:
    finding = refused(rule, value)
    assert wording.number(end) not in finding.told.split()
    assert not re.search(r"\d,\d|{|}", finding.sentence)


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_number_in_words_is_the_number_to_three_digits(value: float) -> None:
    told = wording.number(value)
    assert re.fullmatch(r"-?\d+(\.\d+)?(e[+-]\d+)?", told)
    assert float(told) == pytest.approx(value, rel=0.0051)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_two_numbers_that_differ_look_different(value: float, other: float) -> None:
    told = wording.number(value, apart_from=other)
    assert (told == wording.number(other)) <= (value == other or float(told) == other)


def test_usual_numbers_read_as_people_write_them() -> None:
    told = [wording.number(value) for value in (16000.0, 16000.4, 0.0001, 1.5, 0.25, 1e-9, -35.0, 0.0)]
    assert told == ["16000", "16000", "0.0001", "1.5", "0.25", "0.000000001", "-35", "0"]
    assert wording.number(0.2499999, apart_from=0.25) == "0.2499999"


def test_what_was_not_measured_says_so() -> None:
    [rule] = [rule for rule in default_policy().rules if rule.id == "clip_too_short"]
    [finding] = findings_of(rule, [])
    assert "not measured" in finding.sentence
    assert finding.asked == "at least 2 s"


def test_value_without_a_curve_is_not_judged() -> None:
    rule = Rule(id="fits", metric="clip.fit", modality="video", comparator="below", review=0.5, calibrated=True,
                message="m", fix="f")  # fmt: skip
    item = Stored("clip.fit", 0.1, model_id="a-model")
    assert judged_value(rule, item, Calibrations()) is None
    assert list(findings_of(rule, [item])) == []
