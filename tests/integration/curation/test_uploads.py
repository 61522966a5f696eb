"""Uploads through HTTP, real storage and the real probe."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from django.db import connections
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from common import storage
from curation.lifecycle import AssetStatus, SubmissionStatus
from curation.models import Asset
from curation.services import moves, reviews, sweeping, uploads, verification
from tests.factories import curation as make
from tests.factories import media
from tests.integration.curation.conftest import answer, begin, put_parts, signed_in, upload, verify_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("services")]
MIB = 2**20


def test_a_file_is_uploaded_verified_and_served_by_a_short_link(tmp_path: Path) -> None:
    owner = make.person()
    client = signed_in(owner)
    file = media.write_picture(tmp_path / "ball.jpg")
    asset = upload(client, file, content_type="image/jpeg")
    assert asset["status"] == AssetStatus.VERIFYING
    verify_all()
    ready = answer(client.get(f"/api/v1/assets/{asset['id']}"))
    assert (ready["status"], ready["kind"], ready["content_type"]) == ("ready", "image", "image/jpeg")
    assert (ready["facts"]["width"], ready["facts"]["height"]) == (96, 64)
    link = answer(client.get(f"/api/v1/assets/{asset['id']}/link"))
    served = httpx.get(link["url"])
    assert served.content == file.read_bytes()
    assert served.headers["content-type"] == "image/jpeg"
    assert served.headers["content-disposition"].startswith("attachment")
    assert not storage.exists(f"incoming/{asset['id']}")


def test_an_interrupted_upload_resumes_with_the_parts_that_are_missing() -> None:
    client = signed_in(make.person())
    data = bytes(range(256)) * (17 * MIB // 256)
    asset = begin(client, "long.wav", len(data))
    assert (asset["part_size"], asset["part_count"]) == (8 * MIB, 3)
    put_parts(client, asset, data, [2])
    arrived = answer(client.get(f"/api/v1/assets/{asset['id']}/parts"))["parts"]
    assert arrived == [{"number": 2, "size": 8 * MIB}]
    refused = answer(client.post(f"/api/v1/assets/{asset['id']}/complete"), 409)
    assert refused["code"] == "upload_incomplete"
    assert refused["fields"]["parts"] == ["Part 1 has not arrived.", "Part 3 has not arrived."]
    put_parts(client, asset, data, [1, 3])
    assert answer(client.post(f"/api/v1/assets/{asset['id']}/complete"))["status"] == "verifying"
    assert answer(client.post(f"/api/v1/assets/{asset['id']}/complete"))["status"] == "verifying"
    assert storage.head(f"incoming/{asset['id']}").size == len(data)


def test_a_part_of_another_size_than_announced_never_becomes_a_file() -> None:
    client = signed_in(make.person())
    asset = begin(client, "claims.wav", 10 * 2**30)
    links = answer(client.post(f"/api/v1/assets/{asset['id']}/parts", {"numbers": [1]}))["parts"]
    assert httpx.put(links[0]["url"], content=b"far less").status_code == 403
    refused = answer(client.post(f"/api/v1/assets/{asset['id']}/complete"), 409)
    assert refused["code"] == "upload_incomplete"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/b.jpg", "a\\b.jpg", "..", "exe\u202egpj.jpg", ".htaccess", "new\nline.jpg", " "]
)
def test_a_name_that_is_a_path_or_deceives_is_refused(name: str) -> None:
    answered = signed_in(make.person()).post("/api/v1/assets", {"name": name, "size": 5})
    assert answered.status_code == 400
    assert answered.json()["code"] in {"bad_name", "invalid"}
    assert "name" in answered.json()["fields"]


def test_a_file_beyond_the_limit_is_refused_before_a_byte_is_sent() -> None:
    client = signed_in(make.person())
    asked = {"name": "big.mp4", "size": uploads.MAX_UPLOAD_BYTES + 1}
    assert answer(client.post("/api/v1/assets", asked), 413)["code"] == "too_large"
    asked["size"] = uploads.MAX_UPLOAD_BYTES
    assert answer(client.post("/api/v1/assets", asked), 201)["part_count"] <= uploads.MAX_PARTS


@pytest.mark.django_db(transaction=True)
def test_racing_uploads_cannot_exceed_the_quota(settings: Any) -> None:
    settings.UPLOAD_QUOTA_BYTES = 100
    owner, results = make.person(), []

    def start() -> None:
        try:
            uploads.start(owner=owner, name="a.jpg", size=30, declared_type="", now=timezone.now())
            results.append("taken")
        except uploads.QuotaExceeded:
            results.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["refused"] * 5 + ["taken"] * 3


def test_another_persons_upload_is_not_there() -> None:
    owner, other = signed_in(make.person()), signed_in(make.person())
    asset = begin(owner, "mine.jpg", 10)
    for method, path in (
        ("get", ""),
        ("delete", ""),
        ("get", "/parts"),
        ("post", "/complete"),
        ("get", "/link"),
        ("post", "/conversions"),
    ):
        answered = getattr(other, method)(f"/api/v1/assets/{asset['id']}{path}")
        assert (answered.status_code, answered.json()["code"]) == (404, "asset_not_found"), (method, path)
    assert answer(other.post(f"/api/v1/assets/{asset['id']}/parts", {"numbers": [1]}), 404)["code"] == "asset_not_found"
    assert answer(other.get("/api/v1/assets"))["results"] == []


def test_equal_bytes_share_storage_but_never_access(tmp_path: Path) -> None:
    file = media.write_picture(tmp_path / "same.png")
    ana, ben = signed_in(make.person()), signed_in(make.person())
    first, second = upload(ana, file), upload(ben, file)
    verify_all()
    rows = Asset.objects.in_bulk([first["id"], second["id"]])
    assert len({row.storage_key for row in rows.values()}) == 1
    assert answer(ben.get(f"/api/v1/assets/{first['id']}/link"), 404)["code"] == "asset_not_found"


def test_an_aborted_upload_frees_its_parts_and_its_quota(settings: Any) -> None:
    settings.UPLOAD_QUOTA_BYTES = 10
    client = signed_in(make.person())
    asset = begin(client, "a.wav", 10)
    put_parts(client, asset, b"0123456789")
    assert client.delete(f"/api/v1/assets/{asset['id']}").status_code == 204
    assert client.delete(f"/api/v1/assets/{asset['id']}").status_code == 204
    assert list(storage.multipart_uploads(f"incoming/{asset['id']}")) == []
    assert answer(client.post(f"/api/v1/assets/{asset['id']}/complete"), 409)["code"] == "wrong_state"
    begin(client, "b.wav", 10)


def test_an_upload_that_storage_forgot_has_expired() -> None:
    client = signed_in(make.person())
    asset = begin(client, "a.wav", 10)
    put_parts(client, asset, b"0123456789")
    storage.abort_multipart(f"incoming/{asset['id']}", Asset.objects.get(id=asset["id"]).upload_id)
    assert answer(client.get(f"/api/v1/assets/{asset['id']}/parts"), 410)["code"] == "upload_expired"
    assert answer(client.post(f"/api/v1/assets/{asset['id']}/complete"), 410)["code"] == "upload_expired"


def test_a_link_that_expired_or_was_altered_serves_nothing(tmp_path: Path) -> None:
    storage.write("sha256/ab/cd/link", b"bytes")
    link = storage.read_link("sha256/ab/cd/link", content_type="image/png", filename="a.png", expires_s=60)
    assert httpx.get(link).content == b"bytes"
    for broken in (link.replace("image%2Fpng", "text%2Fhtml"), link.replace("cd/link", "cd/else"), link.split("?")[0]):
        assert 400 <= httpx.get(broken).status_code < 500
    outdated = re.sub(r"X-Amz-Date=\d{8}", "X-Amz-Date=20200101", link)
    assert 400 <= httpx.get(outdated).status_code < 500


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("truncated.jpg", "truncated", "undecodable"),
        ("picture.png", b"<svg onload=alert(1)></svg>", "active_content"),
        ("archive.jpg", b"PK\x03\x04rest", "archive_not_accepted"),
        ("clip.mp4", b"this is no clip", "type_mismatch"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_the_fix(
    tmp_path: Path, name: str, content: bytes | str, code: str
) -> None:
    client = signed_in(make.person())
    file = tmp_path / name
    if content == "truncated":
        media.write_picture(file)
        file.write_bytes(file.read_bytes()[:400])
    else:
        file.write_bytes(content)
    asset = upload(client, file)
    verify_all()
    refused = answer(client.get(f"/api/v1/assets/{asset['id']}"))
    assert refused["status"] == "refused"
    assert refused["refusal"]["message"]
    assert refused["refusal"]["fix"]
    assert code in refused["refusal"]["code"] or refused["refusal"]["code"].endswith(code), refused["refusal"]
    assert answer(client.get(f"/api/v1/assets/{asset['id']}/link"), 404)["code"] == "asset_not_found"
    assert not storage.exists(f"incoming/{asset['id']}")


def test_a_worker_that_lost_its_lease_changes_nothing(tmp_path: Path) -> None:
    client = signed_in(make.person())
    asset = upload(client, media.write_picture(tmp_path / "a.jpg"))
    now = timezone.now()
    [slow] = verification.claim(now=now)
    found = verification.examine(slow)
    later = now + verification.LEASE + timedelta(seconds=1)
    [taken] = verification.claim(now=later)
    verification.record(slow, found, now=later)
    assert Asset.objects.get(id=asset["id"]).status == AssetStatus.VERIFYING
    verification.record(taken, verification.examine(taken), now=later)
    assert Asset.objects.get(id=asset["id"]).status == AssetStatus.READY


def test_a_file_that_kills_its_worker_three_times_is_refused_by_name(tmp_path: Path) -> None:
    client = signed_in(make.person())
    asset = upload(client, media.write_picture(tmp_path / "a.jpg"))
    now = timezone.now()
    for _ in range(verification.MAX_ATTEMPTS):
        [_died] = verification.claim(now=now)
        now += verification.LEASE + timedelta(seconds=1)
    verification.verify(verification.claim(now=now), clock=lambda: now)
    assert answer(client.get(f"/api/v1/assets/{asset['id']}"))["refusal"]["code"] == "verification_failed"


def test_the_sweep_abandons_what_stood_still_and_deletes_what_nobody_waits_for() -> None:
    client = signed_in(make.person())
    old, new = begin(client, "old.wav", 10), begin(client, "new.wav", 10)
    for asset in (old, new):
        put_parts(client, asset, b"0123456789")
    Asset.objects.filter(id=old["id"]).update(created_at=timezone.now() - timedelta(hours=49))
    storage.write("incoming/not-an-id", b"stray")
    storage.write(f"incoming/{UUID(int=7)}", b"stray")
    sweeping.sweep_uploads(now=timezone.now())
    assert Asset.objects.get(id=old["id"]).status == AssetStatus.ABANDONED
    assert Asset.objects.get(id=new["id"]).status == AssetStatus.UPLOADING
    unfinished = {key for key, _, _ in storage.multipart_uploads("incoming/")}
    assert f"incoming/{new['id']}" in unfinished
    assert f"incoming/{old['id']}" not in unfinished
    assert list(storage.keys("incoming/")) == []


def test_a_camera_file_is_converted_beside_the_original(tmp_path: Path) -> None:
    client = signed_in(make.person())
    pose = "1 0 0 0 0 1 0 0 0 0 1 {z}"
    lines = [f"{i * 33333} 0.9 1.6 0.5 0.5 0 0 {pose.format(z=i * 0.1)}" for i in range(5)]
    file = tmp_path / "path.txt"
    file.write_text("https://example.org/video\n" + "\n".join(lines))
    source = upload(client, file)
    verify_all()
    made = answer(client.post(f"/api/v1/assets/{source['id']}/conversions", {"world_up": "-y"}), 201)
    assert (made["status"], made["derived_from"]) == ("verifying", source["id"])
    verify_all()
    ready = answer(client.get(f"/api/v1/assets/{made['id']}"))
    assert (ready["status"], ready["kind"], ready["facts"]["count"]) == ("ready", "camera_poses", 5)
    assert ready["facts"]["source_format"] == "realestate10k"
    assert ready["facts"]["intrinsics"] == [[0.9, 1.6, 0.5, 0.5]]
    assert {loss["field"] for loss in ready["facts"]["losses"]} == {"size", "scale"}
    assert answer(client.get(f"/api/v1/assets/{source['id']}"))["status"] == "ready"


def test_a_broken_camera_file_is_refused_with_the_line(tmp_path: Path) -> None:
    client = signed_in(make.person())
    file = tmp_path / "path.txt"
    file.write_text("\n".join("0 0.9 1.6 0.5 0.5 0 0 1 0 0 0 0 1 0 0 0 0 1 nan" for _ in range(3)))
    source = upload(client, file)
    verify_all()
    made = answer(client.post(f"/api/v1/assets/{source['id']}/conversions", {"format": "realestate10k"}), 201)
    verify_all()
    refusal = answer(client.get(f"/api/v1/assets/{made['id']}"))["refusal"]
    assert refusal["code"] == "not_finite"
    assert "line" in refusal["message"]


def test_a_radiance_map_is_converted_beside_the_original(tmp_path: Path) -> None:
    client = signed_in(make.person())
    source = upload(client, media.write_radiance(tmp_path / "sky.hdr"))
    verify_all()
    kept = answer(client.get(f"/api/v1/assets/{source['id']}"))
    assert (kept["status"], kept["kind"], kept["content_type"]) == ("ready", "light_file", "image/vnd.radiance")
    address = f"/api/v1/assets/{source['id']}/conversions"
    refused = answer(client.post(address, {"fps": 24}), 400)
    assert (refused["code"], list(refused["fields"])) == ("option_of_another_kind", ["fps"])
    assert "takes colorspace, orientation, yaw_deg" in refused["message"]
    made = answer(client.post(address, {"orientation": "blender", "yaw_deg": 10}), 201)
    assert made["name"] == "sky.exr"
    verify_all()
    ready = answer(client.get(f"/api/v1/assets/{made['id']}"))
    assert (ready["status"], ready["kind"], ready["derived_from"]) == ("ready", "environment_map", source["id"])
    assert ready["facts"]["orientation"] == "blender"
    assert len(ready["facts"]["world_from_env"]) == 9
    assert ready["facts"]["light"]["dominant"]["share"] > 0.1
    assert ready["size"] < 12 * 64 * 32


def test_the_sun_over_a_place_is_told_and_a_time_without_zone_is_not() -> None:
    client = signed_in(make.person())
    asked = {"latitude_deg": 51.4779, "longitude_deg": 0.0, "at": "2026-06-21T12:02:00+00:00"}
    sun = answer(client.post("/api/v1/lighting/sun", asked))
    assert sun["azimuth_deg"] == pytest.approx(180, abs=0.3)
    assert sun["elevation_deg"] == pytest.approx(61.96, abs=0.1)
    refused = answer(client.post("/api/v1/lighting/sun", asked | {"at": "2026-06-21T12:02:00"}), 400)
    assert refused["fields"]["at"] == ["Add the time zone, such as +02:00 or Z."]


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.ENGINEER, Role.REVIEWER])
def test_others_read_a_file_only_where_their_part_needs_it(role: Role, tmp_path: Path, uploaded: Any) -> None:
    asset = uploaded(make.person(), media.write_picture(tmp_path / "a.jpg"))
    status = 200 if role == Role.OPERATOR else 404
    assert signed_in(make.person(role)).get(f"/api/v1/assets/{asset['id']}/link").status_code == status


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    owner: User = make.person()
    client = signed_in(owner)
    for size in (1, 30):
        for _ in range(size):
            uploads.start(owner=owner, name="a.jpg", size=3, declared_type="", now=timezone.now())
        with django_assert_num_queries(1):
            client.get("/api/v1/assets")


def test_a_list_can_be_asked_for_some_of_ones_files_alone() -> None:
    owner, other = make.person(), make.person()
    rows = [
        uploads.start(owner=who, name="a", size=3, declared_type="", now=timezone.now())
        for who in (owner, owner, other)
    ]
    client, ids = signed_in(owner), ",".join(str(row.id) for row in rows[1:])
    assert [line["id"] for line in answer(client.get(f"/api/v1/assets?ids={ids}"))["results"]] == [str(rows[1].id)]
    assert answer(client.get("/api/v1/assets?ids=x"), 400)["fields"] == {"ids": ["Give UUIDs."]}
    assert answer(client.get(f"/api/v1/assets?ids={','.join([str(rows[0].id)] * 201)}"), 400)["code"] == "invalid"


def test_a_reviewer_reads_the_files_of_what_they_hold_and_an_engineer_those_of_accepted_work() -> None:
    row = make.submission(make.campaign(), make.person(), stored=True)
    file = row.current.placements.get(path="reference_images[0].asset").asset
    make.rendition(file)
    path = f"/api/v1/assets/{file.id}/link"
    reviewer, engineer = make.person(Role.REVIEWER), signed_in(make.person(Role.ENGINEER))
    review = reviews.take_next(reviewer=reviewer, now=timezone.now())
    assert httpx.get(answer(signed_in(reviewer).get(path))["url"]).content == b"what others see"
    assert signed_in(make.person(Role.REVIEWER)).get(path).status_code == 404
    assert engineer.get(path).status_code == 404
    reviews.release(review_id=review.id, reviewer=reviewer, now=timezone.now())
    assert signed_in(reviewer).get(path).status_code == 404
    moves.move_submission(row.id, to=SubmissionStatus.ACCEPTED, now=timezone.now())
    assert httpx.get(answer(engineer.get(path))["url"]).content == b"what others see"
    assert signed_in(reviewer).get(path).status_code == 404
