"""Learns the nano CLIP's byte-pair merges, in the file format that open_clip's tokenizer reads.

Every byte is a token of its own, so that words that were never seen still encode.
"""

from __future__ import annotations

import gzip
import itertools
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import regex

MAX_VOCABULARY = 4096
_SPECIAL = 2
_BYTES = 512  # every byte, inside a word and at its end
_WORDS = regex.compile(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+")

Word = tuple[str, ...]
Pair = tuple[str, str]


def learn(texts: Iterable[str], *, most: int = MAX_VOCABULARY - _BYTES - _SPECIAL) -> list[Pair]:
    """Merges in order of learning: the commonest pair first, until none is met twice or `most` are learnt."""
    counts = Counter(word for text in texts for word in _WORDS.findall(text.lower()))
    words: dict[Word, int] = {
        (*word[:-1], word[-1] + "</w>"): count for word, count in counts.items() if word.isascii()
    }
    merges: list[Pair] = []
    while len(merges) < most:
        pairs: Counter[Pair] = Counter()
        for word, count in words.items():
            for pair in itertools.pairwise(word):
                pairs[pair] += count
        best = max(pairs.items(), key=lambda item: (item[1], item[0]), default=None)
        if best is None or best[1] < 2:
            break
        merges.append(best[0])
        words = {_merged(word, best[0]): count for word, count in words.items()}
    return merges


def _merged(word: Word, pair: Pair) -> Word:
    out: list[str] = []
    k = 0
    while k < len(word):
        if word[k : k + 2] == pair:
            out.append(word[k] + word[k + 1])
            k += 2
        else:
            out.append(word[k])
            k += 1
    return tuple(out)


def write(merges: list[Pair], file: Path) -> None:
    """Gzip, a heading line, then one merge a line; equal merges give equal bytes."""
    lines = ["#version: openslate nano-clip", *(f"{a} {b}" for a, b in merges)]
    file.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))


def read(file: Path) -> list[Pair]:
    """The merges of a file that `write` wrote."""
    lines = gzip.decompress(file.read_bytes()).decode().split("\n")[1:]
    return [(first, second) for first, second in (line.split() for line in lines)]


def vocabulary_size(merges: list[Pair]) -> int:
    return _BYTES + len(merges) + _SPECIAL
