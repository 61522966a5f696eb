"""What the sender does when the chain forgets, costs more, or refuses: each step once, or a reason that has a name."""

import pytest
from web3 import Web3

from rewards.lifecycle import IntentStatus
from rewards.models import ChainAttempt, PayoutIntent
from tests.factories import rpc_proxy
from tests.factories.chain import ETHER, PUBLISHER
from tests.factories.desk import AMOUNT_WEI, MAX_FEE_WEI, Desk, line_to
from tests.factories.rpc_proxy import proxy_to

deep = pytest.mark.deep


def test_a_block_that_was_dropped_has_its_bytes_sent_again(desk: Desk) -> None:
    desk.fund()
    desk.look()
    desk.deployed.chain.call("anvil_reorg", 1, [])
    assert desk.deployed.contract.state().held_wei == 0
    desk.until_settled()
    desk.assert_once()
    assert ChainAttempt.objects.count() == 1


@deep
def test_what_a_reorganisation_includes_elsewhere_is_booked_where_it_is(desk: Desk) -> None:
    intent = desk.fund()
    desk.look()
    before = desk.deployed.node.receipt(desk.hashes()[0])
    raw = bytes(ChainAttempt.objects.get().raw)
    desk.deployed.chain.mine()
    desk.deployed.chain.call("anvil_reorg", 2, [[f"0x{raw.hex()}", 1]])
    desk.until_settled()
    desk.assert_once()
    intent.refresh_from_db()
    assert before is not None
    assert intent.block_number == before.block_number + 1


@deep
def test_a_receipt_of_a_block_that_is_not_in_the_chain_settles_nothing(desk: Desk) -> None:
    desk.fund()
    desk.look()
    desk.deployed.chain.make_final()

    def of_another_block(request: rpc_proxy.Request, forward: rpc_proxy.Forward) -> rpc_proxy.Answer:
        answer = forward(request)
        return answer | {"result": answer["result"] | {"blockHash": "0x" + 32 * "cd"}}

    with proxy_to(desk.deployed.chain.url) as proxy:
        desk.line = line_to(proxy.url)
        proxy.breaks("eth_getTransactionReceipt", of_another_block)
        desk.look()
        assert PayoutIntent.objects.get().status == IntentStatus.SENT
        proxy.heals()
        desk.until_settled()
    desk.assert_once()


@deep
def test_a_chain_that_breaks_its_finality_gets_the_same_bytes_and_the_ledger_stays(desk: Desk) -> None:
    desk.fund()
    desk.until_settled()
    desk.assert_once()
    lose_what_is_final(desk)
    assert desk.deployed.contract.state().held_wei == 0
    desk.look()
    assert "has lost tokens to the distributor, which was final" in desk.alerts()[0]
    desk.deployed.chain.make_final()
    desk.look()
    assert desk.alerts() == []
    desk.assert_once()
    assert ChainAttempt.objects.count() == 1


@deep
def test_a_local_chain_that_lost_its_last_seconds_gets_them_back_in_order(desk: Desk) -> None:
    chain = desk.deployed.chain
    chain.stop()
    chain.start()
    desk.fund()
    desk.until_settled()
    desk.fund(ETHER, batch=1)
    desk.look()
    chain.kill()
    chain.start()
    assert desk.deployed.contract.state().held_wei == 0
    for _ in range(4):
        desk.look()
        chain.make_final()
    desk.assert_once(AMOUNT_WEI + ETHER, intents=2)
    assert ChainAttempt.objects.count() == 2


@deep
def test_what_had_failed_does_not_succeed_when_the_chain_lost_it(desk: Desk) -> None:
    chain = desk.deployed.chain
    refuse_in_the_block(desk)
    lose_what_is_final(desk)
    chain.call("evm_setAutomine", False)
    desk.look()
    desk.look()
    assert ChainAttempt.objects.count() == 2, "what uses the nonce up is signed once"
    chain.call("evm_setAutomine", True)
    chain.make_final()
    assert desk.deployed.contract.state().held_wei == 0
    assert desk.deployed.node.next_nonce(desk.line.sender) == 1, "its nonce was used up by nothing"


@deep
def test_an_older_offer_may_win(desk: Desk) -> None:
    chain = desk.deployed.chain
    chain.call("evm_setAutomine", False)
    intent = desk.fund()
    desk.look()
    desk.wait_for(121)
    desk.look()
    older, newer = desk.hashes()
    chain.call("anvil_dropTransaction", f"0x{newer.hex()}")
    desk.deployed.node.broadcast(bytes(ChainAttempt.objects.get(hash=older).raw))
    chain.call("evm_setAutomine", True)
    chain.mine()
    desk.until_settled()
    desk.assert_once()
    intent.refresh_from_db()
    assert bytes(intent.transaction_hash or b"") == older


@deep
def test_fees_follow_a_spike_to_the_cap_and_then_somebody_is_told(desk: Desk) -> None:
    chain = desk.deployed.chain
    chain.call("evm_setAutomine", False)
    desk.fund()
    desk.look()
    chain.call("anvil_setNextBlockBaseFeePerGas", hex(MAX_FEE_WEI // 2))
    chain.mine()
    desk.wait_for(121)
    desk.look()
    assert max(ChainAttempt.objects.values_list("max_fee_wei", flat=True)) > MAX_FEE_WEI // 4
    chain.call("anvil_setNextBlockBaseFeePerGas", hex(2 * MAX_FEE_WEI))
    chain.mine()
    desk.wait_for(121)
    desk.look()
    assert "Raise CHAIN_MAX_FEE_WEI" in " ".join(desk.alerts())
    assert max(ChainAttempt.objects.values_list("max_fee_wei", flat=True)) <= MAX_FEE_WEI
    chain.call("anvil_setNextBlockBaseFeePerGas", hex(10**9))
    chain.call("evm_setAutomine", True)
    chain.mine()
    desk.until_settled()
    desk.assert_once()


@deep
def test_a_transaction_that_is_refused_in_its_block_fails_by_its_error(desk: Desk) -> None:
    intent = refuse_in_the_block(desk)
    assert intent.status == IntentStatus.FAILED
    assert "ERC20InsufficientBalance" in intent.failure["message"]


def lose_what_is_final(desk: Desk) -> None:
    """The chain goes back to before the first thing that was sent, far below what it called final."""
    node = desk.deployed.node
    receipt = node.receipt(desk.hashes()[0])
    assert receipt is not None
    assert receipt.block_number <= node.final_block()
    desk.deployed.chain.call("anvil_reorg", node.newest_block() - receipt.block_number + 1, [])
    assert node.next_nonce(desk.line.sender) == 0


def refuse_in_the_block(desk: Desk) -> PayoutIntent:
    """A funding that was possible when it was signed, and not any more when its block was made."""
    chain = desk.deployed.chain
    chain.call("evm_setAutomine", False)
    intent = desk.fund()
    desk.look()
    chain.call("anvil_setStorageAt", desk.deployed.token, _balance_slot(), "0x" + 64 * "0")
    chain.call("evm_setAutomine", True)
    chain.mine()
    desk.until_settled()
    intent.refresh_from_db()
    return intent


def _balance_slot() -> str:
    """Where OpenZeppelin's ERC20 keeps the publisher's balance: keccak(address, 0), 32 bytes each."""
    return f"0x{Web3.keccak(bytes.fromhex(PUBLISHER.address[2:]).rjust(32, bytes(1)) + bytes(32)).hex()}"
