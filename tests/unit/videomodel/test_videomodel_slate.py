"""slate-nano behind its interface: sizes, refusals, conditions that reach the outputs, checkpoints."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from videomodel import registry
from videomodel.conditions import Camera, Clip, Conditions, Light, Shape, SoundEvent, Still
from videomodel.interface import RequestRefused, collate
from videomodel.moves import move_camera
from videomodel.sampler import draw_noise, sample
from videomodel.slate.adapter import SlateNano, random_slate

SHAPE = Shape(16, 16, 5, 8.0)


@pytest.fixture(scope="module")
def model() -> SlateNano:
    torch.set_num_threads(1)
    made = random_slate(
        0, dim=48, layers=2, heads=2, video_channels=8, audio_channels=6, text_buckets=64, text_dim=16,
        text_tokens=2, trained_shape=(16, 16, 5, 8),
    )  # fmt: skip
    generator = torch.Generator().manual_seed(0)
    for weight in made.transformer.parameters():
        weight.data += torch.randn(weight.shape, generator=generator) * 0.1
    return made


@pytest.fixture
def conditions() -> Conditions:
    rng = np.random.default_rng(0)
    return Conditions(
        shape=SHAPE,
        caption="a red ball rolls",
        stills=(Still(rng.integers(0, 255, (20, 30, 3), dtype=np.uint8), "first_frame"),),
        camera=move_camera("truck_left", SHAPE),
        light=Light(rng.normal(size=(9, 3)) + 2),
        audio_style="quiet room",
        events=(SoundEvent("thump", 0.2, 0.4),),
    )


def velocity(model: SlateNano, conditions: Conditions) -> dict[str, torch.Tensor]:
    noise = draw_noise(model.latent_shapes(conditions.shape), [5])
    with torch.no_grad():
        return model.velocity(noise, torch.tensor([0.7]), collate([model.embed(conditions)]))


@pytest.mark.parametrize(
    ("change", "moves"),
    [
        ({"caption": "a blue box falls"}, "video"),
        ({"stills": (Still(np.zeros((8, 8, 3), np.uint8), "first_frame"),)}, "video"),
        ({"stills": ()}, "video"),
        ({"camera": move_camera("dolly_in", SHAPE)}, "video"),
        ({"camera": None}, "video"),
        ({"light": Light(np.ones((9, 3)))}, "video"),
        ({"audio_style": "a loud street"}, "audio"),
        ({"events": (SoundEvent("thump", 0.3, 0.4),)}, "audio"),
        ({"events": (SoundEvent("whistle", 0.2, 0.4),)}, "audio"),
    ],
)
def test_every_condition_reaches_the_modality_it_governs(
    model: SlateNano, conditions: Conditions, change: dict[str, object], moves: str
) -> None:
    before, after = velocity(model, conditions), velocity(model, replace(conditions, **change))
    assert (before[moves] - after[moves]).abs().max() > 1e-4


def test_conditions_that_are_dropped_leave_no_trace(model: SlateNano, conditions: Conditions) -> None:
    noise, level = draw_noise(model.latent_shapes(SHAPE), [5]), torch.tensor([0.7])
    with torch.no_grad():
        full = model.velocity(noise, level, model.drop_conditions(collate([model.embed(conditions)]), None))
        bare = model.velocity(noise, level, collate([model.embed(Conditions(shape=SHAPE))]))
    assert torch.allclose(full["video"], bare["video"], atol=1e-5)
    assert torch.allclose(full["audio"], bare["audio"], atol=1e-5)


def test_the_world_that_a_camera_stands_in_does_not_matter(model: SlateNano, conditions: Conditions) -> None:
    camera = move_camera("arc_cw", SHAPE)
    moved = camera.camera_to_world.copy()
    moved[:, :3, 3] += [10.0, 2.0, -7.0]
    here = velocity(model, replace(conditions, camera=camera))
    there = velocity(model, replace(conditions, camera=Camera(moved, camera.intrinsics)))
    assert torch.allclose(here["video"], there["video"], atol=1e-4)


def test_a_saved_model_is_the_same_to_half_precision(model: SlateNano, conditions: Conditions, tmp_path: Path) -> None:
    model.save(tmp_path)
    loaded = registry.load("slate-nano", tmp_path)
    assert isinstance(loaded, SlateNano)
    assert loaded.fingerprint == model.fingerprint
    assert loaded.trained_shape == SHAPE
    first, second = velocity(model, conditions), velocity(loaded, conditions)
    assert torch.allclose(first["video"], second["video"], atol=2e-2)


def test_the_codec_keeps_what_it_was_fitted_on(model: SlateNano) -> None:
    ramp = np.linspace(0, 255, 16).astype(np.uint8)
    frames = np.broadcast_to(ramp[None, None, :, None], (5, 16, 16, 3)).copy()
    codec = random_slate(0).codec
    assert codec is not None
    from videomodel.slate.codec import video_blocks

    codec.video.fit(video_blocks(torch.from_numpy(frames)[None]).flatten(0, 3))
    back = codec.decode_video(codec.encode_video(torch.from_numpy(frames)[None]))[0].numpy()
    assert np.abs(back.astype(int) - frames).max() <= 1


def test_sampling_is_a_function_of_the_seed(model: SlateNano, conditions: Conditions) -> None:
    embedded, sizes = collate([model.embed(conditions)]), model.latent_shapes(SHAPE)
    first, again, other = (
        sample(model, draw_noise(sizes, [seed]), embedded, steps=3, guidance=2.0) for seed in (1, 1, 2)
    )
    assert torch.equal(first["video"], again["video"])
    assert not torch.allclose(first["video"], other["video"])
    clip = model.decode({name: value[0] for name, value in first.items()}, SHAPE)
    assert clip.frames.shape == (5, 16, 16, 3)
    assert clip.sound is not None
    assert clip.sound.shape == (10_000,)


def test_a_wish_is_fitted_to_the_sizes_that_the_model_works_at(model: SlateNano) -> None:
    assert model.fit(Shape(256, 256, 51, 24.0)) == Shape(16, 16, 17, 8.0)
    assert model.fit(Shape(512, 288, 24, 24.0)) == Shape(32, 16, 9, 8.0)


def test_a_clip_that_is_too_long_is_refused_with_the_limit(model: SlateNano) -> None:
    with pytest.raises(RequestRefused, match="at most 81"):
        model.fit(Shape(256, 256, 60 * 24, 24.0))


def test_a_condition_that_the_model_does_not_take_is_refused_by_name(model: SlateNano) -> None:
    last = Still(np.zeros((8, 8, 3), np.uint8), "last_frame")
    with pytest.raises(RequestRefused, match=r"a frame other than the first \(keyframes\)"):
        model.embed(Conditions(shape=SHAPE, stills=(last,)))
    clip = Clip(np.zeros((5, 16, 16, 3), np.uint8), 8.0)
    with pytest.raises(RequestRefused, match=r"a reference clip \(ref_video\)"):
        model.embed(Conditions(shape=SHAPE, source_clip=clip))


def test_sound_at_another_rate_is_refused(model: SlateNano) -> None:
    clip = Clip(np.zeros((5, 16, 16, 3), np.uint8), 8.0, np.zeros(100, np.float32), 44_100)
    with pytest.raises(RequestRefused, match="16000 Hz, not 44100"):
        model.encode(clip)


def test_a_released_codec_refuses_to_encode(tmp_path: Path) -> None:
    model = random_slate(0, dim=24, layers=1, heads=2, trained_shape=(16, 16, 5, 8))
    model.release_codec()
    with pytest.raises(RequestRefused, match="released"):
        model.encode(Clip(np.zeros((5, 16, 16, 3), np.uint8), 8.0))


def test_an_unknown_model_is_refused_with_the_names_there_are(tmp_path: Path) -> None:
    with pytest.raises(RequestRefused, match="there is slate-nano"):
        registry.load("veo", tmp_path)
