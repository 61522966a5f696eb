"""The vocabularies agree with the words that captions use for them."""

from typing import get_args

import pytest

from curation.record import caption_english as english
from curation.record import vocabulary as words

# "none" and "unknown" say nothing, and are left out of captions.
PAIRS = [
    (words.ShotSize, english.SIZES), (words.CameraAngle, english.ANGLES), (words.Framing, english.FRAMINGS),
    (words.LensLook, english.LENSES), (words.TimeOfDay, english.TIMES_OF_DAY), (words.Weather, english.WEATHER),
    (words.CameraPrimitive, english.MOVEMENTS), (words.CameraSpeed, english.SPEEDS),
    (words.Steadiness, english.STEADINESS), (words.KeyDirection, english.KEY_DIRECTIONS),
    (words.LightType, english.LIGHT_TYPES), (words.KeyRatio, english.KEY_RATIOS),
]  # fmt: skip


@pytest.mark.parametrize(("vocabulary", "spoken"), PAIRS)
def test_every_word_can_be_spoken(vocabulary, spoken):
    assert set(get_args(vocabulary)) - {"none", "unknown"} == set(spoken)


def test_arcs_are_made_of_known_movements():
    parts = {name for pair in words.ARC_PARTS.values() for name in pair}
    assert parts | set(words.ARC_PARTS) <= set(words.CAMERA_PRIMITIVES)
