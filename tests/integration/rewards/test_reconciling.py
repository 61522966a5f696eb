"""Ledger, trees and chain against each other: what does not agree stops publication."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from accounts.roles import Role
from rewards import selectors
from rewards.chain.signers import KeySigner
from rewards.lifecycle import EpochStatus, IntentKind
from rewards.models import Distributor, Epoch, Reconciliation
from rewards.services import distributors, epochs, ledger, settlement
from tests.factories import curation as make
from tests.factories.chain import ADMIN, ETHER, GUARDIAN, PUBLISHER
from tests.factories.payouts import Platform
from tests.integration.rewards.test_claims import client_of


def reconcile(platform: Platform) -> list[str]:
    return [finding["code"] for finding in platform.reconcile().findings]


def test_a_payment_that_the_ledger_does_not_know_stops_publication_until_an_operator_resumes(
    platform: Platform,
) -> None:
    ada = platform.person(1)
    platform.earn(ada, ETHER)
    epoch = platform.publish()
    platform.claim(epoch, ada)
    platform.deployed.chain.make_final()
    # As if the worker had passed over the blocks of the claim.
    Distributor.objects.update(claims_read_to=platform.deployed.node.final_block() + 10)
    assert {"claimed", "contributor"} <= set(reconcile(platform))
    assert "Ledger and chain do not agree" in Distributor.objects.get().pause_reason
    with pytest.raises(epochs.PublishingPaused):
        platform.freeze()
    operator = client_of(make.person(Role.OPERATOR))
    assert operator.post("/api/v1/payouts/resume").json()["code"] == "not_reconciled"
    Distributor.objects.update(claims_read_to=0)
    platform.deployed.chain.later(1)
    assert reconcile(platform) == []
    assert operator.post("/api/v1/payouts/resume").json()["paused_at"] is None


def test_what_strangers_send_to_the_contract_is_surplus_and_stops_nothing(platform: Platform) -> None:
    platform.earn(platform.person(1), ETHER)
    platform.publish()
    gift = platform.contract.fund(5)
    platform.deployed.chain.send(PUBLISHER, to=gift.to, data=gift.data)
    assert reconcile(platform) == []
    assert Reconciliation.objects.latest("at").figures["surplus"] == "5"


def test_a_leaf_that_was_changed_behind_the_ledgers_back_is_never_proposed(platform: Platform) -> None:
    ada, bo = platform.person(1), platform.person(2)
    platform.earn(ada, ETHER)
    platform.earn(bo, ETHER)
    epoch = platform.freeze()
    forged = ledger.AccountName(ledger.AccountKind.ALLOCATED, ada.id)
    taken = ledger.AccountName(ledger.AccountKind.ALLOCATED, bo.id)
    ledger.post(
        key="forged", kind=ledger.TransactionKind.ALLOCATION, source=epochs.source_of(epoch), now=platform.now(),
        moves={taken: -1, forged: 1},
    )  # fmt: skip
    platform.step()
    epoch.refresh_from_db()
    assert epoch.status == EpochStatus.FROZEN
    assert "root that the ledger gives" in epoch.failure
    assert not epoch.intents.exists()
    assert Distributor.objects.get().paused_at


def order(platform: Platform, signer: KeySigner, name: str) -> None:
    data = bytes.fromhex(platform.contract._contract.encode_abi(name, args=[])[2:])
    assert platform.deployed.chain.send(signer, to=platform.deployed.address, data=data)["status"] == "0x1"


def test_a_paused_contract_holds_the_proposal_back_until_an_operator_resumes(platform: Platform) -> None:
    platform.earn(platform.person(1), ETHER)
    epoch = platform.freeze()
    order(platform, GUARDIAN, "pause")
    platform.step()
    epoch.refresh_from_db()
    assert "guardian paused" in epoch.failure
    assert not epoch.intents.exists()
    order(platform, ADMIN, "unpause")
    platform.deployed.chain.later(1)
    assert reconcile(platform) == []
    distributors.resume(now=platform.now())
    assert platform.follow(epoch).status == EpochStatus.ACTIVE


def test_what_has_arrived_is_not_funded_again_after_a_failure_and_publication_goes_on(platform: Platform) -> None:
    platform.earn(platform.person(1), ETHER)
    epoch = platform.freeze()
    platform.step()
    settlement.fail(epoch.intents.get(kind=IntentKind.FUND), code="reverted", message="as if")
    platform.step()
    assert "as if" in Distributor.objects.get().pause_reason
    platform.deployed.chain.later(1)
    assert reconcile(platform) == []
    distributors.resume(now=platform.now())
    assert platform.follow(epoch).status == EpochStatus.ACTIVE
    assert epoch.intents.filter(kind=IntentKind.FUND).count() == 1
    assert platform.contract.state().held_wei == ETHER


def test_two_freezes_at_once_make_one_epoch(platform: Platform) -> None:
    for number in range(1, 4):
        platform.earn(platform.person(number), ETHER)
    came_of_it: list[object] = []

    def freeze() -> None:
        try:
            came_of_it.append(platform.freeze())
        except epochs.EpochUnderWay as refusal:
            came_of_it.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=freeze) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Epoch.objects.count() == 1
    assert [type(one) for one in came_of_it].count(epochs.EpochUnderWay) == 3
    assert selectors.faults() == []


def test_a_connection_that_is_lost_mid_freeze_leaves_nothing_half(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = platform.person(1)
    platform.earn(ada, ETHER)
    book = epochs._book

    def book_and_lose_the_server(*arguments: object) -> None:
        book(*arguments)  # type: ignore[arg-type]  # passed on as they came
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as patch:
        patch.setattr(epochs, "_book", book_and_lose_the_server)
        with pytest.raises(Exception, match=r"terminating connection|closed"):
            platform.freeze()
    connections.close_all()
    assert not Epoch.objects.exists()
    assert selectors.balance_of(ada.id).accrued_wei == ETHER
    assert platform.freeze().number == 1


def test_the_command_says_whether_all_agrees(platform: Platform, settings: pytest.FixtureRequest) -> None:
    with pytest.raises(CommandError, match="Nobody who can be paid"):
        call_command("payouts", "freeze")
    platform.earn(platform.person(1), ETHER)
    platform.freeze()
    told = StringIO()
    call_command("payouts", "status", stdout=told)
    assert "epoch 1: Frozen, 1 leaves" in told.getvalue()
