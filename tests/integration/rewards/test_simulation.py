"""Replaying history under another policy."""

import csv
import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from curation.lifecycle import EventKind, SubmissionStatus
from curation.models import Campaign, Event
from curation.services import events, submissions
from rewards.models import Credit, Transaction
from rewards.reward_policy import RewardPolicy
from rewards.selectors.simulation import replay
from rewards.tasks import credit_waiting
from tests.factories import curation as make

pytestmark = pytest.mark.django_db
BASE = 10_000


@pytest.fixture
def campaign() -> Campaign:
    made = make.campaign(base_reward_wei=BASE)
    events.record(EventKind.CAMPAIGN_FUNDED, at=make.NOW, campaign=made, detail={"amount_wei": str(100 * BASE)})
    return made


def accept(campaign: Campaign, person: User, standing_bp: int) -> Event:
    item = make.submission(campaign, person, overall=1.0, novelty=1.0)
    item.status = SubmissionStatus.ACCEPTED
    item.save(update_fields=["status"])
    return events.record(
        EventKind.ACCEPTED, at=make.NOW, submission=item, revision=item.current,
        facts={"standing_bp": standing_bp, "coverage": None},
    )  # fmt: skip


def test_the_policy_in_force_changes_nothing(campaign: Campaign) -> None:
    accept(campaign, make.person(), 4_000)
    credit_waiting()
    found = replay(RewardPolicy())
    assert (found.total.events, found.total.before_wei, found.total.after_wei) == (1, 7_500, 7_500)


def test_it_shows_who_gains_and_who_loses(campaign: Campaign) -> None:
    ana, bo = make.person(), make.person()
    accept(campaign, ana, 8_000)
    accept(campaign, bo, 0)
    credit_waiting()
    found = replay(RewardPolicy(trust_floor_bp=2_000))
    assert (found.gainers(5), [person for person, _ in found.losers(5)]) == ([], [bo.id])
    assert found.by_person[bo.id].difference_wei == -3_000
    assert found.by_campaign[campaign.id].after_wei == BASE + 2_000


def test_what_waits_counts_as_the_policy_in_force_says_and_what_was_taken_back_not_at_all(campaign: Campaign) -> None:
    ana = make.person()
    event = accept(campaign, ana, 8_000)
    assert replay(RewardPolicy()).total.before_wei == BASE
    submissions.withdraw(submission_id=event.submission_id, actor=ana, now=make.NOW)
    credit_waiting()
    found = replay(RewardPolicy())
    assert (found.taken_back, found.total.events) == (1, 0)


def test_only_the_time_that_was_asked_for_is_replayed(campaign: Campaign) -> None:
    accept(campaign, make.person(), 8_000)
    day = timedelta(days=1)
    assert replay(RewardPolicy(), since=make.NOW, until=make.NOW + day).total.events == 1
    assert replay(RewardPolicy(), since=make.NOW + day).total.events == 0
    assert replay(RewardPolicy(), until=make.NOW).total.events == 0


def test_the_command_prints_tables_and_json_writes_a_csv_and_nothing_else(campaign: Campaign, tmp_path: Path) -> None:
    ana = make.person(name="ana")
    accept(campaign, ana, 0)
    credit_waiting()
    before = (Credit.objects.count(), Transaction.objects.count())
    policy, lines, out = tmp_path / "policy.json", tmp_path / "people.csv", StringIO()
    policy.write_text('{"trust_floor_bp": 10000}')
    call_command("simulate_rewards", policy=policy, csv=lines, stdout=out)
    told = json.loads(out.getvalue().splitlines()[-1])
    assert (told["before_wei"], told["after_wei"], told["gaining"], told["losing"]) == ("5000", "10000", 1, 0)
    assert ana.email[:20] in out.getvalue()
    [row] = csv.DictReader(lines.open())
    assert (row["person"], row["difference_wei"]) == (str(ana.id), "5000")
    assert before == (Credit.objects.count(), Transaction.objects.count())


def test_a_wrong_policy_file_is_refused(tmp_path: Path) -> None:
    policy = tmp_path / "policy.json"
    policy.write_text('{"kindness_bp": 1}')
    with pytest.raises(CommandError, match="kindness_bp"):
        call_command("simulate_rewards", policy=policy)
