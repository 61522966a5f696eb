"""PostgreSQL killed and started again while an epoch is frozen: nothing half, and everybody is paid once."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import embedded
from config.embedded import operations
from tests.factories.chain import anvil, deploy
from tests.services import REPO

pytestmark = [pytest.mark.deep, pytest.mark.timeout(300)]
OWN = ("DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL", "CACHE_URL", "S3_BUCKET", "OPENSLATE_VAR")
SERVICES = ["postgres", "seaweedfs"]
FREEZES = """
import django; django.setup()
import sys
from django.core.management import call_command
from django.db import Error, connections
from common import storage
from rewards import selectors
from rewards.chain.node import Node
from rewards.models import Epoch
from rewards.services import epochs
from tests.factories.chain import ETHER, ChainClient, Deployed
from tests.factories.payouts import Platform, distributor_of
call_command("migrate", database="owner", verbosity=0)
storage.prepare()
url, address, token = sys.argv[1:4]
platform = Platform(Deployed(ChainClient(url), Node(url), token, address))
distributor_of(platform.deployed)
people = [platform.person(number) for number in range(50)]
for person in people:
    platform.earn(person, ETHER)
book = epochs._book

def book_and_wait(*arguments):
    book(*arguments)
    epochs._book = book
    print("frozen, not committed", flush=True)
    sys.stdin.readline()

epochs._book = book_and_wait
try:
    platform.freeze()
except Error as error:
    print("refused", flush=True)
connections.close_all()
assert not Epoch.objects.exists()
assert selectors.faults() == []
platform.claim(platform.publish(), people[0])
platform.step()
platform.assert_paid_once()
print("paid once", flush=True)
"""


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Services of its own, with the product's settings: those of the other tests do not mind losing data."""
    for name in OWN:
        monkeypatch.delenv(name, raising=False)
    var = tmp_path / "var"
    operations.up(var, SERVICES)
    yield var
    operations.down(var)
    data = embedded.plan(var).postgres_data
    if not data.is_relative_to(var):
        shutil.rmtree(data.parent, ignore_errors=True)


def test_a_freeze_in_which_postgres_is_killed_and_started_again_is_made_anew(var: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "OPENSLATE_VAR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings"}
    with anvil(tmp_path / "state.json") as chain:
        deployed = deploy(chain)
        command = [sys.executable, "-c", FREEZES, chain.url, deployed.address, deployed.token]
        with subprocess.Popen(
            command, cwd=REPO, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdin
            assert child.stdout
            told = (line.strip() for line in child.stdout)
            assert "frozen, not committed" in told
            kill_and_restart(var)
            child.stdin.write("\n")
            child.stdin.flush()
            assert "refused" in told
            assert "paid once" in told
            assert child.wait(60) == 0


def kill_and_restart(var: Path) -> None:
    [pid] = [one.pid for one in operations.status(var) if one.name == "postgres"]
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    operations.up(var, SERVICES)
