"""Bombs, lies and scripts through the real upload, storage and probe: refused by name, and the worker lives."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from common import storage
from curation.models import Asset
from tests.factories import curation as make
from tests.factories import media
from tests.factories.records import blueprint
from tests.integration.curation.conftest import answer, begin, signed_in, upload, verify_all
from tests.unit.curation.probing.test_probe_refuses import HOSTILE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("services")]
CODES = {
    "image_too_large",
    "environment_map_too_large",
    "camera_too_many_frames",
    "camera_not_finite",
    "active_content",
    "json_undecodable",
}


def test_one_batch_of_hostile_files_is_refused_and_an_honest_one_among_them_is_taken(tmp_path: Path) -> None:
    client = signed_in(make.person())
    expected: dict[UUID, str] = {}
    for number, (name, build, code) in enumerate(HOSTILE):
        if code in CODES and code not in expected.values():
            folder = tmp_path / str(number)
            folder.mkdir()
            asset = upload(client, build(folder / name))
            expected[UUID(asset["id"])] = code
    honest = upload(client, media.write_picture(tmp_path / "honest.png"))
    assert set(expected.values()) == CODES
    verify_all()
    refusals = {row.id: row.refusal for row in Asset.objects.filter(id__in=expected)}
    assert {one: refusal["code"] for one, refusal in refusals.items()} == expected
    assert all(refusal["message"] and refusal["fix"] for refusal in refusals.values())
    assert answer(client.get(f"/api/v1/assets/{honest['id']}"))["status"] == "ready"
    assert not [key for key in storage.keys("incoming/") if key.removeprefix("incoming/") in map(str, expected)]


@pytest.mark.parametrize(
    "claim",
    [
        {"name": "a.mp4", "size": 10 * 10**12},
        {"name": "a.mp4", "size": 0},
        {"name": "a.mp4", "size": 2**63},
        {"name": "a.mp4", "size": -1},
        {"name": "a" * 300 + ".mp4", "size": 5},
        {"name": "..\\..\\a.mp4", "size": 5},
        {"name": "a.mp4\n.html", "size": 5},
        {"name": "a.mp4", "size": 5, "content_type": "x" * 200},
    ],
)
def test_a_claim_that_cannot_be_true_or_deceives_is_refused_before_a_byte_is_sent(claim: dict[str, object]) -> None:
    refused = signed_in(make.person()).post("/api/v1/assets", claim)
    assert refused.status_code in (400, 413), refused.content
    assert set(refused.json()["fields"]) <= set(claim)


def test_a_hash_that_somebody_knows_opens_nothing(tmp_path: Path) -> None:
    owner, stranger = signed_in(make.person()), signed_in(make.person())
    asset = upload(owner, media.write_picture(tmp_path / "mine.png"))
    verify_all()
    sha256 = Asset.objects.get(id=asset["id"]).sha256
    mine = begin(stranger, "mine.png", 5)
    for known in (asset["id"], sha256, sha256[:32]):  # thirty-two hexadecimal digits are a UUID, too
        for method, path in (("get", ""), ("get", "/link"), ("delete", ""), ("post", "/complete"), ("get", "/parts")):
            refused = getattr(stranger, method)(f"/api/v1/assets/{known}{path}")
            assert refused.status_code == 404
    record = blueprint(reference_images=[{"asset": asset["id"], "role": "style"}])
    draft = answer(stranger.post("/api/v1/submissions", {"campaign": str(make.campaign().id), "record": record}), 201)
    refused = stranger.post(f"/api/v1/submissions/{draft['id']}/submit").json()
    assert refused["code"] == "asset_not_found", refused
    assert answer(stranger.get(f"/api/v1/assets/{mine['id']}"))["status"] == "uploading"
