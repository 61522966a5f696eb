"""Silero's detector, held against the library that it ships with."""

from pathlib import Path

import numpy as np
import pytest
from faster_whisper.vad import VadOptions, get_speech_timestamps, get_vad_model

from curation.scoring import voice as voice_module
from curation.scoring import voice_scorer
from curation.scoring.measuring import measure
from curation.scoring.seam import Measurement, Sample, Sound
from curation.scoring.sounds.reading import mono
from curation.scoring.voice import VoiceActivity, spans_of
from curation.scoring.voice_scorer import VoiceScorer
from tests.factories.records import valid_record

RATE = 16_000
LINE = mono(Path(__file__).resolve().parents[4] / "demo" / "assets" / "spoken_line.flac")
HISS = np.random.default_rng(0).normal(0, 0.005, 2 * RATE).astype(np.float32)
LIBRARY = VadOptions(threshold=0.5, min_speech_duration_ms=250, min_silence_duration_ms=500, speech_pad_ms=200)


@pytest.fixture(scope="module")
def voice() -> VoiceActivity:
    return VoiceActivity()


@pytest.mark.parametrize(
    "samples",
    [LINE, np.concatenate([HISS, LINE, HISS, LINE[:40_000], HISS[:20_000], LINE, HISS]), HISS, LINE[:5_000]],
    ids=["line", "lines", "hiss", "burst"],
)
def test_spans_are_those_of_the_library(voice: VoiceActivity, samples: np.ndarray) -> None:
    theirs = [(span["start"], span["end"]) for span in get_speech_timestamps(samples, LIBRARY)]
    assert voice.spans_in(samples) == theirs


def test_probabilities_are_those_of_the_library_however_long_the_pieces(
    voice: VoiceActivity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_module, "CHUNK_FRAMES", 50)
    theirs = get_vad_model()(np.pad(LINE, (0, 512 - len(LINE) % 512)))
    # The library mutes the end of its last frame.
    assert voice.probabilities(LINE)[:-1] == pytest.approx(theirs[: len(LINE) // 512], abs=1e-6)


def test_nothing_is_spoken_in_no_sound_and_in_silence(voice: VoiceActivity) -> None:
    assert voice.spans_in(np.zeros(0, np.float32)) == []
    assert voice.spans_in(np.zeros(RATE, np.float32)) == []
    assert spans_of(np.zeros(0, np.float32), 0) == []


def test_pauses_are_bridged_and_bursts_dropped() -> None:
    second = RATE // 512
    probable = np.zeros(10 * second, np.float32)
    probable[2 * second : 3 * second] = 0.9
    probable[3 * second : 3 * second + 10] = 0.4  # undecided: what was last heard goes on
    probable[3 * second + 20 : 4 * second] = 0.9
    probable[7 * second : 7 * second + 5] = 0.9
    [(start, end)] = spans_of(probable, 10 * RATE)
    assert (start / RATE, end / RATE) == pytest.approx((1.8, 4.2), abs=0.05)


def test_a_recording_is_listened_to_once_and_forgotten_with_it(
    voice: VoiceActivity, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = Sound("", {}, LINE)
    first = voice.spans([sound, sound])
    monkeypatch.setattr(voice, "spans_in", None)
    assert voice.spans([sound]) == first[:1]
    del sound
    assert len(voice._known) == 0


def score(samples: np.ndarray, voice: VoiceActivity, lines: list[tuple[float, float]]) -> dict[str, Measurement]:
    record = valid_record()
    record["audio"]["speech"] = [{"start": start, "end": end, "text": "words"} for start, end in lines]
    [found] = measure([Sample("s", record, sound=Sound("", {}, samples))], [VoiceScorer(voice)])
    return {item.metric: item for item in found.measurements}


def test_declared_lines_are_held_against_where_somebody_speaks(voice: VoiceActivity) -> None:
    samples = np.concatenate([HISS, LINE, HISS, HISS])
    right = score(samples, voice, [(2.2, 9.5)])
    assert right[voice_scorer.SPEECH_SHARE].value == pytest.approx(len(LINE) / len(samples), abs=0.1)
    assert right[voice_scorer.LINES_HEARD].value == 1
    assert right[voice_scorer.LINES_HEARD].model_id == "silero-vad-v6"
    assert score(samples, voice, [(0.0, 1.5), (12.0, 99.0)])[voice_scorer.LINES_HEARD].value == pytest.approx(
        0, abs=0.1
    )
    assert score(samples, voice, [])[voice_scorer.LINES_HEARD].not_applicable == voice_scorer.NOTHING_DECLARED


def test_the_same_sound_gives_the_same_numbers(voice: VoiceActivity) -> None:
    assert np.array_equal(voice.probabilities(LINE), VoiceActivity().probabilities(LINE))
