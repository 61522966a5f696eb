"""Datasets, versions and exports through HTTP."""

import gzip
from typing import Any

import httpx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.roles import Role
from curation.lifecycle import SubmissionStatus
from curation.services import export_shards, version_builds
from tests.factories import curation as make

pytestmark = pytest.mark.django_db
COUNT = 3


def signed_in(*roles: Role) -> APIClient:
    client = APIClient()
    client.force_authenticate(make.person(*roles))
    return client


def body(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    return answer.json()


def work() -> None:
    """What the export workers do until nothing waits."""
    while version_builds.build_next(clock=timezone.now) or export_shards.build_next(clock=timezone.now):
        pass


@pytest.fixture
def engineer() -> APIClient:
    return signed_in(Role.ENGINEER)


@pytest.fixture
def dataset(engineer: APIClient) -> dict[str, Any]:
    campaign, contributor = make.campaign(), make.person()
    for _ in range(COUNT):
        make.submission(campaign, contributor, status=SubmissionStatus.ACCEPTED, stored=True)
    return body(engineer.post("/api/v1/datasets", {"name": "rolling", "description": "Things that roll."}), 201)


def freeze(client: APIClient, dataset: dict[str, Any]) -> dict[str, Any]:
    made = body(client.post(f"/api/v1/datasets/{dataset['id']}/versions", {}), 201)
    assert made["status"] == "building"
    work()
    return body(client.get(f"/api/v1/versions/{made['id']}"))


def export(client: APIClient, version: dict[str, Any], **asked: Any) -> dict[str, Any]:
    made = body(client.post(f"/api/v1/versions/{version['id']}/exports", asked), 201)
    work()
    return body(client.get(f"/api/v1/exports/{made['id']}"))


def test_a_version_is_frozen_exported_and_fetched(engineer: APIClient, dataset: dict[str, Any]) -> None:
    version = freeze(engineer, dataset)
    assert (version["status"], version["item_count"], version["withdrawn"]) == ("ready", COUNT, 0)
    link = body(engineer.get(f"/api/v1/versions/{version['id']}/manifest"))
    lines = gzip.decompress(httpx.get(link["url"]).content).splitlines()
    assert (len(lines), link["lines"], link["merkle_root"]) == (COUNT, COUNT, version["merkle_root"])
    made = export(engineer, version, profile="webdataset", options={"splits": ["train", "validation", "test"]})
    assert made["status"] == "ready"
    assert sum(shard["samples"] for shard in made["shards"]) == COUNT
    files = body(engineer.get(f"/api/v1/exports/{made['id']}/files"))["results"]
    assert [file["name"] for file in files][:2] == ["export.json", "SHA256SUMS"]
    assert all(len(httpx.get(file["url"]).content) == file["size"] for file in files)


def test_files_come_in_pages_without_gap_or_repeat(
    engineer: APIClient, dataset: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curation.services.exports.LINES_PER_SHARD", 1)
    made = export(engineer, freeze(engineer, dataset), profile="metadata")
    url, names = f"/api/v1/exports/{made['id']}/files?page_size=2", []
    while url:
        page = body(engineer.get(url))
        names += [file["name"] for file in page["results"]]
        url = page["next"]
    assert len(names) == len(set(names)) == 2 + 2 * COUNT


def test_the_difference_of_two_versions(engineer: APIClient, dataset: dict[str, Any]) -> None:
    one = freeze(engineer, dataset)
    added = make.submission(make.campaign(), make.person(), status=SubmissionStatus.ACCEPTED)
    other = freeze(engineer, dataset)
    difference = body(engineer.get(f"/api/v1/versions/{one['id']}/diff/{other['id']}"))
    assert (difference["added"], difference["removed"], difference["changed"]) == (1, 0, 0)
    assert [change["id"] for change in difference["changes"]] == [str(added.id)]
    assert engineer.get(f"/api/v1/versions/{one['id']}/diff/{other['id']}?after=x").status_code == 400


def test_a_repeated_request_with_a_key_makes_one(engineer: APIClient, dataset: dict[str, Any]) -> None:
    version = freeze(engineer, dataset)
    for url, asked in (
        ("/api/v1/datasets", {"name": "once"}),
        (f"/api/v1/datasets/{dataset['id']}/versions", {"selection": {"min_quality": 0.5}}),
        (f"/api/v1/versions/{version['id']}/exports", {"profile": "metadata"}),
    ):
        twice = [body(engineer.post(url, asked, headers={"Idempotency-Key": f"key {url}"}), 201) for _ in range(2)]
        assert twice[0]["id"] == twice[1]["id"]


@pytest.mark.parametrize(
    ("path", "asked", "field"),
    [
        ("datasets/{dataset}/versions", {"selection": {"colour": "red"}}, "selection.colour"),
        ("datasets/{dataset}/versions", {"selecton": {}}, "selecton"),
        ("datasets/{dataset}/versions", {"selection": {"min_quality": 7}}, "selection.min_quality"),
        ("versions/{version}/exports", {"profile": "zip"}, "profile"),
        ("versions/{version}/exports", {"profile": "webdataset", "options": {"shard_bytes": 1}}, "options.shard_bytes"),
        ("datasets", {"name": "not a slug"}, "name"),
        ("datasets", {"name": "rolling"}, "name"),
    ],
)
def test_wrong_requests_name_the_field(
    engineer: APIClient, dataset: dict[str, Any], path: str, asked: dict[str, Any], field: str
) -> None:
    version = freeze(engineer, dataset)
    answer = engineer.post(f"/api/v1/{path.format(dataset=dataset['id'], version=version['id'])}", asked)
    assert answer.status_code in (400, 409), answer.content
    assert list(answer.json()["fields"]) == [field]


def test_what_is_not_there_is_not_found(engineer: APIClient, dataset: dict[str, Any]) -> None:
    nothing = dataset["created_by"]
    for path in ("versions/{}", "versions/{}/manifest", "exports/{}", "exports/{}/files"):
        assert engineer.get(f"/api/v1/{path.format(nothing)}").status_code == 404
    assert engineer.post(f"/api/v1/datasets/{nothing}/versions", {}).status_code == 404
    assert engineer.post(f"/api/v1/exports/{nothing}/retry").status_code == 404


def test_contributors_and_reviewers_see_no_datasets(dataset: dict[str, Any]) -> None:
    client = signed_in(Role.CONTRIBUTOR, Role.REVIEWER)
    assert client.get("/api/v1/datasets").status_code == 403
    assert client.post(f"/api/v1/datasets/{dataset['id']}/versions", {}).status_code == 403


def test_every_read_needs_a_constant_number_of_queries(
    engineer: APIClient, dataset: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    version = freeze(engineer, dataset)
    one = export(engineer, version, profile="metadata")
    freeze(engineer, dataset)
    monkeypatch.setattr("curation.services.exports.LINES_PER_SHARD", 1)
    many = export(engineer, version, profile="metadata")

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            body(engineer.get(f"/api/v1/{url}"))
        return len(captured)

    for path in ("exports/{}", "exports/{}/files"):
        assert queries(path.format(one["id"])) == queries(path.format(many["id"])) <= 2
    assert queries("datasets") == queries(f"datasets/{dataset['id']}/versions") == 1
    assert queries(f"versions/{version['id']}") <= 2
    assert queries(f"versions/{version['id']}/exports") == 1
