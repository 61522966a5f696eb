"""Ledger, trees, epochs and gas.

Credits and postings a second against a bare transaction of two inserts in the same run; a tree of 100,000 leaves, and
epochs of 100,000 people frozen; what each step costs on a chain of this process's own, beside pushing the tokens one by
one or a hundred at once.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import rlp
from django.db import connection, transaction
from eth_hash.auto import keccak
from rich.console import Console
from rich.table import Table

from benchmarks import payees
from benchmarks.installation import installation, load, postgres_url, script
from rewards.chain import calldata, leaf_file
from rewards.chain.leaf_file import LeafFile
from rewards.chain.merkle import Distributor as Place
from rewards.chain.merkle import Leaf
from rewards.lifecycle import AccountKind, TransactionKind
from rewards.services import credits, ledger
from rewards.services.ledger import AccountName, Posting
from tests.factories import curation as make
from tests.factories.chain import CHAIN_ID, DELAY_S, ETHER, PUBLISHER, Deployed, anvil, deploy
from tests.factories.curation import NOW

LEAVES = 100_000
POSTINGS = 1_000
ROUNDS = 3
AT_ONCE = 100
BARE = "INSERT INTO bare (account, amount, at) VALUES (%s, %s, %s)"
SELECTOR_OF_TRANSFER = 0xA9059CBB


def main() -> None:
    console = Console(stderr=True)
    found: dict[str, float] = {}
    with installation() as environment:
        found |= postings()
        found |= freezing(environment)
    found |= tree()
    with tempfile.TemporaryDirectory() as folder, anvil(Path(folder) / "state.json") as chain:
        found |= gas(deploy(chain))
    table = Table("what", "figure", title=f"Rewards ({load()})")
    for name, value in found.items():
        table.add_row(name, f"{value:,}")
    console.print(table)
    sys.stdout.write(json.dumps(found) + "\n")


def postings() -> dict[str, float]:
    """Single postings, two thousand in one transaction, and crediting as it is done, against two bare inserts.

    The best round of each. `posting_ratio` is that of crediting, from the waiting event to the credit with its formula.
    """
    with psycopg.connect(postgres_url(), autocommit=True) as owner:
        owner.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, account bigint, amount numeric, at timestamptz)")
        owner.execute("GRANT INSERT ON bare TO app; GRANT USAGE ON bare_id_seq TO app")
    budget, people = AccountName(AccountKind.BUDGET, uuid4()), [uuid4() for _ in range(20)]
    _fund(budget)
    bare = single = together = credited = 0.0
    for _ in range(ROUNDS):
        bare = max(bare, _rate(_bare))
        single = max(single, _rate(lambda number: _post(budget, people[number % len(people)])))
        together = max(together, _rate_together(budget, people))
        credited = max(credited, _rate_credited())
    return {
        "bare_per_s": round(bare, 1),
        "postings_per_s": round(single, 1),
        "single_posting_ratio": round(single / bare, 3),
        "batched_postings_per_s": round(together, 1),
        "credits_per_s": round(credited, 1),
        "posting_ratio": round(credited / bare, 3),
    }


def _fund(budget: AccountName) -> None:
    ledger.post(
        key=f"funding:{budget.of}", kind=TransactionKind.FUNDING, source="benchmark", now=NOW,
        moves={AccountName(AccountKind.FUNDING): -(10**30), budget: 10**30},
    )  # fmt: skip


def _rate_credited() -> float:
    """Acceptances of twenty people credited a second, by the pass that production runs."""
    campaign = make.campaign()
    _fund(AccountName(AccountKind.BUDGET, campaign.id))
    make.acceptances(campaign, [make.person() for _ in range(20)], 2 * POSTINGS)
    start = time.perf_counter()
    done = credits.credit_waiting(now=NOW + timedelta(days=30))
    seconds = time.perf_counter() - start
    assert done == 2 * POSTINGS
    return done / seconds


def _rate(act: Callable[[int], object]) -> float:
    start = time.perf_counter()
    for number in range(POSTINGS):
        act(number)
    return POSTINGS / (time.perf_counter() - start)


def _bare(number: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BARE, [number, -1, NOW])
        cursor.execute(BARE, [number, 1, NOW])


def _post(budget: AccountName, person: UUID) -> None:
    with transaction.atomic():
        ledger.post(
            key=f"b{uuid4()}", kind=TransactionKind.CREDIT, source="benchmark", now=NOW,
            moves={budget: -1, AccountName(AccountKind.ACCRUED, person): 1},
        )  # fmt: skip


def _rate_together(budget: AccountName, people: list[UUID]) -> float:
    wanted = [
        Posting(
            f"t{uuid4()}", TransactionKind.CREDIT, "benchmark",
            {budget: -1, AccountName(AccountKind.ACCRUED, people[number % len(people)]): 1},
        )
        for number in range(2 * POSTINGS)
    ]  # fmt: skip
    start = time.perf_counter()
    with transaction.atomic():
        ledger.post_all(wanted, now=NOW)
    return len(wanted) / (time.perf_counter() - start)


def freezing(environment: dict[str, str]) -> dict[str, float]:
    """Two epochs of 100,000 people in a process of its own, with the leaf file stored and the root rebuilt."""
    payees.distributor()
    payees.people(LEAVES)
    done = subprocess.run(
        [sys.executable, *script("freezer.py")], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def tree() -> dict[str, float]:
    """Leaves, hashes, tree, root and the published file of 100,000 people."""
    start = time.perf_counter()
    file = _file(Place(CHAIN_ID, bytes(20)), LEAVES, epoch=1, previous_root=bytes(32))
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    size = len(file.encode())
    return {
        "tree_100k_s": round(seconds, 2),
        "file_100k_s": round(time.perf_counter() - start, 2),
        "file_100k_bytes": size,
    }


def _file(place: Place, count: int, *, epoch: int, previous_root: bytes) -> LeafFile:
    leaves = (
        Leaf(_named(number), (number + 2**80).to_bytes(20, "big"), ETHER * epoch) for number in range(1, count + 1)
    )
    file = leaf_file.make(distributor=place, epoch=epoch, previous_root=previous_root, leaves=leaves)
    assert file.root, "built here, so that it is timed"
    return file


def _named(number: int) -> bytes:
    return number.to_bytes(32, "big")


def gas(deployed: Deployed) -> dict[str, float]:
    """What each step of an epoch uses at 1 and at 100,000 leaves, and claims against pushing."""
    place = Place(CHAIN_ID, bytes.fromhex(deployed.address[2:]))
    one = _file(place, 1, epoch=1, previous_root=bytes(32))
    _publish(deployed, one)  # the first writes into empty slots
    small = _file(place, 1, epoch=2, previous_root=one.root)
    propose_small, activate_small = _publish(deployed, small)
    large = _file(place, LEAVES, epoch=3, previous_root=small.root)
    propose, activate = _publish(deployed, large)
    first = _claim(deployed, large, [2])
    many = _claim(deployed, large, list(range(10, 10 + AT_ONCE)))
    last = _file(place, LEAVES, epoch=4, previous_root=large.root)
    _publish(deployed, last)
    return {
        "gas_propose": propose,
        "gas_activate": activate,
        "gas_propose_1_leaf": propose_small,
        "gas_activate_1_leaf": activate_small,
        "gas_claim_first": first,
        "gas_claim_again": _claim(deployed, last, [2]),
        "gas_claim_many_each": many // AT_ONCE,
        "gas_transfer_naive": _transfer(deployed),
        "gas_transfer_batched": _transfer_together(deployed) // AT_ONCE,
    }


def _publish(deployed: Deployed, file: LeafFile) -> tuple[int, int]:
    """Fund, propose, wait, activate; gas of the proposal and of the activation."""
    contract, chain = deployed.contract, deployed.chain
    state = contract.state()
    missing = file.total_wei - state.total_claimed_wei - state.held_wei
    _used(deployed, contract.fund(missing).to, contract.fund(missing).data)
    call = contract.propose(
        epoch=file.epoch, previous_root=file.previous_root, root=file.root, total_wei=file.total_wei,
        file_sha256=file.sha256,
    )  # fmt: skip
    proposed = _used(deployed, call.to, call.data)
    chain.later(DELAY_S)
    return proposed, _used(deployed, deployed.address, contract.activate().data)


def _claim(deployed: Deployed, file: LeafFile, numbers: list[int]) -> int:
    claims = [(file.by_contributor[_named(number)], number) for number in numbers]
    proven = [(leaf, file.proof_of(leaf)) for leaf, _ in claims]
    data = calldata.claim(*proven[0]) if len(proven) == 1 else calldata.claim_many(proven)
    return _used(deployed, deployed.address, data)


def _transfer(deployed: Deployed) -> int:
    """One transfer to somebody who has none of the tokens yet."""
    data = SELECTOR_OF_TRANSFER.to_bytes(4, "big") + (2**81).to_bytes(32, "big") + ETHER.to_bytes(32, "big")
    return _used(deployed, deployed.token, data)


def _transfer_together(deployed: Deployed) -> int:
    """A hundred transfers by the code that a creating transaction runs, in EVM assembly: no contract stays."""
    nonce = deployed.node.next_nonce(PUBLISHER.address)
    creator = keccak(rlp.encode([bytes.fromhex(PUBLISHER.address[2:]), nonce + 1]))[12:]  # the yellow paper's (85)
    holder = creator.rjust(32, b"\0")
    send = SELECTOR_OF_TRANSFER.to_bytes(4, "big") + holder + (AT_ONCE * ETHER).to_bytes(32, "big")
    _used(deployed, deployed.token, send)
    token = bytes.fromhex(deployed.token[2:])
    code = bytes.fromhex("63a9059cbb60e01b600052") + b"\x6f" + ETHER.to_bytes(16, "big") + bytes.fromhex("602452")
    for number in range(AT_ONCE):
        payee = (2**82 + number).to_bytes(20, "big")
        code += b"\x73" + payee + bytes.fromhex("600452") + bytes.fromhex("602060806044600060")
        code += b"\x00" + b"\x73" + token + bytes.fromhex("5af150")
    return _used(deployed, None, code + b"\x00")


def _used(deployed: Deployed, to: str | None, data: bytes) -> int:
    receipt = deployed.chain.send(PUBLISHER, to=to, data=data, gas=25_000_000)
    assert receipt["status"] == "0x1", receipt
    return int(receipt["gasUsed"], 16)


if __name__ == "__main__":
    main()
