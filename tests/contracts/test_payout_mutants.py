"""The mutation gate of sender and ledger: each mistake turns the named test red, and the code as it is leaves it green.

Every mutant is imported in the place of the module (`python_mutant`); nothing is written.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from tests.services import REPO

SENDER, SETTLEMENT, NONCES = "rewards.services.sender", "rewards.services.settlement", "rewards.services.nonces"
FAULTS = "tests/integration/rewards/test_sender_faults.py"
CHAIN = "tests/integration/rewards/test_sender_chain_faults.py"
SENDS = "tests/integration/rewards/test_sender.py"
LEDGER = "tests/integration/rewards/test_ledger.py"
STRANGER = f"{FAULTS}::test_a_strangers_nonce_stops_everything_until_the_operator_adopts_it"


@dataclass(frozen=True)
class Mutant:
    module: str
    original: str
    replacement: str
    killer: str


MUTANTS = {
    "broadcast before commit": Mutant(
        SENDER,
        "now=now)\n    try:\n        with transaction.atomic():\n",
        "now=now)\n    line.node.broadcast(bytes(attempt.raw))\n    try:\n        with transaction.atomic():\n",
        f"{FAULTS}::test_nothing_is_shown_before_it_is_saved",
    ),
    "nonce from pending": Mutant(
        "rewards.chain.node", '"latest" if at is None', '"pending" if at is None',
        f"{SENDS}::test_an_offer_that_waits_too_long_is_replaced_by_a_higher_one_and_paid_once",
    ),
    "no lock": Mutant(
        SENDER, "if not cursor.fetchone()[0]:", "if cursor.fetchone() is None:",
        f"{FAULTS}::test_a_second_sender_is_turned_away",
    ),
    "signed again instead of sent again": Mutant(
        SENDER,
        "    alerts = _show(line, newest)\n",
        "    newest = signing.higher(line, newest, now=now)\n    newest.save(force_insert=True)\n"
        "    alerts = _show(line, newest)\n",
        f"{CHAIN}::test_a_block_that_was_dropped_has_its_bytes_sent_again",
    ),
    "booked at the first receipt": Mutant(
        SETTLEMENT, "receipt.block_number <= final and", "final >= 0 and",
        f"{SENDS}::test_an_intent_is_sent_once_and_final_only_when_its_block_is",
    ),
    "no look at the block's hash": Mutant(
        SETTLEMENT, " and line.node.block_hash(receipt.block_number) == receipt.block_hash", "",
        f"{CHAIN}::test_a_receipt_of_a_block_that_is_not_in_the_chain_settles_nothing",
    ),
    "a bump below 12.5 %": Mutant(
        "rewards.chain.fees", "= 1125, 1000", "= 1124, 1000", "tests/unit/rewards/chain/test_fees.py",
    ),
    "unknown transactions beyond ours are ignored": Mutant(
        NONCES, "if given is not None and reached > given:", "if given is not None and reached < 0:",
        f"{STRANGER}[beyond ours]",
    ),
    "unknown transactions instead of ours are ignored": Mutant(
        NONCES, "if chain_tx.nonce < final_nonce and not", "if chain_tx.nonce < 0 and not",
        f"{STRANGER}[instead of ours]",
    ),
    "a revert is taken as success": Mutant(
        SETTLEMENT, "    if receipt.succeeded:", "    if receipt.block_number:",
        f"{CHAIN}::test_a_transaction_that_is_refused_in_its_block_fails_by_its_error",
    ),
    "what was final is not brought back": Mutant(
        SENDER, "nonces.mine(line).filter(nonce__gte=reached)",
        'nonces.mine(line).filter(intent__status="sent", nonce__gte=reached)',
        f"{CHAIN}::test_a_chain_that_breaks_its_finality_gets_the_same_bytes_and_the_ledger_stays",
    ),
    "what had failed is brought back": Mutant(
        SENDER, "    if won is None:\n", "    won = won or _newest(chain_tx)\n    if won is None:\n",
        f"{CHAIN}::test_what_had_failed_does_not_succeed_when_the_chain_lost_it",
    ),
    "the next is sent without the last one's receipt": Mutant(
        SENDER, "if any(chain_tx.sender == line.sender for chain_tx in unseen):", "if line.max_fee_wei < 0:",
        f"{FAULTS}::test_a_node_without_receipts_stops_the_next_step_and_settles_nothing",
    ),
    "an error is taken for no receipt": Mutant(
        "rewards.chain.node", "        except TransactionNotFound:\n",
        "        except (TransactionNotFound, NodeFailed):\n",
        f"{FAULTS}::test_no_answer_is_not_taken_for_one",
    ),
    "a pause does not hold": Mutant(
        SENDER, ".exclude(held)", "", f"{FAULTS}::test_what_publishing_pauses_is_held_back_and_claims_go_on",
    ),
    "ledger without floor": Mutant(
        "rewards.services.ledger", "may_go_negative=name.kind in BELOW_ZERO", "may_go_negative=True",
        f"{LEDGER}::test_budget_is_not_overspent_and_nothing_is_left_behind",
    ),
    "ledger without key": Mutant(
        "rewards.services.ledger", "idempotency_key=key, kind=kind, source",
        "idempotency_key=f'{key}{id(moves)}', kind=kind, source",
        f"{LEDGER}::test_same_key_and_moves_post_once",
    ),
    "a key stands for two things": Mutant(
        "rewards.services.ledger", "            return _the_same(stored, wanted, moves)", "            return stored",
        f"{LEDGER}::test_key_does_not_stand_for_two_things",
    ),
    "a reversal takes half": Mutant(
        "rewards.services.ledger", "{name: -amount for name, amount in _moves_of(original).items()}",
        "{name: -(amount // 2) for name, amount in _moves_of(original).items()}",
        f"{LEDGER}::test_reversal_takes_back_everything_once",
    ),
    "credited beyond the budget": Mutant(
        "rewards.services.credits", "if row.amount_wei > room:", "if row.amount_wei < 0:",
        "tests/integration/rewards/test_credits.py::test_exhausted_budget_refuses_and_funding_pays_the_oldest_first",
    ),
    "an epoch is frozen onto one that is under way": Mutant(
        "rewards.services.epochs", "filter(status__in=UNDER_WAY).exists()", "filter(status__in=[]).exists()",
        "tests/integration/rewards/test_payouts.py::"
        "test_nothing_is_frozen_where_nobody_can_be_paid_or_an_epoch_is_under_way",
    ),
    "what differs pauses nothing": Mutant(
        "rewards.services.reconciling", "    if findings:\n", "    if findings and not figures:\n",
        "tests/integration/rewards/test_reconciling.py::"
        "test_a_payment_that_the_ledger_does_not_know_stops_publication_until_an_operator_resumes",
    ),
}  # fmt: skip
# What the runs share: without it each would start and stop the services.
pytestmark = [pytest.mark.deep, pytest.mark.usefixtures("services")]


def outcome(killers: Sequence[str], mutant: Mutant | None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", "deep or not deep", *killers]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    if mutant:
        told = {"module": mutant.module, "original": mutant.original, "replacement": mutant.replacement}
        environment["OPENSLATE_MUTANT"] = json.dumps(told)
        command[3:3] = ["-p", "tests.contracts.python_mutant"]
    return subprocess.run(command, cwd=REPO, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", MUTANTS)
def test_mutant_turns_its_test_red(name: str) -> None:
    mutant = MUTANTS[name]
    finished = outcome([mutant.killer], mutant)
    said = finished.stdout + finished.stderr
    assert "has changed" not in said, f"the code that `{name}` changes has changed: mend the mutant"
    assert finished.returncode == 1, f"`{name}` survived:\n{said[-2000:]}"
    assert "FAILED" in finished.stdout, said[-2000:]


@pytest.mark.timeout(600)
def test_every_killer_is_green_on_the_code_as_it_is() -> None:
    finished = outcome(sorted({mutant.killer for mutant in MUTANTS.values()}), None)
    assert finished.returncode == 0, finished.stdout[-2000:]
