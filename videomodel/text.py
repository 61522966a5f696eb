"""Words as bucket numbers: no vocabulary file, no tokenizer to load, the same numbers on every machine."""

from __future__ import annotations

import re
import zlib

import torch
from torch import Tensor

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_PLAIN = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "by",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "the",
        "then",
        "there",
        "to",
        "while",
        "with",
    ]
)


def word_bucket(word: str, buckets: int) -> int:
    """Bucket of a word, in [1, buckets); 0 is kept for padding."""
    return zlib.crc32(word.casefold().encode()) % (buckets - 1) + 1


def hash_words(text: str, *, buckets: int, length: int) -> Tensor:
    """`[length]` long: buckets of the first `length` words that carry meaning, 0 where the text has ended."""
    words = [word for word in _WORD.findall(text.casefold()) if word not in _PLAIN][:length]
    numbers = [word_bucket(word, buckets) for word in words]
    return torch.tensor(numbers + [0] * (length - len(numbers)), dtype=torch.long)
