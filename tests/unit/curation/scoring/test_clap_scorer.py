"""CLAP through transformers, with tiny random weights: loading, batching, sameness, errors."""

from pathlib import Path

import numpy as np
import pytest

from curation.scoring import clap_scorer
from curation.scoring.clap_model import ClapModel, ClapNotFound
from curation.scoring.clap_scorer import ClapScorer
from curation.scoring.measuring import Measured, measure
from curation.scoring.registry import MODEL_FREE, SCORERS, Settings, configured
from curation.scoring.seam import Sample, Sound
from tests.factories import media
from tests.factories.records import valid_record
from tests.factories.tiny_clap import save_tiny_clap

RATE = 48_000
NOISE = [np.random.default_rng(n).normal(0, 0.1, n * RATE).astype(np.float32) for n in (1, 5, 10)]


@pytest.fixture(scope="module")
def model(tiny_clap: Path, tmp_path_factory: pytest.TempPathFactory) -> ClapModel:
    return ClapModel(str(tiny_clap), cache=tmp_path_factory.mktemp("cache"), device="cpu", batch_size=2)


def score(model: ClapModel, *sounds: tuple[Path, float, str | None]) -> list[Measured]:
    samples = [
        Sample(
            str(place),
            valid_record(audio={"style_caption": style}),
            sound=Sound(str(path), {"sample_rate_hz": RATE, "duration_s": duration_s}),
        )
        for place, (path, duration_s, style) in enumerate(sounds)
    ]
    return measure(samples, [ClapScorer(model)])


def test_sounds_are_compared_with_what_is_said_of_them(model: ClapModel, tmp_path: Path) -> None:
    long = media.write_sound(tmp_path / "long.flac", media.tone(25), RATE)
    short = media.write_sound(tmp_path / "short.wav", media.tone(0.5), RATE)
    empty = media.write_sound(tmp_path / "empty.wav", np.zeros(0, np.float32), RATE)
    found = score(
        model, (long, 25, "A dry hum."), (short, 0.5, None), (empty, 0, "Nothing."), (short, 0.5, "A dry hum.")
    )
    alignment = found[0].measurements[0]
    assert alignment.value is not None
    assert -1 <= alignment.value <= 1
    assert len(alignment.detail["each"]) == clap_scorer.MOST_WINDOWS
    assert alignment.source is not None
    assert alignment.source.model_id.startswith("clap:")
    assert len(alignment.source.weights_sha256) == 64
    assert {(one.kind, one.part) for one in found[0].embeddings} == {("audio", "audio"), ("text", "audio")}
    assert all(np.linalg.norm(one.vector) == pytest.approx(1, abs=1e-5) for one in found[0].embeddings)
    assert found[1].measurements[0].not_applicable == clap_scorer.NOTHING_SAID
    assert [one.kind for one in found[1].embeddings] == ["audio"]
    assert found[2].measurements[0].not_applicable == clap_scorer.NO_SOUND
    assert found[3].measurements[0].value is not None


@pytest.mark.parametrize("fused", [False, True])
def test_vectors_do_not_depend_on_chance_or_on_the_batch(fused: bool, tmp_path: Path) -> None:
    model = ClapModel(str(save_tiny_clap(tmp_path, fused=fused)), cache=tmp_path, device="cpu", batch_size=2)
    together = model.embed_sounds(NOISE)
    assert np.array_equal(model.embed_sounds(NOISE), together)
    alone = np.concatenate([model.embed_sounds([sound]) for sound in NOISE])
    assert alone == pytest.approx(together, abs=1e-5)
    assert np.linalg.norm(together[0] - together[2]) > 1e-4


def test_texts_of_any_length_have_vectors_that_padding_leaves_alone(model: ClapModel) -> None:
    texts = ["a dry hum", "x" * 1_000, "rain"]
    together = model.embed_texts(texts)
    assert together.shape == (3, 12)
    assert np.concatenate([model.embed_texts([text]) for text in texts]) == pytest.approx(together, abs=1e-5)
    assert model.embed_texts([]).shape == (0, 0)


def test_a_model_that_is_not_there_is_named_with_its_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    for configured_as in ("laion/clap-htsat-unfused", "no such / model", str(tmp_path)):
        with pytest.raises(ClapNotFound, match="CLAP_MODEL"):
            _ = ClapModel(configured_as, cache=tmp_path / "cache").source
    (tmp_path / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(ClapNotFound, match="CLAP_MODEL"):
        ClapModel(str(tmp_path), cache=tmp_path).embed_sounds(NOISE[:1])


def test_clap_is_a_scorer_only_where_a_model_is_configured(tiny_clap: Path) -> None:
    assert "clap" not in configured(Settings(Path("weights"), Path("models")))
    assert configured(Settings(Path("weights"), Path("models"), clap_model=str(tiny_clap))) == tuple(SCORERS)
    assert set(MODEL_FREE) < set(SCORERS)


@pytest.mark.gpu
def test_gpu_and_cpu_agree(model: ClapModel, tiny_clap: Path, tmp_path: Path) -> None:
    on_gpu = ClapModel(str(tiny_clap), cache=tmp_path, device="cuda")
    assert on_gpu.embed_sounds(NOISE) == pytest.approx(model.embed_sounds(NOISE), abs=1e-3)
    assert on_gpu.embed_texts(["rain"]) == pytest.approx(model.embed_texts(["rain"]), abs=1e-3)
