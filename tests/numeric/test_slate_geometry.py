"""Rays, light and sound against formulas written out another way."""

import numpy as np
import pytest
import torch
from scipy.spatial.transform import Rotation

from videomodel import spectrum
from videomodel.light import cct_rgb, rotate_sh, sh_basis, sh_from_latlong, sun_direction
from videomodel.rays import pluecker_rays, relative_to_first, resample_camera


def test_rays_meet_the_points_that_project_to_their_pixels() -> None:
    rng = np.random.default_rng(0)
    pose = np.eye(4)[None].copy()
    pose[0, :3, :3] = Rotation.random(random_state=1).as_matrix()
    pose[0, :3, 3] = rng.normal(size=3)
    fx, fy, cx, cy = 0.8, 1.1, 0.45, 0.52
    rays = pluecker_rays(pose, np.array([[fx, fy, cx, cy]]), height=6, width=8)[0]
    row, column, depth = 4, 6, 3.7
    u, v = (column + 0.5) / 8, (row + 0.5) / 6
    point = pose[0] @ np.array([(u - cx) / fx * depth, (v - cy) / fy * depth, depth, 1.0])
    moment, direction = rays[row, column, :3], rays[row, column, 3:]
    assert np.linalg.norm(direction) == pytest.approx(1, abs=1e-6)
    assert np.allclose(np.cross(point[:3], direction), moment, atol=1e-5)


def test_the_first_relative_pose_is_the_identity_and_rays_ignore_the_world() -> None:
    poses = np.tile(np.eye(4), (3, 1, 1))
    poses[:, :3, 3] = [[0, 0, 0], [0.1, 0, 0], [0.2, 0, 0.3]]
    world = np.eye(4)
    world[:3, :3], world[:3, 3] = Rotation.random(random_state=2).as_matrix(), [5, -3, 2]
    assert np.allclose(relative_to_first(world @ poses), poses, atol=1e-12)


def test_resampling_a_steady_turn_keeps_it_steady() -> None:
    angles = np.linspace(0, 0.9, 10)
    poses = np.tile(np.eye(4), (10, 1, 1))
    poses[:, :3, :3] = Rotation.from_rotvec(np.outer(angles, [0, 1, 0])).as_matrix()
    poses[:, 0, 3] = angles
    at_s = np.array([0.05, 0.25, 0.61])
    turned, _ = resample_camera(poses, np.ones((10, 4)), times_s=np.arange(10) * 0.1, at_s=at_s)
    assert np.allclose(Rotation.from_matrix(turned[:, :3, :3]).as_rotvec()[:, 1], at_s, atol=1e-9)
    assert np.allclose(turned[:, 0, 3], at_s)


def test_turning_harmonics_turns_the_light() -> None:
    rotation, towards = Rotation.random(random_state=3).as_matrix(), sun_direction(70, 25)
    turned = rotate_sh(sh_basis(towards)[:, None] * np.ones(3), rotation)
    assert np.allclose(turned, sh_basis(rotation @ towards)[:, None] * np.ones(3), atol=1e-12)


def test_an_even_map_has_only_the_first_harmonic() -> None:
    sh = sh_from_latlong(np.full((64, 128, 3), 2.0, dtype=np.float32))
    assert np.allclose(sh[0], 2.0 * 2 * np.sqrt(np.pi), rtol=1e-3)
    assert np.abs(sh[1:]).max() < 2e-3


def test_a_bright_spot_east_of_a_map_is_east_in_the_harmonics() -> None:
    radiance = np.zeros((64, 128, 3), dtype=np.float32)
    radiance[30:34, 128 // 4 - 2 : 128 // 4 + 2] = 1.0  # longitude +pi/2, which is +X, a quarter in from the left edge
    y, z, x = sh_from_latlong(radiance)[1:4, 0]
    assert x > 10 * max(abs(y), abs(z))


def test_colours_of_black_bodies_go_from_orange_to_blue() -> None:
    warm, cold = cct_rgb(2800), cct_rgb(9000)
    assert warm[0] > 2 * warm[2]
    assert cold[2] > cold[0]


def test_sound_survives_the_way_through_its_mel_spectrum() -> None:
    generator = torch.Generator().manual_seed(0)
    sound = torch.zeros(1, 16_000)
    sound[0, 4000:6000] = torch.randn(2000, generator=generator) * 0.2 * torch.linspace(1, 0, 2000)
    back = spectrum.sound_from_log_mel(spectrum.log_mel(sound))
    levels = [x.view(-1, 400).square().mean(dim=1) for x in (sound[0], back[0])]
    assert np.corrcoef(levels[0], levels[1])[0, 1] > 0.97
    assert torch.equal(back, spectrum.sound_from_log_mel(spectrum.log_mel(sound)))


def test_the_loudest_mel_band_is_the_tone_that_plays() -> None:
    tone = torch.sin(2 * torch.pi * 1000 * torch.arange(16_000) / 16_000)[None] * 0.5
    band = int(spectrum.log_mel(tone)[0, 50].argmax())
    centre_hz = float((spectrum.mel_filters() * torch.linspace(0, 8000, 513)[:, None]).sum(dim=0)[band])
    assert abs(centre_hz - 1000) < 80
