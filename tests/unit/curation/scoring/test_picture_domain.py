"""The nano CLIP's world is told from photographs by looks, whatever the record declares."""

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from curation.scoring import clip_scorer
from curation.scoring.clip_model import ClipModel
from curation.scoring.clip_scorer import ClipScorer
from curation.scoring.clip_weights import STUDIO, choose
from curation.scoring.measuring import measure
from curation.scoring.picture_domain import Domain, statistics
from curation.scoring.seam import Picture, Sample
from pretraining import clip_domain
from tests.factories import media
from tests.factories.records import valid_record

FOLDER = Path(__file__).parents[4] / "weights" / "nano-clip"
PHOTOGRAPHS = {
    "skimage.data": ("astronaut.png", "camera.png", "coffee.png", "coins.png", "motorcycle_left.png", "grass.png",
                     "gravel.png", "brick.png", "retina.jpg", "hubble_deep_field.jpg", "cell.png", "ihc.png"),
    "sklearn.datasets.images": ("china.jpg", "flower.jpg"),
}  # fmt: skip
UNSEEN = range(10_050_000, 10_050_008)


@pytest.fixture(scope="module")
def nano() -> ClipModel:
    return ClipModel(choose("", "", bundled=FOLDER), device="cpu")


@pytest.fixture(scope="module")
def photographs() -> list[np.ndarray]:
    """Real pictures that lie in the wheels of scikit-image and scikit-learn."""
    paths = [files(package).joinpath(name) for package, names in PHOTOGRAPHS.items() for name in names]
    return [np.asarray(Image.open(str(path)).convert("RGB")) for path in paths]


def test_most_photographs_are_strangers_and_most_scenes_are_not(nano: ClipModel, photographs: list[np.ndarray]) -> None:
    strangers = np.mean([nano.strangeness(image) > 1 for image in photographs])
    scenes = clip_domain.pictures(UNSEEN)
    assert strangers >= 0.7
    assert np.mean([nano.strangeness(image) > 1 for image in scenes]) <= 0.1


def test_a_photograph_said_to_be_rendered_is_shown_as_not_applicable(
    nano: ClipModel, photographs: list[np.ndarray]
) -> None:
    record = valid_record(video=None)
    record["provenance"]["generator"] = f"{STUDIO} 1.0"
    scene = clip_domain.pictures(UNSEEN[:1])[0]
    pictures = (
        Picture("reference_images.0", 64, 64, rgb=scene),
        Picture("reference_images.1", 512, 512, rgb=photographs[0]),
    )
    [found] = measure([Sample("a", record, pictures=pictures)], [ClipScorer(nano)])
    told = {item.part: item for item in found.measurements if item.metric == clip_scorer.IMAGE_TEXT}
    assert told["reference_images.0"].value is not None
    assert told["reference_images.1"].value is None
    assert "does not look like" in str(told["reference_images.1"].not_applicable)
    assert told["reference_images.1"].detail["strangeness"] > 1
    assert {embedding.part for embedding in found.embeddings} == {"scene", "reference_images.0"}


def test_domain_survives_its_file(tmp_path: Path) -> None:
    known = [media.picture(64, 64, seed=number) for number in range(12)]
    domain = Domain.fitted(known[:8], known[8:], share=1.0)
    domain.save(tmp_path / "domain.safetensors")
    again = Domain.load(tmp_path / "domain.safetensors")
    assert [again.distance(image) for image in known] == pytest.approx([domain.distance(i) for i in known], abs=1e-4)
    assert max(domain.distance(image) for image in known[8:]) == pytest.approx(1)


def test_statistics_are_finite_for_any_picture() -> None:
    for image in (np.zeros((64, 64, 3), np.uint8), np.full((64, 64, 3), 255, np.uint8), media.picture(64, 64)):
        assert np.isfinite(statistics(image)).all()
        assert statistics(image).shape == (33,)
