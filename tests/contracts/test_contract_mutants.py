"""The mutation gate: each mistake that once could have slipped in turns the contracts' tests red."""

import shutil
from pathlib import Path

import pytest

from tests.contracts.forge import CONTRACTS, forge

CLAIM_CHECK = "if (cumulative <= claimed[contributorId]) revert NothingToClaim(contributorId, cumulative);"
# What is mutated -> (the code as it is, what the mutant has instead).
MUTANTS = {
    "no proof check": ("if (!MerkleProof.verifyCalldata(proof, root, leaf)) revert BadProof(contributorId);", "leaf;"),
    "no monotonic check": (CLAIM_CHECK, ""),
    "no monotonic check in batches": ("if (one.cumulative > claimed[one.contributorId]) _pay", "_pay"),
    "claimed is not recorded": ("claimed[contributorId] = cumulative;", ""),
    "claimed is recorded after the transfer": (
        "claimed[contributorId] = cumulative;\n        uint256 total = totalClaimed + amount;",
        "uint256 total = totalClaimed + amount;\n        TOKEN.safeTransfer(payee, amount);\n"
        "        claimed[contributorId] = cumulative;\n        if (true) { totalClaimed = total;"
        " emit Claimed(contributorId, payee, amount, cumulative); return; }",
    ),
    "no cap on the total": ("if (total > totalAllocated) revert OverAllocated(totalAllocated, total);", ""),
    "claims are not added up": ("totalClaimed = total;", "total;"),
    "an empty root is taken": ("if (newRoot == bytes32(0)) revert ZeroRoot();", ""),
    "no delay": ("if (block.timestamp < next.activatableAt) revert TooEarly(next.activatableAt);", ""),
    "a delay of one second less": ("block.timestamp < next.activatableAt", "block.timestamp + 1 < next.activatableAt"),
    "no chain id in the leaf": ("abi.encode(block.chainid, address(this)", "abi.encode(uint256(0), address(this)"),
    "no contract in the leaf": ("abi.encode(block.chainid, address(this)", "abi.encode(block.chainid, address(0)"),
    "leaves hashed once": ("return keccak256(bytes.concat(inner));", "return inner;"),
    "any epoch is taken": ("if (newEpoch != epoch + 1) revert WrongEpoch(epoch + 1, newEpoch);", ""),
    "any previous root is taken": ("if (previousRoot != root) revert WrongPreviousRoot(root, previousRoot);", ""),
    "no limit to an epoch": ("if (increase > MAX_PER_EPOCH) revert OverEpochLimit(MAX_PER_EPOCH, increase);", ""),
    "a proposal replaces another": ("if (_pending.epoch != 0) revert ProposalPending(_pending.epoch);", ""),
    "proposals are not funded": ("_requireFunded(newTotal);", ""),
    "activations are not funded": ("_requireFunded(next.totalAllocated);", ""),
    "an activated proposal stays": ("root = next.root;\n        delete _pending;", "root = next.root;"),
    "anyone proposes": ("onlyRole(PUBLISHER_ROLE)\n        whenNotPaused", "whenNotPaused"),
    "anyone cancels": ("function cancel() external onlyRole(GUARDIAN_ROLE)", "function cancel() external"),
    "the guardian resumes": ("external onlyRole(DEFAULT_ADMIN_ROLE)", "external onlyRole(GUARDIAN_ROLE)"),
    "a pause does not stop activation": ("function activate() external whenNotPaused", "function activate() external"),
    "tokens go to nobody": ("if (payee == address(0) || payee == address(this)) revert BadPayee(payee);", ""),
    "the submitter is paid": ("TOKEN.safeTransfer(payee, amount);", "TOKEN.safeTransfer(msg.sender, amount);"),
}


@pytest.mark.deep
@pytest.mark.parametrize("name", MUTANTS)
def test_mutant_turns_the_suite_red(name: str, tmp_path: Path) -> None:
    copy = tmp_path / "contracts"
    shutil.copytree(CONTRACTS, copy, ignore=shutil.ignore_patterns("node_modules", "out", "cache"))
    (copy / "node_modules").symlink_to((CONTRACTS / "node_modules").resolve())
    source = copy / "src" / "SlateDistributor.sol"
    original, replacement = MUTANTS[name]
    text = source.read_text()
    assert text.count(original) == 1, f"the code that `{name}` changes has changed: mend the mutant"
    source.write_text(text.replace(original, replacement))
    configuration = copy / "foundry.toml"
    configuration.write_text(configuration.read_text().replace('deny = "warnings"', ""))

    finished = forge("test", "--fail-fast", folder=copy)

    assert "Compiler run failed" not in finished.stdout + finished.stderr, finished.stdout + finished.stderr
    assert finished.returncode == 1, f"`{name}` survived:\n{finished.stdout[-2000:]}"
    assert "[FAIL" in finished.stdout
