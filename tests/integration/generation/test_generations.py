"""Clips through the API and a real engine process, on a tiny base model; blind votes between them."""

import io
from pathlib import Path
from typing import Any

import av
import httpx
import pytest
from django.conf import settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from accounts.public import Role, User
from common import storage
from common.pricing import price_wei
from generation import public, tasks
from generation.lifecycle import GenerationStatus
from generation.models import Comparison, Generation, Vote
from generation.ranking import wilson
from generation.services import execution, generations
from tests.factories.curation import person
from tests.factories.shards import save_tiny_base

SMALL = {"size": {"width": 64, "height": 64, "duration_s": 0.6}, "steps": 2, "seed": 7}


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    save_tiny_base(folder / "slate-nano")
    return folder


@pytest.fixture(autouse=True)
def node(weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "WEIGHTS", weights)
    monkeypatch.setattr(settings, "VAR", tmp_path)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


@pytest.fixture
def engineer(db: None) -> User:
    return person(Role.ENGINEER)


def as_person(who: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(who)
    return client


@pytest.fixture
def api(engineer: User) -> APIClient:
    return as_person(engineer)


def ask(api: APIClient, **request: Any) -> dict[str, Any]:
    answer = api.post("/api/v1/generations", {"prompt": "a red ball rolls", **SMALL, **request})
    assert answer.status_code == 201, answer.json()
    return answer.json()


def work() -> Generation:
    generation = generations.claim_next(now=timezone.now())
    assert generation is not None
    return execution.execute(generation, clock=timezone.now)


def delivered(owner: User, name: str) -> Generation:
    """A delivered clip by direct rows, for what only reads it."""
    now = timezone.now()
    generation = Generation.objects.create(
        status=GenerationStatus.DELIVERED, request={"caption": name}, model="slate-nano", created_by=owner,
        created_at=now, finished_at=now, price_wei=5,
    )  # fmt: skip
    storage.write(generation.clip_key, name.encode(), "video/mp4")
    return generation


def test_clip_with_sound_is_made_stored_and_billed(api: APIClient, engineer: User) -> None:
    asked = ask(
        api,
        camera={"move": "dolly_in"},
        lighting={"sun": {"azimuth_deg": 90, "elevation_deg": 30}},
        audio={"style_caption": "dry", "events": [{"name": "click", "onset_s": 0.1, "offset_s": 0.2}]},
    )
    tasks.generate_waiting()

    shown = api.get(f"/api/v1/generations/{asked['id']}").json()
    assert [stage["name"] for stage in shown["stages"]] == ["load", "condition", "sample", "decode", "write"]
    assert (shown["result"]["width"], shown["result"]["height"]) == (64, 64)
    assert int(shown["price_wei"]) == price_wei(shown["device_seconds"]) > 0
    link = api.get(f"/api/v1/generations/{asked['id']}/link").json()["url"]
    with av.open(io.BytesIO(httpx.get(link).raise_for_status().content)) as clip:
        assert [stream.codec_context.name for stream in clip.streams] == ["h264", "aac"]
        assert sum(1 for _ in clip.decode(video=0)) == shown["result"]["frames"]
    fact = public.delivered_fact(public.events("generation_delivered").get())
    assert (fact.customer_id, str(fact.price_wei)) == (engineer.id, shown["price_wei"])
    storage.delete([Generation.objects.get().clip_key])


def test_request_the_model_cannot_serve_fails_with_the_reason(api: APIClient) -> None:
    asked = ask(api, camera={"move": "barrel_roll_of_doom"})
    assert work().status == GenerationStatus.FAILED
    failure = api.get(f"/api/v1/generations/{asked['id']}").json()["failure"]
    assert failure["code"] == "job_refused"
    assert "barrel_roll_of_doom" in failure["message"]
    assert api.post(f"/api/v1/generations/{asked['id']}/retry").json()["status"] == "queued"


def test_waiting_generation_is_cancelled_at_once_and_stays_so(api: APIClient) -> None:
    asked = ask(api)
    assert api.post(f"/api/v1/generations/{asked['id']}/cancel").json()["status"] == "cancelled"
    assert generations.claim_next(now=timezone.now()) is None
    again = api.post(f"/api/v1/generations/{asked['id']}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "generation_wrong_state")


def test_running_generation_stops_when_cancelled(api: APIClient) -> None:
    asked = ask(api, steps=200, size={"width": 512, "height": 512, "duration_s": 10})
    generation = generations.claim_next(now=timezone.now())
    assert generation is not None
    assert api.post(f"/api/v1/generations/{asked['id']}/cancel").json()["stop_requested"]
    assert execution.execute(generation, clock=timezone.now).status == GenerationStatus.CANCELLED


@pytest.mark.parametrize(
    ("request_part", "code", "field"),
    [
        ({"size": {"width": 33}}, "invalid_request", "size.width"),
        ({"size": {"breadth": 64}}, "invalid_request", "size.breadth"),
        ({"camera": {}}, "invalid_request", "camera"),
        ({"seed": -1}, "invalid_request", "seed"),
        ({"model": "../secrets"}, "unknown_model", None),
        ({"adapter": "6f1f6b5e-0000-4000-8000-000000000000"}, "checkpoint_not_found", None),
        ({"reference_image": "6f1f6b5e-0000-4000-8000-000000000000"}, "asset_not_found", None),
        ({"prompt": ""}, "invalid", "prompt"),
    ],
)
def test_bad_request_is_refused_by_name(api: APIClient, request_part: dict[str, Any], code: str, field: str) -> None:
    answer = api.post("/api/v1/generations", {"prompt": "a ball", **SMALL, **request_part})
    assert 400 <= answer.status_code < 500
    assert answer.json()["code"] == code
    assert field is None or field in answer.json()["fields"]
    assert not Generation.objects.exists()


def test_another_persons_generation_does_not_exist(api: APIClient) -> None:
    other = delivered(person(Role.ENGINEER), "theirs")
    assert api.get(f"/api/v1/generations/{other.id}").status_code == 404
    assert api.get(f"/api/v1/generations/{other.id}/link").status_code == 404
    assert api.post(f"/api/v1/generations/{other.id}/cancel").status_code == 404
    storage.delete([other.clip_key])


def test_vote_is_blind_final_and_counted_for_the_right_side(api: APIClient, engineer: User) -> None:
    first, second = delivered(engineer, "first"), delivered(engineer, "second")
    made = api.post("/api/v1/comparisons", {"first": str(first.id), "second": str(second.id)}).json()
    for _ in range(6):
        judge = as_person(person(Role.ENGINEER))
        pair = judge.post("/api/v1/comparisons/next").json()
        assert pair == judge.post("/api/v1/comparisons/next").json() | {"left": pair["left"], "right": pair["right"]}
        side = "left" if httpx.get(pair["left"]).content == b"first" else "right"
        vote = f"/api/v1/comparisons/{pair['comparison']}/votes"
        assert judge.post(vote, {"choice": side}).status_code == 200
        assert judge.post(vote, {"choice": side}).status_code == 200
        assert judge.post(vote, {"choice": "tie"}).json()["code"] == "already_voted"
        assert judge.post("/api/v1/comparisons/next").json()["code"] == "nothing_to_compare"
    result = api.get(f"/api/v1/comparisons/{made['id']}/result").json()
    assert (result["n"], result["first_wins"], result["win_rate"]) == (6, 6, 1.0)
    assert 0.5 < result["low"] < result["high"] == 1.0
    assert Vote.objects.filter(first_is_left=True).count() + Vote.objects.filter(first_is_left=False).count() == 6
    storage.delete([first.clip_key, second.clip_key])


def test_only_two_delivered_clips_can_be_compared(api: APIClient, engineer: User) -> None:
    one, waiting = delivered(engineer, "one"), ask(api)
    for second in (str(one.id), waiting["id"]):
        answer = api.post("/api/v1/comparisons", {"first": str(one.id), "second": second})
        assert (answer.status_code, answer.json()["code"]) == (400, "not_comparable")
    assert not Comparison.objects.exists()
    storage.delete([one.clip_key])


def test_vote_on_a_pair_never_shown_is_refused(api: APIClient, engineer: User) -> None:
    first, second = delivered(engineer, "first"), delivered(engineer, "second")
    made = api.post("/api/v1/comparisons", {"first": str(first.id), "second": str(second.id)}).json()
    answer = api.post(f"/api/v1/comparisons/{made['id']}/votes", {"choice": "left"})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_shown")
    storage.delete([first.clip_key, second.clip_key])


def test_list_costs_the_same_number_of_queries_at_any_length(api: APIClient, django_assert_num_queries: Any) -> None:
    for _ in range(4):
        ask(api)
    with django_assert_num_queries(2):
        assert len(api.get("/api/v1/generations").json()["results"]) == 4


def test_wilson_interval_is_the_published_one() -> None:
    low, high = wilson(0.707, 50)  # 70.7 % of 50 votes
    assert (low, high) == pytest.approx((0.570, 0.815), abs=5e-4)


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_interval_holds_the_rate_and_stays_a_share(wins: int, n: int) -> None:
    rate = min(wins, n) / n
    low, high = wilson(rate, n)
    slack = 1e-12  # the bounds meet the rate exactly at 0 and 1
    assert 0 <= low <= rate + slack
    assert rate - slack <= high <= 1
