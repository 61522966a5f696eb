"""People are told of what they earned and of what was paid: once each."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Notification
from accounts.notification_kinds import words_for
from accounts.roles import Role
from curation.lifecycle import EventKind, SubmissionStatus
from curation.services import events
from rewards.services import notifying
from rewards.tasks import credit_waiting
from tests.factories import curation as make
from tests.factories.chain import ETHER, STRANGER
from tests.factories.payouts import Platform

pytestmark = pytest.mark.django_db


def test_credit_for_accepted_work_is_told_once_and_fees_for_reviews_are_not_told_one_by_one() -> None:
    ana, campaign = make.person(name="ana"), make.campaign(title="Rolling things", base_reward_wei=10**18)
    detail = {"amount_wei": str(10**21)}
    events.record(EventKind.CAMPAIGN_FUNDED, at=make.NOW, campaign=campaign, detail=detail)
    make.submission(campaign, ana, status=SubmissionStatus.ACCEPTED)
    credit_waiting()
    for _ in range(2):
        notifying.tell_waiting(now=timezone.now())
    told = Notification.objects.get(person=ana)
    assert (told.kind, told.subject_kind) == ("credit_posted", "credit")
    credit = ana.credits.get()
    assert told.parameters == {"campaign": "Rolling things", "amount_wei": str(credit.amount_wei)}
    assert "SLATE were credited to you for “Rolling things”." in words_for(told.kind, told.parameters, "en").text


def test_what_was_credited_long_ago_is_no_news() -> None:
    ana, campaign = make.person(Role.CONTRIBUTOR), make.campaign(base_reward_wei=10**18)
    events.record(EventKind.CAMPAIGN_FUNDED, at=make.NOW, campaign=campaign, detail={"amount_wei": str(10**21)})
    make.submission(campaign, ana, status=SubmissionStatus.ACCEPTED)
    credit_waiting()
    assert notifying.tell_waiting(now=timezone.now() + timedelta(days=8)) == 0


def test_final_payment_is_told_with_where_it_went(platform: Platform) -> None:
    person = platform.person(1)
    platform.earn(person, 2 * ETHER)
    platform.publish()
    client = APIClient()
    client.force_authenticate(person)
    claim = client.get("/api/v1/claim").json()
    platform.deployed.chain.send(STRANGER, to=claim["distributor"], data=bytes.fromhex(claim["calldata"][2:]))
    platform.step()
    for _ in range(2):
        notifying.tell_waiting(now=timezone.now())
    told = Notification.objects.get(person=person, kind="payout_final")
    assert told.parameters == {"address": platform.wallets[person.id], "amount_wei": str(2 * ETHER)}
