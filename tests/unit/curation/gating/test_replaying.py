"""Judging only what differs gives what judging everything gives."""

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from curation.gating import Calibrations, Curve, Policy, Verdict, default_policy, judge
from curation.gating.histograms import BINS, Histogram, lines, spanning
from curation.gating.replaying import Before, Replay, StandingVerdict, StoredScore
from tests.factories.records import valid_record

BASE = default_policy()
CURVES = Calibrations(
    Curve(metric, model, "w", "p", ((0.0, 0.0), (1.0, 1.0)))
    for metric in ("clip.text_alignment", "image.same_scene")
    for model in ("one", "two")
)
RECORDS = [
    valid_record(),
    valid_record(audio=None, lighting=None),
    valid_record(lighting={"tags": {"key_ratio": "low_key"}}, video=None),
]


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """The default policy with some rules off and some bounds moved."""
    overrides: dict[str, Any] = {}
    for rule in draw(st.lists(st.sampled_from(BASE.rules), unique=True, max_size=6)):
        if draw(st.booleans()):
            overrides[rule.id] = {"enabled": False}
        elif not isinstance(rule.good, tuple) and rule.comparator != "outside":
            end = rule.reject if rule.reject is not None else rule.review
            moved = 0.3 if rule.calibrated else float(end) * draw(st.sampled_from([0.5, 2.0]))
            overrides[rule.id] = {"review": moved, "reject": None, "good": None}
    return BASE.overridden(overrides)


@st.composite
def measurements(draw: st.DrawFn) -> list[StoredScore]:
    """Scores about the bounds of some metrics, by models with and without a curve."""
    found = []
    for rule in draw(st.lists(st.sampled_from(BASE.rules), unique_by=lambda rule: rule.metric, max_size=12)):
        bound = rule.reject if rule.reject is not None else rule.review
        middle = bound[0] if isinstance(bound, tuple) else float(bound or 0)
        for part in draw(st.sampled_from([["a"], ["a", "b"]])):
            value = draw(st.none() | st.sampled_from([middle, middle - 1, middle + 1, middle * 0.9, middle * 1.1]))
            found.append(StoredScore(rule.metric, part, value, draw(st.sampled_from(["one", "no curve"])), "w", "p"))
    return found


def replayed(
    before: Policy, after: Policy, scores: Sequence[StoredScore], record: dict[str, Any]
) -> tuple[Replay, Verdict]:
    """The standing verdict of `before`, replayed with `after`; and the verdict of judging everything again."""
    stood = judge(before, scores, record, CURVES)
    used = [curve.sha256 for curve in CURVES.of(before.calibrated_metrics)]
    replay = Replay({1: Before(before, used)}, {2: after}, CURVES)
    findings = stood.findings_as_json()
    replay.add(StandingVerdict("s", "in_review", 1, 2, stood.outcome, findings, scores, record))
    return replay, judge(after, scores, record, CURVES)


@settings(max_examples=200, deadline=None)
@given(policies(), policies(), measurements(), st.sampled_from(RECORDS))
def test_replayed_difference_is_the_verdict_of_judging_everything(
    before: Policy, after: Policy, scores: list[StoredScore], record: dict[str, Any]
) -> None:
    replay, anew = replayed(before, after, scores, record)
    stood = judge(before, scores, record, CURVES)
    assert replay.transitions == {("in_review", stood.outcome, anew.outcome): 1}
    old = {(f.code, f.metric, f.part, f.outcome) for f in stood.findings}
    new = {(f.code, f.metric, f.part, f.outcome) for f in anew.findings}
    assert sum(count for (_, change), count in replay.rules.items() if change == "appear") == len(new - old)
    assert sum(count for (_, change), count in replay.rules.items() if change == "disappear") == len(old - new)
    assert bool(replay.shown) == (old != new)


def test_equal_policies_look_at_nothing() -> None:
    short = StoredScore("clip.duration_s", "video", 0.1, "", "", "")
    replay, _ = replayed(BASE, Policy.from_json(BASE.as_json()), [short], RECORDS[0])
    assert replay.plan(1, 2).touched == frozenset()
    assert (replay.shown, replay.rules) == ({}, {})


def test_examples_are_kept_up_to_the_number_asked_for_of_each_kind() -> None:
    after = BASE.overridden({"clip_too_short": {"reject": 9.0}})
    replay = Replay({1: Before(BASE, [])}, {2: after}, Calibrations(), examples=2)
    for number in range(5):
        score = StoredScore("clip.duration_s", "video", 5.0, "", "", "")
        replay.add(StandingVerdict(str(number), "in_review", 1, 2, "pass", [], [score], RECORDS[0]))
    [shown] = replay.shown.values()
    assert [one["submission"] for one in shown] == ["0", "1"]
    assert "measured 5 s" in shown[0]["appear"][0]["message"]


@given(st.floats(-100, 100), st.floats(0, 100), st.lists(st.none() | st.floats(-300, 300)))
def test_histogram_counts_every_value_once(low: float, width: float, values: list[float | None]) -> None:
    histogram = spanning(low, low + width, [])
    for value in values:
        histogram.add(value)
    told = histogram.as_json()
    assert len(told["counts"]) == BINS
    assert sum(told["counts"]) + told["below"] + told["above"] + told["without_value"] == len(values)
    assert told["without_value"] == values.count(None)


def test_histogram_reaches_every_bound_and_lists_the_lines_once() -> None:
    assert spanning(3.0, 5.0, [2.0, 9.0]) == Histogram(2.0, 9.0)
    drawn = lines("clip.short_side_px", [("before", BASE), ("before", BASE), ("after", BASE)])
    assert [(line["side"], line["review"], line["reject"], line["good"]) for line in drawn] == [
        ("before", 720.0, 480.0, 1080.0), ("after", 720.0, 480.0, 1080.0),
    ]  # fmt: skip
