"""Runs listed, compared, and asked for by a form."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.public import Role, User
from curation.models import Dataset, Export, Version
from tests.factories.curation import person
from tests.integration.curation.conftest import answer, signed_in
from training.engine.spec import TrainingConfig
from training.lifecycle import RunStatus
from training.models import Run, RunMetric
from training.services import runs

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
