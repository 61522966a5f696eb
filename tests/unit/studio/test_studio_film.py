"""The film set's pictures: same seed, same bytes; depth that agrees with the cameras, shadows with the sun."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

import studio
from studio import shading
from studio import stage as staging
from studio.exposure import expose
from studio.light import latlong_directions, latlong_solid_angles, sh_irradiance, sun_direction


def test_same_seed_gives_the_same_bytes() -> None:
    first, again = (studio.film(studio.compose(11), width=48, height=32) for _ in range(2))
    assert first.frames.tobytes() == again.frames.tobytes()
    assert first.depth_m.tobytes() == again.depth_m.tobytes()
    assert first.sound.tobytes() == again.sound.tobytes()
    assert first.environment.tobytes() == again.environment.tobytes()
    assert first.camera_to_world.tobytes() == again.camera_to_world.tobytes()


def test_another_seed_gives_another_take() -> None:
    takes = [studio.film(studio.compose(seed), width=32, height=32) for seed in (1, 2)]
    assert (takes[0].frames != takes[1].frames).any()


def test_a_take_has_the_promised_shapes_and_types() -> None:
    scene = studio.compose(3, duration_s=1.5, fps=6)
    take = studio.film(scene, width=40, height=24, sample_rate_hz=16_000, environment_height=16)
    assert (take.frames.shape, take.frames.dtype) == ((9, 24, 40, 3), np.uint8)
    assert (take.depth_m.shape, take.depth_m.dtype) == ((9, 24, 40), np.float32)
    assert (take.sound.shape, take.sound.dtype) == ((2, 24_000), np.float32)
    assert (take.camera_to_world.shape, take.camera_to_world.dtype) == ((9, 4, 4), np.float64)
    assert take.intrinsics.shape == (9, 4)
    assert (take.environment.shape, take.environment.dtype) == ((16, 32, 3), np.float32)
    assert (take.sh.shape, take.sh.dtype) == ((9, 3), np.float32)


def test_a_scene_is_json_able() -> None:
    scene = studio.compose(5)
    assert json.loads(json.dumps(scene.to_dict()))["seed"] == 5


def test_single_precision_shows_the_same_picture_as_double() -> None:
    scene = studio.compose(2)
    exact = studio.film(scene, width=64, height=64, samples=2).frames.astype(int)
    fast = studio.film_batch([scene], width=64, height=64, samples=2)[0].numpy().astype(int)
    differs = np.abs(exact - fast).max(axis=-1) > 1
    assert differs.mean() < 5e-4


def test_solids_out_of_sight_may_be_left_out_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    scenes = [studio.compose(seed, duration_s=0.5) for seed in (0, 4, 9, 14)]
    culled = studio.film_batch(scenes, width=80, height=72)

    def keep_all(stage: Any, *_: Any) -> torch.Tensor:
        return torch.ones(stage.center.shape[1], dtype=torch.bool)

    monkeypatch.setattr(shading, "_in_view", keep_all)
    monkeypatch.setattr(shading, "_may_shade", keep_all)
    assert torch.equal(culled, studio.film_batch(scenes, width=80, height=72))


def test_batching_scenes_changes_no_pixel() -> None:
    scenes = [studio.compose(seed, duration_s=0.5) for seed in (1, 7)]
    together = studio.film_batch(scenes, width=32, height=32)
    for scene, clip in zip(scenes, together, strict=True):
        assert torch.equal(studio.film_batch([scene], width=32, height=32)[0], clip)


def test_scenes_padded_to_one_stage_look_as_they_do_alone() -> None:
    scenes = [studio.compose(seed, duration_s=0.25) for seed in (1, 2, 13)]
    times = [scene.frame_times() for scene in scenes]
    shared = staging.build(scenes, times, aspect=1.0, device="cpu", dtype=torch.float32)
    together = expose(shared, 48, 48, 2)[0].int()
    alone = studio.film_batch(scenes, width=48, height=48, samples=2).flatten(0, 1).int()
    assert (together - alone).abs().max() <= 1


@pytest.mark.parametrize("seed", [2, 5, 21])
def test_rounding_as_another_device_would_changes_no_pixel_by_more_than_one(seed: int) -> None:
    scene = studio.compose(seed, duration_s=0.25)
    stage = staging.build([scene], [scene.frame_times()], aspect=1.0, device="cpu", dtype=torch.float64)
    generator = torch.Generator().manual_seed(seed)
    shaken = {
        name: value * (1 + 1e-13 * torch.randn(value.shape, generator=generator, dtype=value.dtype))
        for name, value in vars(stage).items()
        if isinstance(value, torch.Tensor) and name not in ("looks", "window", "indoors", "key")
    }
    frames = expose(stage, 96, 64, 4)[0].int()
    assert (expose(replace(stage, **shaken), 96, 64, 4)[0].int() - frames).abs().max() <= 1


def test_depth_of_one_frame_reprojects_onto_the_next() -> None:
    scene = studio.compose(6, place="meadow", subject="crate", action="rests", count=1, move="truck_right")
    take = studio.film(scene, width=96, height=64, samples=1)
    a, b = 4, 10
    v, u = np.mgrid[0:64, 0:96]
    fx, fy, cx, cy = take.intrinsics[a]
    z = take.depth_m[a].astype(np.float64)
    rays = np.stack([((u + 0.5) / 96 - cx) / fx, ((v + 0.5) / 64 - cy) / fy, np.ones_like(z)], axis=-1)
    near = np.isfinite(z) & (z < 25)
    here, then = take.camera_to_world[a], take.camera_to_world[b]
    world = (rays * np.where(near, z, 0.0)[..., None]) @ here[:3, :3].T + here[:3, 3]
    seen = (world - then[:3, 3]) @ then[:3, :3]
    x = np.floor((seen[..., 0] / seen[..., 2] * fx + cx) * 96).astype(int)
    y = np.floor((seen[..., 1] / seen[..., 2] * fy + cy) * 64).astype(int)
    inside = near & (x >= 0) & (x < 96) & (y >= 0) & (y < 64)
    there = take.depth_m[b][y.clip(0, 63), x.clip(0, 95)]
    agrees = np.abs(there - seen[..., 2]) < 0.06 * seen[..., 2]
    assert inside.mean() > 0.3
    assert agrees[inside].mean() > 0.9
    close = np.abs(take.frames[b][y.clip(0, 63), x.clip(0, 95)].astype(int) - take.frames[a]).max(-1) < 40
    assert close[inside & agrees].mean() > 0.9


def test_the_sky_is_infinitely_far() -> None:
    take = studio.film(studio.compose(0, place="desert", duration_s=0.25), width=32, height=32)
    assert np.isinf(take.depth_m).any()
    assert np.isfinite(take.depth_m).any()


@pytest.mark.parametrize(("azimuth", "elevation"), [(90.0, 40.0), (215.0, 30.0)])
def test_shadow_falls_away_from_the_sun(azimuth: float, elevation: float) -> None:
    noon = {"place": "snowy field", "weather": "clear", "time_of_day": "noon"}
    scene = studio.compose(1, subject="ball", action="rests", count=1, **noon)
    toward = sun_direction(azimuth, elevation)
    sky = replace(scene.sky, sun_azimuth_deg=azimuth, sun_elevation_deg=elevation)
    scene = replace(scene, sky=sky, lamps=(replace(scene.lamps[0], direction=toward),))
    scene = replace(scene, setting=replace(scene.setting, props=()))
    above = np.array([[1.0, 0, 0, 0], [0, 0, -1, 6.0], [0, 1, 0, 0], [0, 0, 0, 1]])  # looks down, north at the top
    lens = np.array([1.0, 1.0, 0.5, 0.5])
    frame = studio.still(scene, 0.0, width=96, height=96, camera=(above, lens), samples=1)
    bare = studio.still(scene, 0.0, width=96, height=96, camera=(above, lens), samples=1, with_subjects=False)
    ball = np.array(scene.subjects[0].position)
    row, column = np.nonzero((frame.astype(int).sum(-1) - bare.astype(int).sum(-1)) < -150)
    east, north = (column.mean() + 0.5 - 48) / 96 * 6 - ball[0], (48 - row.mean() - 0.5) / 96 * 6 + ball[2]
    away = -np.array([toward[0], -toward[2]])
    cosine = np.array([east, north]) @ away / np.linalg.norm([east, north]) / np.linalg.norm(away)
    assert cosine > 0.95


def test_harmonics_give_the_irradiance_of_the_environment() -> None:
    take = studio.film(studio.compose(8, place="meadow", weather="overcast", duration_s=0.25), width=16, height=16)
    directions, weight = latlong_directions(64), latlong_solid_angles(64)
    normals = np.concatenate([np.eye(3), -np.eye(3)])
    cosine = np.clip(np.einsum("hwi,ni->nhw", directions, normals), 0, None)
    exact = np.einsum("nhw,hwc->nc", cosine * weight, take.environment.astype(np.float64))
    assert np.abs(sh_irradiance(take.sh, normals) - exact).max() < 0.09 * exact.max()


def test_the_environment_is_brightest_where_the_sun_stands() -> None:
    scene = studio.compose(4, place="desert", weather="clear", time_of_day="afternoon", duration_s=0.25)
    environment = studio.film(scene, width=16, height=16).environment
    brightest = np.unravel_index(environment.sum(-1).argmax(), environment.shape[:2])
    direction = latlong_directions(64)[brightest]
    told = sun_direction(scene.sky.sun_azimuth_deg, scene.sky.sun_elevation_deg)
    assert direction @ np.array(told) > np.cos(np.radians(4))


def test_reference_images_show_each_subject_the_set_and_the_first_frame() -> None:
    scene = studio.compose(9)
    images = studio.reference_images(scene, size=48)
    assert [image.role for image in images][-2:] == ["background", "first_frame"]
    assert {image.subject for image in images if image.role == "subject"} <= {s.name for s in scene.subjects}
    assert all(image.pixels.shape == (48, 48, 3) for image in images)


def test_a_subject_fills_its_reference_image_with_its_colour() -> None:
    wishes = {"subject": "ball", "color": "red", "finish": "matte", "place": "snowy field", "time_of_day": "noon"}
    scene = studio.compose(12, count=1, **wishes)
    portrait = studio.reference_images(scene, size=64)[0].pixels.astype(int)
    reddish = (portrait[..., 0] > 1.6 * portrait[..., 1]) & (portrait[..., 0] > 1.6 * portrait[..., 2])
    assert reddish[24:40, 24:40].mean() > 0.5


def test_a_picture_of_nothing_but_sky_is_filmed() -> None:
    up = np.eye(4)
    up[:3, :3] = np.array([[1, 0, 0], [0, 0, 1], [0, -1, 0]])  # right is +X, down is -Z, forward is +Y
    up[:3, 3] = (0, 50, 0)
    scene = studio.compose(0, place="desert", weather="clear", time_of_day="noon")
    picture = studio.still(scene, 0.0, width=16, height=16, camera=(up, np.array([4.0, 4.0, 0.5, 0.5])))
    assert picture.std(axis=(0, 1)).max() < 8
