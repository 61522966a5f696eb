"""What holds for every caption of every record, in every language."""

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.record import canonical_bytes, parse_record
from curation.record.captions import compose_caption, short_caption
from curation.record.models.fields import word_count
from curation.record.vocabularies import CLOSED, LANGUAGES
from tests.factories.records import valid_record

ANY_TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=80).filter(
    str.strip
)


def word(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(CLOSED[name])


def optional(name: str) -> st.SearchStrategy[str | None]:
    return st.none() | word(name)


PRIMITIVES = st.lists(
    st.fixed_dictionaries(
        {
            "name": word("camera_primitive"),
            "start_s": st.sampled_from([0.0, 1.0, 2.0]),
            "end_s": st.sampled_from([2.5, 4.0, 5.0]),
            "speed": optional("camera_speed"),
        }
    ),
    min_size=1,
    max_size=3,
)
SHOTS = st.fixed_dictionaries(
    {
        "size": word("shot_size"),
        "angle": optional("camera_angle"),
        "framing": optional("framing"),
        "lens": optional("lens_look"),
        "composition": st.lists(word("composition"), max_size=3),
    }
)
LIGHTS = st.fixed_dictionaries(
    {
        "static": st.booleans(),
        "tags": st.fixed_dictionaries(
            {
                "key_direction": optional("key_direction"),
                "quality": word("light_quality"),
                "key_ratio": optional("key_ratio"),
                "type": st.lists(word("light_type"), max_size=3),
                "mood": optional("light_mood"),
            }
        ),
        "sun": st.none()
        | st.fixed_dictionaries({"azimuth_deg": st.floats(0, 359.99), "elevation_deg": st.floats(-90, 90)}),
        "source": st.just("authored"),
    }
)


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    record = valid_record()
    record["scene"]["shot"] = draw(SHOTS)
    record["scene"]["setting"] = {
        "place": draw(ANY_TEXT),
        "time_of_day": draw(optional("time_of_day")),
        "weather": draw(optional("weather")),
    }
    record["lighting"] = draw(st.none() | LIGHTS)
    record["camera"]["declared"] = {"primitives": draw(PRIMITIVES), "steadiness": draw(optional("steadiness"))}
    if draw(st.booleans()):
        record["camera"] = None
    record["audio"]["style_caption"] = draw(st.none() | ANY_TEXT)
    record["audio"]["music"] = draw(st.sampled_from([None, {"present": False}, {"present": True, "bpm": 102.0}]))
    if draw(st.booleans()):
        record["audio"] = None
    return record


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=60, deadline=None)
@given(record=records())
def test_caption_is_one_composed_line_and_the_same_for_the_same_record(language, record: dict[str, Any]):
    parsed = parse_record(record)
    caption = compose_caption(parsed, language)
    assert caption == unicodedata.normalize("NFC", caption)
    assert len(caption.splitlines()) == 1
    assert "  " not in caption
    assert caption == caption.strip()
    assert compose_caption(parse_record(json.loads(canonical_bytes(parsed))), language) == caption
    assert word_count(short_caption(parsed, language)) <= 60


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=40, deadline=None)
@given(record=records())
def test_every_slot_is_filled_with_a_word_and_no_id_is_told(language, record: dict[str, Any]):
    record["scene"]["setting"]["place"] = "here"
    if record["audio"]:
        record["audio"]["style_caption"] = None
    caption = compose_caption(parse_record(record), language)
    assert not any(sign in caption for sign in ("{", "}", "None", "_", "[]", "()", ",,", ", .", "،،", "،.", " ."))
