"""One record, one byte string."""

import json
import unicodedata
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from curation.record import as_json, canonical_bytes, parse_record
from tests.factories.records import valid_record


def test_bytes_do_not_depend_on_the_order_of_keys_or_on_how_numbers_are_written():
    record = valid_record()
    turned: dict[str, Any] = dict(reversed(record.items()))
    turned["timeline"] = {"num_frames": 120, "fps": [24, 1], "duration_s": 5}
    assert canonical_bytes(parse_record(record)) == canonical_bytes(parse_record(turned))


def test_decomposed_text_is_composed():
    record = valid_record()
    record["scene"]["setting"]["place"] = unicodedata.normalize("NFD", "un caf\u00e9")
    assert "un caf\u00e9" in canonical_bytes(parse_record(record)).decode()


def test_instants_are_written_in_utc():
    record = valid_record()
    record["provenance"]["created_at"] = "2026-01-31T14:00:00+02:00"
    assert as_json(parse_record(record))["provenance"]["created_at"] == "2026-01-31T12:00:00Z"


@settings(max_examples=60, deadline=None)
@given(
    duration_s=st.floats(0.5, 600, allow_nan=False),
    caption=st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=60).filter(
        str.strip
    ),
    cct_k=st.floats(1_000, 40_000),
)
def test_canonical_bytes_are_a_fixed_point(duration_s: float, caption: str, cct_k: float):
    record = valid_record(duration_s=duration_s)
    record["scene"]["caption_short"] = caption
    record["lighting"]["cct_k"] = cct_k
    first = canonical_bytes(parse_record(record))
    assert canonical_bytes(parse_record(json.loads(first))) == first


def test_absent_parts_are_written_as_null():
    record = valid_record()
    del record["video"]
    assert as_json(parse_record(record))["video"] is None
