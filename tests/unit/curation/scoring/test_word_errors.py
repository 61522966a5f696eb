"""Error rates of transcripts, in scripts with and without spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.scoring.word_errors import character_error_rate, is_spaced, word_error_rate, words_of


@pytest.mark.parametrize(
    ("heard", "meant", "rate"),
    [
        ("The light, turns GREEN.", "the light turns green", 0),
        ("the light turns", "the light turns green", 0.25),
        ("the red light turns green", "the light turns green", 0.25),
        ("", "the light", 1),
        ("a b c d e f", "a", 5),
        ("It\u2019s here", "it's here", 0),
        ("\uff21\uff22\uff23", "abc", 0),
    ],
)
def test_errors_per_word(heard: str, meant: str, rate: float) -> None:
    assert word_error_rate(heard, meant) == rate


def test_arabic_is_compared_as_it_is_heard() -> None:
    bare = "\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064a\u0643\u0645"
    fatha, tatweel = "\u064e", "\u0640"
    marked = "".join(letter if letter == " " else letter + fatha + tatweel for letter in bare)
    assert word_error_rate(marked, bare) == 0
    assert words_of("\u0625\u0644\u0649 \u0623\u0645\u0629") == words_of("\u0627\u0644\u064a \u0627\u0645\u0647")
    assert words_of("\u0663\u0664") == ["34"]
    assert is_spaced(bare)


def test_vowel_signs_of_other_scripts_stay() -> None:
    assert words_of("\u0939\u093f\u0928\u094d\u0926\u0940 \u0915\u0940") == [
        "\u0939\u093f\u0928\u094d\u0926\u0940",
        "\u0915\u0940",
    ]
    assert words_of("caf\u00e9") != words_of("cafe")


@pytest.mark.parametrize("text", ["\u4eca\u65e5\u306f\u826f\u3044\u5929\u6c17", "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35"])
def test_unspaced_scripts_are_counted_by_character(text: str) -> None:
    assert not is_spaced(text)
    assert character_error_rate(text, text) == 0
    assert character_error_rate(f"{text[:3]} {text[3:]}", text) == 0  # spaces mean nothing there
    assert 0 < character_error_rate(text[:-1], text) < 0.3


def test_korean_and_text_without_letters_are_spaced() -> None:
    assert is_spaced("\uc548\ub155 \ud558\uc138\uc694")
    assert is_spaced("123 ...")


def test_nothing_meant_is_refused() -> None:
    with pytest.raises(ValueError, match="no words"):
        word_error_rate("hello", "...")


WORDS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=9)


def distance(one: list[str], two: list[str]) -> int:
    """The textbook's recursion, by rows."""
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(two, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return row[-1]


@given(WORDS, WORDS.filter(bool))
def test_the_rate_is_the_textbooks_distance(heard: list[str], meant: list[str]) -> None:
    assert word_error_rate(" ".join(heard), " ".join(meant)) == distance(meant, heard) / len(meant)
