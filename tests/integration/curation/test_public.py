"""What other rooms learn of this one."""

from datetime import UTC, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from common.errors import NotFound
from common.ids import uuid7
from curation import public
from curation.lifecycle import AssetStatus, EventKind, SubmissionStatus
from curation.models import Asset, Standing, Submission
from curation.reasons import Reason
from curation.services import events, reviews
from tests.factories import curation as make
from tests.factories.curation import NOW
from tests.factories.records import valid_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission() -> Submission:
    return make.submission(make.campaign(reviews_needed=1), make.person(), overall=0.81234, novelty=0.25)


def judge(verdict: str = "approve") -> Any:
    reviewer = make.person(Role.REVIEWER)
    review = reviews.take_next(reviewer=reviewer, now=NOW)
    reasons = [] if verdict == "approve" else [Reason.UNSAFE]
    return reviews.cast_vote(review_id=review.id, reviewer=reviewer, verdict=verdict, reasons=reasons, now=NOW)


def test_an_acceptance_tells_whose_work_is_worth_what(submission: Submission) -> None:
    judge()
    event = public.events("accepted").get()
    with CaptureQueriesContext(connection) as captured:
        fact = public.accepted_facts([event])[event.id]
    assert len(captured) == 1
    assert fact == public.AcceptedFact(
        event_id=event.id,
        submission_id=submission.id,
        revision_id=submission.current_id,
        contributor_id=submission.contributor_id,
        campaign_id=submission.campaign_id,
        base_reward_wei=10**18,
        modalities=("scene", "reference_images", "audio", "camera", "lighting"),
        quality_bp=8123,
        novelty_bp=2500,
        standing_bp=5000,
        coverage=None,
        decided_at=NOW,
    )
    assert fact.decided_at.tzinfo == UTC


def test_every_judgement_tells_who_is_paid_for_it(submission: Submission) -> None:
    review = judge("reject")
    event = public.events(EventKind.REVIEWED).get()
    fact = public.review_facts([event])[event.id]
    assert (fact.review_id, fact.reviewer_id, fact.fee_wei) == (review.id, review.reviewer_id, 10**16)
    assert (fact.event_id, fact.campaign_id, fact.at) == (event.id, submission.campaign_id, NOW)
    assert (fact.gold_right, fact.gold_wrong) == (0, 0)
    assert not public.events("accepted").exists()


def test_facts_stay_what_they_were_when_the_event_happened(submission: Submission) -> None:
    review = judge()
    counts = [{"name": "gold_right", "count": 1}, {"name": "gold_wrong", "count": 9}]
    Standing.objects.update_or_create(person=submission.contributor, role="contributor", defaults={"value": 0.1})
    Standing.objects.update_or_create(person=review.reviewer, role="reviewer", defaults={"factors": counts})
    make.regated(submission, overall=0.1, at=NOW + timedelta(days=1))
    accepted, reviewed = public.events("accepted").get(), public.events("reviewed").get()
    fact, told = public.accepted_facts([accepted])[accepted.id], public.review_facts([reviewed])[reviewed.id]
    assert (fact.standing_bp, fact.quality_bp, told.gold_right, told.gold_wrong) == (5000, 8123, 0, 0)


def test_funding_tells_how_much() -> None:
    campaign = make.campaign()
    events.record(EventKind.CAMPAIGN_FUNDED, at=NOW, campaign=campaign, detail={"amount_wei": str(7 * 10**30)})
    event = public.events("campaign_funded").get()
    assert public.funding_fact(event) == public.FundingFact(event.id, campaign.id, 7 * 10**30)


def test_an_unknown_kind_of_event_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="applause"):
        public.events("applause")


def test_a_file_is_for_its_owner_the_operator_and_whom_its_submission_is_open_to(submission: Submission) -> None:
    asset = submission.current.placements.get(path="video.asset").asset
    fact = public.asset_for(submission.contributor, asset.id)
    assert (fact.id, fact.kind, fact.storage_key) == (asset.id, "clip", asset.storage_key)
    assert {role: reads(role, asset) for role in Role} == {role: role == Role.OPERATOR for role in Role}
    Submission.objects.filter(id=submission.id).update(status=SubmissionStatus.ACCEPTED)
    assert reads(Role.ENGINEER, asset)
    assert not reads(Role.REVIEWER, asset)


def reads(role: Role, asset: Asset) -> bool:
    try:
        public.asset_for(make.person(role), asset.id)
    except NotFound:
        return False
    return True


def test_a_file_that_is_not_ready_says_so() -> None:
    owner = make.person()
    asset = make.asset(owner, b"x", kind="clip", content_type="video/mp4", stored=False)
    Asset.objects.filter(id=asset.id).update(status=AssetStatus.VERIFYING)
    with pytest.raises(public.AssetNotReady):
        public.asset_for(owner, asset.id)
    with pytest.raises(NotFound):
        public.asset_for(owner, uuid7())


def test_a_part_of_a_record_is_checked_by_field() -> None:
    lighting = valid_record()["lighting"]
    assert public.check_record_part("lighting", lighting)["source"] == lighting["source"]
    with pytest.raises(public.BadRecordPart) as refusal:
        public.check_record_part("camera", {"source": "authored", "declared": None, "colour": "red"})
    assert "camera.colour" in refusal.value.fields


def test_an_export_that_is_not_there_is_not_found() -> None:
    with pytest.raises(public.NoSuchExport):
        public.export_fact(uuid7())
