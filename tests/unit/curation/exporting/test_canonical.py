"""The fast way to canonical JSON says what the reference says, byte for byte."""

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from curation.exporting.canonical import NotCanonical, canonical_line
from tests.factories.records import valid_record

numbers = st.one_of(
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(-1e-3, 1e-3),
    st.sampled_from([0.0, -0.0, 1.0, 1e-7, 5e-5, 1e-4, 9007199254740991.0, 1e15, 1e16, 1e20, 1e21, 1.5e300]),
)
texts = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=12,
)


@given(values, st.booleans())
def test_every_value_is_written_as_the_reference_writes_it(value: object, escaped: bool) -> None:
    assert canonical_line(json.dumps(value, ensure_ascii=escaped)) == rfc8785.dumps(value)


def test_a_record_is_written_as_the_reference_writes_it() -> None:
    record = valid_record()
    assert canonical_line(json.dumps(record, indent=2)) == rfc8785.dumps(record)


def test_numbers_as_the_database_writes_them() -> None:
    assert canonical_line("[0.00005, 0.0000001, 100000000000000000000, 1.50, -0.0, 3.0]") == (
        b"[0.00005,1e-7,100000000000000000000,1.5,0,3]"
    )


@pytest.mark.parametrize("text", ["{", "NaN", "[Infinity]", "1e999", "[" * 100_000])
def test_what_has_no_canonical_form_is_refused(text: str) -> None:
    with pytest.raises(NotCanonical):
        canonical_line(text)


def test_a_line_is_one_line() -> None:
    assert b"\n" not in canonical_line(json.dumps({"text": "one\ntwo\u2028three"}))
