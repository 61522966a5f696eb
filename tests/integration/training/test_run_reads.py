"""Runs listed, compared, and asked for by a form."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from accounts.public import Role, User
from accounts.services import tokens
from common import storage
from curation.models import Dataset, Export, Version
from openslate import Client
from tests.factories.curation import person
from tests.integration.curation.conftest import answer, signed_in
from training.engine.spec import TrainingConfig
from training.lifecycle import RunStatus
from training.models import Checkpoint, LogSource, Run, RunLogLine, RunMetric, RunSample
from training.selectors import ADAPTER
from training.services import run_logs, runs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("services")]


@pytest.fixture
def engineer() -> User:
    return person(Role.ENGINEER)


@pytest.fixture
def export(engineer: User) -> Export:
    made = {"created_by": engineer, "created_at": timezone.now()}
    dataset = Dataset.objects.create(name="rolling", split_salt="salt", **made)
    version = Version.objects.create(dataset=dataset, number=1, **made)
    return Export.objects.create(version=version, profile="webdataset", **made)


def run(export: Export, by: User, *, steps: int = 0, status: RunStatus = RunStatus.FINISHED) -> Run:
    config = TrainingConfig(steps=max(steps, 1))
    made = Run.objects.create(
        export=export, base="slate-nano", config=config.model_dump(mode="json"), steps=config.steps, status=status,
        created_by=by, created_at=timezone.now(),
    )  # fmt: skip
    runs.record_metrics(made, [{"step": step, "loss": 1 / (step + 1)} for step in range(steps)])
    return made


def test_the_schema_has_all_that_a_form_shows(engineer: User) -> None:
    found = answer(signed_in(engineer).get("/api/v1/runs/config-schema"))
    fields = found["config"]["properties"]
    assert set(fields) == set(TrainingConfig.model_fields)
    for field in fields.values():
        assert field["title"]
        assert field["description"]
        assert field["group"] in found["groups"]
    assert fields["lr"]["default"] == 1e-4
    assert fields["steps"]["minimum"] == 1
    refused = answer(signed_in(person(Role.CONTRIBUTOR)).get("/api/v1/runs/config-schema"), 403)
    assert refused["code"] == "not_allowed"


def test_runs_are_listed_by_what_is_asked(engineer: User, export: Export) -> None:
    mine, other = run(export, engineer), run(export, person(Role.ENGINEER), status=RunStatus.FAILED)
    client = signed_in(engineer)

    def listed(query: str) -> list[str]:
        return [row["id"] for row in answer(client.get(f"/api/v1/runs?{query}"))["results"]]

    assert listed("") == [str(other.id), str(mine.id)]
    assert listed("mine=true") == [str(mine.id)]
    assert listed("status=failed") == [str(other.id)]
    assert listed(f"export={export.id}&base=slate-nano") == [str(other.id), str(mine.id)]
    assert answer(client.get("/api/v1/runs?status=odd"), 400)["fields"]


def test_long_runs_are_compared_by_evenly_taken_steps(engineer: User, export: Export) -> None:
    short, long = run(export, engineer, steps=10), run(export, engineer, steps=1_203)
    client = signed_in(engineer)
    with CaptureQueriesContext(connection) as seen:
        one, two = answer(client.get(f"/api/v1/runs/compare?ids={long.id}&ids={short.id}"))
    assert len(seen) == 2
    assert (one["run"]["id"], two["run"]["id"]) == (str(long.id), str(short.id))
    assert [point["step"] for point in two["points"]] == list(range(10))
    steps = [point["step"] for point in one["points"]]
    assert (steps[0], steps[-1]) == (0, 1_202)
    assert 300 < len(steps) <= 501
    assert RunMetric.objects.filter(run=long).count() == 1_203
    assert answer(client.get(f"/api/v1/runs/compare?ids={export.id}"), 404)["code"] == "run_not_found"


def test_the_log_keeps_the_newest_lines_and_is_read_past_the_last_one_seen(engineer: User, export: Export) -> None:
    going = run(export, engineer)
    lines = [RunLogLine(run=going, at=timezone.now(), source=LogSource.STDERR, text=f"line {n}") for n in range(2_100)]
    run_logs.record(going, lines)
    client, address = signed_in(engineer), f"/api/v1/runs/{going.id}/log"
    read: list[dict[str, object]] = []
    with CaptureQueriesContext(connection) as seen:
        while page := answer(client.get(f"{address}?after={read[-1]['id'] if read else 0}")):
            read += page
    assert [line["text"] for line in read] == [f"line {n}" for n in range(100, 2_100)]
    assert len(seen) == 2 * 5  # four pages and the empty one: is there such a run, and its lines
    assert answer(client.get(f"/api/v1/runs/{export.id}/log"), 404)["code"] == "run_not_found"


def test_what_libraries_write_is_logged_line_by_line_as_it_comes(
    engineer: User, export: Export, tmp_path: Path
) -> None:
    going, stderr = run(export, engineer), tmp_path / "stderr.log"
    log = run_logs.RunLog(going, stderr, timezone.now)
    log.flush()
    stderr.write_bytes(b"a warning\nloading: 10%\rloading: 90%\nhalf a ")
    log.hear("forecast", {"bytes": {"weights": 5}, "share": 0.123456789})
    log.flush()
    with stderr.open("ab") as file:
        file.write(b"line \xff\x00\n")
    log.flush()
    assert list(going.log.order_by("id").values_list("source", "text")) == [
        ("engine", 'forecast bytes={"weights":5} share=0.123457'),
        ("stderr", "a warning"),
        ("stderr", "loading: 90%"),
        ("stderr", "half a line \ufffd"),
    ]


def test_samples_come_newest_first_at_the_same_cost_however_many(engineer: User, export: Export) -> None:
    def made(step: int) -> None:
        RunSample.objects.create(run=going, step=step, index=0, facts={}, created_at=timezone.now())

    going, client = run(export, engineer), signed_in(engineer)
    costs = []
    for step in (0, 10, 20):
        made(step)
        with CaptureQueriesContext(connection) as seen:
            page = answer(client.get(f"/api/v1/runs/{going.id}/samples"))
        costs.append(len(seen))
    assert [one["step"] for one in page["results"]] == [20, 10, 0]
    assert costs == [2, 2, 2]


@pytest.mark.django_db(transaction=True)
def test_the_python_client_reads_a_run_and_fetches_its_adapter(
    live_server: LiveServer, engineer: User, export: Export, tmp_path: Path
) -> None:
    going = run(export, engineer)
    run_logs.record(going, [RunLogLine(run=going, at=timezone.now(), source=LogSource.ENGINE, text="forecast")])
    RunSample.objects.create(run=going, step=4, index=0, facts={}, created_at=timezone.now())
    weights = b"the adapter"
    file = {"name": ADAPTER, "size": len(weights), "sha256": hashlib.sha256(weights).hexdigest()}
    saved = Checkpoint.objects.create(run=going, step=4, base="slate-nano", files=[file], created_at=timezone.now())
    storage.write(saved.prefix + ADAPTER, weights)
    _, secret = tokens.create(person=engineer, name="test", scopes=None, days=1, now=timezone.now())
    client = Client(live_server.url, secret)
    assert [line["text"] for line in client.run_log(str(going.id))] == ["forecast"]
    assert [one["step"] for one in client.run_samples(str(going.id))] == [4]
    assert client.download_adapter(str(saved.id), tmp_path / ADAPTER).read_bytes() == weights
    storage.delete([saved.prefix + ADAPTER])
