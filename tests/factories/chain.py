"""A chain of one's own for tests: anvil on a port of its own, and the contracts deployed on it."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from rewards.chain.contract import DistributorContract
from rewards.chain.deployment import Roles, distributor_code, token_code
from rewards.chain.node import Node
from rewards.chain.signers import KeySigner
from tests.contracts.forge import CONTRACTS, MACHINE

ANVIL = CONTRACTS / "node_modules" / "@foundry-rs" / f"anvil-linux-{MACHINE}" / "bin" / "anvil"
CHAIN_ID = 31_337
ETHER = 10**18
# Keys of nobody but these tests.
PUBLISHER, ADMIN, GUARDIAN, STRANGER = (KeySigner(bytes([number]) * 32) for number in (0x21, 0x22, 0x23, 0x24))
DELAY_S = 60


class ChainClient:
    """A running anvil, whoever started it: its cheats, and transactions outside of the outbox."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = httpx.Client(trust_env=False, timeout=10)

    def call(self, method: str, *parameters: Any) -> Any:
        answer = self._client.post(
            self.url, json={"jsonrpc": "2.0", "id": 1, "method": method, "params": list(parameters)}
        ).json()
        assert "result" in answer, f"{method}: {answer}"
        return answer["result"]

    def mine(self, blocks: int = 1) -> None:
        self.call("anvil_mine", hex(blocks))

    def make_final(self) -> None:
        """Bury what is in a block now under as many blocks as finality takes."""
        self.mine(3)

    def later(self, seconds: int) -> None:
        self.call("evm_increaseTime", hex(seconds))
        self.mine()

    def give_gas(self, address: str) -> None:
        self.call("anvil_setBalance", address, hex(100 * ETHER))

    def send(self, signer: KeySigner, *, to: str | None, data: bytes, gas: int = 5_000_000) -> dict[str, Any]:
        """A transaction outside of the outbox, in a block at once; its receipt."""
        nonce = int(self.call("eth_getTransactionCount", signer.address, "latest"), 16)
        fields: dict[str, Any] = {"type": 2, "chainId": CHAIN_ID, "nonce": nonce, "value": 0, "data": data, "gas": gas}
        fees = {"maxFeePerGas": 100 * 10**9, "maxPriorityFeePerGas": 10**9}
        raw = signer.sign({**fields, **fees, **({"to": to} if to else {})})
        return dict(self.call("eth_sendRawTransactionSync", f"0x{raw.hex()}"))


class Chain(ChainClient):
    """An anvil of one's own; blocks are mined on demand, and a block is final two blocks later."""

    def __init__(self, port: int, state: Path) -> None:
        super().__init__(f"http://127.0.0.1:{port}")
        self._port, self._state = port, state
        self.start()

    def start(self, *options: str) -> None:
        command = [str(ANVIL), "--host", "127.0.0.1", "--port", str(self._port), "--chain-id", str(CHAIN_ID)]
        keeping = ["--slots-in-an-epoch", "1", "--state", str(self._state), "--quiet", *options]
        self.process = subprocess.Popen([*command, *keeping], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._until_it_answers()

    def stop(self) -> None:
        """As an operator would: the state is written."""
        self.process.terminate()
        self.process.wait(timeout=30)

    def kill(self) -> None:
        """At any instruction: what was not written is lost."""
        self.process.kill()
        self.process.wait(timeout=30)

    def _until_it_answers(self) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "anvil ended at once"
            try:
                self.call("eth_chainId")
                return
            except httpx.HTTPError:
                time.sleep(0.05)  # polls a condition that only the other process can bring about
        raise AssertionError("anvil does not answer")


@dataclass(frozen=True)
class Deployed:
    """The contracts on a chain, with the tokens still with the publisher."""

    chain: ChainClient
    node: Node
    token: str
    address: str

    @property
    def contract(self) -> DistributorContract:
        return DistributorContract(self.node.web3, bytes.fromhex(self.address[2:]))


@contextmanager
def anvil(state: Path) -> Iterator[Chain]:
    """A chain for the body; its state file lies where told."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    chain = Chain(port, state)
    try:
        yield chain
    finally:
        chain.kill()


def deploy(chain: Chain, *, max_per_epoch_wei: int = 10**6 * ETHER, delay_s: int = DELAY_S) -> Deployed:
    """Token and distributor; the publisher holds all tokens and everybody has gas."""
    for signer in (PUBLISHER, ADMIN, GUARDIAN, STRANGER):
        chain.give_gas(signer.address)
    token = chain.send(ADMIN, to=None, data=token_code(treasury=PUBLISHER.address, supply_wei=10**9 * ETHER))
    code = distributor_code(
        token=token["contractAddress"],
        roles=Roles(ADMIN.address, PUBLISHER.address, GUARDIAN.address),
        admin_delay_s=0,
        activation_delay_s=delay_s,
        max_per_epoch_wei=max_per_epoch_wei,
    )
    distributor = chain.send(ADMIN, to=None, data=code)
    assert distributor["status"] == "0x1", distributor
    checksummed = Node(chain.url).web3.to_checksum_address
    return Deployed(
        chain, Node(chain.url), checksummed(token["contractAddress"]), checksummed(distributor["contractAddress"])
    )


def wallet(number: int) -> KeySigner:
    """A contributor's own wallet."""
    return KeySigner((2**200 + number).to_bytes(32, "big"))
