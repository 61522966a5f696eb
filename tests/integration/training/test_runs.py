"""Runs through the API and a real engine process, on a tiny base model."""

import hashlib
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.public import Role, User
from common import storage
from common.leases import LeaseLost
from curation.lifecycle import BuildStatus
from curation.models import Dataset, Export, ExportShard, Version
from tests.factories.curation import person
from tests.factories.shards import make_members, save_tiny_base, write_shard
from training import public, tasks
from training.lifecycle import RunStatus
from training.models import Checkpoint, Run
from training.services import execution, runs

pytestmark = pytest.mark.django_db
CONFIG = {"steps": 6, "batch": 2, "rank": 4, "lr": 3e-3, "save_every": 3, "samples": 0}


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    save_tiny_base(folder / "slate-nano")
    return folder


@pytest.fixture(autouse=True)
def node(weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A GPU node's folders: its weights and its state."""
    monkeypatch.setattr(settings, "WEIGHTS", weights)
    monkeypatch.setattr(settings, "VAR", tmp_path)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


@pytest.fixture
def engineer() -> User:
    return person(Role.ENGINEER)


@pytest.fixture
def api(engineer: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(engineer)
    return client


@pytest.fixture
def export(engineer: User, tmp_path: Path) -> Iterator[Export]:
    """A finished export of four samples to train on and one to validate, stored for real."""
    now = timezone.now()
    dataset = Dataset.objects.create(name="slides", split_salt="salt", created_by=engineer, created_at=now)
    version = Version.objects.create(
        dataset=dataset, number=1, status=BuildStatus.READY, created_by=engineer, created_at=now
    )
    export = Export.objects.create(
        version=version, profile="webdataset", status=BuildStatus.READY, created_by=engineer, created_at=now
    )
    split_of = {"train": range(4), "validation": range(4, 5)}
    for index, (split, seeds) in enumerate(split_of.items()):
        name = f"{split}-000000.tar"
        path = write_shard(tmp_path / name, {f"take-{seed}": make_members(seed, split=split) for seed in seeds})
        data = path.read_bytes()
        storage.write(export.prefix + name, data)
        file = {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "samples": len(seeds)}
        ExportShard.objects.create(
            export=export, index=index, split=split, first=0, last=4, status=BuildStatus.READY, files=[file]
        )
    yield export
    storage.delete(list(storage.keys(export.prefix)) + list(storage.keys("checkpoints/")))
    storage.delete(list(storage.keys("run-samples/")))


def start(api: APIClient, export: Export, **config: Any) -> dict[str, Any]:
    answer = api.post("/api/v1/runs", {"export": str(export.id), "config": CONFIG | config})
    assert answer.status_code == 201, answer.json()
    return answer.json()


def work() -> Run:
    run = runs.claim_next(now=timezone.now())
    assert run is not None
    return execution.execute(run, clock=timezone.now)


def test_run_trains_reports_and_stores_checkpoints(api: APIClient, export: Export) -> None:
    started = start(api, export)
    assert started["status"] == "queued"
    tasks.train_waiting()

    run = api.get(f"/api/v1/runs/{started['id']}").json()
    assert (run["status"], run["step"], run["device"]) == ("finished", 6, "cpu")
    metrics = api.get(f"/api/v1/runs/{started['id']}/metrics").json()
    assert [row["step"] for row in metrics] == [1, 2, 3, 4, 5, 6]
    assert metrics[-1]["values"]["loss"] > 0
    assert [row["step"] for row in api.get(f"/api/v1/runs/{started['id']}/metrics?after=4").json()] == [5, 6]

    checkpoints = api.get(f"/api/v1/checkpoints?run={started['id']}").json()["results"]
    assert [checkpoint["step"] for checkpoint in checkpoints] == [6, 3, 0]
    newest = Checkpoint.objects.get(id=checkpoints[0]["id"])
    for file in newest.files:
        assert hashlib.sha256(storage.read(newest.prefix + file["name"])).hexdigest() == file["sha256"]
    assert {event.kind for event in Run.objects.get().events.all()} == {"run_queued", "run_started", "run_finished"}
    assert [event.run_id for event in public.events("run_finished")] == [newest.run_id]

    again = api.post(f"/api/v1/runs/{started['id']}/resume")
    assert (again.status_code, again.json()["code"]) == (409, "run_wrong_state")


def test_run_shows_what_it_makes_and_says_on_its_way(api: APIClient, export: Export) -> None:
    run_id = start(api, export, samples=1)["id"]
    work()

    shown = api.get(f"/api/v1/runs/{run_id}/samples").json()["results"]
    assert [(one["step"], one["index"]) for one in shown] == [(6, 0), (3, 0), (0, 0)]
    assert shown[0]["caption"] == "a block slides right, take 4"
    clip = httpx.get(shown[0]["clip"])
    assert (clip.status_code, clip.headers["content-type"], clip.content[4:8]) == (200, "video/mp4", b"ftyp")
    assert httpx.get(shown[0]["poster"]).content[8:12] == b"WEBP"

    lines = api.get(f"/api/v1/runs/{run_id}/log").json()
    words = [line["text"].split()[0] for line in lines if line["source"] == "engine"]
    assert words == ["examples", "forecast", *["validated", "saved"] * 3, "finished"]
    assert api.get(f"/api/v1/runs/{run_id}/log?after={lines[-2]['id']}").json() == lines[-1:]

    newest = api.get(f"/api/v1/checkpoints?run={run_id}").json()["results"][0]
    link = api.get(f"/api/v1/checkpoints/{newest['id']}/adapter").json()
    weights = httpx.get(link["url"]).content
    assert hashlib.sha256(weights).hexdigest() == link["sha256"] == newest["fingerprint"]
    assert len(weights) == link["size"]


def test_run_whose_worker_died_goes_on_from_its_checkpoint(api: APIClient, export: Export, tmp_path: Path) -> None:
    start(api, export, steps=6)
    run = Run.objects.get()
    dying = runs.claim_next(now=timezone.now() - 2 * runs.LEASE)
    assert dying is not None
    Run.objects.filter(id=run.id).update(config={**run.config, "steps": 3})
    dying.refresh_from_db()
    listener = execution.Listener(dying, tmp_path / "jobs" / f"run-{dying.id}" / "output", timezone.now)
    execution.jobs.run(
        execution.ENGINE,
        execution._job(dying, listener.output),
        folder=listener.output.parent,
        on_message=listener.hear,
        still_wanted=lambda: True,
    )  # ... and here the worker is killed, its folder with it
    shutil.rmtree(tmp_path / "jobs")
    Run.objects.filter(id=run.id).update(config=run.config)

    first = list(run.metrics.order_by("step").values_list("step", "values__loss"))
    assert [step for step, _ in first] == [1, 2, 3]

    finished = work()
    assert (finished.status, finished.step) == (RunStatus.FINISHED, 6)
    assert list(finished.metrics.order_by("step").values_list("step", "values__loss"))[:3] == first


def test_cancelled_run_saves_and_can_be_resumed(
    api: APIClient, export: Export, engineer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = start(api, export, steps=100_000, save_every=100_000)
    original = execution.Listener.hear

    def cancel_after_two_steps(listener: execution.Listener, message: dict[str, Any]) -> None:
        if message.get("step") == 2 and message.get("event") == "step":
            api.post(f"/api/v1/runs/{started['id']}/cancel")
        original(listener, message)

    monkeypatch.setattr(execution.Listener, "hear", cancel_after_two_steps)
    run = work()
    assert run.status == RunStatus.CANCELLED
    assert run.checkpoints.order_by("-step").first().step >= 2

    assert api.post(f"/api/v1/runs/{started['id']}/resume").json()["status"] == "queued"


def test_run_that_cannot_be_done_fails_with_the_engines_reason(api: APIClient, export: Export) -> None:
    started = start(api, export, split="nothing-here")
    assert work().status == RunStatus.FAILED
    failure = api.get(f"/api/v1/runs/{started['id']}").json()["failure"]
    assert failure["code"] == "job_refused"
    assert "nothing-here" in failure["message"]


def test_worker_that_lost_its_lease_stops_writing(api: APIClient, export: Export) -> None:
    start(api, export)
    slow = runs.claim_next(now=timezone.now() - timedelta(hours=1))
    taken = runs.claim_next(now=timezone.now())
    assert slow is not None
    assert taken is not None
    with pytest.raises(LeaseLost):
        runs.renew(slow, now=timezone.now())
    with pytest.raises(LeaseLost):
        runs.finish(slow, to=RunStatus.FINISHED, now=timezone.now(), device_seconds=1)
    told = {"fingerprint": "a", "base_fingerprint": "b", "config_fingerprint": "c", "files": []}
    with pytest.raises(LeaseLost):
        runs.record_checkpoint(slow, step=3, now=timezone.now(), **told)
    assert not Checkpoint.objects.exists()
    assert runs.renew(taken, now=timezone.now())


def test_run_whose_workers_keep_dying_is_given_up_by_name(api: APIClient, export: Export) -> None:
    start(api, export)
    now = timezone.now()
    for attempt in range(runs.MAX_ATTEMPTS):
        assert runs.claim_next(now=now + attempt * 2 * runs.LEASE) is not None
    assert runs.claim_next(now=now + timedelta(days=1)) is None
    assert Run.objects.get().failure["code"] == "worker_died"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"config": {"stepz": 3}}, "invalid_training_config"),
        ({"config": {"steps": -1}}, "invalid_training_config"),
        ({"base": "../secrets"}, "unknown_base_model"),
        ({"export": "6f1f6b5e-0000-4000-8000-000000000000"}, "export_not_found"),
        ({"export": "x"}, "invalid"),
    ],
)
def test_bad_request_is_refused_by_name(api: APIClient, export: Export, body: dict[str, Any], code: str) -> None:
    answer = api.post("/api/v1/runs", {"export": str(export.id), "config": CONFIG} | body)
    assert 400 <= answer.status_code < 500
    assert answer.json()["code"] == code
    assert not Run.objects.exists()


def test_contributor_may_not_start_runs(export: Export) -> None:
    client = APIClient()
    client.force_authenticate(person(Role.CONTRIBUTOR))
    assert client.post("/api/v1/runs", {"export": str(export.id)}).status_code == 403


def test_lists_cost_the_same_number_of_queries_at_any_length(
    api: APIClient, export: Export, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        start(api, export)
    with django_assert_num_queries(1):
        assert len(api.get("/api/v1/runs").json()["results"]) == 3
