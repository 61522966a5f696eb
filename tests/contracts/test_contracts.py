"""The contracts by forge: unit, fuzz and invariant tests; what is committed of them is what they compile to."""

import re
import shutil
from pathlib import Path

import pytest

from tests.contracts.forge import CONTRACTS, forge, node


def test_unit_fuzz_and_invariant_tests_pass() -> None:
    finished = forge("test")
    assert finished.returncode == 0, finished.stdout[-4000:] + finished.stderr[-2000:]
    summary = re.search(r"(\d+) tests passed, 0 failed, 0 skipped", finished.stdout)
    assert summary, finished.stdout[-500:]
    assert int(summary[1]) >= 35


def test_committed_abi_and_bytecode_are_what_the_sources_compile_to() -> None:
    finished = node("tools/artifacts.mjs", "--check")
    assert finished.returncode == 0, finished.stderr


@pytest.mark.parametrize(
    ("file", "original", "changed", "told"),
    [
        ("SlateToken.sol", '"SLATE"', '"SLAT"', "out of date for SlateToken"),
        ("SlateDistributor.sol", "    /// @param given What was proposed.\n", "", "WrongEpoch(given)"),
        ("SlateDistributor.sol", "    /// @notice Stops proposals, activations and claims.\n", "", "pause"),
    ],
    ids=["bytecode", "a parameter without a word", "a function without a word"],
)
def test_a_changed_source_is_noticed_against_what_is_committed(
    tmp_path: Path, file: str, original: str, changed: str, told: str
) -> None:
    copy = tmp_path / "rewards" / "contracts"
    shutil.copytree(CONTRACTS, copy, ignore=shutil.ignore_patterns("node_modules", "out", "cache"))
    shutil.copytree(CONTRACTS.parent / "chain" / "artifacts", tmp_path / "rewards" / "chain" / "artifacts")
    (copy / "node_modules").symlink_to((CONTRACTS / "node_modules").resolve())
    source = copy / "src" / file
    source.write_text(source.read_text().replace(original, changed, 1))
    finished = node("tools/artifacts.mjs", "--check", folder=copy)
    assert finished.returncode == 1
    assert told in finished.stderr


def test_golden_vectors_are_those_of_openzeppelins_javascript(tmp_path: Path) -> None:
    copy = tmp_path / "contracts"
    shutil.copytree(CONTRACTS / "tools", copy / "tools")
    (copy / "test").mkdir()
    (copy / "node_modules").symlink_to((CONTRACTS / "node_modules").resolve())
    assert node("tools/vectors.mjs", folder=copy).returncode == 0
    assert (copy / "test" / "vectors.json").read_text() == (CONTRACTS / "test" / "vectors.json").read_text()


def test_gas_is_what_the_committed_snapshot_says() -> None:
    """Of every test that always does the same; `npm run snapshot` writes it anew where a change is meant."""
    same = ("--match-contract", "^(Claiming|Publishing)Test$", "--no-match-test", "^testFuzz")
    finished = forge("snapshot", "--check", *same)
    assert finished.returncode == 0, finished.stdout[-3000:] + finished.stderr[-1000:]


def test_solidity_is_formatted() -> None:
    finished = forge("fmt", "--check")
    assert finished.returncode == 0, finished.stdout[-2000:]


@pytest.mark.deep
def test_long_fuzz_and_invariant_runs_pass() -> None:
    finished = forge("test", profile="deep")
    assert finished.returncode == 0, finished.stdout[-4000:]
