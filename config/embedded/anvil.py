"""anvil, the local chain: a native program from npm, which writes its state to a file every second."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import httpx

from config.embedded.errors import BinaryMissing, EmbeddedServiceError
from config.embedded.planning import Services, write_private
from config.embedded.ports import LOOPBACK
from config.embedded.processes import Identity
from config.embedded.server import NotAnswering, Server

CONTRACTS = Path(__file__).resolve().parents[2] / "rewards" / "contracts"
CHAIN_ID = 31_337
TIMEOUT_S = 5
# With one slot to an epoch a block is final two blocks later; more, for whoever waits for confirmations.
FINAL_AFTER_BLOCKS = 6


class Anvil(Server):
    """The chain. Its JSON-RPC is open by nature: whoever is on this machine may call it."""

    name: ClassVar[str] = "anvil"
    given_by: ClassVar[tuple[str, ...]] = ("CHAIN_RPC_URL",)
    port_names: ClassVar[tuple[str, ...]] = ("anvil",)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._copied_at: int | None = None

    @property
    def identity(self) -> Identity:
        return Identity("anvil", str(self._state))

    def prepare(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if self._state.exists() and not _is_whole(self._state):
            self._replace_broken_state()

    def command(self) -> list[str]:
        given = {
            "host": LOOPBACK,
            "port": self.services.ports["anvil"],
            "chain-id": CHAIN_ID,
            "state": self._state,
            "state-interval": 1,
            "slots-in-an-epoch": 1,
        }
        options = [part for name, value in given.items() for part in (f"--{name}", str(value))]
        return [str(self._program()), *options, "--quiet", "--no-cors"]

    def check(self) -> None:
        chain_id = int(self._call("eth_chainId"), 16)
        if chain_id != CHAIN_ID:
            raise NotAnswering(f"is chain {chain_id}, not {CHAIN_ID}")

    def tick(self) -> None:
        """Mine an empty block while a transaction of the last few is not final; keep a copy of a whole state.

        anvil writes its whole history every second, 1.6 kB a block, so blocks are mined when there is work and
        never on a clock: a day of 1 s blocks is a file of 140 MB, written every second.

        Raises:
            NotAnswering: The chain does not answer.
        """
        newest = int(self._call("eth_blockNumber"), 16)
        recent = range(max(1, newest - FINAL_AFTER_BLOCKS + 1), newest + 1)
        if any(int(self._call("eth_getBlockTransactionCountByNumber", hex(block)), 16) for block in recent):
            self._call("evm_mine")
        if newest != self._copied_at and self._state.exists() and _is_whole(self._state):
            write_private(self._copy, self._state.read_text(encoding="utf-8"))
            self._copied_at = newest

    def _call(self, method: str, *parameters: str) -> str:
        call = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
        try:
            answer = self._client.post(self.services.chain_rpc_url, json=call).json()
        except (httpx.HTTPError, ValueError) as error:
            raise NotAnswering(str(error)) from error
        if "result" not in answer:
            raise NotAnswering(f"{method}: {answer.get('error')}")
        return str(answer["result"])

    @cached_property
    def _client(self) -> httpx.Client:
        return httpx.Client(timeout=TIMEOUT_S, trust_env=False)

    def _replace_broken_state(self) -> None:
        """anvil overwrites its state in place: one that was killed while writing cannot start from what is left."""
        self._state.replace(self._state.with_name("state.broken.json"))
        if self._copy.exists():
            shutil.copyfile(self._copy, self._state)

    @property
    def _copy(self) -> Path:
        return self.folder / "state.copy.json"

    @property
    def _state(self) -> Path:
        return self.folder / "state.json"

    def _program(self) -> Path:
        machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
        program = CONTRACTS / "node_modules" / "@foundry-rs" / f"anvil-linux-{machine}" / "bin" / "anvil"
        if not program.exists():
            raise BinaryMissing(self.name, program, "Run `make setup`, or set CHAIN_RPC_URL.")
        return program


def _is_whole(state: Path) -> bool:
    try:
        json.loads(state.read_bytes())
    except ValueError:
        return False
    return True


def install() -> None:
    """Install the chain's tools with npm, exactly as locked.

    Raises:
        EmbeddedServiceError: There is no npm, or it failed.
    """
    beside_python = str(Path(sys.executable).parent)  # where the nodejs wheel puts it
    npm = shutil.which("npm") or shutil.which("npm", path=beside_python)
    if npm is None:
        raise EmbeddedServiceError("anvil: npm is not installed. Run `make setup`, or set CHAIN_RPC_URL.")
    finished = subprocess.run([npm, "ci", "--no-progress"], cwd=CONTRACTS, check=False, capture_output=True, text=True)
    if finished.returncode:
        raise EmbeddedServiceError(f"anvil: `npm ci` in {CONTRACTS} failed:\n{finished.stderr.strip()}")
