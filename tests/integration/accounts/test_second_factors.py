"""Passkeys, one-time codes, recovery codes, sessions, password and address, through HTTP with real signatures."""

import re
import time
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.conf import settings as site
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import User, Wallet
from accounts.roles import Role
from accounts.services import people
from accounts.tasks import sweep_sign_ins
from tests.factories.passkeys import Passkey
from tests.factories.wallets import key, signed

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-battery"
ANAS_WALLET = key(0xA1)


@pytest.fixture(autouse=True)
def mail(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


@pytest.fixture
def ana() -> User:
    return people.ensure(email="ana@example.org", password=PASSWORD, roles=[Role.CONTRIBUTOR])


def ask(client: Client, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    address = f"/_allauth/browser/v1/{path}"
    if method == "get":
        return client.get(address)
    return getattr(client, method)(address, body or {}, content_type="application/json")


def newest_code(folder: Path) -> str:
    newest = max(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
    found = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", newest.read_text(), re.MULTILINE)
    assert found, newest.read_text()
    return found.group(1)


def browser(email: str = "ana@example.org") -> Client:
    client = Client()
    answer = ask(client, "post", "auth/login", {"email": email, "password": PASSWORD})
    assert answer.status_code == 200, answer.content
    return client


def confirmed(email: str = "ana@example.org") -> Client:
    """Signed in, and has just given the password again as whoever changes a way in has to."""
    client = browser(email)
    assert ask(client, "post", "auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    return client


def with_passkey(client: Client, **how: Any) -> Passkey:
    passkey = Passkey(origin=site.APP_URL, **how)
    options = ask(client, "get", "account/authenticators/webauthn?passwordless").json()["data"]["creation_options"]
    added = ask(
        client,
        "post",
        "account/authenticators/webauthn",
        {"name": "Phone", "credential": passkey.registered(options), "passwordless": True},
    )
    assert added.status_code == 200, added.content
    return passkey


def one_time_code(secret: str, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_totp(client: Client) -> str:
    secret = ask(client, "get", "account/authenticators/totp").json()["meta"]["secret"]
    activated = ask(client, "post", "account/authenticators/totp", {"code": one_time_code(secret)})
    assert activated.status_code == 200, activated.content
    return str(secret)


def sign_in_by(client: Client, passkey: Passkey) -> Any:
    options = ask(client, "get", "auth/webauthn/login").json()["data"]["request_options"]
    return ask(client, "post", "auth/webauthn/login", {"credential": passkey.signed(options)})


def test_person_signs_up_by_passkey_and_address_and_signs_in_by_the_passkey_alone(client: Client, mail: Path) -> None:
    assert ask(client, "post", "auth/webauthn/signup", {"email": "bo@example.org"}).status_code == 401
    assert ask(client, "post", "auth/email/verify", {"key": newest_code(mail)}).status_code == 401
    options = ask(client, "get", "auth/webauthn/signup").json()["data"]["creation_options"]
    assert options["publicKey"]["rp"] == {"id": "localhost", "name": "OpenSlate"}
    passkey = Passkey(origin=site.APP_URL)
    made = ask(client, "put", "auth/webauthn/signup", {"name": "Phone", "credential": passkey.registered(options)})
    assert made.status_code == 200, made.content
    assert client.get("/api/v1/me").json()["email"] == "bo@example.org"

    again = Client()
    assert sign_in_by(again, passkey).status_code == 200
    assert again.get("/api/v1/me").json()["email"] == "bo@example.org"
    assert not User.objects.get().has_usable_password()


def test_passkey_is_added_listed_renamed_and_removed_by_whoever_just_gave_their_password(ana: User) -> None:
    assert ask(browser(), "get", "account/authenticators/webauthn?passwordless").status_code == 401
    client = confirmed()
    with_passkey(client)
    listed = ask(client, "get", "account/authenticators").json()["data"]
    assert {one["type"] for one in listed} == {"webauthn", "recovery_codes"}
    [passkey] = [one for one in listed if one["type"] == "webauthn"]
    assert (passkey["name"], passkey["is_passwordless"]) == ("Phone", True)
    renamed = ask(client, "put", "account/authenticators/webauthn", {"id": passkey["id"], "name": "Laptop"})
    assert renamed.json()["data"]["name"] == "Laptop"
    gone = ask(client, "delete", "account/authenticators/webauthn", {"authenticators": [passkey["id"]]})
    assert gone.status_code == 200
    assert ask(client, "get", "account/authenticators").json()["data"] == []


def test_passkey_of_another_site_and_a_forged_signature_open_nothing(ana: User) -> None:
    passkey = with_passkey(confirmed())
    passkey.origin = "http://localhost.evil.example"
    assert sign_in_by(Client(), passkey).status_code == 400
    forger = Passkey(origin=site.APP_URL)
    forger.id, forger.user_handle, forger.rp_id = passkey.id, passkey.user_handle, passkey.rp_id
    assert sign_in_by(Client(), forger).status_code == 400


def test_passkey_that_did_not_look_who_holds_it_is_not_enough(ana: User) -> None:
    passkey = with_passkey(confirmed())
    passkey.flags = 0x01
    assert sign_in_by(Client(), passkey).status_code == 400


def test_used_challenge_signs_in_once(ana: User) -> None:
    passkey = with_passkey(confirmed())
    client = Client()
    options = ask(client, "get", "auth/webauthn/login").json()["data"]["request_options"]
    credential = passkey.signed(options)
    assert ask(client, "post", "auth/webauthn/login", {"credential": credential}).status_code == 200
    other = Client()
    ask(other, "get", "auth/webauthn/login")
    assert ask(other, "post", "auth/webauthn/login", {"credential": credential}).status_code == 400


def test_host_header_does_not_choose_the_site_of_a_passkey(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.APP_URL = "https://slate.example.org"
    ask(client, "post", "auth/webauthn/signup", {"email": "bo@example.org"})
    options = client.get("/_allauth/browser/v1/auth/webauthn/login", HTTP_HOST="evil.example").json()
    assert options["data"]["request_options"]["publicKey"]["rpId"] == "slate.example.org"


def test_password_alone_no_longer_suffices_once_one_time_codes_are_set_up(ana: User) -> None:
    secret = with_totp(confirmed())
    client = Client()
    first = ask(client, "post", "auth/login", {"email": ana.email, "password": PASSWORD})
    assert first.status_code == 401
    assert {"id": "mfa_authenticate", "is_pending": True} in [
        {name: flow.get(name) for name in ("id", "is_pending")} for flow in first.json()["data"]["flows"]
    ]
    assert client.get("/api/v1/me").status_code == 401
    assert ask(client, "post", "auth/2fa/authenticate", {"code": "000000"}).status_code == 400
    code = one_time_code(secret, steps=1)
    assert ask(client, "post", "auth/2fa/authenticate", {"code": code}).status_code == 200
    assert client.get("/api/v1/me").status_code == 200


def test_secret_of_one_time_codes_is_not_stored_in_the_clear(ana: User, settings: Settings) -> None:
    secret = with_totp(confirmed())
    row = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(row.data)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-one", [settings.SECRET_KEY]
    assert row.wrap().validate_code(one_time_code(secret, steps=1))


def test_recovery_code_stands_in_once(ana: User) -> None:
    client = confirmed()
    with_totp(client)
    codes = ask(client, "get", "account/authenticators/recovery-codes").json()["data"]["unused_codes"]
    assert len(codes) == 10
    for expected in (200, 400):
        another = Client()
        ask(another, "post", "auth/login", {"email": ana.email, "password": PASSWORD})
        assert ask(another, "post", "auth/2fa/authenticate", {"code": codes[0]}).status_code == expected


def test_wallet_does_not_pass_by_the_second_factor(ana: User) -> None:
    secret = with_totp(confirmed())
    Wallet.objects.create(person=ana, address=ANAS_WALLET.address, linked_at=ana.date_joined)
    client = Client()
    body = {"address": ANAS_WALLET.address}
    asked = client.post("/api/v1/sign-in/wallet/challenge", body, content_type="application/json").json()
    proof = {"nonce": asked["nonce"], "signature": signed(asked["text"], ANAS_WALLET)}
    answer = client.post("/api/v1/sign-in/wallet", proof, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (401, "second_factor_needed")
    assert client.get("/api/v1/me").status_code == 401
    done = ask(client, "post", "auth/2fa/authenticate", {"code": one_time_code(secret, steps=1)})
    assert done.status_code == 200
    assert client.get("/api/v1/me").json()["email"] == ana.email


def test_person_sees_where_they_are_signed_in_and_ends_it_there(ana: User) -> None:
    here, there = browser(), browser()
    sessions = ask(here, "get", "auth/sessions").json()["data"]
    assert [one["is_current"] for one in sessions].count(True) == 1
    [other] = [one["id"] for one in sessions if not one["is_current"]]
    assert ask(here, "delete", "auth/sessions", {"sessions": [other]}).status_code == 200
    assert there.get("/api/v1/me").status_code == 401
    assert here.get("/api/v1/me").status_code == 200


def test_sessions_that_are_over_are_forgotten(ana: User) -> None:
    browser()
    kept = browser()
    Session.objects.exclude(session_key=kept.session.session_key).delete()
    sweep_sign_ins()
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [kept.session.session_key]


def test_password_is_changed_by_whoever_knows_it_and_told_by_mail(ana: User, mail: Path) -> None:
    client = browser()
    wrong = {"current_password": "not-it", "new_password": "quite-another-one"}
    assert ask(client, "post", "account/password/change", wrong).status_code == 400
    right = wrong | {"current_password": PASSWORD}
    assert ask(client, "post", "account/password/change", right).status_code == 200
    assert "password has been changed" in max(mail.glob("*.log")).read_text()
    assert ask(Client(), "post", "auth/login", {"email": ana.email, "password": PASSWORD}).status_code == 400


def test_address_changes_when_the_new_one_is_confirmed(ana: User, mail: Path) -> None:
    client = confirmed()
    assert ask(client, "post", "account/email", {"email": "Ana@Elsewhere.org"}).status_code in (200, 201, 403)
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"
    messages = sorted(mail.glob("*.log"))
    code = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", "\n".join(one.read_text() for one in messages), re.MULTILINE)
    assert code
    assert ask(client, "post", "auth/email/verify", {"key": code.group(1)}).status_code in (200, 401)
    ana.refresh_from_db()
    assert ana.email == "ana@elsewhere.org"


def test_a_text_is_drawn_as_a_qr_code_for_whoever_is_signed_in(ana: User) -> None:
    asked = {"text": "otpauth://totp/OpenSlate:ana?secret=JBSWY3DPEHPK3PXP"}
    drawn = browser().post("/api/v1/qr-codes", asked, content_type="application/json")
    assert drawn.status_code == 200, drawn.content
    assert drawn.json()["path"].startswith("M4 4h7v1h-7z")
    assert Client().post("/api/v1/qr-codes", asked, content_type="application/json").status_code == 401
