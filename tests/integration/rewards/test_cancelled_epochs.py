"""An epoch that the chain has never seen can be taken back; one that it may have seen cannot."""

import pytest

from accounts.models import AuditEntry
from accounts.roles import Role
from rewards import selectors
from rewards.lifecycle import EpochStatus, IntentKind, IntentStatus
from rewards.models import Distributor, Epoch, PayoutIntent
from rewards.services import cancelling, publishing
from tests.factories import curation as make
from tests.factories.chain import ETHER
from tests.factories.payouts import Platform
from tests.integration.rewards.test_claims import client_of

WHY = {"reason": "Somebody's address was wrong."}


def cancel(epoch: Epoch, role: Role = Role.OPERATOR) -> tuple[int, dict[str, str]]:
    answer = client_of(make.person(role)).post(f"/api/v1/epochs/{epoch.id}/cancel", WHY, format="json")
    return answer.status_code, answer.json()


def decide(platform: Platform) -> None:
    """What the chain worker's pass decides, without sending it."""
    platform.deployed.chain.make_final()
    publishing.advance(platform.contract, final_block=platform.line.final_block(), clock=platform.now)


def test_a_cancelled_epoch_gives_back_what_it_allocated_and_its_number(platform: Platform) -> None:
    ada = platform.person(1)
    platform.earn(ada, ETHER)
    epoch = platform.freeze()
    decide(platform)
    assert PayoutIntent.objects.get().status == IntentStatus.WAITING
    assert cancel(epoch)[1]["status"] == "cancelled"
    assert cancel(epoch)[1]["status"] == "cancelled"
    assert selectors.balance_of(ada.id).accrued_wei == ETHER
    assert PayoutIntent.objects.get().failure["code"] == "epoch_cancelled"
    assert AuditEntry.objects.get(kind="payout.cancelled").detail == {"number": 1, **WHY}
    again = platform.publish()
    assert (again.number, again.status) == (1, EpochStatus.ACTIVE)
    assert selectors.faults() == []
    platform.claim(again, ada)


def test_tokens_on_their_way_pay_for_the_next_epoch(platform: Platform) -> None:
    ada = platform.person(1)
    platform.earn(ada, ETHER)
    epoch = platform.freeze()
    platform.step()
    assert PayoutIntent.objects.get(kind=IntentKind.FUND).status == IntentStatus.SENT
    assert cancel(epoch)[0] == 200
    platform.earn(ada, ETHER)
    again = platform.publish()
    assert again.total_wei == 2 * ETHER
    token = platform.contract._token.functions
    assert token.balanceOf(platform.deployed.address).call() == 2 * ETHER
    assert selectors.faults() == []


def test_what_may_be_on_chain_is_not_cancelled_and_goes_on(platform: Platform) -> None:
    ada = platform.person(1)
    platform.earn(ada, ETHER)
    epoch = platform.freeze()
    while not PayoutIntent.objects.filter(kind=IntentKind.PROPOSE, status=IntentStatus.SENT):
        platform.step()
    assert cancel(epoch)[1]["code"] == "epoch_on_its_way"
    assert platform.follow(epoch).status == EpochStatus.ACTIVE
    assert cancel(epoch)[0] == 409


def test_a_step_that_was_decided_before_the_cancellation_is_not_asked_for_after_it(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform.earn(platform.person(1), ETHER)
    epoch, operator = platform.freeze(), make.person(Role.OPERATOR)
    checked = publishing.prepublishing.problems

    def cancelled_meanwhile(*given: object) -> list[str]:
        found = checked(*given)  # type: ignore[arg-type]
        cancelling.cancel_unproposed(epoch_id=epoch.id, actor=operator, now=platform.now(), **WHY)
        return found

    monkeypatch.setattr(publishing.prepublishing, "problems", cancelled_meanwhile)
    decide(platform)
    assert PayoutIntent.objects.count() == 0


def test_only_an_operator_cancels_and_says_why(platform: Platform) -> None:
    platform.earn(platform.person(1), ETHER)
    epoch = platform.freeze()
    assert cancel(epoch, Role.CONTRIBUTOR)[0] == 403
    silent = client_of(make.person(Role.OPERATOR)).post(f"/api/v1/epochs/{epoch.id}/cancel", {}, format="json")
    assert silent.status_code == 400
    assert Distributor.objects.get().epochs.get().status == EpochStatus.FROZEN
