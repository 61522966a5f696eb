"""Accepted data searched by words, likeness and facets, counted, and chosen for a version."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from rest_framework.test import APIClient

from accounts.roles import Role
from curation.lifecycle import SubmissionStatus
from curation.models import Submission
from curation.selectors.sample_filters import LIVE
from curation.selectors.samples import BY_LIKENESS
from curation.services import query_embeddings, samples, scoring_worker
from tests.factories import curation as make
from tests.factories.records import valid_record
from tests.integration.curation.conftest import answer, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("services")]


@pytest.fixture
def engineer() -> APIClient:
    return signed_in(make.person(Role.ENGINEER))


def accepted(movement: str = "dolly_in", said: str = "A red ball rolls.", **more: Any) -> Submission:
    record = valid_record()
    record["camera"]["declared"]["primitives"][0]["name"] = movement
    record["scene"]["caption_short"] = said
    return make.submission(
        more.pop("campaign", None) or make.campaign(), make.person(), status=SubmissionStatus.ACCEPTED,
        camera=record["camera"], scene=record["scene"], **more,
    )  # fmt: skip


def like(submission: Submission, *vector: float) -> Submission:
    assert submission.current
    make.embedding(submission.current, np.array(vector) / np.linalg.norm(vector))
    return submission


def ids(page: dict[str, Any]) -> list[str]:
    return [one["id"] for one in page["results"]]


def names(*rows: Submission) -> list[str]:
    return [str(row.id) for row in rows]


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits 2 s in tests: the broker takes no question."""
    monkeypatch.setattr(query_embeddings, "ask", lambda *_, **__: False)


@pytest.mark.usefixtures("no_worker")
def test_words_find_samples_and_the_answer_says_that_no_model_helped(engineer: APIClient) -> None:
    ball, train = accepted(said="A red ball rolls."), accepted(said="A steam train crosses a bridge.")
    samples.index_all()
    page = answer(engineer.get("/api/v1/samples?q=trains crossing bridges"))
    assert ids(page) == names(train)
    assert page["answered_by"] == ["words"]
    assert "No model answered" in page["note"]
    shown = page["results"][0]
    assert shown["media"]
    assert shown["facets"]["movement"] == ["dolly_in"]
    assert ids(answer(engineer.get("/api/v1/samples?q=ball&sort=newest"))) == names(train, ball)


