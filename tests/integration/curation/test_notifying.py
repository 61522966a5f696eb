"""Which facts of curation people are told, and that none is told twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification, User
from accounts.roles import Role
from curation.lifecycle import CampaignStatus, EventKind, MeasuringStatus, SubmissionStatus
from curation.models import Campaign, Decision, DraftMeasurement, Submission
from curation.scoring.tiers import Tier
from curation.services import events, moves, notifying
from curation.tasks import tell_people
from tests.factories import curation as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return make.person(name="ana")


@pytest.fixture
def campaign() -> Campaign:
    return make.campaign(title="Rolling things")


def happened(submission: Submission, kind: EventKind) -> None:
    events.record(kind, at=timezone.now(), submission=submission, revision=submission.current)


def told_to(person: User) -> list[tuple[str, str]]:
    rows = Notification.objects.filter(person=person).order_by("id")
    return [(row.kind, str(row.subject_id)) for row in rows]


def test_author_is_told_of_each_decision_once(ana: User, campaign: Campaign) -> None:
    accepted = make.submission(campaign, ana, status=SubmissionStatus.ACCEPTED)
    changed = make.submission(campaign, ana, status=SubmissionStatus.CHANGES_REQUESTED)
    Decision.objects.create(
        revision=changed.current, outcome="request_changes", source="reviews", reasons=["caption_thin", "watermark"],
        decided_at=timezone.now(),
    )  # fmt: skip
    happened(changed, EventKind.CHANGES_REQUESTED)
    for _ in range(3):
        tell_people()
    assert told_to(ana) == [
        ("submission_accepted", str(accepted.id)),
        ("changes_requested", str(changed.id)),
    ]
    reasons = Notification.objects.get(kind="changes_requested").parameters
    assert reasons["codes"] == ["caption_thin", "watermark"]
    assert "leaves out what matters. There is a watermark" in reasons["reasons"]["en"]
    assert "علامة مائية" in reasons["reasons"]["ar"]


def test_rejection_by_gates_is_told_in_their_own_sentences(ana: User, campaign: Campaign) -> None:
    rejected = make.submission(campaign, ana)
    Decision.objects.create(
        revision=rejected.current, outcome="reject", source="gates", reasons=["image_too_small"],
        notes=["The picture has 80 pixels; at least 512 are asked."], decided_at=timezone.now(),
    )  # fmt: skip
    happened(rejected, EventKind.REJECTED)
    tell_people()
    assert Notification.objects.get().parameters["reasons"]["en"].startswith("The picture has 80 pixels")


def test_what_happened_long_ago_is_no_news(ana: User, campaign: Campaign) -> None:
    make.submission(campaign, ana, status=SubmissionStatus.ACCEPTED)
    assert notifying.tell_waiting(now=timezone.now() + timedelta(days=8)) == 0


def test_paused_campaign_is_told_to_its_author_and_to_whoever_writes_for_it(ana: User, campaign: Campaign) -> None:
    Submission.objects.create(
        campaign=campaign, contributor=ana, created_at=timezone.now(), updated_at=timezone.now()
    )  # fmt: skip
    moves.move_campaign(
        campaign.id, to=CampaignStatus.PAUSED, now=timezone.now(), actor=None, changes={"pause_reason": "Too few."}
    )
    tell_people()
    assert [kind for kind, _ in told_to(ana)] == ["campaign_paused"]
    assert [kind for kind, _ in told_to(campaign.created_by)] == ["campaign_paused"]


def test_precheck_is_told_when_the_models_are_done_with_a_draft(ana: User, campaign: Campaign) -> None:
    draft = Submission.objects.create(
        campaign=campaign, contributor=ana, created_at=timezone.now(), updated_at=timezone.now()
    )  # fmt: skip
    for tier in Tier:
        DraftMeasurement.objects.create(
            submission=draft, record_sha256="ab" * 32, record={}, asset_ids=[], tier=tier,
            status=MeasuringStatus.READY, asked_at=timezone.now(),
        )  # fmt: skip
    for _ in range(2):
        tell_people()
    assert told_to(ana) == [("precheck_finished", str(draft.id))]


def test_reviewer_is_told_nothing_of_what_they_judge(ana: User, campaign: Campaign) -> None:
    reviewer = make.person(Role.REVIEWER)
    make.submission(campaign, ana, status=SubmissionStatus.ACCEPTED)
    tell_people()
    assert told_to(reviewer) == []
