"""Sentences put together: ends, spaces, one line, NFC."""

import unicodedata
from collections.abc import Iterable

from curation.record.vocabularies import Language

ENDS = (".", "!", "?", "\u2026", "\u3002", "\u061f")  # the last three: ellipsis, ideographic stop, Arabic question mark
CLOSING_QUOTES = '"\u00bb\u201d'


def paragraph(sentences: Iterable[str], language: Language) -> str:
    """The sentences, each ended and with its first letter large where the language has large letters.

    Empty ones, which a draft may have, are left out.
    """
    told = (_sentence(sentence, language) for sentence in sentences if sentence)
    # Normalised first: composing can bring in or take away what `split` sees as space.
    return " ".join(unicodedata.normalize("NFC", " ".join(told)).split())


def _sentence(text: str, language: Language) -> str:
    text = text.strip()
    if language == "en":
        text = text[:1].upper() + text[1:]
    return text if text.rstrip(CLOSING_QUOTES).endswith(ENDS) else f"{text}."
