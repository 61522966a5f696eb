"""The other Whisper engine, with tiny random weights: the same seam and the same fields, whatever it hears."""

import builtins
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from curation.scoring.measuring import measure
from curation.scoring.openai_whisper_model import OpenAIWhisperModel, find_checkpoint
from curation.scoring.registry import Settings, UnknownWhisperEngine, build_scorers
from curation.scoring.seam import Sample, Sound
from curation.scoring.sounds.reading import mono
from curation.scoring.whisper_model import WhisperModel
from curation.scoring.whisper_scorer import WhisperScorer
from curation.scoring.whisper_weights import WhisperNotFound
from curation.scoring.word_errors import word_error_rate
from tests.factories.converted_whisper import save_as_openai_whisper
from tests.factories.records import valid_record
from tests.factories.tiny_whisper import save_tiny_whisper

RATE = 16_000
LINE = mono(Path(__file__).resolve().parents[4] / "demo" / "assets" / "spoken_line.flac")
FIELDS = ("start", "end", "text", "avg_logprob", "compression_ratio", "no_speech_prob", "trusted", "silence")


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_whisper(tmp_path_factory.mktemp("whisper") / "tiny-random.pt")


@pytest.fixture(scope="module")
def settings(checkpoint: Path) -> Settings:
    return Settings(
        Path("weights"), Path("models"), whisper_engine="openai-whisper", whisper_model=str(checkpoint), device="cpu"
    )


def test_one_setting_puts_the_other_engine_behind_the_same_scorer(settings: Settings) -> None:
    [scorer] = build_scorers(settings, ["whisper"])
    assert isinstance(scorer, WhisperScorer)
    assert isinstance(scorer.model, OpenAIWhisperModel)
    record = valid_record()
    record["audio"]["speech"] = [{"start": 0.0, "end": 8.0, "text": "some words"}]
    samples = [Sample(name, record, sound=Sound("", {}, LINE)) for name in ("one", "two")]
    one, two = measure(samples, [scorer])
    words = {item.metric: item for item in one.measurements}["audio.transcript_words"]
    assert words.source is not None
    assert words.source.model_id == "whisper-tiny-random-openai"
    assert len(words.source.weights_sha256) == 64
    assert words.detail["segments"]
    assert all(tuple(segment) == FIELDS for segment in words.detail["segments"])
    assert [item.value for item in one.measurements] == [item.value for item in two.measurements]


def test_long_recordings_are_heard_in_windows_one_after_another(settings: Settings) -> None:
    long = np.tile(LINE, 5)
    spans = [(0, 20 * RATE), (21 * RATE, len(long))]
    [first] = settings.whisper.transcribe([long], [spans])
    [again] = settings.whisper.transcribe([long], [spans])
    assert first == again
    starts = [segment.start for segment in first.segments]
    assert starts == sorted(starts)
    assert starts[-1] >= 21
    assert all(segment.end <= len(long) / RATE + 0.01 for segment in first.segments)


def test_a_checkpoint_for_english_alone_hears_english(tmp_path: Path) -> None:
    save_tiny_whisper(tmp_path / "tiny.en.pt", n_vocab=51_864)
    model = OpenAIWhisperModel(str(tmp_path), cache=tmp_path, device="cpu")
    [heard] = model.transcribe([LINE], [[(0, len(LINE))]])
    assert (heard.language, heard.language_probability) == ("en", 1.0)
    assert model.weights.file == tmp_path / "tiny.en.pt"


def test_a_checkpoint_that_is_not_there_is_named_with_its_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WhisperNotFound, match=r"0 \.pt files"):
        find_checkpoint(str(tmp_path), cache=tmp_path)
    with pytest.raises(WhisperNotFound, match="no name openai-whisper knows"):
        find_checkpoint("gigantic", cache=tmp_path)
    monkeypatch.setattr("urllib.request.urlopen", _unreachable)
    with pytest.raises(WhisperNotFound, match="WHISPER_ENGINE to faster-whisper"):
        find_checkpoint("base", cache=tmp_path)


def _unreachable(*_: Any, **__: Any) -> Any:
    raise OSError("network is unreachable")


def test_a_package_that_is_not_installed_is_named_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = builtins.__import__

    def without_whisper(name: str, *arguments: Any, **options: Any) -> Any:
        if name == "whisper":
            raise ImportError(name)
        return found(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without_whisper)
    with pytest.raises(WhisperNotFound, match="extra openai-whisper"):
        find_checkpoint("base", cache=tmp_path)


def test_an_engine_that_nobody_registered_is_refused_by_name() -> None:
    assert isinstance(Settings(Path("w"), Path("m")).whisper, WhisperModel)
    with pytest.raises(UnknownWhisperEngine, match="faster-whisper, openai-whisper"):
        build_scorers(Settings(Path("w"), Path("m"), whisper_engine="parrot"), ["whisper"])


@pytest.mark.gpu
def test_gpu_and_cpu_hear_the_same(checkpoint: Path, tmp_path: Path) -> None:
    heard = [
        OpenAIWhisperModel(str(checkpoint), cache=tmp_path, device=device).transcribe([LINE], [[(0, len(LINE))]])
        for device in ("cpu", "cuda")
    ]
    assert [segment.text for segment in heard[0][0].segments] == [segment.text for segment in heard[1][0].segments]


@pytest.mark.deep
@pytest.mark.timeout(900)
def test_both_engines_hear_the_same_with_the_same_weights(model_cache: Path, tmp_path: Path) -> None:
    quick = WhisperModel("base", cache=model_cache, device="cpu", precision="float32")
    checkpoint = save_as_openai_whisper(quick.weights.file, tmp_path / "base.pt")
    # A whole window: what is shorter one library pads with silence, the other with zeros in the spectrum.
    window = 30 * RATE
    recording, spans = np.tile(LINE, 4)[:window], [(0, window)]
    [one] = quick.transcribe([recording], [spans])
    [other] = OpenAIWhisperModel(str(checkpoint), cache=tmp_path, device="cpu").transcribe([recording], [spans])
    assert word_error_rate(other.trusted_text, one.trusted_text) <= 0.02
    assert other.language == one.language
    assert other.language_probability == pytest.approx(one.language_probability, abs=0.01)
    assert len(other.segments) == len(one.segments) > 1
    for theirs, ours in zip(other.segments, one.segments, strict=True):
        assert (theirs.start, theirs.end) == pytest.approx((ours.start, ours.end), abs=0.1)
        assert theirs.avg_logprob == pytest.approx(ours.avg_logprob, abs=0.02)
        assert theirs.no_speech_prob == pytest.approx(ours.no_speech_prob, abs=0.01)
        assert theirs.compression_ratio == ours.compression_ratio
