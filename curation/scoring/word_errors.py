"""How far a transcript is from the words that were meant: errors per word, or per character where none are spaced.

Both texts are normalised first, so that only what is heard counts: compatibility forms unified, case folded, digits of
any script written 0 to 9, punctuation and symbols dropped. Of Arabic and Hebrew the marks that readers leave out are
dropped, too, and of Arabic the letters that writers interchange are unified (alef with its hamzas, final yeh, teh
marbuta) and the tatweel dropped, as is usual where Arabic speech recognition is measured.
"""

import unicodedata
from collections.abc import Sequence

import numpy as np

_INTERCHANGED = str.maketrans(
    {
        "\u0622": "\u0627",  # alef with madda, hamza above, hamza below, wasla -> alef
        "\u0623": "\u0627",
        "\u0625": "\u0627",
        "\u0671": "\u0627",
        "\u0649": "\u064a",  # alef maqsura -> yeh
        "\u06cc": "\u064a",  # Farsi yeh -> yeh
        "\u06a9": "\u0643",  # keheh -> kaf
        "\u0629": "\u0647",  # teh marbuta -> heh
        "\u0640": None,  # tatweel
        "\u2019": "'",
    }
)
_OPTIONAL_MARKS = ((0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06ED))
# Scripts that are written without spaces between words.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")


def words_of(text: str) -> list[str]:
    """The words of a text, normalised."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_INTERCHANGED)
    return [word.strip("'") for word in "".join(map(_kept, plain)).split() if word.strip("'")]


def is_spaced(text: str) -> bool:
    """Whether most of its letters are of scripts that put spaces between words; true for a text without letters."""
    letters = [letter for letter in text if letter.isalpha()]
    unspaced = sum(unicodedata.name(letter, "").startswith(_UNSPACED) for letter in letters)
    return unspaced <= len(letters) / 2


def word_error_rate(heard: str, meant: str) -> float:
    """Substituted, dropped and added words as a share of the words meant; may exceed 1.

    Raises:
        ValueError: Nothing was meant.
    """
    return _error_rate(words_of(heard), words_of(meant))


def character_error_rate(heard: str, meant: str) -> float:
    """The same over characters, spaces left out.

    Raises:
        ValueError: Nothing was meant.
    """
    return _error_rate("".join(words_of(heard)), "".join(words_of(meant)))


def _kept(letter: str) -> str:
    """The character as it is compared: a digit as 0 to 9, an optional mark as nothing, what is no word as a space."""
    if any(first <= ord(letter) <= last for first, last in _OPTIONAL_MARKS):
        return ""
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.digit(letter))
    return letter if letter == "'" or category[0] in "LMN" else " "


def _error_rate(hypothesis: Sequence[str], reference: Sequence[str]) -> float:
    """Levenshtein distance over the reference's length."""
    if not reference:
        raise ValueError("There are no words to compare with.")
    codes = {token: code for code, token in enumerate({*hypothesis, *reference})}
    heard = np.array([codes[token] for token in hypothesis], np.int64)
    steps = np.arange(len(heard) + 1)
    row = steps
    for done, token in enumerate(reference, start=1):
        kept_or_swapped = row[:-1] + (heard != codes[token])
        best = np.r_[done, np.minimum(row[1:] + 1, kept_or_swapped)]
        row = np.minimum.accumulate(best - steps) + steps  # one addition after another, all at once
    return float(row[-1] / len(reference))
