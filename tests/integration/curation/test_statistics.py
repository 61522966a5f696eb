"""A person's own figures, and where their data went, through HTTP."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from curation.lifecycle import BuildStatus, SubmissionStatus
from curation.models import Dataset, Decision, Export, ExportShard, GoldItem, Review, Submission, Version, VersionItem
from curation.services import submissions
from tests.factories import curation as make
from tests.integration.curation.conftest import answer, signed_in
from training.lifecycle import RunStatus
from training.models import Checkpoint, Run

pytestmark = pytest.mark.django_db
NOW = make.NOW


@pytest.fixture
def ana() -> User:
    return make.person(name="ana")


@pytest.fixture
def engineer() -> User:
    return make.person(Role.ENGINEER)


def decided(author: User, outcome: str, *, after_s: int, reasons: tuple[str, ...] = ()) -> Submission:
    submission = make.submission(make.campaign(), author)
    Decision.objects.create(
        revision=submission.current, outcome=outcome, source="reviews", reasons=list(reasons),
        decided_at=NOW + timedelta(seconds=after_s),
    )  # fmt: skip
    return submission


def cast(reviewer: User, submission: Submission, verdict: str, *, seconds: int = 60, **more: Any) -> Review:
    return Review.objects.create(
        revision=submission.current, reviewer=reviewer, status="cast", verdict=verdict, leased_until=NOW,
        created_at=NOW, cast_at=NOW + timedelta(seconds=seconds), **more,
    )  # fmt: skip


def test_contributor_reads_what_became_of_their_work(
    ana: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    decided(ana, "approve", after_s=100)
    decided(ana, "reject", after_s=300, reasons=("watermark", "off_brief"))
    decided(ana, "reject", after_s=500, reasons=("watermark",))
    make.submission(make.campaign(), make.person(), status=SubmissionStatus.ACCEPTED)
    client = signed_in(ana)
    with django_assert_num_queries(4):
        mine = answer(client.get("/api/v1/me/statistics"))["contributor"]
    assert mine["submissions"]["in_review"] == 3
    assert mine["decided"] == {"approve": 1, "request_changes": 0, "reject": 2}
    assert mine["acceptance_rate"] == pytest.approx(1 / 3)
    assert mine["median_decision_s"] == 300
    assert list(mine["reasons"].items()) == [("watermark", 2), ("off_brief", 1)]
    assert {"modality": "scene", "decided": 3, "accepted": 1} in mine["by_modality"]


def test_reviewer_reads_how_they_judge_and_gold_only_once_there_is_enough(ana: User) -> None:
    reviewer = make.person(Role.REVIEWER)
    cast(reviewer, decided(ana, "approve", after_s=1), "approve", seconds=30)
    cast(reviewer, decided(ana, "reject", after_s=1), "approve", seconds=90)
    cast(reviewer, make.submission(make.campaign(), ana), "reject", seconds=60, reasons=["watermark"])
    operator = make.person(Role.OPERATOR)
    for number in range(4):
        item = decided(ana, "reject", after_s=1)
        gold = GoldItem.objects.create(
            revision=item.current, expected="reject", explanation="!", created_by=operator, created_at=NOW
        )
        shown = answer(signed_in(reviewer).get("/api/v1/me/statistics"))["reviewer"]
        assert shown["gold_accuracy"] is None
        cast(reviewer, item, "reject" if number else "approve", gold=gold)
    shown = answer(signed_in(reviewer).get("/api/v1/me/statistics"))["reviewer"]
    assert shown["gold_accuracy"] == 0.75
    assert shown["judgements"] == {"approve": 2, "request_changes": 0, "reject": 1}
    assert shown["agreement"] == 0.5
    assert shown["median_judgement_s"] == 60
    assert shown["reasons"] == {"watermark": 1}


def test_who_did_nothing_yet_reads_zeros_and_nothing_made_up(ana: User) -> None:
    mine = answer(signed_in(ana).get("/api/v1/me/statistics"))
    assert mine["contributor"]["acceptance_rate"] is None
    assert mine["reviewer"]["agreement"] is None


def test_operator_reads_anybodys_figures_and_nobody_else_does(ana: User) -> None:
    path = f"/api/v1/people/{ana.id}/statistics"
    shown = answer(signed_in(make.person(Role.OPERATOR)).get(path))
    assert {one["role"] for one in shown["standings"]} == {"contributor", "reviewer"}
    assert answer(signed_in(ana).get(path), 403)["code"] == "not_allowed"


def frozen(submission: Submission, engineer: User, *, position: int = 3) -> Version:
    dataset = Dataset.objects.create(name=f"d-{submission.id}", split_salt="x", created_by=engineer, created_at=NOW)
    version = Version.objects.create(
        dataset=dataset, number=1, status=BuildStatus.READY, created_by=engineer, created_at=NOW, ready_at=NOW
    )
    VersionItem.objects.create(
        version=version, position=position, revision=submission.current, split="train", leaf=bytes(32)
    )
    return version


def exported(version: Version, engineer: User, *, first: int = 0, last: int = 9, at: Any = NOW) -> Export:
    export = Export.objects.create(
        version=version, profile="webdataset", status=BuildStatus.READY, created_by=engineer, created_at=at
    )
    ExportShard.objects.create(export=export, index=0, split="train", first=first, last=last, status=BuildStatus.READY)
    return export


def trained(export: Export, engineer: User) -> Run:
    run = Run.objects.create(
        export=export, base="slate-nano", config={}, status=RunStatus.FINISHED, steps=10, step=10,
        created_by=engineer, created_at=NOW, started_at=NOW, finished_at=NOW,
    )  # fmt: skip
    Checkpoint.objects.create(
        run=run, step=10, fingerprint="ab" * 32, base="slate-nano", base_fingerprint="cd" * 32, files=[], created_at=NOW
    )
    return run


def test_author_sees_which_versions_exports_and_models_have_their_work(ana: User, engineer: User) -> None:
    submission = make.submission(make.campaign(), ana, status=SubmissionStatus.ACCEPTED)
    version = frozen(submission, engineer)
    carrying = exported(version, engineer)
    exported(version, engineer, first=4)  # the other shards alone
    run = trained(carrying, engineer)
    client, path = signed_in(ana), f"/api/v1/submissions/{submission.id}"
    shown = answer(client.get(f"{path}/whereabouts"))
    [entry] = shown["versions"]
    assert shown["withdrawn_at"] is None
    assert (entry["version"], entry["split"], entry["number"]) == (str(version.id), "train", 1)
    assert [one["id"] for one in entry["exports"]] == [str(carrying.id)]
    [used] = answer(client.get(f"{path}/runs"))["results"]
    assert (used["id"], used["base"], used["checkpoints"]) == (str(run.id), "slate-nano", 1)


def test_withdrawn_work_still_says_where_it_went_and_that_later_exports_leave_it_out(ana: User, engineer: User) -> None:
    submission = make.submission(make.campaign(), ana, status=SubmissionStatus.ACCEPTED)
    version = frozen(submission, engineer)
    before = exported(version, engineer)
    submissions.withdraw(submission_id=submission.id, actor=ana, now=timezone.now())
    exported(version, engineer, at=timezone.now())
    shown = answer(signed_in(ana).get(f"/api/v1/submissions/{submission.id}/whereabouts"))
    assert shown["withdrawn_at"]
    assert [one["id"] for one in shown["versions"][0]["exports"]] == [str(before.id)]


def test_where_work_went_is_told_to_its_author_and_operators_alone(
    ana: User, engineer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    submission = make.submission(make.campaign(), ana, status=SubmissionStatus.ACCEPTED)
    exported(frozen(submission, engineer), engineer)
    for path in (f"/api/v1/submissions/{submission.id}/{what}" for what in ("whereabouts", "runs")):
        assert answer(signed_in(make.person()).get(path), 404)["code"] == "submission_not_found"
        assert answer(signed_in(engineer).get(path), 404)["code"] == "submission_not_found"
    client = signed_in(make.person(Role.OPERATOR))
    with django_assert_num_queries(4):
        answer(client.get(f"/api/v1/submissions/{submission.id}/whereabouts"))
