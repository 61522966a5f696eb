"""The sender on a real chain: each intent once, whatever happens around it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rewards.chain.calls import Call
from rewards.lifecycle import IntentKind, IntentStatus
from rewards.models import ChainAttempt, Distributor, PayoutIntent
from rewards.services import outbox, sender
from tests.factories.chain import CHAIN_ID, DELAY_S, ETHER, PUBLISHER, STRANGER, Deployed, anvil, deploy

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def deployed(tmp_path: Path) -> Iterator[Deployed]:
    with anvil(tmp_path / "state.json") as chain:
        yield deploy(chain)


@pytest.fixture
def distributor(deployed: Deployed, transactional_db: None) -> Distributor:
    return Distributor.objects.create(
        chain_id=CHAIN_ID,
        address=deployed.address,
        token=deployed.token,
        deployed_block=0,
        activation_delay_s=DELAY_S,
        max_per_epoch_wei=10**6 * ETHER,
        claims_read_to=0,
        created_at=NOW,
    )


def line_of(deployed: Deployed) -> sender.Line:
    return sender.Line(deployed.node, PUBLISHER, CHAIN_ID, max_fee_wei=500 * 10**9)


def enqueue(distributor: Distributor, call: Call, *, batch: int = 0) -> PayoutIntent:
    return outbox.enqueue(distributor=distributor, epoch=None, kind=IntentKind.FUND, call=call, batch=batch, now=NOW)


def test_an_intent_is_sent_once_and_final_only_when_its_block_is(deployed: Deployed, distributor: Distributor) -> None:
    intent = enqueue(distributor, deployed.contract.fund(5 * ETHER))
    line = line_of(deployed)
    sender.run(line, clock=lambda: NOW)
    sender.run(line, clock=lambda: NOW)
    intent.refresh_from_db()
    assert intent.status == IntentStatus.SENT
    deployed.chain.make_final()
    sender.run(line, clock=lambda: NOW)
    intent.refresh_from_db()
    assert intent.status == IntentStatus.FINAL
    assert deployed.contract.state().held_wei == 5 * ETHER
    assert ChainAttempt.objects.count() == 1


def test_what_the_contract_refuses_fails_by_its_error_and_the_next_goes_on(
    deployed: Deployed, distributor: Distributor
) -> None:
    too_much = enqueue(distributor, deployed.contract.fund(10**10 * ETHER))
    good = enqueue(distributor, deployed.contract.fund(ETHER), batch=1)
    line = line_of(deployed)
    sender.run(line, clock=lambda: NOW)
    too_much.refresh_from_db()
    good.refresh_from_db()
    assert too_much.status == IntentStatus.FAILED
    assert "ERC20InsufficientBalance" in too_much.failure["message"]
    assert good.status == IntentStatus.SENT


def test_an_offer_that_waits_too_long_is_replaced_by_a_higher_one_and_paid_once(
    deployed: Deployed, distributor: Distributor
) -> None:
    deployed.chain.call("evm_setAutomine", False)
    intent = enqueue(distributor, deployed.contract.fund(ETHER))
    line = line_of(deployed)
    sender.run(line, clock=lambda: NOW)
    sender.run(line, clock=lambda: NOW + line.stuck_after + timedelta(seconds=1))
    fees = list(ChainAttempt.objects.order_by("id").values_list("max_fee_wei", "priority_fee_wei"))
    assert len(fees) == 2
    assert all(after * 1000 >= before * 1125 for before, after in zip(*fees, strict=True))
    deployed.chain.call("evm_setAutomine", True)
    deployed.chain.make_final()
    sender.run(line, clock=lambda: NOW)
    intent.refresh_from_db()
    assert intent.status == IntentStatus.FINAL
    assert deployed.contract.state().held_wei == ETHER


def test_a_stranger_with_the_key_stops_the_sender(deployed: Deployed, distributor: Distributor) -> None:
    line = line_of(deployed)
    enqueue(distributor, deployed.contract.fund(ETHER))
    sender.run(line, clock=lambda: NOW)
    deployed.chain.send(PUBLISHER, to=STRANGER.address, data=b"")
    deployed.chain.make_final()
    waiting = enqueue(distributor, deployed.contract.fund(2 * ETHER), batch=1)
    sender.run(line, clock=lambda: NOW)
    waiting.refresh_from_db()
    assert waiting.status == IntentStatus.WAITING
    assert "was not signed here" in waiting.alert
