"""What editors are told while somebody still writes."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
import pytest

from accounts.roles import Role
from curation.record.cameras import save_poses
from curation.record.lighting import measure_map
from tests.factories import curation as make
from tests.factories.records import valid_record
from tests.integration.curation.conftest import answer, signed_in
from tests.unit.curation.record.camera_paths import random_path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("services")]
SLIDE = [
    {"time_s": 0, "position": [0, 1, 0], "look_at": [0, 1, -5]},
    {"time_s": 2, "position": [3, 1, 0], "look_at": [3, 1, -5], "easing": "ease_out"},
]


def test_an_unfinished_record_is_captioned_in_both_languages() -> None:
    client = signed_in(make.person())
    draft = {"scene": valid_record()["scene"], "camera": {"declared": {"primitives": [{"name": "zoom"}]}}}
    found = answer(client.post("/api/v1/captions/compose", {"record": draft}))
    assert found["captions"]["en"]["long"].startswith("A red ball rolls")
    assert found["captions"]["ar"]["short"]
    assert {"camera.declared.primitives[0].name"} <= {problem["path"] for problem in found["problems"]}


def test_key_frames_become_the_file_that_a_record_stores_and_its_words() -> None:
    client = signed_in(make.person(Role.ENGINEER))
    asked = {"fps": [24, 1], "num_frames": 48, "key_frames": SLIDE}
    made = answer(client.post("/api/v1/cameras/resample", asked))
    poses = np.load(io.BytesIO(base64.b64decode(made["npy_base64"])))
    assert poses.dtype == np.float64
    assert np.array_equal(poses, made["poses"])
    assert poses[-1, 0, 3] == pytest.approx(3 * 47 / 48)
    told = answer(client.post("/api/v1/cameras/describe", asked))
    assert [one["name"] for one in told["primitives"]] == ["truck_right"]
    by_poses = answer(client.post("/api/v1/cameras/describe", {"fps": [24, 1], "poses": made["poses"]}))
    assert by_poses["words"] == told["words"]
    assert told["steadiness"] == "no_shaking"


@pytest.mark.parametrize(
    "asked",
    [
        {"fps": [24, 1]},
        {"fps": [24, 1], "poses": [[[1, 2], [3, 4]]]},
        {"fps": [24, 1], "poses": [[[2, 0, 0, 0], [0, 2, 0, 0], [0, 0, 2, 0], [0, 0, 0, 1]]]},
        {"fps": [24, 1], "key_frames": SLIDE},
        {"fps": [24, 1], "num_frames": 5, "key_frames": SLIDE[::-1]},
        {"fps": [24, 1], "num_frames": 5, "key_frames": [{"time_s": 0, "position": [0, 0, 0], "look_at": [0, 0, 0]}]},
    ],
)
def test_what_is_no_path_is_refused_by_field(asked: dict[str, Any]) -> None:
    refused = answer(signed_in(make.person()).post("/api/v1/cameras/describe", asked), 400)
    assert refused["code"] in ("invalid", "bad_camera_path")
    assert refused["fields"]


def test_a_stored_path_is_given_whole() -> None:
    person, path = make.person(), random_path(3, 7)
    asset = make.asset(person, save_poses(path), kind="camera_poses", content_type="application/x-npy")
    asset.facts = {
        "intrinsics": [[1, 1, 0.5, 0.5]], "source_format": "tum", "losses": [{"field": "lens", "message": "none"}],
    }  # fmt: skip
    asset.save()
    found = answer(signed_in(person).get(f"/api/v1/assets/{asset.id}/camera-path"))
    assert (found["count"], found["convention"], found["losses"][0]["field"]) == (7, "opencv_c2w", "lens")
    assert np.allclose(found["poses"], path.c2w)
    assert answer(signed_in(make.person()).get(f"/api/v1/assets/{asset.id}/camera-path"), 404)["code"]


def test_light_is_given_as_a_lit_sphere_needs_it() -> None:
    person = make.person()
    asset = make.asset(person, b"map", kind="environment_map", content_type="image/x-exr", stored=False)
    pixels = np.full((16, 32, 3), 0.1)
    pixels[2, 8] = 100.0
    asset.facts = {"light": measure_map(pixels).as_facts()}
    asset.save()
    lighting = valid_record(env_map_asset=asset.id)["lighting"]
    lighting["lights"].append({"role": "fill"})
    asked = {"lighting": lighting, "camera_pose": np.diag([1.0, -1.0, -1.0, 1.0]).tolist()}
    found = answer(signed_in(person).post("/api/v1/lighting/preview", asked))
    assert np.shape(found["env_map"]["sh"]) == np.shape(found["lamps"]["irradiance_sh"]) == (9, 3)
    assert found["env_map"]["key_direction"]
    assert found["lamps"]["lamps"][0]["illuminance_lx"] == 60_000
    assert len(found["sun_direction"]) == 3
    assert "lighting.lights[1].type" in {problem["path"] for problem in found["problems"]}
    other = answer(signed_in(make.person()).post("/api/v1/lighting/preview", asked), 404)
    assert other["code"] == "asset_not_found"


def test_a_file_that_is_no_map_is_named() -> None:
    person = make.person()
    asset = make.asset(person, b"x", kind="image", content_type="image/png", stored=False)
    asked = {"lighting": {"env_map": {"asset": str(asset.id)}}}
    assert answer(signed_in(person).post("/api/v1/lighting/preview", asked), 400)["code"] == "not_an_environment_map"


@pytest.mark.parametrize("path", ["captions/compose", "cameras/describe", "cameras/resample", "lighting/preview"])
def test_previews_are_for_those_who_contribute_or_generate(path: str) -> None:
    assert answer(signed_in(make.person(Role.REVIEWER)).post(f"/api/v1/{path}", {}), 403)["code"] == "not_allowed"
