"""Signed bytes and the offers in them. Nothing here shows them to anybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from eth_account.typed_transactions import TypedTransaction
from eth_typing import ChecksumAddress
from eth_utils import to_checksum_address
from hexbytes import HexBytes
from web3 import Web3

from rewards.chain.calls import Call
from rewards.chain.fees import Fees, bumped, first_offer
from rewards.chain.node import Node
from rewards.chain.signers import Signer
from rewards.models import ChainAttempt, ChainTx, PayoutIntent


@dataclass(frozen=True)
class Line:
    """One key on one chain, with the rules it sends by.

    Attributes:
        node, signer: How the chain is reached, and who signs.
        chain_id: As the node says.
        max_fee_wei: The most that is ever offered for a unit of gas.
        confirmations: Blocks above one that make it final; 0 for the chain's own `finalized`.
        stuck_after: How long an offer waits for its block before a higher one replaces it.
    """

    node: Node
    signer: Signer
    chain_id: int
    max_fee_wei: int
    confirmations: int = 0
    stuck_after: timedelta = timedelta(minutes=2)

    @property
    def sender(self) -> ChecksumAddress:
        return self.signer.address

    def final_block(self) -> int:
        return self.node.final_block(confirmations=self.confirmations)


def call_of(intent: PayoutIntent) -> Call:
    return Call(to_checksum_address(intent.to), bytes(intent.data))


def first(line: Line, intent: PayoutIntent, *, nonce: int, now: datetime) -> ChainAttempt:
    """The unsaved first attempt of an unsaved transaction, with the gas that the call takes now.

    Raises:
        Reverted: The contract refuses it as things are.
        NoContract: There is nothing at the address.
        FeeCapReached: The chain costs more than is allowed now.
    """
    gas = line.node.gas_for(call_of(intent), sender=line.sender)
    fees = first_offer(
        base_fee_wei=line.node.base_fee_wei(), priority_fee_wei=line.node.priority_fee_wei(), cap_wei=line.max_fee_wei
    )
    chain_tx = ChainTx(intent=intent, chain_id=line.chain_id, sender=line.sender, nonce=nonce, gas=gas, created_at=now)
    return _signed(line, chain_tx, call_of(intent), fees, now=now)


def higher(line: Line, last: ChainAttempt, *, now: datetime) -> ChainAttempt:
    """The same nonce and payload with an offer that nodes take in place of the last; unsaved.

    Raises:
        FeeCapReached: It would exceed the cap.
    """
    offered = Fees(last.max_fee_wei, last.priority_fee_wei)
    fees = bumped(offered, base_fee_wei=line.node.base_fee_wei(), cap_wei=line.max_fee_wei)
    return _signed(line, last.chain_tx, call_of(last.chain_tx.intent), fees, now=now)


def is_empty(attempt: ChainAttempt) -> bool:
    """Whether it is what `empty` made."""
    return not TypedTransaction.from_bytes(HexBytes(bytes(attempt.raw))).as_dict()["data"]


def empty(line: Line, last: ChainAttempt, *, now: datetime) -> ChainAttempt:
    """Something that uses up the nonce and does nothing; unsaved.

    Raises:
        FeeCapReached: It would exceed the cap.
    """
    offered = Fees(last.max_fee_wei, last.priority_fee_wei)
    fees = bumped(offered, base_fee_wei=line.node.base_fee_wei(), cap_wei=line.max_fee_wei)
    return _signed(line, last.chain_tx, Call(line.sender, b""), fees, now=now)


def _signed(line: Line, chain_tx: ChainTx, call: Call, fees: Fees, *, now: datetime) -> ChainAttempt:
    raw = line.signer.sign(
        {
            "type": 2,
            "chainId": line.chain_id,
            "nonce": chain_tx.nonce,
            "to": call.to,
            "value": 0,
            "data": call.data,
            "gas": chain_tx.gas,
            "maxFeePerGas": fees.max_fee_wei,
            "maxPriorityFeePerGas": fees.priority_fee_wei,
        }
    )
    return ChainAttempt(
        chain_tx=chain_tx,
        raw=raw,
        hash=bytes(Web3.keccak(raw)),
        max_fee_wei=fees.max_fee_wei,
        priority_fee_wei=fees.priority_fee_wei,
        signed_at=now,
    )
