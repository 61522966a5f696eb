"""The gallery, the arena's leaderboard, and what a clip would cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.public import Role, User
from common.pricing import price_wei
from generation.lifecycle import GenerationStatus
from generation.models import Choice, Comparison, Generation, Stage, Vote
from generation.services import generations, votes
from tests.factories.curation import person
from tests.integration.curation.conftest import answer, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("services")]
SMALL = {"size": {"width": 64, "height": 64, "duration_s": 1.0}, "steps": 4}


def delivered(owner: User, *, model: str = "one", move: str | None = "dolly_in", seconds: float = 2.0) -> Generation:
    wanted = {"caption": "A ball.", **SMALL} | ({"camera": {"move": move}} if move else {})
    made = Generation.objects.create(
        request=generations.parse_request(wanted).model_dump(mode="json"), model=model, created_by=owner,
        status=GenerationStatus.DELIVERED, device_seconds=seconds, price_wei=price_wei(seconds),
        result={"has_poster": True}, created_at=timezone.now(),
    )  # fmt: skip
    Stage.objects.create(generation=made, position=1, name="load", seconds=seconds / 4)
    Stage.objects.create(generation=made, position=2, name="sample", seconds=seconds / 3)
    return made


def judged(first: Generation, second: Generation, *, first_wins: int, of: int) -> Comparison:
    pair = votes.compare(first_id=first.id, second_id=second.id, actor=first.created_by, now=timezone.now())
    for i in range(of):
        Vote.objects.create(
            comparison=pair, voter=person(), first_is_left=bool(i % 2), shown_at=timezone.now(),
            cast_at=timezone.now(), choice=Choice.LEFT if (i < first_wins) == bool(i % 2) else Choice.RIGHT,
        )  # fmt: skip
    return pair


def test_the_leaderboard_names_weak_scenes_and_the_campaign_that_would_help() -> None:
    engineer = person(Role.ENGINEER)
    judged(delivered(engineer, model="new"), delivered(engineer, model="old"), first_wins=2, of=20)
    judged(delivered(engineer, model="new", move=None), delivered(engineer, model="old"), first_wins=9, of=10)
    judged(delivered(engineer, model="new"), delivered(engineer, model="new"), first_wins=1, of=1)
    with CaptureQueriesContext(connection) as seen:
        lines = answer(signed_in(engineer).get("/api/v1/leaderboard"))
    assert len(seen) == 1
    assert [(line["model"], line["n"]) for line in lines] == [("old", 30), ("new", 30)]
    new = lines[1]
    assert new["win_rate"] == pytest.approx(11 / 30)
    assert new["low"] < new["win_rate"] < new["high"]
    [weak] = new["scenes"]
    assert (weak["scene_type"], weak["n"], weak["weak"]) == ("movement=dolly_in", 20, True)
    asked = {**weak["campaign"], "license": "CC-BY-4.0"}
    campaign = answer(signed_in(engineer).post("/api/v1/campaigns", asked, format="json"), 201)
    assert campaign["status"] == "draft"
    assert campaign["coverage_targets"] == {"movement=dolly_in": 50}
    assert lines[0]["scenes"][0]["campaign"] is None


def test_a_tally_stays_hidden_while_one_has_the_pair_open() -> None:
    engineer = person(Role.ENGINEER)
    judged(delivered(engineer), delivered(engineer, model="two"), first_wins=3, of=4)
    client = signed_in(engineer)
    assert answer(client.get("/api/v1/comparisons"))["results"][0]["tally"]["first_wins"] == 3
    answer(client.post("/api/v1/comparisons/next"))
    assert answer(client.get("/api/v1/comparisons"))["results"][0]["tally"] is None
    assert len(answer(client.get("/api/v1/comparisons?unjudged=true"))["results"]) == 1
    refused = answer(signed_in(person(Role.CONTRIBUTOR)).get("/api/v1/comparisons"), 403)
    assert refused["code"] == "not_allowed"


def test_a_pair_that_is_passed_over_comes_back_after_the_others() -> None:
    engineer = person(Role.ENGINEER)
    pairs = [
        votes.compare(first_id=delivered(engineer).id, second_id=other.id, actor=engineer, now=timezone.now())
        for other in (delivered(engineer, model="two"), delivered(engineer, model="three"))
    ]
    client = signed_in(person(Role.ENGINEER))

    def shown(*passed_over: str) -> str:
        asked = {"passed_over": list(passed_over)}
        return str(answer(client.post("/api/v1/comparisons/next", asked, format="json"))["comparison"])

    first = shown()
    second = shown(first)
    assert {first, second} == {str(pair.id) for pair in pairs}
    nothing = client.post("/api/v1/comparisons/next", {"passed_over": [first, second]}, format="json")
    assert answer(nothing, 404)["code"] == "nothing_to_compare"
    answer(client.post(f"/api/v1/comparisons/{second}/votes", {"choice": "tie"}))
    assert shown() == first


def test_the_gallery_shows_links_and_a_bill_that_sums_to_the_price() -> None:
    engineer = person(Role.ENGINEER)
    made = [delivered(engineer, model=model) for model in ("one", "two", "two")]
    client = signed_in(engineer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page = answer(client.get("/api/v1/generations?model=two&status=delivered&mine=true"))
        assert [row["id"] for row in page["results"][-2:]] == [str(row.id) for row in made[:0:-1]]
        for row in page["results"]:
            assert sum(int(line["amount_wei"]) for line in row["bill"]) == int(row["price_wei"])
            assert row["links"]["clip"]
            assert row["links"]["poster"]
        return len(seen)

    before = queries()
    for _ in range(3):
        delivered(engineer, model="two")
    assert queries() == before


def test_a_clip_is_estimated_by_what_others_needed(settings: Any, tmp_path: Any) -> None:
    settings.WEIGHTS = tmp_path
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "config.json").write_text("{}")
    engineer = person(Role.ENGINEER)
    client = signed_in(engineer)
    asked = {"prompt": "A ball.", "model": "one", **SMALL}
    nothing = answer(client.post("/api/v1/generations/estimate", asked, format="json"))
    assert (nothing["basis"], nothing["price_wei"]) == ("none", None)
    for seconds in (2.0, 2.2, 2.4):
        delivered(engineer, seconds=seconds)
    same = answer(client.post("/api/v1/generations/estimate", asked, format="json"))
    assert (same["basis"], same["measured"], same["seconds"]) == ("same", 3, 2.2)
    assert int(same["price_low_wei"]) < int(same["price_wei"]) < int(same["price_high_wei"])
    longer = answer(client.post("/api/v1/generations/estimate", {**asked, "steps": 8}, format="json"))
    assert (longer["basis"], longer["seconds"]) == ("scaled", 4.4)
    wrong = answer(client.post("/api/v1/generations/estimate", {**asked, "steps": 0}, format="json"), 400)
    assert wrong["code"] == "invalid_request"
    assert Generation.objects.count() == 3
