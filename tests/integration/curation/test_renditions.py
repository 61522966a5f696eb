"""What others see of a file: made once per content by whichever worker, never the original, never twice."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.utils import timezone
from PIL import Image

from accounts.roles import Role
from common import storage
from common.errors import ServiceUnavailable
from curation.lifecycle import RenditionStatus, SubmissionStatus
from curation.models import Asset, Rendition, RevisionAsset
from curation.rendering import PROFILES, RenderFailed
from curation.services import renditions, reviews, verification
from tests.factories import curation as make
from tests.factories import media
from tests.integration.curation.conftest import Upload, answer, signed_in
from tests.integration.curation.test_killed_workers import worker_stopped_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("services")]


def make_all() -> int:
    return renditions.make_waiting(clock=timezone.now)


def roles_of(asset: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {file["role"]: file for file in asset["renditions"]["files"]}


def test_every_kind_is_made_and_linked_on_its_page(tmp_path: Path, uploaded: Upload) -> None:
    ana = make.person()
    files = {
        "clip": (media.write_clip(tmp_path / "a.mp4"), {"proxy", "poster", "strip", "timing", "waveform"}),
        "image": (media.write_picture(tmp_path / "a.jpg"), {"preview", "thumbnail"}),
        "audio": (media.write_sound(tmp_path / "a.wav"), {"preview", "waveform"}),
        "environment_map": (media.write_map(tmp_path / "a.exr"), {"preview", "thumbnail"}),
    }
    ids = {kind: uploaded(ana, path)["id"] for kind, (path, _) in files.items()}
    poses = uploaded(ana, media.write_poses(tmp_path / "a.npy"))
    client = signed_in(ana)
    waiting = answer(client.get(f"/api/v1/assets/{ids['clip']}"))
    assert (waiting["renditions"]["status"], waiting["renditions"]["files"]) == ("waiting", [])
    assert make_all() == len(files)
    assert make_all() == 0
    assert answer(client.get(f"/api/v1/assets/{poses['id']}"))["renditions"] is None
    for kind, (_, roles) in files.items():
        found = answer(client.get(f"/api/v1/assets/{ids[kind]}"))
        assert found["renditions"]["status"] == "ready", found["renditions"]
        made = roles_of(found)
        assert set(made) == roles
        for file in made.values():
            served = httpx.get(file["url"])
            assert (len(served.content), served.headers["content-type"]) == (file["size"], file["content_type"])
    assert found["renditions"]["facts"] == {}


def test_equal_bytes_are_rendered_once(tmp_path: Path, uploaded: Upload) -> None:
    picture = media.write_picture(tmp_path / "a.png")
    assets = [uploaded(make.person(), picture) for _ in range(2)]
    assert make_all() == 1
    [row] = Rendition.objects.all()
    assert {Asset.objects.get(id=asset["id"]).sha256 for asset in assets} == {row.sha256}
    assert {key.removeprefix(row.prefix) for key in storage.keys(f"derived/{row.sha256}")} == {
        "preview.webp",
        "thumbnail.webp",
    }


def test_others_see_what_was_made_and_never_the_original(tmp_path: Path) -> None:
    ana = make.person()
    row = make.submission(make.campaign(), ana, stored=True)
    placed = RevisionAsset.objects.get(revision=row.current, path="reference_images[0].asset").asset
    Asset.objects.filter(id=placed.id).update(name="ana-at-home.jpg")
    reviewer = make.person(Role.REVIEWER)
    reviews.take_next(reviewer=reviewer, now=timezone.now())
    link, page = f"/api/v1/assets/{placed.id}/link", f"/api/v1/assets/{placed.id}"
    assert answer(signed_in(reviewer).get(link), 409)["code"] == "preview_pending"
    Rendition.objects.create(
        sha256=placed.sha256, kind="image", profile=PROFILES["image"].version, status=RenditionStatus.FAILED,
        failure={"code": "render_failed", "message": "no"}, created_at=timezone.now(),
    )  # fmt: skip
    assert answer(signed_in(reviewer).get(link), 409)["code"] == "preview_failed"
    Rendition.objects.all().delete()
    made = make.rendition(placed)
    for person in (reviewer, ana, make.person(Role.OPERATOR)):
        sees = placed.sha256 if person is not reviewer else made.prefix
        assert sees in answer(signed_in(person).get(link))["url"]
        assert answer(signed_in(person).get(page))["name"] == (
            "ana-at-home.jpg" if person is not reviewer else str(placed.id)
        )
        assert made.prefix in answer(signed_in(person).get(page))["renditions"]["files"][0]["url"]
    seen = signed_in(reviewer).get(f"/api/v1/submissions/{row.id}").content.decode()
    assert "ana-at-home" not in seen
    assert f"sha256/{placed.sha256[:2]}" not in seen


def test_a_reviewer_is_shown_the_proxy_beside_its_poster(tmp_path: Path, uploaded: Upload) -> None:
    ana = make.person()
    clip = uploaded(ana, media.write_clip(tmp_path / "a.mp4"))
    row = make.submission(make.campaign(), ana)
    make_all()
    video = RevisionAsset.objects.get(revision=row.current, path="video.asset").asset
    Asset.objects.filter(id=video.id).update(sha256=Asset.objects.get(id=clip["id"]).sha256)
    judged = answer(signed_in(make.person(Role.REVIEWER)).post("/api/v1/reviews/next", {}))
    medium = next(medium for medium in judged["media"] if medium["path"] == "video.asset")
    assert (medium["content_type"], "proxy.mp4" in medium["url"]) == ("video/mp4", True)
    assert {file["role"] for file in medium["renditions"]["files"]} >= {"proxy", "poster", "waveform"}
    with Image.open(BytesIO(httpx.get(roles_of(medium)["poster"]["url"]).content)) as poster:
        assert poster.size == (96, 64)


def test_files_that_were_verified_before_are_taken_up() -> None:
    rows = [make.asset(make.person(), bytes([n]), kind="image", content_type="image/png") for n in range(3)]
    make.asset(make.person(), b"numbers", kind="camera_poses", content_type="application/octet-stream")
    assert renditions.queue_missing(now=timezone.now()) == 3
    assert renditions.queue_missing(now=timezone.now()) == 0
    assert set(Rendition.objects.values_list("sha256", flat=True)) == {row.sha256 for row in rows}


def test_what_cannot_be_rendered_fails_by_name_after_counted_attempts() -> None:
    broken = make.asset(make.person(), b"this is no picture", kind="image", content_type="image/png")
    renditions.queue([broken], now=timezone.now())
    assert make_all() == renditions.MAX_ATTEMPTS
    [row] = Rendition.objects.all()
    assert (row.status, row.failure["code"], row.attempts) == (RenditionStatus.FAILED, "render_failed", 0)
    assert list(storage.keys(row.prefix)) == []
    page = answer(signed_in(broken.owner).get(f"/api/v1/assets/{broken.id}"))
    assert page["renditions"]["failure"]["code"] == "render_failed"


def test_one_that_kills_its_worker_every_time_fails_by_name() -> None:
    renditions.queue([make.asset(make.person(), b"x", kind="image", content_type="image/png")], now=timezone.now())
    now = timezone.now()
    for _ in range(renditions.MAX_ATTEMPTS):
        assert len(renditions.claim(now=now)) == 1  # and the worker dies here
        now += renditions.LEASE + timedelta(seconds=1)
    renditions.make_waiting(clock=lambda: now)
    assert Rendition.objects.get().failure == renditions.GAVE_UP.as_dict()


def test_while_storage_is_away_nothing_is_lost_and_no_attempt_counted(settings: Any) -> None:
    renditions.queue([make.asset(make.person(), b"x", kind="image", content_type="image/png")], now=timezone.now())
    settings.S3_BUCKET = "no-such-bucket"
    with pytest.raises(ServiceUnavailable):
        make_all()
    row = Rendition.objects.get()
    assert (row.status, row.leased_until, row.attempts) == (RenditionStatus.WAITING, None, 0)


def test_a_worker_that_lost_its_lease_changes_nothing_and_cleans_up_what_nobody_has(tmp_path: Path) -> None:
    picture = make.asset(
        make.person(), media.write_picture(tmp_path / "a.png").read_bytes(), kind="image", content_type="image/png"
    )
    renditions.queue([picture], now=timezone.now())
    now = timezone.now()
    [slow] = renditions.claim(now=now)
    found = renditions.make(slow)
    later = now + renditions.LEASE + timedelta(seconds=1)
    [taken] = renditions.claim(now=later)
    renditions.record(slow, RenderFailed("late", "late"), now=later)
    assert Rendition.objects.get().status == RenditionStatus.WAITING
    renditions.record(taken, found, now=later)
    assert Rendition.objects.get().status == RenditionStatus.READY
    assert len(list(storage.keys(taken.prefix))) == 2
    Rendition.objects.all().delete()
    renditions.record(slow, found, now=later)
    assert list(storage.keys(taken.prefix)) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "instant",
    [
        pytest.param("renditions.render = stop_here", id="before it rendered", marks=pytest.mark.deep),
        pytest.param("renditions.moves.move_rendition = stop_here", id="before it wrote"),
    ],
)
def test_a_worker_killed_at_any_instant_leaves_the_file_to_the_next(
    child_environment: dict[str, str], tmp_path: Path, instant: str
) -> None:
    data = media.write_picture(tmp_path / "a.png").read_bytes()
    renditions.queue([make.asset(make.person(), data, kind="image", content_type="image/png")], now=timezone.now())
    code = f"from curation.services import renditions\n{instant}\nrenditions.make_waiting(clock=timezone.now)"
    with worker_stopped_at(code, child_environment):
        assert Rendition.objects.get(leased_until__gt=timezone.now()).status == RenditionStatus.WAITING
    later = timezone.now() + renditions.LEASE + timedelta(seconds=1)
    renditions.make_waiting(clock=lambda: later)
    assert Rendition.objects.get().status == RenditionStatus.READY


def test_a_verified_file_is_queued_in_the_transaction_that_verified_it(tmp_path: Path, uploaded: Upload) -> None:
    uploaded(make.person(), media.write_picture(tmp_path / "a.png"))
    assert Rendition.objects.get().status == RenditionStatus.WAITING
    assert verification.claim(now=timezone.now()) == []


def test_an_engineer_is_shown_accepted_work_without_its_owner() -> None:
    row = make.submission(make.campaign(), make.person(), status=SubmissionStatus.ACCEPTED)
    page = answer(signed_in(make.person(Role.ENGINEER)).get(f"/api/v1/submissions/{row.id}"))
    assert {placed["asset"]["name"] == placed["asset"]["id"] for placed in page["assets"]} == {True}
