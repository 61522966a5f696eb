"""The web app's page as Django serves it: which addresses are its own, and what it may load."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db
POLICY = "Content-Security-Policy"


@pytest.mark.parametrize("path", ["/", "/campaigns", "/work/anything/at/all", "/administration"])
def test_addresses_of_the_app_answer_with_its_one_page(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert '<div id="app"></div>' in answer.content.decode()
    assert answer.cookies["csrftoken"].value


@pytest.mark.parametrize(
    ("path", "status"), [("/api/v1/nothing", 404), ("/api", 404), ("/admin", 301), ("/_allauth/x", 404)]
)
def test_addresses_of_others_stay_theirs(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_scripts_need_the_nonce_of_this_very_answer(client: Client, settings: Settings) -> None:
    first, second = client.get("/"), client.get("/")
    nonces = [re.findall(r"'nonce-([^']+)'", answer[POLICY]) for answer in (first, second)]
    assert set(nonces[0]).isdisjoint(nonces[1])
    assert f'<script nonce="{nonces[0][0]}">' in first.content.decode()
    assert "unsafe-inline" not in first[POLICY]
    assert "'unsafe-eval'" not in first[POLICY]
    assert settings.STORAGE_ORIGIN in first[POLICY]


def test_what_is_not_built_says_how_to_build_it(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.WEB_APP_DIST = tmp_path
    answer = client.get("/")
    assert (answer.status_code, "make setup" in answer.content.decode()) == (503, True)
