"""Captions in the language one asks for, through HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from tests.factories import curation as make
from tests.factories.records import blueprint
from tests.integration.curation.conftest import answer, signed_in

pytestmark = pytest.mark.django_db


def drafted(person: User, record: dict[str, Any]) -> str:
    body = {"campaign": str(make.campaign().id), "record": record}
    path = f"/api/v1/submissions/{answer(signed_in(person).post('/api/v1/submissions', body), 201)['id']}"
    return path


def test_captions_come_in_english_unless_arabic_is_asked_for() -> None:
    ana = make.person()
    path, client = drafted(ana, blueprint()), signed_in(ana)
    preview = answer(client.get(f"{path}/caption"))
    submitted = answer(client.post(f"{path}/submit"))
    told = answer(client.get(f"{path}/caption"))
    assert preview == told
    assert told["long"] == submitted["caption"]
    assert (told["language"], told["short"].count("Lighting:")) == ("en", 1)
    arabic = answer(client.get(f"{path}/caption?language=ar"))
    assert arabic["language"] == "ar"
    assert arabic["long"].endswith("الإضاءة قاسية: ضوء من اليسار.")


def test_languages_that_nobody_wrote_are_refused() -> None:
    ana = make.person()
    refused = answer(signed_in(ana).get(f"{drafted(ana, blueprint())}/caption?language=fr"), 400)
    assert "en, ar" in refused["message"]


def test_of_half_a_record_nothing_is_told_and_of_others_drafts_neither() -> None:
    ana, ben = make.person(), make.person()
    path = drafted(ana, {"scene": {"caption_short": "A red ball"}})
    assert answer(signed_in(ana).get(f"{path}/caption"), 409)["code"] == "nothing_to_tell_yet"
    assert answer(signed_in(ben).get(f"{path}/caption"), 404)["code"] == "submission_not_found"
