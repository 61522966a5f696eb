"""Onsets and tempo, on signals whose instants are known and on the studio's own sound."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.scoring import sound_events
from curation.scoring.measuring import measure
from curation.scoring.seam import Measurement, Sample, Sound
from curation.scoring.sound_events import SoundEventsScorer
from curation.scoring.sounds import onsets as onset_module
from curation.scoring.sounds.onsets import flux, matches, onsets
from curation.scoring.sounds.tempo import tempo
from studio.compose import compose
from studio.sound import record_sound
from tests.factories.records import valid_record

RATE = 16_000
RNG = np.random.default_rng(0)


def clicks(at_s: list[float], seconds: float = 5.0) -> np.ndarray:
    """Decaying bursts over a faint hiss, `[N]` float32."""
    rng = np.random.default_rng(len(at_s))
    wave = rng.normal(0, 1e-3, round(seconds * RATE))
    for time_s in at_s:
        first = round(time_s * RATE)
        burst = rng.normal(0, 0.3, 1_600) * np.exp(-np.arange(1_600) / 300)
        wave[first : first + 1_600] += burst[: len(wave) - first]
    return wave.astype(np.float32)


def score(samples: np.ndarray, events: list[tuple[float, str]], **audio: object) -> dict[str, Measurement]:
    described = [{"onset_s": onset_s, "offset_s": onset_s + 0.1, "name": name} for onset_s, name in events]
    record = valid_record(audio={"events": described, **audio})
    [found] = measure([Sample("s", record, sound=Sound("", {}, samples))], [SoundEventsScorer()])
    return {item.metric: item for item in found.measurements}


@pytest.mark.parametrize("gain", [0.01, 1.0])
def test_onsets_are_where_the_clicks_are(gain: float) -> None:
    at_s = [0.5, 1.2, 1.35, 3.0, 4.4]
    beginning, *found = onsets(flux(gain * clicks(at_s)))
    assert beginning < 0.05
    assert found == pytest.approx(at_s, abs=0.02)


def test_nothing_begins_in_silence_or_in_a_steady_sound() -> None:
    hum = (0.1 * np.sin(2 * np.pi * 200 * np.arange(5 * RATE) / RATE)).astype(np.float32)
    assert onsets(flux(np.zeros(RATE, np.float32))) == []
    assert onsets(flux(np.zeros(0, np.float32))) == []
    assert [time_s for time_s in onsets(flux(hum)) if time_s > 0.1] == []
    noise = RNG.normal(0, 0.1, 10 * RATE).astype(np.float32)
    assert len([time_s for time_s in onsets(flux(noise)) if time_s > 0.1]) <= 3


def test_a_long_recording_read_in_pieces_rises_in_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    wave = clicks([1.0, 2.0, 2.9])
    whole = flux(wave)
    monkeypatch.setattr(onset_module, "CHUNK_FRAMES", 37)
    assert flux(wave) == pytest.approx(whole, abs=1e-5)


@given(st.lists(st.floats(0, 10), max_size=8), st.lists(st.floats(0, 10), max_size=8))
def test_matches_use_each_instant_once_and_are_as_many_the_other_way_round(one: list[float], two: list[float]) -> None:
    one, two = sorted(one), sorted(two)
    pairs = matches(one, two, within_s=0.15)
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
    assert all(abs(one[a] - two[b]) <= 0.15 for a, b in pairs)
    assert len(pairs) == len(matches(two, one, within_s=0.15))


def test_declared_events_that_are_not_heard_are_listed() -> None:
    wave = clicks([1.0, 2.0, 3.0, 4.0])
    right = score(wave, [(1.05, "Knock"), (2.0, "Knock"), (3.0, "Knock"), (4.0, "Knock"), (0.0, "Wind")])
    assert right[sound_events.HEARD].value == 1
    assert right[sound_events.F1].value == 1
    wrong = score(wave, [(1.0, "Knock"), (2.5, "Bark")])
    assert wrong[sound_events.HEARD].value == 0.5
    assert wrong[sound_events.F1].value == pytest.approx(2 / 6)
    assert wrong[sound_events.HEARD].detail["missed"] == [{"onset_s": 2.5, "name": "Bark"}]


def test_the_same_sound_gives_the_same_numbers() -> None:
    wave, events = clicks([1.0, 2.0, 3.0]), [(1.0, "Knock"), (2.4, "Knock")]
    one, other = (
        [(item.metric, item.value) for item in score(samples, events).values()] for samples in (wave, wave.copy())
    )
    assert one == other


def test_events_that_sound_from_the_start_ask_for_no_onset() -> None:
    found = score(clicks([1.0]), [(0.0, "Wind"), (0.05, "Room")])
    assert found[sound_events.HEARD].not_applicable == sound_events.NOTHING_DECLARED


def test_the_studios_own_events_are_heard_and_the_same_events_at_other_times_are_not() -> None:
    right, wrong = [], []
    for seed in range(24):
        scene = compose(seed)
        sound, events = record_sound(scene, sample_rate_hz=RATE)
        told = [(event.onset_s, event.label) for event in events if 0.2 < event.onset_s < scene.duration_s - 0.7]
        if told:
            right.append(score(sound.mean(axis=0), told)[sound_events.HEARD].value)
            moved = [(onset_s + 0.45, label) for onset_s, label in told[:1]]
            wrong.append(score(sound.mean(axis=0), moved)[sound_events.HEARD].value)
    assert len(right) >= 5
    assert np.mean(right) > 0.9
    assert np.mean(right) - np.mean(wrong) > 0.3


@pytest.mark.parametrize("bpm", [60, 90, 128, 174])
def test_tempo_of_a_metronome(bpm: int) -> None:
    beats = [0.2 + 60 / bpm * beat for beat in range(int(18 * bpm / 60))]
    found = tempo(flux(clicks(beats, 20)))
    assert found is not None
    assert found[0] == pytest.approx(bpm, rel=0.02) or found[0] == pytest.approx(bpm / 2, rel=0.02)
    assert found[1] > 0.5


def test_no_tempo_without_rhythm_and_the_declared_one_beside_the_heard_one() -> None:
    assert tempo(flux(np.zeros(5 * RATE, np.float32))) is None
    assert tempo(np.zeros(3, np.float32)) is None
    beats = score(clicks([0.5 * beat + 0.2 for beat in range(20)], 11), [], music={"present": True, "bpm": 118.0})
    tempo_found = beats[sound_events.TEMPO]
    assert tempo_found.value == pytest.approx(120, abs=1)
    assert tempo_found.detail["bpm_declared"] == 118.0
