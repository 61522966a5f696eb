"""What a description says: its shingles, and a MinHash of one bit each (Li and Koenig 2010) for the index."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from curation.scoring.fingerprints.match import Match
from curation.scoring.fingerprints.words import WORD_BITS, WORD_BYTES

SHINGLE = 5  # characters; words would shut out languages that do not part them
SAME = 0.8  # of all shingles of both
MIN_SHINGLES = 40  # fewer are a phrase, which anybody may have written
MOST = 4000
SCHEME = "affine32"  # datasketch's; words of another are not comparable


def shingles_of(scene: Mapping[str, Any]) -> np.ndarray | None:
    """`[N]` sorted uint32 hashes of all that the captions say; None where they say too little to be told apart."""
    text = " ".join(str(scene.get(name) or "") for name in ("caption_short", "caption_long"))
    plain = re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
    parts = {plain[start : start + SHINGLE] for start in range(len(plain) - SHINGLE + 1)}
    hashed = sorted({int.from_bytes(hashlib.blake2b(part.encode(), digest_size=4).digest()) for part in parts})
    return np.array(hashed[:MOST], np.uint32) if len(hashed) >= MIN_SHINGLES else None


def minhash_word(shingles: np.ndarray) -> np.ndarray:
    """`[1, 32]` uint8: one bit of each of 256 minimal hashes; texts alike by J differ in about 128 (1 - J) bits."""
    from datasketch import MinHash

    whole = MinHash(num_perm=WORD_BITS, hashfunc=int, permutations=_permutations(), scheme=SCHEME)
    whole.update_batch(shingles.tolist())
    parity = np.bitwise_count(whole.hashvalues) & 1  # one bit alone is not even: the scheme is affine
    return np.packbits(parity.astype(bool)).reshape(1, WORD_BYTES)


@cache
def _permutations() -> Any:
    """One set for every text; drawing them anew each time would take longer than all the rest."""
    from datasketch import MinHash

    return MinHash(num_perm=WORD_BITS, seed=1, scheme=SCHEME).permutations


def compare_texts(one: np.ndarray, other: np.ndarray) -> Match | None:
    """Whether they share four fifths of their shingles; the similarity is that share (Jaccard's)."""
    common = len(np.intersect1d(one, other, assume_unique=True))
    share = common / (len(one) + len(other) - common)
    return Match(share, "" if share == 1 else "reworded") if share >= SAME else None
