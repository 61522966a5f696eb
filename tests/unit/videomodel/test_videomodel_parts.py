"""Words, pictures, moves, adapters and fingerprints."""

from pathlib import Path

import numpy as np
import pytest
import torch

from videomodel.conditions import Shape
from videomodel.fingerprint import folder_fingerprint
from videomodel.lora import AdapterMismatch, add_lora, load_lora, lora_weights, read_facts, save_lora
from videomodel.moves import MOVES, move_camera
from videomodel.pictures import cropped_intrinsics, enlarge, fit_picture
from videomodel.rays import UnusableCamera, check_camera
from videomodel.slate.adapter import SlateNano, random_slate
from videomodel.text import hash_words

SHAPE = Shape(32, 32, 17, 8.0)
NORTH = np.array([0.0, 0.0, -1.0])


def tiny(folder: Path, seed: int = 0) -> SlateNano:
    model = random_slate(seed, dim=24, layers=1, heads=2, trained_shape=(16, 16, 5, 8))
    model.save(folder)
    return model


def test_words_are_hashed_the_same_whatever_their_case_and_articles_are_left_out() -> None:
    assert torch.equal(
        hash_words("The red Ball", buckets=64, length=4), hash_words("a RED ball!", buckets=64, length=4)
    )
    words = hash_words("red ball", buckets=64, length=4)
    assert (words[:2] > 0).all()
    assert (words[2:] == 0).all()


def test_a_wide_picture_is_cropped_in_the_middle_and_its_camera_follows() -> None:
    pixels = np.zeros((10, 20, 3), np.uint8)
    pixels[:, 5:15] = 200
    assert (fit_picture(pixels, 5, 5) == 200).all()
    cropped = cropped_intrinsics(np.array([[0.5, 1.0, 0.5, 0.5]]), width=20, height=10, to_width=5, to_height=5)
    assert np.allclose(cropped, [[1.0, 1.0, 0.5, 0.5]])


def test_enlarging_keeps_the_mean_and_the_count() -> None:
    frames = np.random.default_rng(0).integers(60, 190, (3, 8, 8, 3), dtype=np.uint8)
    larger = enlarge(frames, 64, 64)
    assert larger.shape == (3, 64, 64, 3)
    assert abs(float(larger.mean()) - float(frames.mean())) < 1.5


@pytest.mark.parametrize(
    ("name", "moved"),
    [("dolly_in", NORTH), ("truck_right", [1, 0, 0]), ("truck_left", [-1, 0, 0]), ("pedestal_up", [0, 1, 0])],
)
def test_a_glide_goes_where_its_name_says(name: str, moved: list[float]) -> None:
    path = move_camera(name, SHAPE).camera_to_world
    way = path[-1, :3, 3] - path[0, :3, 3]
    assert np.allclose(way / np.linalg.norm(way), moved)


@pytest.mark.parametrize(("name", "side"), [("pan_left", [-1, 0]), ("pan_right", [1, 0]), ("tilt_up", [0, 1])])
def test_a_turn_looks_where_its_name_says(name: str, side: list[float]) -> None:
    forward = move_camera(name, SHAPE).camera_to_world[-1, :3, 2]
    assert float(forward[:2] @ np.array(side)) > 0.2


def test_an_arc_keeps_its_centre_in_the_middle_of_the_picture() -> None:
    for name, side in (("arc_ccw", 1.0), ("arc_cw", -1.0)):
        last = move_camera(name, SHAPE).camera_to_world[-1]
        centre = np.linalg.inv(last) @ np.array([0, 0, -4.0, 1])
        assert np.allclose(centre, [0, 0, 4.0, 1], atol=1e-9)
        assert last[0, 3] * side > 0.5


def test_a_zoom_lengthens_the_lens_alone() -> None:
    camera = move_camera("zoom_in", SHAPE)
    assert np.allclose(camera.camera_to_world[0], camera.camera_to_world[-1])
    assert camera.intrinsics[-1, 0] > 1.5 * camera.intrinsics[0, 0]


def test_every_move_is_a_rigid_path() -> None:
    for name in MOVES:
        camera = move_camera(name, SHAPE, speed="fast")
        check_camera(camera.camera_to_world, camera.intrinsics)
        assert camera.camera_to_world.shape == (17, 4, 4)


def test_an_unknown_move_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UnusableCamera, match="dolly_in"):
        move_camera("swoosh", SHAPE)


@pytest.mark.parametrize(
    ("change", "words"),
    [((0, 0, 3, np.nan), "NaN"), ((0, 0, 0, 2.0), "not a rotation"), ((0, 0, 0, -1.0), "not a rotation")],
)
def test_a_broken_pose_is_refused(change: tuple[int, int, int, float], words: str) -> None:
    poses = np.tile(np.eye(4), (3, 1, 1))
    frame, row, column, value = change
    poses[frame, row, column] = value
    with pytest.raises(UnusableCamera, match=words):
        check_camera(poses, np.ones((3, 4)))


def test_an_adapter_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    model = tiny(tmp_path / "base")
    for weight in add_lora(model, 4):
        weight.data += 0.1
    weights = lora_weights(model.transformer)
    save_lora(tmp_path / "a.safetensors", weights, model=model, rank=4, facts={"step": 7})
    fresh = SlateNano.load(tmp_path / "base")
    assert load_lora(fresh, tmp_path / "a.safetensors")["step"] == 7
    loaded = lora_weights(fresh.transformer)
    assert weights.keys() == loaded.keys()
    assert all(torch.equal(weights[name], loaded[name]) for name in weights)


def test_an_adapter_of_other_weights_is_refused_by_both_fingerprints(tmp_path: Path) -> None:
    model, other = tiny(tmp_path / "base"), tiny(tmp_path / "other", seed=1)
    add_lora(model, 4)
    save_lora(tmp_path / "a.safetensors", lora_weights(model.transformer), model=model, rank=4, facts={})
    with pytest.raises(AdapterMismatch, match=f"{model.fingerprint[:12]}.*{other.fingerprint[:12]}"):
        load_lora(other, tmp_path / "a.safetensors")


def test_an_adapter_that_lacks_a_layer_is_refused(tmp_path: Path) -> None:
    model = tiny(tmp_path / "base")
    add_lora(model, 4)
    weights = lora_weights(model.transformer)
    del weights["blocks.0.attn.to_q.lora_A.weight"]
    with pytest.raises(AdapterMismatch, match=r"lacks .*to_q\.lora_A"):
        save_lora(tmp_path / "a.safetensors", weights, model=model, rank=4, facts={})


def test_weights_that_are_no_adapter_are_refused(tmp_path: Path) -> None:
    tiny(tmp_path / "base")
    with pytest.raises(AdapterMismatch, match="states no base"):
        read_facts(tmp_path / "base" / "diffusion_pytorch_model.safetensors")


def test_a_fingerprint_follows_the_weights_and_not_the_card(tmp_path: Path) -> None:
    model = tiny(tmp_path)
    (tmp_path / "MODEL_CARD.md").write_text("about")
    (tmp_path / "figures.json").write_text("{}")
    assert folder_fingerprint(tmp_path) == model.fingerprint
    path = tmp_path / "config.json"
    path.write_text(path.read_text() + " ")
    assert folder_fingerprint(tmp_path) != model.fingerprint
