"""Arbitrary JSON never breaks the pre-check; platform parts are added, never taken."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.record import RecordRefused, check_draft, parse_published, parse_record, published
from curation.record.parsing import MAX_RECORD_BYTES
from tests.factories.records import valid_record

leaves = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just("\ud800"), st.just(10**400)
)
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at] + [place for step, inner in steps for place in places(inner, (*at, step))]


PLACES = places(valid_record())[1:]


@settings(max_examples=100, deadline=None)
@given(anything)
def test_any_json_gives_a_list_of_problems(data: Any):
    problems = check_draft(data)
    assert problems
    assert all(problem.code and problem.message and problem.fix for problem in problems)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(PLACES), anything)
def test_any_value_at_any_place_is_taken_or_explained(place: tuple[Any, ...], value: Any):
    record = json.loads(json.dumps(valid_record()))
    part: Any = record
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    for problem in check_draft(record):
        assert problem.code
        problem.as_dict()["message"].encode()


def test_deep_nesting_is_refused_by_name():
    data: Any = "x"
    for _ in range(100_000):
        data = [data]
    assert check_draft(data)
    assert check_draft(valid_record(scene=data))


def test_record_over_a_megabyte_is_refused():
    rows = [[0.9 + i * 1e-12, 1.6, 0.5, 0.123456789012345] for i in range(10_000)]
    record = valid_record(duration_s=400.0, fps=25)
    record["camera"]["intrinsics"]["per_frame"] = rows
    record["audio"]["speech"] = [{"start": 0.0, "end": 1.0, "text": "a" * 4_000}] * 250
    with pytest.raises(RecordRefused) as refusal:
        parse_record(record)
    assert refusal.value.code == "too_large"
    assert f"{MAX_RECORD_BYTES:,}" in refusal.value.problems[0].fix


def test_long_list_of_problems_is_cut_and_says_so():
    record = valid_record()
    record["scene"]["style"] = [1] * 200
    record["audio"]["events"] = [{}] * 200
    problems = check_draft(record)
    assert len(problems) == 101
    assert problems[-1].code == "more"


def test_platform_parts_are_added_for_export_and_read_back():
    record = parse_record(valid_record())
    whole = published(
        record,
        quality={"overall": 0.8, "modalities": {"scene": 0.9}, "policy": "default-1"},
        groups={"split_group": "g1"},
        split="train",
    )
    assert parse_published(whole.model_dump(mode="json")) == whole
    assert whole.scene == record.scene


def test_published_parts_are_checked_too():
    with pytest.raises(RecordRefused) as refusal:
        published(parse_record(valid_record()), quality={"overall": 2, "policy": "p"}, groups={}, split="nowhere")
    assert {problem.path for problem in refusal.value.problems} == {"quality.overall", "groups.split_group", "split"}


def test_form_is_shown_by_an_example():
    record = valid_record()
    record["scene"]["language"] = "english"
    assert check_draft(record)[0].fix == "Write it like en or pt-BR."
