"""`openslate verify-payout`: a stranger with a node and the published file finds out whether all is right."""

import json
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


@pytest.mark.parametrize(
    "spoil", [raise_an_amount, drop_a_leaf, repeat_a_leaf, name_another_chain, nest_deep], ids=lambda one: one.__name__
)
def test_a_file_that_was_changed_is_found_out(
    spoil: Callable[[list[bytes]], list[bytes]], platform: Platform, published: tuple[Epoch, list[User]], tmp_path: Path
) -> None:
    epoch, _ = published
    lines = epochs.file_of(epoch).encode().splitlines()
    changed = joined(spoil(lines))
    file = tmp_path / "leaves.jsonl"
    file.write_bytes(changed)
    status, told = run(platform, file)
    assert status == 1, told


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
