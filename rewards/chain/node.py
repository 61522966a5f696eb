"""One node of the chain over JSON-RPC: what the sender asks it, with every failure named.

An answer that did not come, or that a node cannot give, is never taken for a no.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import requests
from eth_typing import ChecksumAddress
from web3 import HTTPProvider, Web3
from web3.exceptions import (
    BlockNotFound,
    ContractLogicError,
    TransactionNotFound,
    Web3Exception,
    Web3RPCError,
    Web3ValueError,
)
from web3.middleware import ExtraDataToPOAMiddleware
from web3.types import RPCEndpoint

from rewards.chain.artifacts import artifact
from rewards.chain.calls import Call

TIMEOUT_S = 10
GAS_ROOM_PERCENT = 25
LEAST_PRIORITY_FEE_WEI = 10**6


class NodeFailed(Exception):
    """The node did not answer, or answered with an error of its own. Nothing follows from it; ask again later."""


class Reverted(Exception):
    """The contract refuses the call; the message is its error's name with its values, where it is one of ours."""


class NoContract(Exception):
    """There is nothing at the address: calling it would cost money and do nothing."""


class Broadcast(StrEnum):
    """What a node said to signed bytes."""

    TAKEN = "taken"
    KNOWN = "known"  # it has these very bytes already
    NONCE_USED = "nonce_used"  # some transaction of this nonce is in a block: perhaps these bytes
    UNDERPRICED = "underpriced"  # another of this nonce waits that offers as much, or blocks cost more now
    NO_GAS_MONEY = "no_gas_money"  # the sender's balance does not cover the most that the gas may cost


@dataclass(frozen=True)
class Receipt:
    """Where a transaction is in the chain, as the node sees it now."""

    succeeded: bool
    block_number: int
    block_hash: bytes
    gas_used: int
    effective_gas_price_wei: int


class Node:
    """A node at an HTTP address. Every call has a time limit and is made once: who calls decides on repeating."""

    def __init__(self, url: str, *, timeout_s: float = TIMEOUT_S) -> None:
        provider = HTTPProvider(url, request_kwargs={"timeout": timeout_s}, exception_retry_configuration=None)
        self.web3 = Web3(provider)
        self.web3.middleware_onion.inject(ExtraDataToPOAMiddleware, layer=0)
        self._eth = self.web3.eth

    def chain_id(self) -> int:
        return int(self._ask(lambda: self._eth.chain_id))

    def next_nonce(self, sender: ChecksumAddress, *, at: int | None = None) -> int:
        """How many transactions of the sender are in the chain up to block `at`; without it, up to the newest."""
        return int(self._ask(lambda: self._eth.get_transaction_count(sender, "latest" if at is None else at)))

    def taker_of(self, sender: ChecksumAddress, nonce: int, *, up_to: int) -> bytes:
        """Hash of the sender's transaction that has this nonce, in a block of at most `up_to`.

        Raises:
            NodeFailed: There is none, or the node does not keep the states that the search needs.
        """
        last, step = up_to, 1  # backwards in growing steps, as most nodes keep the states of the newest blocks alone
        while last >= step and self.next_nonce(sender, at=last - step) > nonce:
            last, step = last - step, 2 * step
        first = max(last - step + 1, 0)
        while first < last:
            middle = (first + last) // 2
            if self.next_nonce(sender, at=middle) > nonce:
                last = middle
            else:
                first = middle + 1
        for sent in self._ask(lambda: self._eth.get_block(first, full_transactions=True))["transactions"]:
            if (sent["from"], sent["nonce"]) == (sender, nonce):
                return bytes(sent["hash"])
        raise NodeFailed(f"No transaction of {sender} with nonce {nonce} is in a block up to {up_to}.")

    def balance_wei(self, address: ChecksumAddress) -> int:
        """The chain's own money that an address has now, for gas."""
        return int(self._ask(lambda: self._eth.get_balance(address)))

    def give_gas_money(self, address: ChecksumAddress, amount_wei: int) -> None:
        """Set the balance; only anvil does so."""
        self._ask(
            lambda: self.web3.manager.request_blocking(RPCEndpoint("anvil_setBalance"), [address, hex(amount_wei)])
        )

    def has_code(self, address: str, *, at: int) -> bool:
        """Whether a contract was there at block `at`."""
        return bool(self._ask(lambda: self._eth.get_code(self.web3.to_checksum_address(address), at)))

    def base_fee_wei(self) -> int:
        """What a unit of gas costs at least in the newest block."""
        return int(self._ask(lambda: self._eth.get_block("latest"))["baseFeePerGas"])

    def priority_fee_wei(self) -> int:
        """What the node suggests on top."""
        return max(int(self._ask(lambda: self._eth.max_priority_fee)), LEAST_PRIORITY_FEE_WEI)

    def gas_for(self, call: Call, *, sender: ChecksumAddress) -> int:
        """A limit with room for what the call uses if it were made now.

        Raises:
            Reverted: The contract refuses it.
            NoContract: There is none at the address.
        """
        if not self._ask(lambda: self._eth.get_code(call.to)):  # type: ignore[arg-type]  # it has its checksum
            raise NoContract(f"There is no contract at {call.to}. Is CHAIN_RPC_URL the chain it was created on?")
        asked: Any = {"from": sender, "to": call.to, "data": call.data}
        try:
            estimate = self._ask(lambda: self._eth.estimate_gas(asked))
        except ContractLogicError as error:
            raise Reverted(named(error)) from error
        return int(estimate) * (100 + GAS_ROOM_PERCENT) // 100

    def why_reverted(self, call: Call, *, sender: ChecksumAddress, at_block: int) -> str:
        """The contract's error when the call is made on top of the block before; empty where it would succeed."""
        asked: Any = {"from": sender, "to": call.to, "data": call.data}
        try:
            self._ask(lambda: self._eth.call(asked, at_block - 1))
        except ContractLogicError as error:
            return named(error)
        return ""

    def broadcast(self, raw: bytes) -> Broadcast:
        """Hand over signed bytes.

        Raises:
            NodeFailed: Nobody knows whether the node took them.
        """
        try:
            self._ask(lambda: self._eth.send_raw_transaction(raw))
        except NodeFailed as error:
            said = str(error).lower()
            for words, outcome in REFUSALS.items():
                if words in said:
                    return outcome
            raise
        return Broadcast.TAKEN

    def receipt(self, transaction_hash: bytes) -> Receipt | None:
        """Where it is; None where this node sees it in no block."""
        try:
            found = self._ask(lambda: self._eth.get_transaction_receipt(transaction_hash))  # type: ignore[arg-type]  # bytes do
        except TransactionNotFound:
            return None
        return Receipt(
            succeeded=found["status"] == 1,
            block_number=found["blockNumber"],
            block_hash=bytes(found["blockHash"]),
            gas_used=found["gasUsed"],
            effective_gas_price_wei=found["effectiveGasPrice"],
        )

    def block_hash(self, number: int) -> bytes | None:
        """Hash of the block that stands at this height now; None where there is none."""
        try:
            return bytes(self._ask(lambda: self._eth.get_block(number))["hash"])
        except BlockNotFound:
            return None

    def newest_block(self) -> int:
        return int(self._ask(lambda: self._eth.block_number))

    def final_block(self, *, confirmations: int = 0) -> int:
        """The highest block that will not change: the `finalized` one, or the one `confirmations` below the newest."""
        if confirmations:
            return max(self.newest_block() - confirmations, 0)
        return int(self._ask(lambda: self._eth.get_block("finalized"))["number"])

    def _ask(self, call: Any) -> Any:
        return ask(call)


