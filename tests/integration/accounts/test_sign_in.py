"""Sign-up with a code by mail, login, password reset and their limits, through HTTP as programs and browsers do it."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.roles import Role
from accounts.services import people

PASSWORD = "correct-horse-battery"


@pytest.fixture(autouse=True)
def mail(settings: Settings, tmp_path: Path) -> Path:
    """The folder that mail is written to, as in embedded mode."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def code_in(folder: Path) -> str:
    """The code of the newest message."""
    newest = max(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
    found = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", newest.read_text(), re.MULTILINE)
    assert found, newest.read_text()
    return found.group(1)


def post(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(f"/_allauth/browser/v1/{path}", body, content_type="application/json")


def test_person_signs_up_confirms_and_uses_the_api(live_server: LiveServer, mail: Path) -> None:
    with httpx.Client(base_url=live_server.url) as http:
        signed_up = http.post("/_allauth/app/v1/auth/signup", json={"email": "Ana@Example.org", "password": PASSWORD})
        assert signed_up.status_code == 401, signed_up.text
        http.headers["X-Session-Token"] = signed_up.json()["meta"]["session_token"]
        assert http.get("/api/v1/me").status_code == 401

        verified = http.post("/_allauth/app/v1/auth/email/verify", json={"key": code_in(mail)})
        assert verified.status_code == 200, verified.text
        http.headers["X-Session-Token"] = verified.json()["meta"].get("session_token", http.headers["X-Session-Token"])

        me = http.get("/api/v1/me").json()
        assert (me["email"], me["roles"]) == ("ana@example.org", ["contributor"])
        assert {"submission.create", "asset.upload"} <= set(me["may"])

        token = http.post("/api/v1/tokens", json={"name": "laptop"}).json()["token"]
    assert (
        httpx.get(f"{live_server.url}/api/v1/me", headers={"Authorization": f"Bearer {token}"}).json()["id"] == me["id"]
    )


@pytest.mark.django_db
def test_mail_speaks_for_the_platform_whatever_host_was_named(client: Client, mail: Path) -> None:
    body = {"email": "bo@example.org", "password": PASSWORD}
    client.post("/_allauth/browser/v1/auth/signup", body, content_type="application/json", HTTP_HOST="127.0.0.1:9")
    [message] = mail.glob("*.log")
    assert "Subject: OpenSlate: " in message.read_text()
    assert "127.0.0.1:9" not in message.read_text()


@pytest.mark.django_db
def test_wrong_code_does_not_confirm(client: Client, mail: Path) -> None:
    post(client, "auth/signup", {"email": "bo@example.org", "password": PASSWORD})
    assert post(client, "auth/email/verify", {"key": "000000"}).status_code == 400
    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.django_db
def test_weak_password_and_bad_address_are_refused_by_name(client: Client) -> None:
    answer = post(client, "auth/signup", {"email": "not-an-address", "password": "12345"})
    assert answer.status_code == 400
    assert {error["param"] for error in answer.json()["errors"]} == {"email", "password"}
    assert not User.objects.exists()


@pytest.mark.django_db
def test_signing_up_twice_does_not_tell_that_the_address_is_known(client: Client, mail: Path) -> None:
    people.ensure(email="cy@example.org", password=PASSWORD, roles=[Role.CONTRIBUTOR])
    answer = post(client, "auth/signup", {"email": "CY@example.org", "password": PASSWORD})
    assert answer.status_code == 401
    assert User.objects.count() == 1
    assert "already" in max(mail.glob("*.log")).read_text()


@pytest.mark.django_db
def test_password_is_reset_by_a_code_from_the_mail(client: Client, mail: Path) -> None:
    people.ensure(email="di@example.org", password=PASSWORD, roles=[Role.CONTRIBUTOR])
    assert post(client, "auth/password/request", {"email": "di@example.org"}).status_code == 401
    changed = post(client, "auth/password/reset", {"key": code_in(mail), "password": "quite-another-one"})
    assert changed.status_code in (200, 401), changed.content
    assert post(client, "auth/login", {"email": "di@example.org", "password": PASSWORD}).status_code == 400
    assert post(client, "auth/login", {"email": "di@example.org", "password": "quite-another-one"}).status_code == 200


@pytest.mark.django_db
def test_browser_session_is_a_person_of_the_api_until_logout(client: Client) -> None:
    person = people.ensure(email="ed@example.org", password=PASSWORD, roles=[Role.REVIEWER])
    assert post(client, "auth/login", {"email": "Ed@example.org", "password": PASSWORD}).status_code == 200
    assert client.get("/api/v1/me").json()["id"] == str(person.id)
    assert client.delete("/_allauth/browser/v1/auth/session").status_code == 401
    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.django_db
def test_browser_session_changes_nothing_without_the_csrf_token() -> None:
    person = people.ensure(email="em@example.org", password=PASSWORD, roles=[Role.CONTRIBUTOR])
    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    refused = client.patch("/api/v1/me", {"language": "ar"}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
    client.get("/_allauth/browser/v1/config")
    headers = {"X-CSRFToken": client.cookies["csrftoken"].value}
    allowed = client.patch("/api/v1/me", {"language": "ar"}, content_type="application/json", headers=headers)
    assert (allowed.status_code, allowed.json()["language"]) == (200, "ar")


@pytest.mark.django_db
def test_deactivated_person_cannot_sign_in(client: Client) -> None:
    person = people.ensure(email="fi@example.org", password=PASSWORD, roles=[Role.REVIEWER])
    User.objects.filter(id=person.id).update(is_active=False)
    assert post(client, "auth/login", {"email": "fi@example.org", "password": PASSWORD}).status_code != 200
    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.django_db
def test_sixth_wrong_password_is_told_how_long_to_wait(client: Client) -> None:
    people.ensure(email="gu@example.org", password=PASSWORD, roles=[Role.CONTRIBUTOR])
    answers = [post(client, "auth/login", {"email": "gu@example.org", "password": f"wrong-{n}"}) for n in range(6)]
    assert [answer.status_code for answer in answers] == [400] * 5 + [429]
    assert answers[-1].json() == {"code": "throttled", "message": "Too many tries. Try again in 300 seconds."}
    assert answers[-1]["Retry-After"] == "300"


@pytest.mark.django_db
def test_thirty_first_login_of_a_minute_from_one_address_waits(client: Client) -> None:
    answers = [post(client, "auth/login", {"email": "", "password": ""}).status_code for _ in range(31)]
    assert 429 not in answers[:30]
    last = post(client, "auth/login", {"email": "someone@example.org", "password": "whatever-it-is"})
    assert (last.status_code, last.json()["code"], last["Retry-After"]) == (429, "throttled", "60")
