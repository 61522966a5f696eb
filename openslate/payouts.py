"""Checking a payout with nothing but the published file and any node of the chain: nobody has to be believed.

Everything is computed here anew: the hashes, the tree, its root and sum; the contract is asked over plain JSON-RPC.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from openslate.errors import ClientError

FORMAT = "openslate-leaves/1"
MAX_FILE_BYTES = 2 << 30
MAX_LINE_BYTES = 1_000
TIMEOUT_S = 30

Keccak = Callable[[bytes], bytes]


class PayoutWrong(ClientError):
    """File and chain do not agree; the message says in what."""


@dataclass(frozen=True)
class Leaf:
    """What one contributor has been allocated in all: 32 random bytes, 20 bytes of a wallet, base units."""

    contributor_id: bytes
    payee: bytes
    cumulative_wei: int


@dataclass(frozen=True)
class Published:
    """A file of leaves as it came, its heading unproven."""

    chain_id: int
    distributor: bytes
    epoch: int
    root: bytes
    total_wei: int
    leaves: Sequence[Leaf]


def fetch(source: str) -> bytes:
    """The file at a path or an http(s) address. Raises `ClientError`."""
    if not source.startswith(("http://", "https://")):
        try:
            return Path(source).read_bytes()
        except OSError as error:
            raise ClientError(f"{source} cannot be read: {error.strerror}.") from error
    try:
        return _download(source)
    except httpx.HTTPError as error:
        raise ClientError(f"{source} could not be fetched: {error}") from error


def _download(address: str) -> bytes:
    data = bytearray()
    with httpx.stream("GET", address, timeout=TIMEOUT_S, follow_redirects=True) as answer:
        answer.raise_for_status()
        for chunk in answer.iter_bytes():
            data += chunk
            if len(data) > MAX_FILE_BYTES:
                raise ClientError(f"{address} is larger than {MAX_FILE_BYTES} bytes.")
    return bytes(data)


def read(data: bytes) -> Published:
    """Raises `PayoutWrong`: these are no leaves."""
    lines = data.splitlines()
    try:
        heading = _object(lines[0])
        if heading["format"] != FORMAT:
            raise PayoutWrong(f"The file's format is {heading['format']!r}, not {FORMAT!r}.")
        rows = [_object(line) for line in lines[1:]]
        leaves = [Leaf(_hex(row["contributorId"]), _hex(row["payee"]), int(row["cumulative"])) for row in rows]
        published = Published(
            int(heading["chainId"]),
            _hex(heading["distributor"]),
            int(heading["epoch"]),
            _hex(heading["root"]),
            int(heading["totalAllocated"]),
            leaves,
        )
    except (KeyError, IndexError, TypeError, ValueError, RecursionError) as error:
        raise PayoutWrong(f"The file is not one of leaves: {error}") from error
    if len(leaves) != heading["count"] or len({leaf.contributor_id for leaf in leaves}) != len(leaves):
        raise PayoutWrong("The file has other leaves than its heading counts, or one twice.")
    return published


def verify(published: Published, *, rpc_url: str, contributor_id: str = "", payee: str = "") -> dict[str, Any]:
    """What was found, with one's own leaf where asked for.

    Raises:
        PayoutWrong: Something does not agree.
        ClientError: The node does not answer, or there is no keccak here.
    """
    keccak = _keccak()
    root = _root([_leaf_hash(published, leaf, keccak) for leaf in published.leaves], keccak)
    if root != published.root:
        raise PayoutWrong(f"The leaves make the root 0x{root.hex()}, the file says 0x{published.root.hex()}.")
    total = sum(leaf.cumulative_wei for leaf in published.leaves)
    if total != published.total_wei:
        raise PayoutWrong(f"The leaves sum to {total}, the file says {published.total_wei}.")
    with httpx.Client(timeout=TIMEOUT_S) as http:
        contract = _Contract(http, rpc_url, f"0x{published.distributor.hex()}", keccak)
        found = _on_chain(published, contract)
        own = [leaf for leaf in published.leaves if _is_asked(leaf, contributor_id, payee)]
        if (contributor_id or payee) and not own:
            raise PayoutWrong("No leaf of the file is the one asked for.")
        return {**found, "own": [_told(leaf, contract) for leaf in own]}


def _on_chain(published: Published, contract: "_Contract") -> dict[str, Any]:
    if (chain_id := contract.chain_id()) != published.chain_id:
        raise PayoutWrong(f"The file is for chain {published.chain_id}, the node is of chain {chain_id}.")
    epoch = contract.number("epoch()")
    if epoch != published.epoch:
        raise PayoutWrong(f"The file is of epoch {published.epoch}, in force is epoch {epoch}. Fetch that one's file.")
    root = contract.number("root()").to_bytes(32, "big")
    if root != published.root:
        raise PayoutWrong(f"The contract's root is 0x{root.hex()}, the file's is 0x{published.root.hex()}.")
    allocated = contract.number("totalAllocated()")
    if allocated != published.total_wei:
        raise PayoutWrong(f"The contract has allocated {allocated}, the leaves sum to {published.total_wei}.")
    claimed, held = contract.number("totalClaimed()"), contract.held()
    if held < allocated - claimed:
        raise PayoutWrong(f"The contract holds {held}, but {allocated - claimed} are still to be claimed.")
    return {
        "epoch": epoch,
        "root": f"0x{root.hex()}",
        "leaves": len(published.leaves),
        "allocated_wei": str(allocated),
        "claimed_wei": str(claimed),
        "held_wei": str(held),
    }


def _told(leaf: Leaf, contract: "_Contract") -> dict[str, str]:
    claimed = contract.number("claimed(bytes32)", leaf.contributor_id)
    if claimed > leaf.cumulative_wei:
        raise PayoutWrong(f"0x{leaf.contributor_id.hex()} has claimed {claimed}, the leaf says less.")
    return {
        "contributor_id": f"0x{leaf.contributor_id.hex()}",
        "payee": f"0x{leaf.payee.hex()}",
        "cumulative_wei": str(leaf.cumulative_wei),
        "claimed_wei": str(claimed),
        "claimable_wei": str(leaf.cumulative_wei - claimed),
    }


def _is_asked(leaf: Leaf, contributor_id: str, payee: str) -> bool:
    by_name = contributor_id.lower() == f"0x{leaf.contributor_id.hex()}"
    return by_name or payee.lower() == f"0x{leaf.payee.hex()}"


class _Contract:
    """A distributor behind a node, asked by `eth_call`."""

    def __init__(self, http: httpx.Client, rpc_url: str, address: str, keccak: Keccak) -> None:
        self._http, self._rpc_url, self._address, self._keccak = http, rpc_url, address, keccak

    def chain_id(self) -> int:
        return int(self._ask("eth_chainId"), 16)

    def number(self, signature: str, argument: bytes = b"", *, at: str = "") -> int:
        """The one word that a function without or with one argument gives."""
        data = self._keccak(signature.encode())[:4] + argument.rjust(32, b"\0") * bool(argument)
        answer = self._ask("eth_call", {"to": at or self._address, "data": f"0x{data.hex()}"}, "latest")
        if len(answer) != 66:
            raise PayoutWrong(f"{at or self._address} is no distributor: it does not know {signature}.")
        return int(answer, 16)

    def held(self) -> int:
        """Tokens that the distributor holds."""
        token = self.number("TOKEN()").to_bytes(32, "big")[12:]
        return self.number("balanceOf(address)", bytes.fromhex(self._address[2:]), at=f"0x{token.hex()}")

    def _ask(self, method: str, *parameters: Any) -> str:
        call = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
        try:
            answer = self._http.post(self._rpc_url, json=call).raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            raise ClientError(f"{self._rpc_url} does not answer: {error}") from error
        if not isinstance(answer, dict) or not isinstance(answer.get("result"), str):
            raise ClientError(f"{self._rpc_url} does not answer {method}: {str(answer)[:200]}")
        return str(answer["result"])


def _leaf_hash(published: Published, leaf: Leaf, keccak: Keccak) -> bytes:
    """keccak(keccak(abi.encode(chainId, distributor, contributorId, payee, cumulative)))."""
    words = (
        published.chain_id.to_bytes(32, "big"),
        published.distributor.rjust(32, b"\0"),
        leaf.contributor_id.rjust(32, b"\0"),
        leaf.payee.rjust(32, b"\0"),
        leaf.cumulative_wei.to_bytes(32, "big"),
    )
    return keccak(keccak(b"".join(words)))


def _root(hashes: list[bytes], keccak: Keccak) -> bytes:
    """The root of OpenZeppelin's `StandardMerkleTree`: node i over 2i + 1 and 2i + 2, the smallest leaf last."""
    if not hashes:
        raise PayoutWrong("The file has no leaves.")
    nodes = [b""] * (len(hashes) - 1) + sorted(hashes, reverse=True)
    for place in range(len(hashes) - 2, -1, -1):
        low, high = sorted(nodes[2 * place + 1 : 2 * place + 3])
        nodes[place] = keccak(low + high)
    return nodes[0]


def _keccak() -> Keccak:
    try:
        from Crypto.Hash import keccak
    except ImportError as error:
        raise ClientError("Checking a payout needs keccak: install `openslate[verify]`.") from error
    return lambda data: keccak.new(digest_bits=256, data=data).digest()


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE_BYTES:
        raise ValueError(f"a line has more than {MAX_LINE_BYTES} bytes")
    found = json.loads(line)
    if not isinstance(found, dict):
        raise TypeError("a line is no object")
    return found


def _hex(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))
