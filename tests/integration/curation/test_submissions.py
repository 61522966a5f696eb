"""Drafts, submitting, withdrawing and what each person sees, through HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from curation.lifecycle import CampaignStatus, EventKind, SubmissionStatus
from curation.models import Asset, Event, Revision, Submission
from curation.services import moves, submissions
from tests.factories import curation as make
from tests.factories import media
from tests.factories.records import blueprint, valid_record
from tests.integration.curation.conftest import Upload, answer, signed_in

pytestmark = pytest.mark.django_db


def draft(person: User, record: dict[str, Any] | None = None, **campaign: Any) -> dict[str, Any]:
    body = {"campaign": str(make.campaign(**campaign).id), "record": blueprint() if record is None else record}
    return answer(signed_in(person).post("/api/v1/submissions", body), 201)


def submit(person: User, submission: dict[str, Any], status: int = 200) -> Any:
    return answer(signed_in(person).post(f"/api/v1/submissions/{submission['id']}/submit"), status)


def test_a_draft_may_be_incomplete_and_says_what_it_lacks() -> None:
    ana = make.person()
    stored = draft(ana, {"scene": {"caption_short": "A red ball"}})
    assert stored["status"] == SubmissionStatus.DRAFT
    assert {"path", "code", "message", "fix"} == set(stored["problems"][0])
    replaced = answer(signed_in(ana).put(f"/api/v1/submissions/{stored['id']}/record", {"record": blueprint()}))
    assert replaced["problems"] == []


@pytest.mark.parametrize(
    ("record", "caption"),
    [
        ({"scene": {"caption_short": "A red ball"}}, "A red ball"),
        ({"scene": [1]}, ""),
        ({"scene": {"caption_short": None}}, ""),
    ],
)
def test_a_draft_is_listed_by_what_it_says_so_far(record: dict[str, Any], caption: str) -> None:
    ana = make.person()
    draft(ana, record)
    (listed,) = answer(signed_in(ana).get("/api/v1/submissions?mine=true"))["results"]
    assert listed["caption"] == caption


def test_a_draft_that_another_window_changed_is_not_overwritten_unseen() -> None:
    ana = signed_in(make.person())
    first = answer(ana.post("/api/v1/submissions", {"campaign": str(make.campaign().id), "record": blueprint()}), 201)
    path = f"/api/v1/submissions/{first['id']}/record"
    second = answer(ana.put(path, {"record": blueprint(), "seen": first["updated_at"]}))
    refused = answer(ana.put(path, {"record": {}, "seen": first["updated_at"]}), 409)
    assert refused["code"] == "draft_changed_elsewhere"
    assert answer(ana.put(path, {"record": {"scene": {}}, "seen": second["updated_at"]}))["problems"]
    assert answer(ana.put(path, {"record": blueprint()}))["problems"] == []


def test_submitting_freezes_the_record_and_leaves_an_event() -> None:
    ana = make.person()
    submission = submit(ana, draft(ana))
    assert (submission["status"], submission["revision_number"]) == ("submitted", 1)
    revision = Revision.objects.get(id=submission["revision"])
    assert revision.record["scene"]["caption_short"] in revision.caption
    assert revision.modalities == ["scene", "lighting"]
    assert revision.record["provenance"]["contributor"] not in {None, ana.email, str(ana.id)}
    assert len(revision.record_sha256) == 64
    event = Event.objects.get(submission=submission["id"])
    assert (event.kind, event.actor, event.revision) == (EventKind.SUBMITTED, ana, revision)


def test_a_full_record_places_its_files_and_takes_over_what_was_measured(tmp_path: Path, uploaded: Upload) -> None:
    ana = make.person()
    image = uploaded(ana, media.write_picture(tmp_path / "ball.jpg"))
    poses = uploaded(ana, media.write_poses(tmp_path / "path.npy", media.poses(120)))
    sound = uploaded(ana, media.write_sound(tmp_path / "roll.flac"))
    parts: dict[str, Any] = {"video": None, "lighting": None}
    record = valid_record(image_assets=[image["id"]], poses_asset=poses["id"], audio_asset=sound["id"], **parts)
    record["reference_images"][0]["width"] = 9999
    submission = submit(ana, draft(ana, record, required_modalities=["reference_images", "camera"]))
    page = answer(signed_in(ana).get(f"/api/v1/submissions/{submission['id']}"))
    stored = page["record"]["reference_images"][0]
    assert (stored["width"], stored["height"], stored["mime"]) == (96, 64, "image/jpeg")
    assert {one["path"]: one["asset"]["id"] for one in page["assets"]} == {
        "reference_images[0].asset": image["id"],
        "camera.poses.asset": poses["id"],
        "audio.asset": sound["id"],
    }
    assert (page["record"]["audio"]["sample_rate"], page["record"]["audio"]["channels"]) == (48_000, 1)


def test_an_incomplete_record_is_refused_with_its_fields() -> None:
    ana = make.person()
    refused = submit(ana, draft(ana, {"scene": {}}), 422)
    assert "rights" in refused["fields"]
    assert Submission.objects.get().status == SubmissionStatus.DRAFT


@pytest.mark.parametrize(
    ("asset", "code"),
    [
        ("another's", "asset_not_found"),
        ("uploading", "asset_not_ready"),
        ("refused", "asset_refused"),
        ("wrong kind", "wrong_kind"),
        ("camera file", "not_converted"),
    ],
)
def test_only_ones_own_verified_files_of_the_right_kind_can_be_submitted(asset: str, code: str) -> None:
    ana = make.person()
    owner = make.person() if asset == "another's" else ana
    kind = {"wrong kind": "image", "camera file": "camera_file"}.get(asset, "camera_poses")
    row = make.asset(owner, b"bytes", kind=kind, content_type="text/plain", stored=False)
    if asset in {"uploading", "refused"}:
        Asset.objects.filter(id=row.id).update(
            status=asset, refusal={"code": "x", "message": "Broken.", "fix": "Mend."} if asset == "refused" else {}
        )
    record = valid_record(poses_asset=row.id, reference_images=None, audio=None, lighting=None, video=None)
    refused = submit(ana, draft(ana, record), 422)
    assert refused["code"] == code
    assert list(refused["fields"]) == ["camera.poses.asset"]


def test_the_campaigns_modalities_and_licence_are_required() -> None:
    ana = make.person()
    refused = submit(ana, draft(ana, required_modalities=["audio"], license="CC0-1.0"), 422)
    assert set(refused["fields"]) == {"audio", "rights.license"}
    assert refused["code"] == "modality_missing"


def test_a_closed_campaign_takes_nothing() -> None:
    ana = make.person()
    submission = draft(ana)
    campaign = Submission.objects.get().campaign
    moves.move_campaign(campaign.id, to=CampaignStatus.CLOSED, now=timezone.now(), actor=make.person(Role.OPERATOR))
    assert submit(ana, submission, 409)["code"] == "campaign_not_open"
    body = {"campaign": str(campaign.id), "record": blueprint()}
    assert answer(signed_in(ana).post("/api/v1/submissions", body), 409)["code"] == "campaign_not_open"


def test_what_was_submitted_is_frozen_until_it_returns() -> None:
    ana = make.person()
    submission = draft(ana)
    submit(ana, submission)
    edited = signed_in(ana).put(f"/api/v1/submissions/{submission['id']}/record", {"record": blueprint()})
    assert answer(edited, 409)["code"] == "wrong_state"
    assert submit(ana, submission, 409)["code"] == "wrong_state"


@pytest.mark.parametrize("returned", [SubmissionStatus.CHANGES_REQUESTED, SubmissionStatus.REJECTED])
def test_returned_work_is_fixed_and_submitted_as_a_new_revision(returned: SubmissionStatus) -> None:
    ana = make.person()
    row = make.submission(make.campaign(), ana, status=returned)
    client = signed_in(ana)
    answer(client.put(f"/api/v1/submissions/{row.id}/record", {"record": blueprint()}))
    again = answer(client.post(f"/api/v1/submissions/{row.id}/submit"))
    assert (again["status"], again["revision_number"]) == ("submitted", 2)
    assert Revision.objects.filter(submission=row).count() == 2


@pytest.mark.parametrize("status", [one for one in SubmissionStatus if one != SubmissionStatus.WITHDRAWN])
def test_it_can_be_withdrawn_in_any_state_once(status: SubmissionStatus) -> None:
    ana = make.person()
    row = make.submission(make.campaign(), ana, status=status)
    client = signed_in(ana)
    assert answer(client.post(f"/api/v1/submissions/{row.id}/withdraw"))["status"] == "withdrawn"
    assert answer(client.post(f"/api/v1/submissions/{row.id}/withdraw"), 409)["code"] == "withdrawn"
    assert Event.objects.filter(submission=row, kind=EventKind.WITHDRAWN).count() == 1


def test_only_what_failed_is_retried() -> None:
    ana = make.person()
    row = make.submission(make.campaign(), ana, status=SubmissionStatus.FAILED)
    client = signed_in(ana)
    assert answer(client.post(f"/api/v1/submissions/{row.id}/retry"))["status"] == "submitted"
    assert answer(client.post(f"/api/v1/submissions/{row.id}/retry"), 409)["code"] == "wrong_state"


def test_another_persons_submission_is_not_there() -> None:
    row = make.submission(make.campaign(), make.person(), status=SubmissionStatus.REJECTED)
    other = signed_in(make.person())
    requests = [("get", ""), ("get", "/precheck"), ("get", "/scores"), ("get", "/events")]
    requests += [("post", "/submit"), ("post", "/withdraw"), ("post", "/retry")]
    for method, path in requests:
        answered = getattr(other, method)(f"/api/v1/submissions/{row.id}{path}")
        assert (answered.status_code, answered.json()["code"]) == (404, "submission_not_found"), path
    assert other.put(f"/api/v1/submissions/{row.id}/record", {"record": {}}).status_code == 404


def test_each_part_sees_what_its_work_needs() -> None:
    campaign, ana = make.campaign(), make.person()
    for status in SubmissionStatus:
        make.submission(campaign, ana, status=status)
    seen = {
        role: {one["status"] for one in answer(signed_in(make.person(role)).get("/api/v1/submissions"))["results"]}
        for role in Role
    }
    assert seen[Role.CONTRIBUTOR] == set()
    assert seen[Role.REVIEWER] == {"in_review"}
    assert seen[Role.ENGINEER] == {"accepted"}
    assert seen[Role.OPERATOR] == set(SubmissionStatus.values)


def test_lists_are_filtered_by_status_campaign_and_owner() -> None:
    ana, first, second = make.person(Role.CONTRIBUTOR, Role.OPERATOR), make.campaign(), make.campaign()
    wanted = make.submission(first, ana, status=SubmissionStatus.REJECTED)
    make.submission(first, ana)
    make.submission(second, ana, status=SubmissionStatus.REJECTED)
    make.submission(first, make.person(), status=SubmissionStatus.REJECTED)
    found = answer(signed_in(ana).get(f"/api/v1/submissions?status=rejected&campaign={first.id}&mine=true"))
    assert [one["id"] for one in found["results"]] == [str(wanted.id)]
    for wrong in ("status=nonsense", "status=%00", "campaign=%00"):
        assert answer(signed_in(ana).get(f"/api/v1/submissions?{wrong}"), 400)["code"] == "invalid"
    assert answer(signed_in(ana).get("/api/v1/submissions?campaign=zero"), 400)["fields"] == {
        "campaign": ["Give a UUID."]
    }


def test_the_draft_is_shown_to_its_author_alone() -> None:
    row = make.submission(make.campaign(), make.person())
    Submission.objects.update(draft={"secret": "idea"})
    page = answer(signed_in(make.person(Role.OPERATOR)).get(f"/api/v1/submissions/{row.id}"))
    assert page["draft"] is None
    assert answer(signed_in(row.contributor).get(f"/api/v1/submissions/{row.id}"))["draft"] == {"secret": "idea"}


@pytest.mark.parametrize(
    "body", ['{"campaign": "%s", "record": {"a": "\\u0000"}}', '{"campaign": "%s", "record": {"a": "\\ud800"}}',
             '{"campaign": "%s", "record": {"a": 1e999}}', '{"campaign": "%s", "record": {"a": NaN}}',
             '{"campaign": "%s", "record": ' + "[" * 100_000 + "]" * 100_000 + "}", '{"campaign": "%s", "record": 5}',
             '{"campaign": "%s", "record": {"scene": {"subjects": [5, null, {}]}}, "x": ' + "9" * 400 + "}",
             "[1]", "null", '"x"', "{", ""],
)  # fmt: skip
def test_no_json_body_can_break_the_server(body: str) -> None:
    client = signed_in(make.person())
    sent = body.replace("%s", str(make.campaign().id))
    answered = client.post("/api/v1/submissions", sent, content_type="application/json")
    assert answered.status_code in {201, 400}, answered.content
    if answered.status_code == 400:
        assert {"code", "message"} <= set(answered.json())


def test_the_precheck_tells_what_would_stop_it() -> None:
    ana = make.person()
    good, bad = draft(ana), draft(ana, required_modalities=["camera"])
    assert answer(signed_in(ana).get(f"/api/v1/submissions/{good['id']}/precheck"))["ready"] is True
    told = answer(signed_in(ana).get(f"/api/v1/submissions/{bad['id']}/precheck"))
    assert (told["ready"], told["problems"][0]["code"]) == (False, "modality_missing")


def test_the_precheck_runs_the_gates_that_need_no_model(tmp_path: Path, uploaded: Upload) -> None:
    ana = make.person()
    image = uploaded(ana, media.write_picture(tmp_path / "small.png"))
    tilted = media.poses(120)
    tilted[:, :3, :3] *= 1.5
    poses = uploaded(ana, media.write_poses(tmp_path / "path.npy", tilted))
    record = valid_record(image_assets=[image["id"]], poses_asset=poses["id"], audio=None, video=None, lighting=None)
    told = answer(signed_in(ana).get(f"/api/v1/submissions/{draft(ana, record)['id']}/precheck"))
    assert (told["ready"], told["outcome"]) == (True, "reject")
    codes = {finding["code"]: finding["outcome"] for finding in told["findings"]}
    assert codes["camera_not_rigid"] == "reject"
    assert codes["image_too_small"] == "review"
    assert "not_measured" not in codes
    assert all(finding["message"] and finding["fix"] for finding in told["findings"])


def test_the_precheck_names_a_file_that_was_contributed_before(tmp_path: Path, uploaded: Upload) -> None:
    picture = media.write_picture(tmp_path / "same.png", size=(640, 640))
    parts: dict[str, Any] = {"audio": None, "video": None, "lighting": None, "camera": None}
    ana, ben = make.person(), make.person()
    drafts = [
        draft(one, valid_record(image_assets=[uploaded(one, picture)["id"]], **parts), title="x") for one in (ana, ben)
    ]
    path = f"/api/v1/submissions/{drafts[1]['id']}/precheck"
    assert answer(signed_in(ben).get(path))["outcome"] != "reject"
    submit(ana, drafts[0])
    assert answer(signed_in(ben).get(path))["findings"][0]["code"] == "exact_duplicate"


def test_who_contributed_is_hidden_from_reviewers_and_engineers() -> None:
    row = make.submission(make.campaign(), make.person(), status=SubmissionStatus.IN_REVIEW)
    page = answer(signed_in(make.person(Role.REVIEWER)).get(f"/api/v1/submissions/{row.id}"))
    assert page["record"]["rights"]["holder"] is None
    assert page["record"]["scene"]
    assert answer(signed_in(row.contributor).get(f"/api/v1/submissions/{row.id}"))["record"]["rights"]["holder"]


def test_a_repeated_post_makes_one_draft() -> None:
    ana = make.person()
    body = {"campaign": str(make.campaign().id), "record": blueprint()}
    first = signed_in(ana).post("/api/v1/submissions", body, headers={"Idempotency-Key": "once"})
    again = signed_in(ana).post("/api/v1/submissions", body, headers={"Idempotency-Key": "once"})
    assert first.json()["id"] == again.json()["id"]
    assert Submission.objects.count() == 1


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    campaign, ana = make.campaign(), make.person()
    client = signed_in(ana)
    for rows in (1, 12):
        made = [make.submission(campaign, ana) for _ in range(rows)]
        with django_assert_num_queries(1):
            client.get("/api/v1/submissions?status=in_review")
        with django_assert_num_queries(5):
            client.get(f"/api/v1/submissions/{made[0].id}")
        with django_assert_num_queries(2):
            client.get(f"/api/v1/submissions/{made[0].id}/scores")
        with django_assert_num_queries(2):
            client.get(f"/api/v1/submissions/{made[0].id}/events")
    body = {"campaign": str(campaign.id), "record": blueprint()}
    with django_assert_num_queries(2):
        client.post("/api/v1/submissions", body)


def test_a_service_refuses_what_http_never_reaches() -> None:
    row = make.submission(make.campaign(), make.person(), status=SubmissionStatus.ACCEPTED)
    with pytest.raises(submissions.policies.SubmissionAlreadyDecided):
        moves.move_submission(row.id, to=SubmissionStatus.REJECTED, now=timezone.now())
