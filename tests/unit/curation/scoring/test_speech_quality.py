"""DNSMOS with its real weights."""

from pathlib import Path

import numpy as np
import pytest

from curation.scoring import speech_quality
from curation.scoring.devices import onnx_providers
from curation.scoring.measuring import measure
from curation.scoring.seam import Measurement, Sample, Sound
from curation.scoring.sounds.reading import mono
from curation.scoring.speech_quality import HOP, MOST_WINDOWS, WINDOW, SpeechQualityScorer, window, window_starts
from curation.scoring.voice import VoiceActivity
from tests.factories.records import valid_record

RATE = 16_000
LINE = mono(Path(__file__).resolve().parents[4] / "demo" / "assets" / "spoken_line.flac")
RNG = np.random.default_rng(0)


@pytest.fixture(scope="module")
def scorer() -> SpeechQualityScorer:
    return SpeechQualityScorer(VoiceActivity(), device="cpu")


def score(scorer: SpeechQualityScorer, *recordings: np.ndarray) -> list[dict[str, Measurement]]:
    samples = [Sample(str(n), valid_record(), sound=Sound("", {}, sound)) for n, sound in enumerate(recordings)]
    return [{item.metric: item for item in found.measurements} for found in measure(samples, [scorer])]


def test_noise_makes_speech_sound_worse_and_silence_has_no_quality(scorer: SpeechQualityScorer) -> None:
    noisy = (LINE + RNG.normal(0, 0.03, len(LINE))).astype(np.float32)
    clean, worse, silent = score(scorer, LINE, noisy, np.zeros(RATE, np.float32))
    for metric in (speech_quality.BACKGROUND, speech_quality.OVERALL):
        found, other = clean[metric].value, worse[metric].value
        assert found is not None
        assert other is not None
        assert 1 <= other < found - 0.5
        assert silent[metric].not_applicable == speech_quality.NO_SPEECH
    source = clean[speech_quality.OVERALL].source
    assert source is not None
    assert (source.model_id, len(source.weights_sha256)) == ("dnsmos-p835", 64)


def test_a_batch_gives_what_each_recording_gives_alone_and_the_same_again(scorer: SpeechQualityScorer) -> None:
    noisy = (LINE + RNG.normal(0, 0.01, len(LINE))).astype(np.float32)
    together = score(scorer, LINE, noisy)
    alone = [score(scorer, LINE)[0], score(scorer, noisy)[0]]
    for one, other in zip(together, alone, strict=True):
        for metric in scorer.metrics:
            assert one[metric].value == pytest.approx(other[metric].value, abs=1e-5)
    again = score(scorer, LINE)[0]
    assert [again[m].value for m in scorer.metrics] == pytest.approx(
        [alone[0][m].value for m in scorer.metrics], abs=1e-6
    )


def test_windows_are_those_of_the_models_authors_where_somebody_speaks() -> None:
    def theirs(length: int) -> int:  # speechmos/dnsmos.py, for recordings of a window or longer
        return int(np.floor(length / RATE) - 9.01) + 1

    for seconds in (9.5, 10.0, 10.5, 11.0, 13.2):
        length = round(seconds * RATE)
        assert len(window_starts(length, [(0, length)])) == theirs(length)
    assert window_starts(3 * RATE, [(0, RATE)]) == [0]
    assert window_starts(60 * RATE, []) == []
    late = window_starts(60 * RATE, [(55 * RATE, 58 * RATE)])
    assert min(late) + WINDOW > 55 * RATE
    many = window_starts(7_200 * RATE, [(0, 7_200 * RATE)])
    assert len(many) == MOST_WINDOWS
    assert (many[0], many[-1] + WINDOW > 7_199 * RATE) == (0, True)
    assert all(start % HOP == 0 for start in many)


def test_a_short_recording_is_repeated_and_a_hot_one_limited() -> None:
    short = window(np.arange(5, dtype=np.float32), 0)
    assert short.shape == (WINDOW,)
    assert short[:7].tolist() == [0, 1, 1, 1, 1, 0, 1]


def test_a_runtime_without_cuda_says_so_and_runs_on_the_cpu(caplog: pytest.LogCaptureFixture) -> None:
    onnx_providers.cache_clear()
    assert onnx_providers("cpu") == ("CPUExecutionProvider",)
    assert caplog.text == ""
    if len(onnx_providers("auto")) == 1:
        assert onnx_providers("cuda:1") == ("CPUExecutionProvider",)
        assert "onnxruntime-gpu" in caplog.text


@pytest.mark.gpu
def test_gpu_and_cpu_agree(scorer: SpeechQualityScorer) -> None:
    windows = np.stack([window(LINE, 0), window(LINE[RATE:], 0)])
    on_gpu = SpeechQualityScorer(scorer.voice, device="cuda").opinions(windows)
    assert on_gpu == pytest.approx(scorer.opinions(windows), abs=1e-3)
