"""Words of 256 bits: signs of random projections, whose Hamming distance is the angle between the vectors."""

import io
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

WORD_BITS, WORD_BYTES = 256, 32


@cache
def directions(width: int, *, seed: int) -> np.ndarray:
    """`[width, 256]` float32 directions, the same for ever: stored words are only comparable under one set."""
    return np.random.Generator(np.random.PCG64([seed, width])).standard_normal((width, WORD_BITS)).astype(np.float32)


def sign_words(vectors: np.ndarray, along: np.ndarray) -> np.ndarray:
    """`[N, 32]` uint8 words of vectors `[N, D]`; an angle of a gives a distance of about 256 a / pi (Charikar 2002)."""
    return np.packbits(np.asarray(vectors, np.float32) @ along > 0, axis=1)


def distances(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """`[N, M]` int Hamming distances of words `[N, 32]` and `[M, 32]`."""
    differing = _as_integers(one)[:, None] ^ _as_integers(other)[None]
    return np.bitwise_count(differing).sum(axis=2, dtype=np.int64)


def _as_integers(words: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(words).reshape(-1, WORD_BYTES).view(np.uint64)


def packed(arrays: Mapping[str, np.ndarray | float]) -> bytes:
    """Named arrays as one NPZ."""
    file = io.BytesIO()
    named: dict[str, Any] = {name: np.asarray(value) for name, value in arrays.items()}
    np.savez_compressed(file, **named)
    return file.getvalue()


def unpacked(data: bytes) -> dict[str, np.ndarray]:
    """What `packed` was given; nothing is unpickled."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}
