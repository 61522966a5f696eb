"""From what people are owed to tokens in their wallets, on a real chain."""

import pytest

from rewards import selectors
from rewards.lifecycle import AccountKind, EpochStatus
from rewards.models import Claim, Reconciliation
from rewards.services import epochs
from tests.factories.chain import ETHER, GUARDIAN
from tests.factories.payouts import Platform


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
    assert Reconciliation.objects.latest("at").findings == []


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
