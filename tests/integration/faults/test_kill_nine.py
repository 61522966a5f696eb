"""`kill -9` of the scoring worker, of Postgres and of Valkey at random instants: nothing lost, nothing doubled.

A platform of its own (services, web, workers, beat under the supervisor) takes contributions from clients that know
only the public API, while a seeded hand kills one process after another.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import psycopg
import pytest
from PIL import Image

from config import embedded
from config.embedded import operations, ports
from config.supervisor import RUN_FILE
from openslate.client import Client
from openslate.errors import ApiError, ClientError
from tests.factories.records import blueprint
from tests.factories.tiny_clip import save_tiny_clip
from tests.integration.faults.books import Books, assert_settled, read_books
from tests.services import REPO

pytestmark = [pytest.mark.deep, pytest.mark.timeout(1500)]
SUBMISSIONS, SEED, KILLS_OF_EACH = 40, 20261123, 3
READY_WITHIN_S, DONE_WITHIN_S = 300, 1000
PAUSES_S = (2.0, 12.0)  # between two kills: long enough that work goes on, too short for anything to settle
OWN = ("DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL", "CACHE_URL", "S3_BUCKET", "OPENSLATE_VAR")
PEOPLE = """
import django; django.setup()
import json, sys
from django.utils import timezone
from accounts.services import tokens
from accounts.roles import Role
from tests.factories import curation as make
from curation.services import campaigns
roles = {"contributor": Role.CONTRIBUTOR, "first": Role.REVIEWER, "second": Role.REVIEWER}
people = {name: make.person(role) for name, role in roles.items()}
now = timezone.now()
campaign = make.campaign()
operator = make.person(Role.OPERATOR)
campaigns.fund_campaign(campaign_id=campaign.id, actor=operator, amount_wei=10**21, now=now)
told = {name: tokens.create(person=one, name="t", scopes=None, days=1, now=now)[1] for name, one in people.items()}
print(json.dumps({**told, "campaign": str(campaign.id)}))
"""
Answer = TypeVar("Answer")


@dataclass
class Platform:
    """A running platform and the addresses of what can be killed in it."""

    var: Path
    address: str
    environment: dict[str, str]

    @property
    def database_url(self) -> str:
        return embedded.plan(self.var).database_url

    def pid_of(self, victim: str) -> int | None:
        """Of a worker, by the file that the supervisor keeps; of a service, by its identity."""
        if victim in operations.NAMES:
            return next(one.pid for one in operations.status(self.var) if one.name == victim)
        with suppress(OSError):
            pid = json.loads((self.var / RUN_FILE).read_text())["programs"][victim]
            if f"OPENSLATE_VAR={self.var}".encode() in Path(f"/proc/{pid}/environ").read_bytes():
                return int(pid)
        return None

    def run(self, program: str) -> dict[str, str]:
        """What a program of this installation prints, as JSON."""
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, cwd=REPO, env=self.environment, stdout=subprocess.PIPE, check=True)
        told: dict[str, str] = json.loads(done.stdout)
        return told


@pytest.fixture
def platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    """Its supervisor is asked to stop at the end, and its data removed."""
    for name in OWN:
        monkeypatch.delenv(name, raising=False)
    var = tmp_path / "var"
    address = f"http://localhost:{ports.choose(avoiding=())}"
    environment = {
        **os.environ,
        "OPENSLATE_VAR": str(var),
        "APP_URL": address,
        "CLIP_MODEL": str(save_tiny_clip(tmp_path / "clip")),
        "SCORE_UNCALIBRATED": "true",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "OMP_NUM_THREADS": "1",
    }
    log = tmp_path / "platform.log"
    with log.open("wb") as out:
        command = [sys.executable, "manage.py", "run"]
        supervisor = subprocess.Popen(command, cwd=REPO, env=environment, stdout=out, stderr=out)
    try:
        _until(lambda: (var / RUN_FILE).exists() or supervisor.poll() is not None, within_s=READY_WITHIN_S)
        assert supervisor.poll() is None, log.read_text()
        yield Platform(var, address, environment)
    finally:
        supervisor.send_signal(signal.SIGTERM)
        supervisor.wait(120)
        data = embedded.plan(var).postgres_data
        if not data.is_relative_to(var):
            shutil.rmtree(data.parent, ignore_errors=True)


def _until(condition: Callable[[], object], *, within_s: float) -> None:
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"it did not come true within {within_s:.0f} s"
        time.sleep(0.2)  # asks another process; nothing would wake us


class Hand(threading.Thread):
    """Kills one victim after another, at seeded instants, until all have had their turns."""

    def __init__(self, platform: Platform) -> None:
        super().__init__(daemon=True)
        self.platform = platform
        self.draw = random.Random(SEED)
        self.left = ["models", "postgres", "valkey"] * KILLS_OF_EACH
        self.draw.shuffle(self.left)
        self.killed: list[str] = []
        self.enough = threading.Event()

    def run(self) -> None:
        while self.left and not self.enough.wait(self.draw.uniform(*PAUSES_S)):
            pid = self.platform.pid_of(self.left[-1])
            if pid is not None:  # else the last kill has not healed yet: wait another turn
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    self.killed.append(self.left.pop())


def patiently(act: Callable[[], Answer], deadline: float) -> Answer:
    """What comes of it once the platform answers again; a refusal is raised as it is."""
    while True:
        try:
            return act()
        except ApiError as error:
            if error.status < 500 or time.monotonic() > deadline:
                raise
        except ClientError:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.5)  # the platform is being healed; nothing would wake us


def contribute(client: Client, campaign: str, folder: Path, number: int, deadline: float) -> None:
    """One scene with one small picture of its own, submitted once whatever is repeated."""
    folder.mkdir()
    noise = np.random.default_rng(number).integers(0, 40, (640, 640, 3))
    pixels = noise + np.array([60 + 4 * number, 120, 200 - 4 * number])
    Image.fromarray(pixels.astype(np.uint8)).save(folder / "picture.png")
    record = blueprint(reference_images=[{"asset": "picture.png", "role": "style", "subject": None}])
    (folder / "record.json").write_text(json.dumps(record))
    try:
        patiently(lambda: client.submit(folder, campaign=campaign), deadline)
    except ApiError as error:  # it was submitted, and the answer was lost
        if error.status != 409:
            raise


def judge_what_waits(reviewer: Client, deadline: float) -> None:
    with suppress(ApiError):  # nothing waits, or somebody killed the database while a vote was being counted
        while True:
            review = patiently(reviewer.next_review, deadline)
            patiently(lambda held=review["id"]: reviewer.cast_review(held, "approve"), deadline)


def books_of(platform: Platform) -> Books | None:
    """None while the database is down."""
    try:
        return read_books(platform.database_url)
    except psycopg.OperationalError:
        return None


def is_finished(books: Books | None) -> bool:
    if books is None:
        return False
    decided = [story for story in books.stories if story[1] in ("accepted", "rejected", "failed")]
    return len(decided) == SUBMISSIONS and books.unpaid == 0


def test_forty_submissions_outlive_nine_kills(platform: Platform, tmp_path: Path) -> None:
    told = platform.run(PEOPLE)
    contributor, *reviewers = (Client(platform.address, told[name]) for name in ("contributor", "first", "second"))
    deadline = time.monotonic() + DONE_WITHIN_S
    hand = Hand(platform)
    hand.start()
    try:
        for number in range(SUBMISSIONS):
            contribute(contributor, told["campaign"], tmp_path / str(number), number, deadline)
        while not is_finished(books_of(platform)) or hand.is_alive():
            assert time.monotonic() < deadline, f"killed {hand.killed}; {books_of(platform)}"
            for reviewer in reviewers:
                judge_what_waits(reviewer, deadline)
            time.sleep(0.5)  # workers are scoring; nothing would wake us
    finally:
        hand.enough.set()
        hand.join()
    assert len(hand.killed) == 3 * KILLS_OF_EACH
    assert_settled(read_books(platform.database_url), submissions=SUBMISSIONS)
