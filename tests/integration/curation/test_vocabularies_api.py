"""The vocabularies, through HTTP."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from accounts.roles import Role
from curation.record.vocabularies import CLOSED, SOUNDS
from tests.factories import curation as make
from tests.integration.curation.conftest import answer, signed_in

pytestmark = pytest.mark.django_db
PATH = "/api/v1/vocabularies"


def test_every_vocabulary_is_listed_with_its_sources() -> None:
    lines = answer(signed_in(make.person(Role.CONTRIBUTOR)).get(PATH))
    assert [line["name"] for line in lines] == [*CLOSED, SOUNDS]
    sounds = lines[-1]
    assert (sounds["count"], sounds["sources"][0]["licence"]) == (632, "CC-BY-SA-4.0")


def test_terms_come_in_two_languages_with_what_others_call_them() -> None:
    found = answer(signed_in(make.person(Role.REVIEWER)).get(f"{PATH}/camera_primitive"))
    dolly = next(term for term in found["terms"] if term["id"] == "dolly_in")
    assert dolly["labels"] == {"en": "Dolly in", "ar": "تقدّم"}
    assert dolly["same_as"] == ["forward", "Push in"]
    assert found["field"] == "camera.declared.primitives[].name"


def test_sounds_come_with_their_parents_and_without_an_arabic_name_where_there_is_none() -> None:
    found = answer(signed_in(make.person(Role.CONTRIBUTOR)).get(f"{PATH}/{SOUNDS}"))
    terms = {term["id"]: term for term in found["terms"]}
    assert terms["/m/05tny_"]["parents"] == ["/m/0bt9lr"]
    assert terms["/m/0dgw9r"]["restrictions"] == ["abstract"]
    assert "ar" not in terms["/m/0174nj"]["labels"]


def test_who_has_the_answer_already_is_told_so() -> None:
    client = signed_in(make.person(Role.CONTRIBUTOR))
    first = client.get(f"{PATH}/{SOUNDS}")
    assert first["Cache-Control"] == "private, max-age=3600"
    again = client.get(f"{PATH}/{SOUNDS}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"{PATH}/weather", headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200


def test_unknown_vocabularies_and_strangers_are_refused() -> None:
    refused = answer(signed_in(make.person(Role.CONTRIBUTOR)).get(f"{PATH}/moods"), 404)
    assert "light_mood" in refused["message"]
    assert APIClient().get(PATH).status_code in (401, 403)
