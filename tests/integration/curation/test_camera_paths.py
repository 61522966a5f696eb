"""Camera files of every format become canonical paths; these are looked at, and taken away in any format."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from accounts.roles import Role
from common import storage
from curation.lifecycle import SubmissionStatus
from curation.models import Asset
from curation.record.cameras import FORMATS, CameraPath, export_camera, import_camera, save_poses
from curation.services import moves, reviews
from tests.factories import curation as make
from tests.integration.curation.conftest import answer, signed_in, upload, verify_all
from tests.unit.curation.record.camera_paths import random_path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("services")]
# One for each way in which the probe looks at a camera file.
ENDINGS = {"tum": "txt", "blender": "json", "glb": "glb", "usd": "usda", "colmap_binary": "bin", "pluecker": "npy"}


def convert(client: Any, content: bytes, name: str, folder: Path, **options: Any) -> dict[str, Any]:
    """The asset that became of a camera file."""
    source = uploaded(client, content, name, folder)
    made = answer(client.post(f"/api/v1/assets/{source['id']}/conversions", options, format="json"), 201)
    verify_all()
    return answer(client.get(f"/api/v1/assets/{made['id']}"))


def uploaded(client: Any, content: bytes, name: str, folder: Path) -> dict[str, Any]:
    (folder / name).write_bytes(content)
    asset = upload(client, folder / name)
    verify_all()
    return answer(client.get(f"/api/v1/assets/{asset['id']}"))


def stored_poses(asset: dict[str, Any]) -> np.ndarray:
    row = Asset.objects.get(id=asset["id"])
    return np.load(io.BytesIO(storage.read(row.storage_key)))


@pytest.mark.parametrize("name", ENDINGS)
def test_camera_files_become_canonical_paths(tmp_path: Path, name: str) -> None:
    client, path = signed_in(make.person()), random_path(1, 5)
    files, ending = list(export_camera(path, name).files.values()), ENDINGS[name]
    options: dict[str, Any] = {}
    if len(files) > 1:
        options["companion"] = uploaded(client, files[1], f"second.{ending}", tmp_path)["id"]
    ready = convert(client, files[0], f"{name}.{ending}", tmp_path, **options)
    assert (ready["status"], ready["kind"]) == ("ready", "camera_poses"), ready["refusal"]
    assert ready["facts"]["source_format"] == name
    assert ready["facts"]["source_convention"] == FORMATS[name].convention.name
    poses = stored_poses(ready)
    assert np.abs(np.linalg.inv(poses[0]) @ poses - np.linalg.inv(path.c2w[0]) @ path.c2w).max() < 1e-4


def test_a_path_is_cropped_and_put_on_a_timeline_on_the_way(tmp_path: Path) -> None:
    client, path = signed_in(make.person()), random_path(2, 50)
    path = CameraPath(path.c2w, path.intrinsics, np.arange(50) / 30, 1280, 720)
    content = export_camera(path, "blender").files["camera.json"]
    ready = convert(
        client, content, "camera.json", tmp_path,
        crop={"left": 160, "top": 0, "width": 960, "height": 720}, resize={"width": 640, "height": 480},
        timeline={"fps": [24, 1], "num_frames": 36},
    )  # fmt: skip
    assert (ready["facts"]["count"], ready["facts"]["width"], ready["facts"]["height"]) == (36, 640, 480)
    assert ready["facts"]["times_s"][-1] == pytest.approx(35 / 24)
    assert ready["facts"]["intrinsics"][0][0] == pytest.approx(path.intrinsics[0, 0] * 1280 / 960)
    asked = {"timeline": {"fps": [24, 1], "num_frames": 400}}
    refused = convert(client, content, "again.json", tmp_path, **asked)["refusal"]
    assert refused["code"] == "outside_path"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("shot.usdc", b"PXR-USDC" + b"\0" * 200, "not_usd"),
        ("poses.txt", b"1 0 0 0 0 1 0 0 0 0 1 0\n1 0 0", "wrong_columns"),
    ],
)
def test_what_cannot_be_read_is_refused_and_the_original_stays(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    client = signed_in(make.person())
    refused = convert(client, content, name, tmp_path)
    assert (refused["status"], refused["refusal"]["code"]) == ("refused", code)
    assert answer(client.get(f"/api/v1/assets/{refused['derived_from']}"))["status"] == "ready"


def test_a_path_is_previewed_small(tmp_path: Path) -> None:
    client, path = signed_in(make.person()), random_path(3, 1_000)
    ready = convert(client, export_camera(path, "realestate10k").files["poses.txt"], "p.txt", tmp_path, world_up="y")
    seen = answer(client.get(f"/api/v1/assets/{ready['id']}/camera-preview"))
    assert (seen["count"], len(seen["frames"]), seen["frames"][-1]) == (1_000, 256, 999)
    assert seen["positions"][0] == pytest.approx(path.positions[0], abs=1e-4)
    assert seen["forward"][-1] == pytest.approx(path.rotations[-1][:, 2], abs=1e-4)
    assert seen["up"][-1] == pytest.approx(-path.rotations[-1][:, 1], abs=1e-4)
    assert seen["up_is"] == "declared"
    expected = np.degrees(2 * np.arctan(0.5 / path.intrinsics[0, :2]))
    assert seen["field_of_view_deg"][0] == pytest.approx(expected, abs=1e-3)


def test_a_path_is_taken_away_in_every_format_and_told_what_is_lost(tmp_path: Path) -> None:
    client, path = signed_in(make.person()), random_path(4, 6)
    ready = convert(client, export_camera(path, "blender").files["camera.json"], "c.json", tmp_path)
    base = f"/api/v1/assets/{ready['id']}/camera-exports"
    offered = answer(client.get(base))
    assert [one["name"] for one in offered] == list(FORMATS)
    for one in offered:
        sent = client.get(f"{base}/{one['name']}")
        assert (sent.status_code, sent["content-type"]) == (200, "application/octet-stream"), sent.content
        assert sent["content-disposition"].startswith("attachment")
        files = unpacked(sent)
        back = import_camera(files[0], companion=files[1] if len(files) > 1 else None)
        assert back.format == one["name"]
        assert len(back.path) == 6
    lost = {one["name"]: {loss["field"] for loss in one["losses"]} for one in offered}
    assert "intrinsics" in lost["tum"]
    assert lost["blender"] == set()


def unpacked(sent: Any) -> list[bytes]:
    if not sent["content-disposition"].endswith('.zip"'):
        return [sent.content]
    with zipfile.ZipFile(io.BytesIO(sent.content)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_what_a_format_needs_and_the_path_lacks_is_said(tmp_path: Path) -> None:
    client = signed_in(make.person())
    bare = uploaded(client, export_camera(random_path(5, 3), "npy").files["poses.npy"], "poses.npy", tmp_path)
    base = f"/api/v1/assets/{bare['id']}/camera-exports"
    problems = {one["name"]: one["problem"] for one in answer(client.get(base))}
    assert "intrinsics" in problems["realestate10k"]
    assert problems["tum"] is None
    assert answer(client.get(f"{base}/realestate10k"), 409)["code"] == "not_exportable"
    assert answer(client.get(f"{base}/fbx"), 404)["code"] == "no_such_camera_format"
    assert b"(timestamps are seconds)" in client.get(f"{base}/tum?fps=25").content
    note = uploaded(client, b"# A scene\nA ball rolls.", "note.md", tmp_path)
    assert answer(client.get(f"/api/v1/assets/{note['id']}/camera-preview"), 409)["code"] == "not_a_camera_path"


def test_paths_are_shown_to_those_who_may_read_them_and_to_nobody_else(tmp_path: Path) -> None:
    row = make.submission(make.campaign(), make.person(), stored=True)
    asset = row.current.placements.get(path="camera.poses.asset").asset
    storage.write(asset.storage_key, save_poses(random_path(6, 3)))
    path = f"/api/v1/assets/{asset.id}/camera-exports/kitti"
    reviewer, engineer = make.person(Role.REVIEWER), signed_in(make.person(Role.ENGINEER))
    assert signed_in(reviewer).get(path).status_code == 404
    reviews.take_next(reviewer=reviewer, now=timezone.now())
    assert signed_in(reviewer).get(path).status_code == 200
    assert engineer.get(path).status_code == 404
    assert signed_in(make.person()).get(path).status_code == 404
    moves.move_submission(row.id, to=SubmissionStatus.ACCEPTED, now=timezone.now())
    assert engineer.get(path).status_code == 200
