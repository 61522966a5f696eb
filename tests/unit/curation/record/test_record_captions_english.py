"""English captions, word for word."""

from typing import Any

import pytest

from curation.record import parse_record
from curation.record.captions import compose_caption, english, short_caption
from curation.record.models.fields import word_count
from tests.factories.records import blueprint, valid_record

WHOLE = (
    "A red ball rolls across a wooden floor and stops beside a blue cube. The red ball rolls to the right. "
    "Subjects: red ball (smooth rubber, the size of a fist); blue cube. "
    "Setting: an empty room, indoors, in the afternoon. "
    "Wide shot at eye level, two-shot framing, rule of thirds composition. Filmed at 32 mm at f/4. Style: plain. "
    "The camera slowly dollies in, without any shake. "
    "Lighting: hard daylight from the front left, balanced contrast, 5600 K, "
    "the sun 35 degrees above the horizon in the southwest. "
    "A close, dry rolling sound in a small quiet room. Sounds: thump, thud at 4.0 seconds; roll. No music."
)
BLUEPRINT = (
    "A red ball rolls across a wooden floor and stops beside a blue cube. The red ball rolls to the right. "
    "Subjects: red ball (smooth rubber, the size of a fist); blue cube. "
    "Setting: an empty room, indoors, in the afternoon. "
    "Wide shot at eye level, two-shot framing, rule of thirds composition. Style: plain. "
    "Lighting: hard light from the left."
)


def caption_of(record: dict[str, Any]) -> str:
    return compose_caption(parse_record(record))


def test_caption_of_a_whole_record():
    assert caption_of(valid_record()) == WHOLE


def test_caption_of_a_blueprint_speaks_of_what_is_there_alone():
    assert caption_of(blueprint()) == BLUEPRINT


def test_short_caption_adds_camera_and_light():
    assert short_caption(parse_record(valid_record())) == (
        "A red ball rolls across a wooden floor and stops beside a blue cube. "
        "The camera slowly dollies in, without any shake. "
        "Lighting: hard daylight from the front left, balanced contrast, 5600 K, "
        "the sun 35 degrees above the horizon in the southwest."
    )


def test_short_caption_stays_within_sixty_words():
    record = valid_record()
    record["scene"]["caption_short"] = "word " * 58
    caption = short_caption(parse_record(record))
    assert word_count(caption) == 58


def test_movements_are_told_in_order_and_together_where_they_overlap():
    record = valid_record()
    record["camera"]["declared"] = {
        "primitives": [
            {"name": "tilt_up", "start_s": 3.0, "end_s": 5.0, "speed": "fast"},
            {"name": "pan_left", "start_s": 0.0, "end_s": 2.0},
            {"name": "zoom_in", "start_s": 1.0, "end_s": 2.0},
        ]
    }
    assert "The camera pans left while it zooms in, then quickly tilts up." in caption_of(record)


def test_derived_movements_are_told_where_none_are_declared_and_only_sure_ones():
    record = valid_record()
    record["camera"]["declared"] = None
    record["camera"]["derived"] = {
        "primitives": [{"name": "truck_left", "confidence": 0.9}, {"name": "roll_cw", "confidence": 0.5}],
        "tool": "openslate",
    }
    assert "The camera trucks left." in caption_of(record)


def test_steadiness_alone_is_told():
    record = valid_record()
    record["camera"]["declared"] = {"steadiness": "unsteady"}
    assert "The camera is held with a handheld shake." in caption_of(record)


@pytest.mark.parametrize(
    ("music", "text"),
    [
        ({"present": False}, "No music."),
        ({"present": True}, "Music plays."),
        ({"present": True, "mood": "calm", "key": "A minor", "bpm": 90.0}, "Music: calm, in A minor, 90 bpm."),
    ],
)
def test_music_or_its_absence_is_told(music: dict[str, Any], text: str):
    record = valid_record()
    record["audio"]["music"] = music
    assert caption_of(record).endswith(text)


def test_speech_is_quoted_and_ends_once():
    record = valid_record()
    record["audio"]["speech"] = [{"start": 0.0, "end": 1.0, "text": " Mind  the step! "}]
    assert 'A voice says: "Mind the step!" No music.' in caption_of(record)


def test_off_screen_sounds_and_later_actions_are_told_so():
    record = valid_record()
    record["audio"]["events"][0].update(source="off_screen", subject=None)
    record["scene"]["actions"].append({"subject": "cube", "verb": "falls over", "start_s": 4.0, "end_s": 4.5})
    record["scene"]["subjects"][1]["name"] = "a blue cube"
    caption = caption_of(record)
    assert "thump, thud off screen at 4.0 seconds" in caption
    assert "At 4.0 seconds, the blue cube falls over." in caption


def test_actions_that_the_short_caption_tells_are_not_told_twice():
    record = valid_record()
    record["scene"]["actions"][0]["verb"] = "rolls across a wooden floor"
    assert caption_of(record).lower().count("rolls across a wooden floor") == 1


def test_light_that_changes_and_a_sun_that_has_set_are_told():
    record = valid_record()
    record["lighting"] = {
        "static": False,
        "tags": {"type": ["tungsten", "practical"], "mood": "tense", "key_ratio": "low_key"},
        "sun": {"azimuth_deg": 300.0, "elevation_deg": -10.0},
        "source": "authored",
    }
    assert (
        "Lighting: tungsten light and practical lights, low-key contrast, tense mood, the sun below the horizon, "
        "changing over time."
    ) in caption_of(record)


def test_counts_lists_style_and_writing_are_told():
    record = valid_record()
    record["scene"]["subjects"][1]["count"] = 3
    record["scene"]["text_on_screen"] = ["OPEN", "24 h"]
    record["audio"]["aspects"] = ["dry", "close"]
    caption = caption_of(record)
    assert "blue cube (3 of them)" in caption
    assert 'On-screen text reads "OPEN" and "24 h".' in caption
    assert "The sound is dry and close." in caption


def test_names_with_a_capital_take_no_article():
    assert english.definite("Anna") == "Anna"
    assert english.definite("an owl") == "the owl"
    assert english.definite("a") == "the a"


def test_sun_a_degree_high_is_told_in_the_singular():
    record = valid_record()
    record["lighting"]["sun"]["elevation_deg"] = 1.2
    assert "the sun 1 degree above the horizon" in caption_of(record)


def test_parts_that_are_not_there_are_not_told():
    bare = valid_record(audio=None, camera=None, lighting=None, video=None)
    caption = caption_of(bare)
    assert caption.endswith("Style: plain.")
    assert not any(word in caption for word in ("camera", "Lighting", "Sounds", "No music", "Filmed"))
