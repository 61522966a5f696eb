"""A worker that is killed while it freezes or exports loses nothing and doubles nothing."""

import random
import subprocess
import sys
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.roles import Role
from common import storage
from curation.lifecycle import BuildStatus, EventKind, SubmissionStatus
from curation.models import Event, Export, Version, VersionItem
from curation.services import datasets, export_shards, exports, version_builds, versions
from tests.factories import curation as make

pytestmark = [pytest.mark.deep, pytest.mark.django_db(transaction=True)]
REPO = Path(__file__).resolve().parents[3]
COUNT, KILLS = 40, 3
WORKER = """
import django; django.setup()
from django.utils import timezone
from curation.services import export_shards, version_builds
print("ready", flush=True)
while version_builds.build_next(clock=timezone.now) or export_shards.build_next(clock=timezone.now):
    pass
"""


def kill_a_worker(environment: dict[str, str], after_s: float) -> None:
    """Start a worker and kill it so long after it began to work."""
    with subprocess.Popen([sys.executable, "-c", WORKER], cwd=REPO, env=environment, stdout=subprocess.PIPE) as worker:
        assert worker.stdout
        worker.stdout.readline()
        try:
            worker.wait(after_s)
        except subprocess.TimeoutExpired:
            worker.kill()


def finish() -> None:
    """What the next workers do once the leases of dead ones have run out."""
    minutes = count(5, 5)
    while work(timezone.now() + timedelta(minutes=next(minutes))):
        pass


def work(now: datetime) -> bool:
    return version_builds.build_next(clock=lambda: now) or export_shards.build_next(clock=lambda: now)


def test_killed_builders_leave_one_version_and_one_export(
    child_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "SMALLEST_SHARD", 1)
    monkeypatch.setattr(version_builds, "MAX_ATTEMPTS", 100)
    monkeypatch.setattr(export_shards, "MAX_ATTEMPTS", 100)
    draw = random.Random(7)
    campaign, contributor, engineer = make.campaign(), make.person(), make.person(Role.ENGINEER)
    for _ in range(COUNT):
        make.submission(campaign, contributor, status=SubmissionStatus.ACCEPTED, stored=True)
    dataset = datasets.create(name="rolling", actor=engineer, now=timezone.now())

    version = versions.freeze(dataset_id=dataset.id, selection={}, actor=engineer, now=timezone.now())
    for _ in range(KILLS):
        kill_a_worker(child_environment, after_s=draw.uniform(0, 0.4))
        Version.objects.filter(id=version.id, status=BuildStatus.BUILDING).update(leased_until=None)
    finish()
    version.refresh_from_db()
    assert version.status == BuildStatus.READY
    assert VersionItem.objects.filter(version=version).count() == COUNT
    assert Event.objects.filter(kind=EventKind.VERSION_READY, version=version).count() == 1

    asked = {"shard_bytes": 100_000}
    export = exports.start(
        version_id=version.id, profile="webdataset", options=asked, actor=engineer, now=timezone.now()
    )
    for _ in range(KILLS):
        kill_a_worker(child_environment, after_s=draw.uniform(0, 0.4))
        export.shards.filter(status=BuildStatus.BUILDING).update(leased_until=None)
    finish()
    control = exports.start(
        version_id=version.id, profile="webdataset", options=asked, actor=engineer, now=timezone.now()
    )
    finish()
    assert files_of(export) == files_of(control)
    assert len(files_of(export)) > 4
    assert Event.objects.filter(kind=EventKind.EXPORT_READY, detail__export_id=str(export.id)).count() == 1


def files_of(export: Export) -> dict[str, bytes]:
    export.refresh_from_db()
    assert export.status == BuildStatus.READY, export.failure
    return {key.removeprefix(export.prefix): storage.read(key) for key in storage.keys(export.prefix)}
