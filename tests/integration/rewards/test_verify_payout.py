"""`openslate verify-payout`: a stranger with a node and the published file finds out whether all is right."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from accounts.models import User
from openslate import cli, payouts
from rewards.models import Epoch
from rewards.services import epochs
from tests.factories.chain import ETHER
from tests.factories.payouts import Platform
from tests.services import REPO

PEOPLE = 3


@pytest.fixture
def published(platform: Platform) -> tuple[Epoch, list[User]]:
    people = [platform.person(number) for number in range(PEOPLE)]
    for number, person in enumerate(people, start=1):
        platform.earn(person, number * ETHER)
    return platform.publish(), people


def run(platform: Platform, file: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli.app, ["verify-payout", str(file), "--rpc", platform.deployed.chain.url, *options])
    return done.exit_code, done.output


def test_a_payout_that_is_right_is_found_right_and_shows_ones_own_leaf(
    platform: Platform, published: tuple[Epoch, list[User]], tmp_path: Path
) -> None:
    epoch, people = published
    file = tmp_path / "leaves.jsonl"
    file.write_bytes(epochs.file_of(epoch).encode())
    platform.claim(epoch, people[1])
    status, told = run(platform, file, "--payee", platform.wallets[people[1].id])
    assert status == 0, told
    found = json.loads(told)
    assert (found["leaves"], found["allocated_wei"]) == (PEOPLE, str(6 * ETHER))
    [own] = found["own"]
    assert (own["claimed_wei"], own["claimable_wei"]) == (str(2 * ETHER), "0")


def raise_an_amount(lines: list[bytes]) -> list[bytes]:
    return [*lines[:1], lines[1].replace(b'"cumulative":"', b'"cumulative":"9'), *lines[2:]]


def drop_a_leaf(lines: list[bytes]) -> list[bytes]:
    return lines[:-1]


def repeat_a_leaf(lines: list[bytes]) -> list[bytes]:
    return [*lines[:-1], lines[1]]


def name_another_chain(lines: list[bytes]) -> list[bytes]:
    return [lines[0].replace(b'"chainId":31337', b'"chainId":1'), *lines[1:]]


def nest_deep(lines: list[bytes]) -> list[bytes]:
    return [b"[" * 900, *lines[1:]]


SPOILT: list[Callable[[list[bytes]], list[bytes]]] = [
    raise_an_amount, drop_a_leaf, repeat_a_leaf, name_another_chain, nest_deep,
]  # fmt: skip


def test_a_file_that_was_changed_is_found_out(
    platform: Platform, published: tuple[Epoch, list[User]], tmp_path: Path
) -> None:
    epoch, _ = published
    lines = epochs.file_of(epoch).encode().splitlines()
    file = tmp_path / "leaves.jsonl"
    for spoil in SPOILT:  # one publication serves them all
        file.write_bytes(joined(spoil(lines)))
        status, told = run(platform, file)
        assert status == 1, f"{spoil.__name__}: {told}"


def joined(lines: list[bytes]) -> bytes:
    return b"\n".join(lines) + b"\n"


def test_the_file_of_an_epoch_that_is_over_says_which_to_fetch(
    platform: Platform, published: tuple[Epoch, list[User]]
) -> None:
    epoch, people = published
    platform.earn(people[0], ETHER)
    platform.publish()
    old = payouts.read(epochs.file_of(epoch).encode())
    with pytest.raises(payouts.PayoutWrong, match="in force is epoch 2"):
        payouts.verify(old, rpc_url=platform.deployed.chain.url)


def test_the_command_needs_nothing_but_a_node_and_the_file(
    platform: Platform, published: tuple[Epoch, list[User]], tmp_path: Path
) -> None:
    """In a process without settings, database or Django, in a folder of its own."""
    epoch, _ = published
    (tmp_path / "leaves.jsonl").write_bytes(epochs.file_of(epoch).encode())
    program = (
        "import sys; from openslate.cli import app; app(standalone_mode=False)\n"
        "assert not {'django', 'psycopg', 'boto3', 'web3'} & sys.modules.keys()"
    )
    command = [sys.executable, "-c", program, "verify-payout", "leaves.jsonl", "--rpc", platform.deployed.chain.url]
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(REPO)}
    done = subprocess.run(command, cwd=tmp_path, env=bare, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["allocated_wei"] == str(6 * ETHER)
