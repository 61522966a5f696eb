"""A campaign's coverage targets, and what each acceptance tells of them."""

import pytest

from accounts.models import User
from accounts.roles import Role
from curation import public
from curation.models import Campaign, CoverageCount, Submission
from curation.record.facets import facets_of
from curation.services import campaigns, reviews, submissions
from tests.factories import curation as make
from tests.factories.curation import NOW
from tests.factories.records import valid_record

pytestmark = pytest.mark.django_db
DOLLY, NEON = "movement=dolly_in", "light=neon"


@pytest.fixture
def campaign() -> Campaign:
    return make.campaign(reviews_needed=1, coverage_targets={DOLLY: 2, NEON: 5})


def accepted(campaign: Campaign) -> tuple[Submission, public.AcceptedFact]:
    item, reviewer = make.submission(campaign, make.person()), make.person(Role.REVIEWER)
    review = reviews.take_next(reviewer=reviewer, now=NOW)
    assert review
    reviews.cast_vote(review_id=review.id, reviewer=reviewer, verdict="approve", reasons=[], now=NOW)
    event = public.events("accepted").get(submission=item)
    return item, public.accepted_facts([event])[event.id]


def test_each_acceptance_is_told_how_many_were_there_before_it(campaign: Campaign) -> None:
    facts = [accepted(campaign)[1] for _ in range(3)]
    assert [fact.coverage for fact in facts] == [(public.Coverage(DOLLY, 2, before),) for before in range(3)]


def test_what_is_withdrawn_counts_no_more(campaign: Campaign) -> None:
    first, _ = accepted(campaign)
    accepted(campaign)
    submissions.withdraw(submission_id=first.id, actor=first.contributor, now=NOW)
    assert CoverageCount.objects.get(word=DOLLY).accepted == 1
    assert accepted(campaign)[1].coverage == (public.Coverage(DOLLY, 2, 1),)


def test_a_campaign_without_targets_counts_nothing() -> None:
    assert accepted(make.campaign(reviews_needed=1))[1].coverage is None
    assert not CoverageCount.objects.exists()


def test_work_that_offers_nothing_targeted_says_so() -> None:
    assert accepted(make.campaign(reviews_needed=1, coverage_targets={NEON: 5}))[1].coverage == ()


def test_targets_are_for_words_that_a_record_can_offer() -> None:
    operator: User = make.person(Role.OPERATOR)
    with pytest.raises(campaigns.BadCoverageTarget, match="movement=levitate: name a facet"):
        campaigns.create_campaign(
            creator=operator, now=NOW, fields={"title": "Up", "coverage_targets": {"movement=levitate": 1}}
        )


def test_targets_stay_once_a_campaign_is_open(campaign: Campaign) -> None:
    assert "coverage_targets" in campaigns.ESSENTIALS


def test_a_record_offers_its_sure_movements_and_its_tags() -> None:
    record = valid_record()
    record["camera"]["derived"] = {
        "tool": "t", "primitives": [{"name": "tilt_up", "confidence": 0.9}, {"name": "tilt_down", "confidence": 0.5}]
    }  # fmt: skip
    words = set(facets_of(record))
    assert {DOLLY, "movement=tilt_up", "light=daylight"} <= words
    assert "movement=tilt_down" not in words
    assert facets_of({}) == []
