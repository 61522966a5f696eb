"""anvil, the local chain: a native program from npm, whose state is dumped every second."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import httpx

from config.embedded.errors import BinaryMissing, EmbeddedServiceError
from config.embedded.ports import LOOPBACK
from config.embedded.processes import Identity
from config.embedded.server import NotAnswering, Server

CONTRACTS = Path(__file__).resolve().parents[2] / "rewards" / "contracts"
CHAIN_ID = 31_337
TIMEOUT_S = 5


class Anvil(Server):
    """The chain. Its JSON-RPC is open by nature: whoever is on this machine may call it."""

    name: ClassVar[str] = "anvil"
    given_by: ClassVar[tuple[str, ...]] = ("CHAIN_RPC_URL",)
    port_names: ClassVar[tuple[str, ...]] = ("anvil",)

    @property
    def identity(self) -> Identity:
        return Identity("anvil", str(self._state))

    def prepare(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)

    def command(self) -> list[str]:
        return [
            str(self._program()),
            "--host",
            LOOPBACK,
            "--port",
            str(self.services.ports["anvil"]),
            "--chain-id",
            str(CHAIN_ID),
            "--state",
            str(self._state),
            "--state-interval",
            "1",
            "--slots-in-an-epoch",
            "1",
            "--block-time",
            "1",
            "--quiet",
        ]

    def check(self) -> None:
        call = {"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": []}
        try:
            answer = httpx.post(self.services.chain_rpc_url, json=call, timeout=TIMEOUT_S, trust_env=False).json()
        except (httpx.HTTPError, ValueError) as error:
            raise NotAnswering(str(error)) from error
        if int(answer["result"], 16) != CHAIN_ID:
            raise NotAnswering(f"is chain {int(answer['result'], 16)}, not {CHAIN_ID}")

    @property
    def _state(self) -> Path:
        return self.folder / "state.json"

    def _program(self) -> Path:
        machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
        program = CONTRACTS / "node_modules" / "@foundry-rs" / f"anvil-linux-{machine}" / "bin" / "anvil"
        if not program.exists():
            raise BinaryMissing(self.name, program, "Run `make setup`, or set CHAIN_RPC_URL.")
        return program


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
