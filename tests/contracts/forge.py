"""Runs npm's forge on the contracts, or on a changed copy of them."""

import os
import platform
import subprocess
from pathlib import Path

CONTRACTS = Path(__file__).resolve().parents[2] / "rewards" / "contracts"
MACHINE = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
FORGE = CONTRACTS / "node_modules" / "@foundry-rs" / f"forge-linux-{MACHINE}" / "bin" / "forge"


def forge(*arguments: str, folder: Path = CONTRACTS, profile: str = "default") -> subprocess.CompletedProcess[str]:
    """What forge printed and returned; nothing it calls reaches a network."""
    environment = {**os.environ, "FOUNDRY_PROFILE": profile, "FOUNDRY_DISABLE_NIGHTLY_WARNING": "1", "NO_COLOR": "1"}
    return subprocess.run(
        [str(FORGE), *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=900
    )


def node(*arguments: str, folder: Path = CONTRACTS) -> subprocess.CompletedProcess[str]:
    """What a script of the contracts' tools printed and returned."""
    return subprocess.run(["node", *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=120)
