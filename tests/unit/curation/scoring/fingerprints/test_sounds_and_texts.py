"""Changed recordings and descriptions are recognised, others are not."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks import changes
from benchmarks.quality_duplicates import told
from curation.scoring.fingerprints import kinds, sounds, texts
from curation.scoring.fingerprints.words import distances
from curation.scoring.sounds import reading
from studio import compose, describe
from studio.sound import record_sound

RATE = 48_000


def recording(seed: int, **wishes: str) -> np.ndarray:
    return record_sound(compose(seed, duration_s=4.0, **wishes), sample_rate_hz=RATE)[0].mean(axis=0)


@pytest.fixture(scope="module")
def recordings() -> list[np.ndarray]:
    """A sparse one (a jump in a quiet room), a busy one and one with steps."""
    return [
        recording(1, subject="person", action="jumps", place="gallery"),
        recording(2, subject="car", action="drives", place="street"),
        recording(3, subject="robot", action="walks", place="kitchen"),
    ]


def pattern(samples: np.ndarray, folder: Path) -> sounds.Pattern:
    found = sounds.pattern_of(reading.mono(changes.encoded_sound(samples, RATE, folder, "flac")))
    assert found is not None
    return found


@pytest.mark.parametrize("change", changes.SOUNDS)
def test_a_changed_recording_is_recognised(recordings: list[np.ndarray], tmp_path: Path, change: str) -> None:
    for samples in recordings:
        original = pattern(samples, tmp_path)
        copy = sounds.pattern_of(reading.mono(changes.SOUNDS[change](samples, RATE, tmp_path)))
        assert copy is not None
        assert sounds.compare_sounds(original, copy) is not None
        bits = distances(sounds.patches(copy), sounds.patches(original))
        assert (bits <= kinds.RADII["audio"]).sum() >= 2


@pytest.mark.parametrize(
    ("change", "named"),
    [("pitch +3", "pitch +3"), ("pitch -3", "pitch -3"), ("tempo x 1.12", "tempo x 1.11"), ("cut to 60 %", "cut"),
     ("12 dB quieter", "")],
)  # fmt: skip
def test_what_was_done_to_a_recording_is_named(
    recordings: list[np.ndarray], tmp_path: Path, change: str, named: str
) -> None:
    original = pattern(recordings[1], tmp_path)
    copy = sounds.pattern_of(reading.mono(changes.SOUNDS[change](recordings[1], RATE, tmp_path)))
    assert copy is not None
    found, back = sounds.compare_sounds(original, copy), sounds.compare_sounds(copy, original)
    assert found is not None
    assert back is not None
    assert found.changes == named
    assert found.similarity == pytest.approx(back.similarity, abs=0.15)


def test_the_same_kind_of_sound_at_the_same_kind_of_place_is_no_copy(tmp_path: Path) -> None:
    wishes = {"subject": "person", "action": "jumps", "place": "gallery"}
    takes = [pattern(recording(seed, **wishes), tmp_path) for seed in range(20, 24)]
    assert not [pair for pair in combinations(takes, 2) if sounds.compare_sounds(*pair)]


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.9, 1.2])
def test_what_is_too_short_or_silent_has_no_pattern(seconds: float) -> None:
    assert sounds.pattern_of(np.zeros(round(seconds * sounds.RATE_HZ), np.float32)) is None


def test_steady_tones_of_two_people_are_no_copies_of_each_other() -> None:
    times = np.arange(4 * sounds.RATE_HZ) / sounds.RATE_HZ
    tones = [sounds.pattern_of(np.sin(2 * np.pi * hz * times).astype(np.float32)) for hz in (440, 554)]
    assert None in tones or not sounds.compare_sounds(*tones)  # type: ignore[arg-type]  # neither is None here


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 40_000), st.floats(0, 1), st.integers(0, 2**32 - 1))
@example(17_920, 1.0, 0)  # just long enough for a pattern, too short when played faster
def test_any_sound_gives_a_pattern_or_none(count: int, level: float, seed: int) -> None:
    samples = (level * np.random.default_rng(seed).standard_normal(count)).astype(np.float32)
    found = sounds.pattern_of(samples)
    if found is not None:
        match = sounds.compare_sounds(found, found)
        assert match is not None
        assert (match.similarity, match.changes) == (pytest.approx(1.0, abs=1e-3), "")


def test_a_long_recording_takes_bounded_memory_and_points() -> None:
    noise = np.random.default_rng(0).standard_normal(round(620 * sounds.RATE_HZ)).astype(np.float32)
    found = sounds.pattern_of(noise)
    assert found is not None
    assert len(found.values) * sounds.STEP_S <= sounds.MAX_S
    assert len(sounds.patches(found)) <= sounds.MAX_PEAKS


def scene(seed: int) -> dict[str, object]:
    return describe(compose(seed, subject="crate", place="street"))


@pytest.mark.parametrize("change", changes.TEXTS)
def test_a_reworded_description_is_recognised(change: str) -> None:
    [original], [copy] = told(scene(1)), told(changes.TEXTS[change](scene(1)))
    assert distances(original.points["text"], copy.probes["text"])[0, 0] <= kinds.RADII["text"]
    assert kinds.compare("text", kinds.opened("text", original.data), "text", kinds.opened("text", copy.data))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 500), st.integers(0, 500))
def test_a_word_tells_the_share_of_what_two_texts_have_in_common(common: int, apart: int) -> None:
    one = np.arange(100 + common + apart, dtype=np.uint32) * 7919
    other = np.arange(100 + apart, 200 + common + 2 * apart, dtype=np.uint32) * 7919
    shared = len(np.intersect1d(one, other))
    jaccard = shared / (len(one) + len(other) - shared)
    bits = int(distances(texts.minhash_word(one), texts.minhash_word(other))[0, 0])
    assert abs(bits / 256 - (1 - jaccard) / 2) < 5 * 0.5 / 16


def test_other_scripts_count_and_a_phrase_does_not() -> None:
    arabic = "كرة حمراء تتدحرج على أرضية خشبية لامعة نحو مكعب أزرق يقف بجانب النافذة في غرفة هادئة"
    assert texts.shingles_of({"caption_short": arabic}) is not None
    assert texts.shingles_of({"caption_short": "A red ball."}) is None
    assert texts.shingles_of({}) is None
