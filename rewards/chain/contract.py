"""The distributor as Python sees it: what it says, what to send to it, and what its events tell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from eth_typing import ChecksumAddress
from web3 import Web3
from web3.contract import Contract
from web3.types import BlockIdentifier, TxReceipt

from rewards.chain.artifacts import artifact
from rewards.chain.calls import Call
from rewards.chain.merkle import Leaf

NO_ROOT = bytes(32)


@dataclass(frozen=True)
class ChainState:
    """What the contract says at one block.

    Attributes:
        block_number, block_hash: Of that block.
        epoch, root, total_allocated_wei: Of the tree in force; 0, 32 zero bytes and 0 before the first.
        total_claimed_wei: All that was ever paid.
        held_wei: Tokens that the contract holds.
        paused: Whether a guardian stopped it.
        pending_epoch, pending_root, pending_total_wei, activatable_at: Of the proposal; zeros where there is none.
    """

    block_number: int
    block_hash: bytes
    epoch: int
    root: bytes
    total_allocated_wei: int
    total_claimed_wei: int
    held_wei: int
    paused: bool
    pending_epoch: int
    pending_root: bytes
    pending_total_wei: int
    activatable_at: int


@dataclass(frozen=True)
class ClaimedLog:
    """One payment, as the chain tells it."""

    contributor_id: bytes
    payee: bytes
    amount_wei: int
    cumulative_wei: int
    block_number: int
    block_hash: bytes
    transaction_hash: bytes
    log_index: int


class DistributorContract:
    """One deployed distributor and its token, over one node."""

    def __init__(self, web3: Web3, address: bytes) -> None:
        self._web3 = web3
        self.address = web3.to_checksum_address(address)
        self._contract: Contract = web3.eth.contract(self.address, abi=artifact("SlateDistributor")["abi"])
        self._known_token: Contract | None = None

    @property
    def _token(self) -> Contract:
        if self._known_token is None:
            token = self._contract.functions.TOKEN().call()
            self._known_token = self._web3.eth.contract(token, abi=artifact("SlateToken")["abi"])
        return self._known_token

    @property
    def token_address(self) -> ChecksumAddress:
        return self._token.address

    def state(self, at: BlockIdentifier = "latest") -> ChainState:
        """All of it at one block: the block is fixed first, so that the parts belong together."""
        block = self._web3.eth.get_block(at)
        number = block["number"]
        ask = self._contract.functions
        pending_epoch, activatable_at, pending_total, pending_root = ask.pending().call(block_identifier=number)
        return ChainState(
            block_number=number,
            block_hash=bytes(block["hash"]),
            epoch=ask.epoch().call(block_identifier=number),
            root=bytes(ask.root().call(block_identifier=number)),
            total_allocated_wei=ask.totalAllocated().call(block_identifier=number),
            total_claimed_wei=ask.totalClaimed().call(block_identifier=number),
            held_wei=self._token.functions.balanceOf(self.address).call(block_identifier=number),
            paused=ask.paused().call(block_identifier=number),
            pending_epoch=pending_epoch,
            pending_root=bytes(pending_root),
            pending_total_wei=pending_total,
            activatable_at=activatable_at,
        )

    def claimed_wei(self, contributor_id: bytes, at: BlockIdentifier = "latest") -> int:
        """What the contributor has claimed in all."""
        return int(self._contract.functions.claimed(contributor_id).call(block_identifier=at))

    def fund(self, amount_wei: int) -> Call:
        """The sender's tokens -> the distributor."""
        return Call(self._token.address, self._encode(self._token, "transfer", [self.address, amount_wei]))

    def propose(self, *, epoch: int, previous_root: bytes, root: bytes, total_wei: int, file_sha256: bytes) -> Call:
        return self._call("propose", [epoch, previous_root, root, total_wei, file_sha256])

    def activate(self) -> Call:
        return self._call("activate", [])

    def claim(self, leaf: Leaf, proof: Sequence[bytes]) -> Call:
        return self._call("claim", self._claim(leaf, proof))

    def claim_many(self, claims: Sequence[tuple[Leaf, Sequence[bytes]]]) -> Call:
        return self._call("claimMany", [[tuple(self._claim(leaf, proof)) for leaf, proof in claims]])

    def claims_between(self, first: int, last: int) -> Iterator[ClaimedLog]:
        """Payments in blocks `first` to `last`, inclusive, in their order."""
        for log in self._contract.events.Claimed.get_logs(from_block=first, to_block=last):
            yield _claimed(log)

    def claims_in(self, receipt: TxReceipt) -> list[ClaimedLog]:
        """Payments that one transaction made."""
        return [_claimed(log) for log in self._contract.events.Claimed().process_receipt(receipt)]

    def _claim(self, leaf: Leaf, proof: Sequence[bytes]) -> list[Any]:
        payee = self._web3.to_checksum_address(leaf.payee)
        return [leaf.contributor_id, payee, leaf.cumulative_wei, list(proof)]

    def _call(self, function: str, arguments: Sequence[Any]) -> Call:
        return Call(self.address, self._encode(self._contract, function, arguments))

    @staticmethod
    def _encode(contract: Contract, function: str, arguments: Sequence[Any]) -> bytes:
        return Web3.to_bytes(hexstr=contract.encode_abi(function, args=list(arguments)))


def _claimed(log: Any) -> ClaimedLog:
    told = log["args"]
    return ClaimedLog(
        contributor_id=bytes(told["contributorId"]),
        payee=Web3.to_bytes(hexstr=told["payee"]),
        amount_wei=told["amount"],
        cumulative_wei=told["cumulative"],
        block_number=log["blockNumber"],
        block_hash=bytes(log["blockHash"]),
        transaction_hash=bytes(log["transactionHash"]),
        log_index=log["logIndex"],
    )