def ask(call: Any) -> Any:
    """What the call returns.

    Raises:
        NodeFailed: There was no answer, or an error of the node's own.
        ContractLogicError, TransactionNotFound, BlockNotFound: These are answers.
    """
    try:
        return call()
    except (ContractLogicError, TransactionNotFound, BlockNotFound):
        raise
    except Web3RPCError as error:
        raise NodeFailed(_message(error)) from error
    except (requests.RequestException, Web3Exception, Web3ValueError, KeyError, TypeError, ValueError) as error:
        raise NodeFailed(f"{type(error).__name__}: {error}") from error


# What go-ethereum, reth, Erigon, Nethermind and anvil say, in lower case.
REFUSALS = {
    "already known": Broadcast.KNOWN,
    "already imported": Broadcast.KNOWN,
    "alreadyknown": Broadcast.KNOWN,
    "nonce too low": Broadcast.NONCE_USED,
    "nonce is too low": Broadcast.NONCE_USED,
    "oldnonce": Broadcast.NONCE_USED,
    "underpriced": Broadcast.UNDERPRICED,
    "feetoolowtocompete": Broadcast.UNDERPRICED,
    "less than block base fee": Broadcast.UNDERPRICED,
    "insufficient funds": Broadcast.NO_GAS_MONEY,
    "insufficient balance": Broadcast.NO_GAS_MONEY,
}


def named(error: ContractLogicError) -> str:
    """The contract's own error by its name and values; else what the node said."""
    data = str(error.data or "")
    found = _errors().get(data[:10])
    if found is None:
        return str(error.message or error)
    name, types = found
    values = Web3().codec.decode(types, bytes.fromhex(data[10:])) if types else ()
    return f"{name}({', '.join(_readable(value) for value in values)})"


@cache
def _errors() -> dict[str, tuple[str, list[str]]]:
    """Selector, as 0x and 8 digits -> name and types of the contracts' own errors."""
    found = {}
    for item in artifact("SlateDistributor")["abi"] + artifact("SlateToken")["abi"]:
        if item["type"] == "error":
            types = [argument["type"] for argument in item["inputs"]]
            selector = Web3.keccak(text=f"{item['name']}({','.join(types)})")[:4]
            found[f"0x{selector.hex()}"] = (item["name"], types)
    return found


def _readable(value: Any) -> str:
    return f"0x{value.hex()}" if isinstance(value, bytes) else str(value)


def _message(error: Web3RPCError) -> str:
    answer = error.rpc_response or {}
    detail = answer.get("error") if isinstance(answer, dict) else None
    return str(detail.get("message", detail)) if isinstance(detail, dict) else str(error)