def test_words_are_answered_by_the_model_of_the_embed_worker(
    engineer: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(_task: str, *, expires_s: float, key: str) -> bool:
        query_embeddings.answer(key, clip=scoring_worker.shared().clip)
        return True

    monkeypatch.setattr(query_embeddings, "ask", work)
    clip = scoring_worker.shared().clip
    texts = ["a red sphere on a wooden floor", "a blue cube at night"]
    rows = [accepted(said="Something.") for _ in texts]
    for row, vector in zip(rows, clip.embed_texts(texts), strict=True):
        like(row, *vector.tolist())
        row.current.embeddings.update(weights_sha256=clip.source.weights_sha256)  # type: ignore[union-attr]
    samples.index_all()
    page = answer(engineer.get("/api/v1/samples", {"q": texts[1]}))
    assert ids(page)[0] == str(rows[1].id)
    assert page["answered_by"] == ["words", "likeness"]
    assert page["results"][0]["likeness"] == pytest.approx(1, abs=1e-2)
    picture = io.BytesIO()
    Image.new("RGB", (96, 96), "navy").save(picture, "PNG")
    person = make.person(Role.ENGINEER)
    asset = make.asset(person, picture.getvalue(), kind="image", content_type="image/png")
    by_image = answer(signed_in(person).post("/api/v1/samples/by-image", {"asset": str(asset.id)}))
    assert set(ids(by_image)) == set(names(*rows))


def test_likeness_to_a_sample_puts_the_likest_first_page_by_page(engineer: APIClient) -> None:
    rows = [like(accepted(), 1, angle) for angle in (0, 0.1, 0.2, 0.3, 5)]
    samples.index_all()
    found: list[str] = []
    cursor = ""
    while True:
        asked = {"like": str(rows[0].id), "page_size": 2, "cursor": cursor}
        page = answer(engineer.get("/api/v1/samples", asked))
        found += ids(page)
        cursor = page["next"]
        if not cursor:
            break
    assert found == names(*rows[1:])


def test_the_newest_come_page_by_page_and_none_twice(engineer: APIClient) -> None:
    rows = [accepted() for _ in range(5)]
    samples.index_all()
    first = answer(engineer.get("/api/v1/samples?page_size=3"))
    second = answer(engineer.get("/api/v1/samples", {"page_size": 3, "cursor": first["next"]}))
    assert ids(first) + ids(second) == names(*rows[::-1])
    assert second["next"] is None
    refused = answer(engineer.get("/api/v1/samples", {"like": str(rows[0].id), "cursor": first["next"]}), 404)
    assert refused["code"] == "sample_not_found"  # no model saw it
    assert answer(engineer.get("/api/v1/samples?cursor=xyz"), 400)["code"] == "bad_cursor"


def test_facets_and_limits_narrow(engineer: APIClient) -> None:
    pan, dolly = accepted("pan_left", overall=0.9), accepted("dolly_in", overall=0.4)
    samples.index_all()
    assert ids(answer(engineer.get("/api/v1/samples?movement=pan_left&light=daylight"))) == names(pan)
    both = answer(engineer.get("/api/v1/samples?movement=pan_left&movement=dolly_in"))
    assert set(ids(both)) == set(names(pan, dolly))
    assert ids(answer(engineer.get("/api/v1/samples?max_quality=0.5"))) == names(dolly)
    assert ids(answer(engineer.get(f"/api/v1/samples?campaign={pan.campaign_id}"))) == names(pan)
    assert answer(engineer.get("/api/v1/samples?movement=flying"), 400)["code"] == "bad_sample_filter"


def test_what_is_withdrawn_is_found_no_more(engineer: APIClient) -> None:
    gone, stays = accepted(), accepted()
    samples.index_all()
    Submission.objects.filter(id=gone.id).update(status=SubmissionStatus.WITHDRAWN)
    assert ids(answer(engineer.get("/api/v1/samples"))) == names(stays)
    assert answer(engineer.get(f"/api/v1/samples/{gone.id}"), 404)["code"] == "sample_not_found"
    detail = answer(engineer.get(f"/api/v1/samples/{stays.id}"))
    assert detail["record"]["rights"]["holder"] is None
    samples.index_all()
    assert answer(engineer.get("/api/v1/samples/facets"))["total"] == 1


def test_counts_and_coverage_show_what_is_rare(engineer: APIClient) -> None:
    for movement in ("pan_left", "pan_left", "dolly_in"):
        accepted(movement)
    samples.index_all()
    counts = answer(engineer.get("/api/v1/samples/facets"))
    assert counts["total"] == 3
    assert counts["facets"]["movement"][0] == {"value": "pan_left", "count": 2, "duration_s": 10.0}
    assert counts["facets"]["movement"][-1]["count"] == 0
    crossed = answer(engineer.get("/api/v1/samples/coverage?x=movement&y=light&movement=pan_left"))
    at = crossed["counts"][crossed["ys"].index("daylight")][crossed["xs"].index("pan_left")]
    assert at == 2
    assert crossed["rarest"][0]["count"] == 0
    assert answer(engineer.get("/api/v1/samples/coverage?x=light&y=light"), 400)["code"] == "no_such_facet"


def test_a_page_takes_the_same_queries_however_many_it_shows(engineer: APIClient) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            answer(engineer.get("/api/v1/samples"))
        return len(seen)

    accepted()
    samples.index_all()
    one = queries()
    for _ in range(4):
        accepted()
    samples.index_all()
    assert queries() == one <= 8


def test_likeness_is_answered_by_the_index(engineer: APIClient) -> None:
    like(accepted(), 1, 0)
    samples.index_all()
    sql = BY_LIKENESS.format(live=LIVE, where="true")
    asked = {"vector": "[" + ",".join(["1"] + ["0"] * 1023) + "]", "weights": "ab" * 32, "depth": 10,
             "itself": "00000000-0000-0000-0000-000000000000"}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("EXPLAIN " + sql, asked)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "sample_nearest" in plan


@pytest.mark.parametrize("path", ["samples", "samples/facets", "samples/coverage"])
def test_contributors_and_reviewers_do_not_search_accepted_data(path: str) -> None:
    for role in (Role.CONTRIBUTOR, Role.REVIEWER):
        assert answer(signed_in(make.person(role)).get(f"/api/v1/{path}"), 403)["code"] == "not_allowed"


def test_a_search_becomes_a_version_after_a_look_at_what_it_would_hold(engineer: APIClient) -> None:
    rows = [accepted("pan_left"), accepted("pan_left"), accepted("dolly_in"), accepted("pan_left", overall=0.2)]
    dataset = answer(engineer.post("/api/v1/datasets", {"name": "pans"}), 201)
    chosen = {"filter": {"facets": {"movement": ["pan_left"]}}, "min_quality": 0.5}
    address = f"/api/v1/datasets/{dataset['id']}/versions"
    looked = answer(engineer.post(f"{address}/preview", {"selection": chosen}))
    assert (looked["accepted"], looked["samples"], sum(looked["splits"].values())) == (4, 2, 2)
    assert looked["licenses"] == {"CC-BY-4.0": 2}
    assert {one["code"]: one["count"] for one in looked["excluded"]} == {"outside_filter": 1, "low_quality": 1}
    frozen = answer(engineer.post(address, {"selection": chosen}), 201)
    assert frozen["selection"] == chosen
    by_id = {"ids": names(rows[2])}
    assert answer(engineer.post(f"{address}/preview", {"selection": by_id}))["samples"] == 1
    refused = answer(engineer.post(address, {"selection": {"filter": {"facets": {"shape": ["x"]}}}}), 400)
    assert refused["fields"]
