"""From what people are owed to tokens in their wallets, on a real chain."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from accounts.models import User
from rewards import selectors
from rewards.chain.contract import DistributorContract
from rewards.lifecycle import AccountKind, EpochStatus, TransactionKind
from rewards.models import Claim, Distributor, Epoch
from rewards.services import chain_pass, epochs, ledger, sender
from rewards.services.ledger import AccountName
from tests.factories.chain import (
    CHAIN_ID,
    DELAY_S,
    ETHER,
    GUARDIAN,
    PUBLISHER,
    STRANGER,
    Deployed,
    anvil,
    deploy,
    wallet,
)


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
        created_at=chain_now(deployed),
    )


def chain_now(deployed: Deployed) -> datetime:
    return datetime.fromtimestamp(
        int(deployed.chain.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16), UTC
    )


class Platform:
    """The platform's side: who is paid where, and its passes over outbox and chain."""

    def __init__(self, deployed: Deployed) -> None:
        self.deployed = deployed
        self.line = sender.Line(deployed.node, PUBLISHER, CHAIN_ID, max_fee_wei=500 * 10**9)
        self.wallets: dict[UUID, str] = {}

    def now(self) -> datetime:
        return chain_now(self.deployed)

    def person(self, number: int) -> User:
        person = User.objects.create_user(email=f"c{number}@example.org", password=None)
        self.wallets[person.id] = wallet(number).address
        return person

    def earn(self, person: User, amount: int) -> None:
        budget = AccountName(AccountKind.BUDGET, uuid4())
        now = self.now()
        ledger.post(
            key=f"f{budget.of}", kind=TransactionKind.FUNDING, source="test", now=now,
            moves={AccountName(AccountKind.FUNDING): -amount, budget: amount},
        )  # fmt: skip
        ledger.post(
            key=f"c{budget.of}", kind=TransactionKind.CREDIT, source="test", now=now,
            moves={budget: -amount, AccountName(AccountKind.ACCRUED, person.id): amount},
        )  # fmt: skip

    def addresses(self, people: Sequence[UUID], at: datetime) -> Mapping[UUID, str]:
        return {one: self.wallets[one] for one in people if one in self.wallets}

    def freeze(self) -> Epoch:
        return epochs.freeze(addresses=self.addresses, least_wei=1, now=self.now())

    def step(self) -> None:
        """One pass of everything that the chain queue does, with what was sent made final."""
        self.deployed.chain.make_final()
        chain_pass.run_on(self.line, Distributor.objects.get(), self.contract, clock=self.now)

    def publish(self) -> Epoch:
        epoch = self.freeze()
        for _ in range(8):
            self.step()
            epoch.refresh_from_db()
            if epoch.status == EpochStatus.PROPOSED:
                self.deployed.chain.later(DELAY_S)
            if epoch.status == EpochStatus.ACTIVE:
                return epoch
        raise AssertionError(f"{epoch} stays {epoch.status}: {epoch.failure}")

    @property
    def contract(self) -> DistributorContract:
        return self.deployed.contract

    def claim(self, epoch: Epoch, person: User) -> None:
        file = epochs.file_of(epoch)
        leaf = file.by_contributor[bytes(epoch.lines.get(payee__person=person).payee.contributor_id)]
        call = self.contract.claim(leaf, file.proof_of(leaf))
        receipt = self.deployed.chain.send(STRANGER, to=call.to, data=call.data)
        assert receipt["status"] == "0x1"


@pytest.fixture
def platform(deployed: Deployed, distributor: Distributor) -> Platform:
    return Platform(deployed)


def test_what_is_owed_arrives_and_the_ledger_says_so(platform: Platform) -> None:
    ada, bo = platform.person(1), platform.person(2)
    platform.earn(ada, 3 * ETHER)
    platform.earn(bo, 4 * ETHER + 1)
    first = platform.publish()
    assert first.total_wei == 7 * ETHER + 1
    platform.claim(first, ada)
    platform.earn(ada, ETHER)
    second = platform.publish()
    platform.claim(second, ada)
    platform.claim(second, bo)
    platform.step()
    token = platform.contract._token.functions
    assert token.balanceOf(platform.wallets[ada.id]).call() == 4 * ETHER
    assert token.balanceOf(platform.wallets[bo.id]).call() == 4 * ETHER + 1
    assert selectors.balance_of(ada.id).paid_wei == 4 * ETHER
    assert selectors.balance_of(bo.id).paid_wei == 4 * ETHER + 1
    assert Claim.objects.count() == 3
    [sums] = selectors.sums()
    assert sums.sum_wei == 0
    assert sums.balances_wei[AccountKind.CUSTODY] == 0
    assert selectors.faults() == []


def test_an_epoch_that_a_guardian_cancels_gives_back_what_it_allocated(platform: Platform) -> None:
    ada = platform.person(1)
    platform.earn(ada, ETHER)
    epoch = platform.freeze()
    for _ in range(4):
        platform.step()
    epoch.refresh_from_db()
    assert epoch.status == EpochStatus.PROPOSED
    cancel = platform.contract._contract.encode_abi("cancel", args=[])
    platform.deployed.chain.send(GUARDIAN, to=platform.deployed.address, data=bytes.fromhex(cancel[2:]))
    platform.step()
    epoch.refresh_from_db()
    assert epoch.status == EpochStatus.CANCELLED
    assert selectors.balance_of(ada.id).accrued_wei == ETHER
    again = platform.publish()
    assert again.number == 1
    assert again.status == EpochStatus.ACTIVE


def test_nothing_is_frozen_where_nobody_can_be_paid_or_an_epoch_is_under_way(platform: Platform) -> None:
    ada = platform.person(1)
    with pytest.raises(epochs.NothingToPay):
        platform.freeze()
    platform.earn(ada, ETHER)
    platform.freeze()
    platform.earn(ada, ETHER)
    with pytest.raises(epochs.EpochUnderWay):
        platform.freeze()


def test_who_has_no_address_keeps_what_they_are_owed(platform: Platform) -> None:
    ada, bo = platform.person(1), platform.person(2)
    platform.earn(ada, ETHER)
    platform.earn(bo, ETHER)
    del platform.wallets[bo.id]
    epoch = platform.freeze()
    assert epoch.leaf_count == 1
    assert selectors.balance_of(bo.id).accrued_wei == ETHER
