"""slither over the contracts: nothing is found that the source does not answer for on the spot."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.forge import CONTRACTS, FORGE
from tests.services import REPO

pytestmark = [pytest.mark.deep, pytest.mark.timeout(600)]
# In an environment of its own (`make test-deep` makes it), as it wants an older web3 than the platform has.
SLITHER = REPO / ".venv" / "slither" / "bin" / "slither"
UNLIKE_FORGE = "naming-convention"  # forge's lint wants immutables in capitals, slither wants them not to be


def findings(folder: Path) -> list[str]:
    """What slither says of the sources, each by its check and first line; the libraries' own code is left out."""
    assert SLITHER.exists(), "`make test-deep` installs slither into .venv/slither"
    path = os.pathsep.join([str(FORGE.parent), str(SLITHER.parent), os.environ["PATH"]])
    done = subprocess.run(
        [str(SLITHER), ".", "--filter-paths", "node_modules", "--exclude", UNLIKE_FORGE, "--json", "found.json"],
        cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False, timeout=500,
    )  # fmt: skip
    told: dict[str, Any] = json.loads((folder / "found.json").read_text())
    assert told["success"], done.stderr[-3000:]
    return [f"{one['check']}: {one['description'].splitlines()[0]}" for one in told["results"].get("detectors", [])]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    copy = tmp_path / "contracts"
    shutil.copytree(CONTRACTS, copy, ignore=shutil.ignore_patterns("node_modules", "out", "cache"))
    (copy / "node_modules").symlink_to((CONTRACTS / "node_modules").resolve())
    return copy


def test_slither_finds_nothing(copy: Path) -> None:
    assert findings(copy) == []


def test_slither_finds_a_claim_that_is_recorded_after_a_transfer_which_may_fail(copy: Path) -> None:
    source = copy / "src" / "SlateDistributor.sol"
    record, transfer = "claimed[contributorId] = cumulative;", "TOKEN.safeTransfer(payee, amount);"
    text = source.read_text().replace(record, "").replace(transfer, f"TOKEN.transfer(payee, amount); {record}")
    source.write_text(text)
    assert {"unchecked-transfer", "reentrancy-no-eth"} <= {one.partition(":")[0] for one in findings(copy)}
