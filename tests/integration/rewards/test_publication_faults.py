"""Whole epochs over a node that fails and a chain that forgets: published once, paid once, and both sides agree."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import pytest

from accounts.models import User
from rewards.chain.node import Node, NodeFailed
from rewards.lifecycle import EpochStatus
from rewards.models import ChainAttempt, Claim, Distributor, Epoch, PayoutIntent
from tests.factories import payouts, rpc_proxy
from tests.factories.chain import DELAY_S, ETHER, ChainClient, Deployed
from tests.factories.payouts import Platform
from tests.factories.rpc_proxy import Fault, Proxy, proxy_to

deep = pytest.mark.deep
PASSES = 24
SEND = "eth_sendRawTransaction"


@pytest.fixture
def proxied(deployed: Deployed, transactional_db: None) -> Iterator[tuple[Platform, Proxy]]:
    """The platform behind a node that can be made to fail."""
    payouts.distributor_of(deployed)
    with proxy_to(deployed.chain.url) as proxy:
        yield Platform(replace(deployed, node=Node(proxy.url, timeout_s=1))), proxy


def frozen(platform: Platform) -> Epoch:
    for number in range(3):
        platform.earn(platform.person(number), ETHER)
    return platform.freeze()


def look(platform: Platform, epoch: Epoch) -> bool:
    """One pass, and the delay if it waits for that; whether the epoch is in force."""
    with suppress(NodeFailed):
        platform.step()
    epoch.refresh_from_db()
    if epoch.status == EpochStatus.PROPOSED:
        platform.deployed.chain.later(DELAY_S)
    return epoch.status == EpochStatus.ACTIVE


@deep
@pytest.mark.parametrize(
    ("method", "fault"),
    [
        pytest.param(SEND, rpc_proxy.closes, id="takes nothing"),
        pytest.param(SEND, rpc_proxy.loses, id="loses what it took"),
        pytest.param(SEND, rpc_proxy.takes_twice, id="answers twice"),
        pytest.param(SEND, rpc_proxy.says_error, id="takes nothing and says so"),
        pytest.param("eth_getTransactionReceipt", rpc_proxy.says_null, id="has no receipts"),
        pytest.param("eth_getTransactionReceipt", rpc_proxy.says_rubbish, id="has rubbish for receipts"),
        pytest.param("eth_getTransactionCount", rpc_proxy.one_behind, id="is a nonce behind"),
        pytest.param("eth_getBlockByNumber", rpc_proxy.says_error, id="has no blocks"),
        pytest.param("eth_call", rpc_proxy.closes, id="answers no calls"),
        pytest.param("eth_estimateGas", rpc_proxy.says_error, id="simulates nothing"),
        pytest.param("eth_getLogs", rpc_proxy.says_rubbish, id="has rubbish for logs"),
    ],
)
def test_an_epoch_goes_out_once_over_a_node_that_fails_every_other_pass(
    proxied: tuple[Platform, Proxy], method: str, fault: Fault
) -> None:
    platform, proxy = proxied
    epoch = frozen(platform)
    for number in range(PASSES):
        proxy.heals()
        if number % 2 == 0:
            proxy.breaks(method, fault)
        if look(platform, epoch):
            break
    proxy.heals()
    platform.assert_paid_once()
    assert method in proxy.asked
    assert Distributor.objects.get().paused_at is None


@deep
def test_an_epoch_goes_out_once_over_a_node_that_takes_all_and_falls_silent(proxied: tuple[Platform, Proxy]) -> None:
    platform, proxy = proxied
    epoch = frozen(platform)
    proxy.breaks(SEND, proxy.times_out_after_accepting)
    assert any(look(platform, epoch) for _ in range(PASSES))
    proxy.heals()
    platform.assert_paid_once()
    assert ChainAttempt.objects.count() == 3


@deep
def test_a_node_that_stands_still_stops_everything_and_nothing_is_done_twice(proxied: tuple[Platform, Proxy]) -> None:
    platform, proxy = proxied
    epoch = frozen(platform)
    for _ in range(4):
        fault = rpc_proxy.stale()
        for method in ("eth_getTransactionCount", "eth_getTransactionReceipt", "eth_getBlockByNumber", "eth_call"):
            proxy.breaks(method, fault)
        for _ in range(3):
            look(platform, epoch)
        proxy.heals()
        look(platform, epoch)
    assert any(look(platform, epoch) for _ in range(PASSES))
    platform.assert_paid_once()


# Takes the chain, the bytes whose block is struck, and how many blocks back it lies; the newest is one back.
Reorganise = Callable[[ChainClient, bytes, int], None]


def drop(chain: ChainClient, raw: bytes, back: int) -> None:
    chain.call("anvil_reorg", back, [])


def include_again(chain: ChainClient, raw: bytes, back: int) -> None:
    """Its block is replaced by an empty one, and the transaction stands in the next."""
    chain.mine()
    chain.call("anvil_reorg", back + 1, [[f"0x{raw.hex()}", 1]])


def replace_by_anothers(chain: ChainClient, raw: bytes, back: int) -> None:
    """Its block is replaced by one with a stranger's transaction, of another key."""
    one, other = chain.call("eth_accounts")[:2]
    chain.call("anvil_reorg", back, [[{"from": one, "to": other, "value": "0x1"}, 0]])


@deep
@pytest.mark.parametrize("reorganise", [drop, include_again, replace_by_anothers], ids=lambda one: one.__name__)
def test_each_step_outlives_a_reorganisation_of_its_block(platform: Platform, reorganise: Reorganise) -> None:
    epoch = frozen(platform)
    struck: set[int] = set()
    for _ in range(PASSES):
        if look(platform, epoch):
            break
        newest = ChainAttempt.objects.select_related("chain_tx").order_by("-chain_tx__nonce").first()
        receipt = newest and platform.deployed.node.receipt(bytes(newest.hash))
        if newest and receipt and newest.chain_tx.nonce not in struck:
            struck.add(newest.chain_tx.nonce)
            back = platform.deployed.node.newest_block() - receipt.block_number + 1
            reorganise(platform.deployed.chain, bytes(newest.raw), back)
    assert struck == {0, 1, 2}
    platform.assert_paid_once()
    assert ChainAttempt.objects.count() == 3


@deep
def test_a_chain_that_goes_back_below_finality_is_noticed_and_gets_the_same_epoch_again(platform: Platform) -> None:
    epoch = frozen(platform)
    platform.follow(epoch)
    claimant = User.objects.order_by("email")[0]
    platform.claim(epoch, claimant)
    platform.step()
    platform.assert_paid_once()
    chain, node = platform.deployed.chain, platform.deployed.node
    first = node.receipt(bytes(ChainAttempt.objects.order_by("chain_tx__nonce").first().hash))
    assert first is not None
    assert first.block_number < node.final_block()
    chain.call("anvil_reorg", node.newest_block() - first.block_number + 1, [])
    assert platform.contract.state().epoch == 0
    assert platform.reconcile().findings
    assert "do not agree" in Distributor.objects.get().pause_reason
    for _ in range(PASSES):
        platform.step()
        chain.later(DELAY_S)
        if platform.contract.state().epoch == 1 and not PayoutIntent.objects.exclude(alert="").exists():
            break
    assert platform.reconcile().findings, "the claim is the contributor's to repeat"
    platform.claim(epoch, claimant)
    platform.assert_paid_once()
    assert Claim.objects.count() == 1
    assert ChainAttempt.objects.count() == 3, "the same bytes went out again"
    assert Distributor.objects.get().paused_at, "an operator says when to go on"
