"""LAION's aesthetic head: real loading code on tiny random heads over a tiny CLIP."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from curation.scoring.aesthetic import AestheticHead, AestheticUnusable
from curation.scoring.clip_model import ClipModel
from curation.scoring.clip_scorer import AESTHETIC, ClipScorer
from curation.scoring.clip_weights import choose, file_sha256
from curation.scoring.measuring import measure
from curation.scoring.registry import Settings, build_scorers
from curation.scoring.seam import Clip, Picture, Sample
from tests.factories import media
from tests.factories.records import valid_record

WIDTHS = (16, 8, 4, 1)  # the tiny CLIP gives 16 numbers


@pytest.fixture(scope="module")
def state() -> dict[str, torch.Tensor]:
    """A chain named as LAION's file names it, with gaps where its dropouts are."""
    torch.manual_seed(1)
    layers = {}
    for place, (before, after) in enumerate(pairwise(WIDTHS)):
        layers[f"layers.{2 * place}.weight"] = torch.randn(after, before)
        layers[f"layers.{2 * place}.bias"] = torch.randn(after)
    return layers


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    drawn = np.random.default_rng(0).normal(size=(5, 16)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def head(path: Path) -> AestheticHead:
    return AestheticHead(path, clip_model_id="tiny")


def test_both_file_formats_give_what_torch_gives(
    state: dict[str, torch.Tensor], vectors: np.ndarray, tmp_path: Path
) -> None:
    torch.save(state, tmp_path / "head.pth")
    save_file(state, tmp_path / "head.safetensors")
    expected = torch.from_numpy(vectors)
    for place in range(3):
        expected = expected @ state[f"layers.{2 * place}.weight"].T + state[f"layers.{2 * place}.bias"]
    for name in ("head.pth", "head.safetensors"):
        assert head(tmp_path / name).rate(vectors) == pytest.approx(expected[:, 0].numpy(), abs=1e-5)


def test_pictures_are_rated_beside_the_similarities_by_a_source_of_their_own(
    state: dict[str, torch.Tensor], tiny_clip: Path, tmp_path: Path
) -> None:
    save_file(state, tmp_path / "head.safetensors")
    settings = Settings(
        tmp_path,
        tmp_path,
        clip_model=str(tiny_clip),
        aesthetic_weights=str(tmp_path / "head.safetensors"),
        device="cpu",
    )
    [scorer] = build_scorers(settings, ["clip"])
    pictures = tuple(Picture(f"reference_images.{n}", 48, 32, rgb=media.picture(48, 32, seed=n)) for n in range(2))
    sample = Sample("a", valid_record(), clip=Clip({}, (media.picture(48, 32, seed=9),)), pictures=pictures)
    first, second = (measure([sample], [scorer])[0] for _ in range(2))
    rated = [item for item in first.measurements if item.metric == AESTHETIC]
    assert [item.part for item in rated] == ["reference_images.0", "reference_images.1"]
    assert {item.source.model_id for item in rated if item.source} == {"laion-aesthetic:head"}
    assert rated[0].source is not None
    assert rated[0].source.weights_sha256 == file_sha256(tmp_path / "head.safetensors")
    again = [item.value for item in second.measurements if item.metric == AESTHETIC]
    assert [item.value for item in rated] == pytest.approx(again, abs=1e-6)


def test_without_a_head_nothing_is_rated(tiny_clip: Path) -> None:
    scorer = ClipScorer(ClipModel(choose(str(tiny_clip), "", bundled=tiny_clip), device="cpu"))
    picture = Picture("reference_images.0", 48, 32, rgb=media.picture(48, 32))
    [found] = measure([Sample("a", valid_record(), pictures=(picture,))], [scorer])
    assert AESTHETIC not in {item.metric for item in found.measurements}


def test_a_head_for_another_clip_is_refused_with_both_widths(tmp_path: Path, vectors: np.ndarray) -> None:
    save_file({"weight": torch.randn(1, 768), "bias": torch.zeros(1)}, tmp_path / "head.safetensors")
    with pytest.raises(AestheticUnusable, match=r"768 numbers, but tiny gives 16.*CLIP_MODEL"):
        head(tmp_path / "head.safetensors").rate(vectors)


class Payload:
    """What a hostile pickle looks like: loading it would call something."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (print, ("executed",))


def test_files_that_are_no_head_are_named_and_never_executed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torch.save({"layers.0.weight": Payload()}, tmp_path / "hostile.pth")
    (tmp_path / "cut.safetensors").write_bytes(b"\xff" * 64)
    save_file({"a.weight": torch.randn(3, 16)}, tmp_path / "wide.safetensors")
    for name, said in (
        ("hostile.pth", "cannot be read"),
        ("cut.safetensors", "cannot be read"),
        ("wide.safetensors", "no chain"),
    ):
        with pytest.raises(AestheticUnusable, match=said):
            head(tmp_path / name).layers  # noqa: B018  # reading it is what is tested
    with pytest.raises(AestheticUnusable, match="AESTHETIC_WEIGHTS"):
        head(tmp_path / "absent.pth").source  # noqa: B018  # as above
    assert "executed" not in capsys.readouterr().out
