"""Drafts that expire, and files that nothing needs any more."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Notification, User
from accounts.roles import Role
from common import storage
from curation.lifecycle import AssetStatus, SubmissionStatus
from curation.models import Asset, Submission
from curation.policies import WrongStatus
from curation.record import AssetReference
from curation.services import drafts, submissions, unused_files, uploads
from curation.services.revisions import asset_problems
from curation.tasks import release_unused_files, sweep_drafts
from generation.models import Generation
from tests.factories import curation as make
from tests.integration.curation.conftest import answer, signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TWO_DAYS, WEEK = timedelta(hours=48, seconds=1), timedelta(days=7, seconds=1)


@pytest.fixture
def ana() -> User:
    return make.person(name="ana")


def draft_of(person: User, *, at: datetime = NOW, record: dict[str, Any] | None = None) -> Submission:
    return submissions.create_draft(
        campaign_id=make.campaign().id, contributor=person, record=record or {}, now=at
    )  # fmt: skip


def file_of(person: User, data: bytes, *, ready_at: datetime = NOW - timedelta(days=10)) -> Asset:
    row = make.asset(person, data, kind="image", content_type="image/jpeg")
    Asset.objects.filter(id=row.id).update(ready_at=ready_at)
    return row


def is_kept(row: Asset) -> bool:
    return Asset.objects.get(id=row.id).status == AssetStatus.READY and storage.exists(row.storage_key)


def test_draft_is_warned_of_after_two_days_and_removed_a_week_later(ana: User) -> None:
    draft = draft_of(ana)
    assert drafts.warn(now=NOW + timedelta(hours=47)) == 0
    for expected in (1, 0):
        assert drafts.warn(now=NOW + TWO_DAYS) == expected
    told = Notification.objects.get()
    assert (told.kind, told.subject_id) == ("draft_expiring", draft.id)
    assert told.parameters["expires_on"] == f"{NOW + TWO_DAYS + timedelta(days=7):%Y-%m-%d}"
    assert drafts.remove_expired(now=NOW + timedelta(days=8)) == 0
    for expected in (1, 0):
        assert drafts.remove_expired(now=NOW + TWO_DAYS + WEEK) == expected
    assert not Submission.objects.exists()


def test_draft_says_when_it_expires(ana: User) -> None:
    draft = draft_of(ana)
    [listed] = answer(signed_in(ana).get("/api/v1/submissions"))["results"]
    expires_at = datetime.fromisoformat(listed["draft_expires_at"])
    assert expires_at == NOW + timedelta(days=9)
    drafts.warn(now=NOW + timedelta(days=3))
    shown = answer(signed_in(ana).get(f"/api/v1/submissions/{draft.id}"))["submission"]
    assert datetime.fromisoformat(shown["draft_expires_at"]) == NOW + timedelta(days=10)


def test_changing_a_draft_starts_its_time_again_and_it_is_warned_of_again(ana: User) -> None:
    draft = draft_of(ana)
    drafts.warn(now=NOW + TWO_DAYS)
    later = NOW + timedelta(days=5)
    submissions.replace_draft(submission_id=draft.id, contributor=ana, record={"a": 1}, now=later)
    assert drafts.remove_expired(now=NOW + TWO_DAYS + WEEK) == 0
    assert drafts.warn(now=later + TWO_DAYS) == 1
    assert Notification.objects.count() == 2
    assert drafts.remove_expired(now=later + TWO_DAYS + WEEK) == 1


def test_what_was_ever_submitted_never_expires(ana: User) -> None:
    for status in (SubmissionStatus.REJECTED, SubmissionStatus.CHANGES_REQUESTED, SubmissionStatus.IN_REVIEW):
        make.submission(make.campaign(), ana, status=status)
    listed = answer(signed_in(ana).get("/api/v1/submissions"))["results"]
    assert {one["draft_expires_at"] for one in listed} == {None}
    sweep_drafts()
    assert drafts.remove_expired(now=NOW + timedelta(days=400)) == 0
    assert Submission.objects.count() == 3


def test_file_that_nothing_needs_stops_counting_and_its_bytes_go(ana: User) -> None:
    unused = file_of(ana, b"nobody needs this")
    fresh = file_of(ana, b"too young", ready_at=NOW)
    for _ in range(2):
        release_unused_files()
    assert Asset.objects.get(id=unused.id).status == AssetStatus.RELEASED
    assert not storage.exists(unused.storage_key)
    assert is_kept(fresh)


def test_file_that_a_revision_a_draft_or_an_example_names_stays(ana: User) -> None:
    submission = make.submission(make.campaign(), ana, stored=True)
    Asset.objects.update(ready_at=NOW - timedelta(days=30))
    in_revision = list(submission.current.assets.all())
    named = file_of(ana, b"named in a draft")
    draft_of(ana, record={"video": {"asset": str(named.id).upper()}})
    operator = make.person(Role.OPERATOR)
    shown = file_of(operator, b"shown as an example")
    make.campaign(
        created_by=operator, examples=[{"good": True, "text": "!", "submission": None, "asset": str(shown.id)}]
    )
    source = file_of(ana, b"converted from this")
    made = file_of(ana, b"to this")
    Asset.objects.filter(id=made.id).update(derived_from=source, ready_at=NOW)
    release_unused_files()
    assert all(is_kept(row) for row in [*in_revision, named, shown, source, made])


def test_file_that_a_generation_refers_to_stays(ana: User) -> None:
    engineer = make.person(Role.ENGINEER)
    reference = file_of(engineer, b"what it should look like")
    Generation.objects.create(
        request={}, model="slate-nano", reference_image=reference, created_by=engineer, created_at=NOW
    )  # fmt: skip
    release_unused_files()
    assert is_kept(reference)


def test_bytes_that_are_somebody_elses_too_stay(ana: User) -> None:
    mine = file_of(ana, b"the same bytes")
    theirs = file_of(make.person(), b"the same bytes", ready_at=NOW)
    release_unused_files()
    assert Asset.objects.get(id=mine.id).status == AssetStatus.RELEASED
    assert is_kept(theirs)


def test_worker_that_died_before_the_bytes_went_leaves_them_to_the_next(ana: User) -> None:
    unused = file_of(ana, b"nobody needs this")
    assert unused_files.release(now=NOW) == 1
    assert storage.exists(unused.storage_key)
    assert unused_files.free_bytes() == 1
    assert not storage.exists(unused.storage_key)
    assert unused_files.free_bytes() == 0


def test_draft_that_names_a_released_file_is_told_to_upload_it_again(ana: User) -> None:
    unused = file_of(ana, b"nobody needs this")
    release_unused_files()
    row = Asset.objects.get(id=unused.id)
    problems = asset_problems([AssetReference("video.asset", row.id, "clip")], {row.id: row})
    assert [problem.code for problem in problems] == ["asset_released"]


def test_owner_cannot_give_up_a_file_that_is_verified(ana: User) -> None:
    ready = file_of(ana, b"verified")
    with pytest.raises(WrongStatus):
        uploads.abort(asset_id=ready.id, owner=ana)
    assert is_kept(ready)
