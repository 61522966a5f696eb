"""What a standing changes: depth of review, how much may wait, and campaigns that pause by themselves."""

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import Role
from curation.gating import Verdict
from curation.lifecycle import CampaignStatus, EventKind, SubmissionStatus
from curation.models import Campaign, Event, Standing
from curation.models.trust import TrustRole
from curation.policies import CampaignNotOpen
from curation.services import acceptance, campaigns, gate_verdicts, submissions
from curation.trusting.standing import VOLUME, Level
from tests.factories import curation as make
from tests.factories.curation import NOW

pytestmark = pytest.mark.django_db


def in_standing(level: Level) -> User:
    person = make.person()
    Standing.objects.create(person=person, role=TrustRole.CONTRIBUTOR, level=level, stale=False, counted_at=NOW)
    return person


@pytest.mark.parametrize(("level", "needed"), [(Level.LOW, 3), (Level.NEW, 2), (Level.USUAL, 2), (Level.TRUSTED, 1)])
def test_the_depth_of_review_is_fixed_by_standing_when_review_begins(level: Level, needed: int) -> None:
    row = make.submission(make.campaign(), in_standing(level), status=SubmissionStatus.SUBMITTED)
    verdict = Verdict(outcome="pass", findings=())
    gate_verdicts.move_as(verdict, make.submission_of(row.id), level=level, now=NOW)
    assert make.submission_of(row.id).judgements_needed == needed


def test_who_has_as_much_waiting_as_their_standing_allows_is_told_the_numbers() -> None:
    author, place = in_standing(Level.LOW), make.campaign()
    for _ in range(VOLUME[Level.LOW]):
        make.submission(place, author)
    draft = submissions.create_draft(campaign_id=place.id, contributor=author, record={}, now=NOW)
    with pytest.raises(submissions.TooManyOpen, match=r"10 of your submissions .* \(low\)"):
        submissions.submit(submission_id=draft.id, contributor=author, now=NOW)
    assert make.submission_of(draft.id).status == SubmissionStatus.DRAFT


def decided(place: Campaign, accepted: int, rejected: int) -> None:
    for status, count in ((SubmissionStatus.ACCEPTED, accepted), (SubmissionStatus.REJECTED, rejected)):
        for _ in range(count):
            make.submission(place, make.person(), status=status)


def test_a_campaign_pauses_after_its_warm_up_and_counts_anew_when_reopened() -> None:
    place = make.campaign(required_modalities=["scene"])
    decided(place, 0, 19)
    assert acceptance.pause_where_too_low(now=NOW) == 0
    decided(place, 1, 1)
    assert acceptance.pause_where_too_low(now=NOW) == 1
    assert acceptance.pause_where_too_low(now=NOW) == 0
    place.refresh_from_db()
    assert place.status == CampaignStatus.PAUSED
    assert place.pause_reason == "1 of the last 21 contributions were accepted."
    assert Event.objects.filter(campaign=place, kind=EventKind.CAMPAIGN_PAUSED).count() == 1
    with pytest.raises(CampaignNotOpen, match="paused"):
        submissions.create_draft(campaign_id=place.id, contributor=make.person(), record={}, now=NOW)
    later = NOW.replace(year=NOW.year + 1)
    campaigns.open_campaign(campaign_id=place.id, actor=make.person(Role.OPERATOR), now=later)
    assert acceptance.pause_where_too_low(now=later) == 0
    place.refresh_from_db()
    assert (place.status, place.pause_reason) == (CampaignStatus.OPEN, "")


def test_a_campaign_that_accepts_a_tenth_goes_on() -> None:
    place = make.campaign()
    decided(place, 3, 27)
    assert acceptance.pause_where_too_low(now=NOW) == 0


def test_a_person_reads_what_their_standing_is_made_of_and_changes() -> None:
    author = in_standing(Level.TRUSTED)
    api = APIClient()
    api.force_authenticate(author)
    contributor, reviewer = api.get("/api/v1/me/standing").json()
    assert (contributor["role"], contributor["level"]) == ("contributor", "trusted")
    volume, depth, _ = contributor["effects"]
    assert f"{volume['values']['count']:g}" in volume["message"]
    assert depth == {
        "code": "fewer_judgements",
        "message": "Each of them needs one judgement fewer than the campaign asks for.",
        "values": {},
    }
    assert (reviewer["role"], reviewer["level"], reviewer["value"]) == ("reviewer", "new", 0.5)


def test_operators_read_agreement_and_nobody_else_does() -> None:
    place = make.campaign()
    api = APIClient()
    api.force_authenticate(make.person(Role.OPERATOR))
    answer = api.get(f"/api/v1/campaigns/{place.id}/agreement").json()
    assert (answer["judgements"], answer["verdicts"]) == (0, None)
    api.force_authenticate(make.person(Role.REVIEWER))
    assert api.get(f"/api/v1/campaigns/{place.id}/agreement").status_code == 403
