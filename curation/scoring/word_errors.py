"""Word error rate of a transcript against the words that were meant."""

import re
import unicodedata

_NOT_A_WORD = re.compile(r"[^\w\s']", re.UNICODE)


def words_of(text: str) -> list[str]:
    """Lower-case words without punctuation, compatibility forms unified."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    return [word.strip("'") for word in _NOT_A_WORD.sub(" ", plain).split() if word.strip("'")]


def word_error_rate(heard: str, meant: str) -> float:
    """Substituted, dropped and added words as a share of the words meant; may exceed 1.

    Raises:
        ValueError: Nothing was meant.
    """
    reference, hypothesis = words_of(meant), words_of(heard)
    if not reference:
        raise ValueError("There are no words to compare with.")
    row = list(range(len(hypothesis) + 1))
    for done, word in enumerate(reference, start=1):
        diagonal, row[0] = row[0], done
        for place, other in enumerate(hypothesis, start=1):
            diagonal, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, diagonal + (word != other))
    return row[-1] / len(reference)
