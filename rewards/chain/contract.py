"""The distributor as Python sees it: what it says, what to send to it, and what its events tell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from eth_typing import ChecksumAddress
from web3 import Web3
from web3.contract import Contract
from web3.exceptions import ContractLogicError
from web3.types import BlockIdentifier, RPCEndpoint, TxReceipt

from rewards.chain.artifacts import artifact
from rewards.chain.calls import Call
from rewards.chain.merkle import Leaf
from rewards.chain.node import NodeFailed, ask, named

NO_ROOT = bytes(32)
CALLS_AT_ONCE = 100  # what most nodes take in one batch
BLOCKS_AT_ONCE = 2_000  # more than most nodes search in one call


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
            token = ask(self._contract.functions.TOKEN().call)
            self._known_token = self._web3.eth.contract(token, abi=artifact("SlateToken")["abi"])
        return self._known_token

    @property
    def token_address(self) -> ChecksumAddress:
        return self._token.address

    def state(self, at: BlockIdentifier = "latest") -> ChainState:
        """All of it at one block: the block is fixed first, so that the parts belong together.

        Raises:
            NodeFailed: The node did not answer; so for all that asks it here.
        """
        token = self._token
        return ask(lambda: self._state(token, at))

    def _state(self, token: Contract, at: BlockIdentifier) -> ChainState:
        block = self._web3.eth.get_block(at)
        number = block["number"]
        read = self._contract.functions
        pending_epoch, activatable_at, pending_total, pending_root = read.pending().call(block_identifier=number)
        return ChainState(
            block_number=number,
            block_hash=bytes(block["hash"]),
            epoch=read.epoch().call(block_identifier=number),
            root=bytes(read.root().call(block_identifier=number)),
            total_allocated_wei=read.totalAllocated().call(block_identifier=number),
            total_claimed_wei=read.totalClaimed().call(block_identifier=number),
            held_wei=token.functions.balanceOf(self.address).call(block_identifier=number),
            paused=read.paused().call(block_identifier=number),
            pending_epoch=pending_epoch,
            pending_root=bytes(pending_root),
            pending_total_wei=pending_total,
            activatable_at=activatable_at,
        )

    def claimed_wei(self, contributor_id: bytes, at: BlockIdentifier = "latest") -> int:
        """What the contributor has claimed in all."""
        return int(ask(lambda: self._contract.functions.claimed(contributor_id).call(block_identifier=at)))

    def claimed_by(self, contributor_ids: Sequence[bytes], *, at: int) -> dict[bytes, int]:
        """What each of them has claimed in all up to block `at`; a hundred to a request."""
        found: dict[bytes, int] = {}
        for first in range(0, len(contributor_ids), CALLS_AT_ONCE):
            ids = contributor_ids[first : first + CALLS_AT_ONCE]
            data = [self._contract.encode_abi("claimed", args=[one]) for one in ids]
            found |= zip(ids, self._call_all(data, at), strict=True)
        return found

    def leaf_hash(self, leaf: Leaf) -> bytes:
        """What the contract itself takes for this leaf's hash."""
        arguments = self._claim(leaf, ())[:3]
        return bytes(ask(lambda: self._contract.functions.leafHash(*arguments).call()))

    def refusal(self, call: Call, *, sender: str | None = None) -> str:
        """The contract's error if the call were made now, by anybody or by `sender`; empty where it would succeed."""
        asked: Any = {"to": call.to, "data": call.data, **({"from": sender} if sender else {})}
        try:
            ask(lambda: self._web3.eth.estimate_gas(asked))
        except ContractLogicError as error:
            return named(error)
        return ""

    def was_cancelled(self, root: bytes, first: int, last: int) -> bool:
        """Whether a guardian took this proposal back in blocks `first` to `last`."""
        for start, end in _ranges(first, last):
            search = partial(self._contract.events.Cancelled.get_logs, argument_filters={"root": root})
            if ask(partial(search, from_block=start, to_block=end)):
                return True
        return False

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
        for start, end in _ranges(first, last):
            for log in ask(partial(self._contract.events.Claimed.get_logs, from_block=start, to_block=end)):
                yield _claimed(log)

    def claims_in(self, receipt: TxReceipt) -> list[ClaimedLog]:
        """Payments that one transaction made."""
        return [_claimed(log) for log in self._contract.events.Claimed().process_receipt(receipt)]

    def _call_all(self, data: Iterable[str], at: int) -> list[int]:
        """One number for each call, as they were at block `at`."""
        calls = [(RPCEndpoint("eth_call"), [{"to": self.address, "data": one}, hex(at)]) for one in data]
        provider: Any = self._web3.provider  # an HTTPProvider; the common type knows no batches
        answers: Any = ask(lambda: provider.make_batch_request(calls))
        if not isinstance(answers, list) or len(answers) != len(calls):
            raise NodeFailed(f"The node answered a batch of {len(calls)} calls with: {str(answers)[:200]}")
        by_id = sorted(answers, key=lambda answer: int(answer["id"]))
        for answer in by_id:
            if "result" not in answer:
                raise NodeFailed(f"The node did not answer a call: {answer.get('error')}")
        return [int(answer["result"], 16) for answer in by_id]

    def _claim(self, leaf: Leaf, proof: Sequence[bytes]) -> list[Any]:
        payee = self._web3.to_checksum_address(leaf.payee)
        return [leaf.contributor_id, payee, leaf.cumulative_wei, list(proof)]

    def _call(self, function: str, arguments: Sequence[Any]) -> Call:
        return Call(self.address, self._encode(self._contract, function, arguments))

    @staticmethod
    def _encode(contract: Contract, function: str, arguments: Sequence[Any]) -> bytes:
        return Web3.to_bytes(hexstr=contract.encode_abi(function, args=list(arguments)))


def _ranges(first: int, last: int) -> Iterator[tuple[int, int]]:
    """Both ends inclusive."""
    for start in range(first, last + 1, BLOCKS_AT_ONCE):
        yield start, min(start + BLOCKS_AT_ONCE - 1, last)


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
