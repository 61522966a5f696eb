"""CLIP through real open_clip code on a tiny random checkpoint of the bundled layout."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from curation.scoring import clip_scorer
from curation.scoring.clip_model import ClipModel
from curation.scoring.clip_scorer import ClipScorer
from curation.scoring.clip_weights import STUDIO, ClipNotFound, choose
from curation.scoring.measuring import measure
from curation.scoring.seam import Clip, Embedding, Measurement, Picture, Sample
from tests.factories import media
from tests.factories.records import valid_record


@pytest.fixture(scope="module")
def model(tiny_clip: Path) -> ClipModel:
    return ClipModel(choose(str(tiny_clip), "", bundled=Path("absent")), device="cpu", batch_size=4)


def sample(name: str, *, pictures: int = 1, with_clip: bool = True, generator: str | None = None) -> Sample:
    record = valid_record()
    record["provenance"]["generator"] = generator
    seen = tuple(
        Picture(f"reference_images.{n}", 48, 32, rgb=media.picture(48, 32, seed=sum(map(ord, name)) % 99 + n))
        for n in range(pictures)
    )
    frames = tuple(media.picture(48, 32, seed=90 + n) for n in range(4))
    return Sample(name, record, clip=Clip({}, frames) if with_clip else None, pictures=seen)


def values(items: list[Measurement]) -> dict[tuple[str, str], float | None]:
    return {(item.metric, item.part): item.value for item in items}


def test_every_part_is_held_against_the_caption_and_the_clip(model: ClipModel) -> None:
    [measured] = measure([sample("a", pictures=2)], [ClipScorer(model)])
    assert set(values(measured.measurements)) == {
        (clip_scorer.CLIP_TEXT, "video"),
        (clip_scorer.IMAGE_TEXT, "reference_images.0"),
        (clip_scorer.IMAGE_TEXT, "reference_images.1"),
        (clip_scorer.SAME_SCENE, "reference_images.0"),
        (clip_scorer.SAME_SCENE, "reference_images.1"),
        (clip_scorer.SAME_REFERENCES, "reference_images.0"),
        (clip_scorer.SAME_REFERENCES, "reference_images.1"),
    }
    assert all(-1 <= value <= 1 for value in values(measured.measurements).values() if value is not None)
    assert {(e.kind, e.part) for e in measured.embeddings} == {
        ("text", "scene"),
        ("image", "video"),
        ("image", "reference_images.0"),
        ("image", "reference_images.1"),
    }
    for embedding in measured.embeddings:
        assert embedding.vector.dtype == np.float32
        assert np.linalg.norm(embedding.vector) == pytest.approx(1, abs=1e-5)


def test_batch_gives_the_same_numbers_as_one_by_one(model: ClipModel) -> None:
    samples = [sample(f"s{n}", pictures=n % 3, with_clip=n % 2 == 0) for n in range(1, 8)]
    together = measure(samples, [ClipScorer(model)])
    alone = [measure([one], [ClipScorer(model)])[0] for one in samples]
    for batched, single in zip(together, alone, strict=True):
        ours, theirs = values(batched.measurements), values(single.measurements)
        assert ours.keys() == theirs.keys()
        assert [ours[key] for key in ours] == pytest.approx([theirs[key] for key in ours], abs=1e-5)


def test_the_same_pictures_give_the_same_numbers_in_any_company(model: ClipModel) -> None:
    [alone] = measure([sample("a", pictures=2)], [ClipScorer(model)])
    _, again = measure([sample("b", pictures=1), sample("a", pictures=2)], [ClipScorer(model)])
    ours, theirs = values(alone.measurements), values(again.measurements)
    assert [ours[key] for key in ours] == pytest.approx([theirs[key] for key in ours], abs=1e-6)


@pytest.mark.gpu
def test_vectors_are_the_same_on_both_devices(tiny_clip: Path) -> None:
    choice = choose(str(tiny_clip), "", bundled=Path("absent"))
    images = [media.picture(48, 32, seed=number) for number in range(5)]
    ours, theirs = (ClipModel(choice, device=device).embed_images(images) for device in ("cpu", "cuda"))
    assert ours == pytest.approx(theirs, abs=1e-3)


def test_source_names_the_very_weights(model: ClipModel, tiny_clip: Path) -> None:
    [measured] = measure([sample("a")], [ClipScorer(model)])
    source = measured.measurements[0].source
    assert source is not None
    weights = tiny_clip / "open_clip_model.safetensors"
    assert source.weights_sha256 == hashlib.sha256(weights.read_bytes()).hexdigest()
    assert source.model_id == tiny_clip.name
    assert "32" in source.preprocessing_id


def test_bundled_model_does_not_judge_photographs(tiny_clip: Path) -> None:
    scorer = ClipScorer(ClipModel(choose("", "", bundled=tiny_clip), device="cpu"))
    photograph, rendered = sample("a"), sample("b", generator=f"{STUDIO} 1.0")
    first, second = measure([photograph, rendered], [scorer])
    assert all(item.value is None and STUDIO in str(item.not_applicable) for item in first.measurements)
    assert first.embeddings == []
    assert all(item.value is not None for item in second.measurements)
    assert {item.source.model_id for item in second.measurements if item.source} == {"nano-clip"}


def test_a_reference_for_style_may_show_another_scene(model: ClipModel) -> None:
    one = sample("a", pictures=2)
    one.record["reference_images"] = [{"role": "subject"}, {"role": "style"}]
    [measured] = measure([one], [ClipScorer(model)])
    same = {item.part: item for item in measured.measurements if item.metric == clip_scorer.SAME_SCENE}
    assert same["reference_images.0"].value is not None
    assert "style" in str(same["reference_images.1"].not_applicable)
    assert clip_scorer.SAME_REFERENCES not in {item.metric for item in measured.measurements}


def test_references_without_a_clip_are_held_against_each_other(model: ClipModel) -> None:
    [measured] = measure([sample("a", pictures=2, with_clip=False)], [ClipScorer(model)])
    same = [item for item in measured.measurements if item.metric == clip_scorer.SAME_SCENE]
    assert [item.detail["against"].keys() for item in same] == [{"reference_images.1"}, {"reference_images.0"}]


def test_texts_alone_can_be_embedded_for_search(model: ClipModel) -> None:
    vectors = model.embed_texts(["a red ball", "a blue cube", "a red ball"])
    assert vectors.shape == (3, 16)
    assert vectors[0] == pytest.approx(vectors[2], abs=1e-6)
    assert not np.allclose(vectors[0], vectors[1])
    assert isinstance(Embedding("text", "", vectors[0]).vector, np.ndarray)


def test_missing_models_are_named_with_the_setting_that_helps(tmp_path: Path) -> None:
    with pytest.raises(ClipNotFound, match="CLIP_MODEL"):
        choose("", "", bundled=tmp_path / "nano-clip")
    with pytest.raises(ClipNotFound, match="neither a folder nor"):
        choose("ViT-Z", "", bundled=tmp_path)
    with pytest.raises(ClipNotFound, match="laion2b_s34b_b79k"):
        choose("ViT-B-32", "nowhere", bundled=tmp_path)


def test_open_clip_names_are_understood_without_loading_anything(tmp_path: Path) -> None:
    choice = choose("ViT-B-32", "laion2b_s34b_b79k", bundled=tmp_path)
    assert choice.model_id == "ViT-B-32/laion2b_s34b_b79k"
    assert ClipModel(choice).image_px == 224
    assert choice.world is None
