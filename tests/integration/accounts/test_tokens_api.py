"""API tokens and one's own profile, through HTTP."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from accounts.models import ApiToken, User
from accounts.roles import Role
from accounts.services import people, tokens

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana@example.org", "a-long-password", roles=[Role.CONTRIBUTOR, Role.REVIEWER])


def signed_in(person: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


def bearing(secret: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def make(person: User, **given: Any) -> str:
    given = {"name": "laptop", "scopes": None, "days": 90, "now": NOW} | given
    return tokens.create(person=person, **given)[1]


def test_token_is_shown_once_and_kept_as_a_hash(ana: User) -> None:
    made = signed_in(ana).post("/api/v1/tokens", {"name": "laptop", "days": 7})
    assert made.status_code == 201
    secret = made.json()["token"]
    assert secret.startswith("osl_")
    assert made.json()["scopes"] == ["contribute", "read", "review"]
    row = ApiToken.objects.get()
    assert secret not in str(row.__dict__)
    assert row.expires_at - row.created_at == timedelta(days=7)
    listed = signed_in(ana).get("/api/v1/tokens").json()["results"]
    assert [one["hint"] for one in listed] == [secret[:12]]
    assert "token" not in listed[0]


def test_token_signs_requests_in_one_query(ana: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = bearing(make(ana))
    assert client.get("/api/v1/me").json()["email"] == "ana@example.org"
    with django_assert_num_queries(1):
        client.get("/api/v1/me")


def test_last_use_is_noted_at_most_once_a_minute(ana: User) -> None:
    secret = make(ana)
    for seconds, noted in ((0, 0), (59, 0), (61, 61)):
        tokens.person_of(secret, now=NOW + timedelta(seconds=seconds))
        assert ApiToken.objects.get().last_used_at == NOW + timedelta(seconds=noted)


def test_revoked_token_is_refused_at_once(ana: User) -> None:
    secret = make(ana)
    token = ApiToken.objects.get()
    for _ in range(2):
        assert signed_in(ana).delete(f"/api/v1/tokens/{token.id}").status_code == 204
    answer = bearing(secret).get("/api/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "token_unknown")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_expired_token_says_so(ana: User) -> None:
    secret = make(ana, days=1, now=NOW - timedelta(days=2))
    answer = bearing(secret).get("/api/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "token_expired")


def test_made_up_token_is_refused() -> None:
    assert bearing("osl_" + "x" * 43).get("/api/v1/me").json()["code"] == "token_unknown"


def test_token_of_a_deactivated_person_is_refused(ana: User) -> None:
    secret = make(ana)
    User.objects.update(is_active=False)
    assert bearing(secret).get("/api/v1/me").json()["code"] == "account_inactive"


def test_request_without_any_credentials_is_asked_for_a_token() -> None:
    answer = APIClient().get("/api/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")


def test_another_kind_of_authorization_is_left_to_others() -> None:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION="Basic YTpi")
    assert client.get("/api/v1/me").json()["code"] == "not_authenticated"


def test_nobody_sees_or_ends_the_tokens_of_others(ana: User) -> None:
    make(ana)
    bo = signed_in(User.objects.create_user("bo@example.org"))
    assert bo.get("/api/v1/tokens").json()["results"] == []
    answer = bo.delete(f"/api/v1/tokens/{ApiToken.objects.get().id}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert ApiToken.objects.get().revoked_at is None


def test_token_cannot_have_scopes_beyond_its_persons_roles(ana: User) -> None:
    answer = signed_in(ana).post("/api/v1/tokens", {"name": "x", "scopes": ["operate"]})
    assert (answer.status_code, answer.json()["code"]) == (400, "scope_not_held")
    assert list(answer.json()["fields"]) == ["scopes"]


def test_token_does_not_breed(ana: User) -> None:
    answer = bearing(make(ana)).post("/api/v1/tokens", {"name": "child"})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    "body", [{}, {"name": ""}, {"name": "x", "days": 0}, {"name": "x", "days": 366}, {"name": "x", "scopes": ["all"]}]
)
def test_malformed_token_request_names_the_field(ana: User, body: dict[str, Any]) -> None:
    answer = signed_in(ana).post("/api/v1/tokens", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer.json()["fields"]


def test_service_refuses_a_life_out_of_range_too(ana: User) -> None:
    with pytest.raises(tokens.LifeOutOfRange):
        make(ana, days=400)


def test_read_only_token_cannot_change_the_profile(ana: User) -> None:
    client = bearing(make(ana, scopes=["read"]))
    assert client.get("/api/v1/me").json()["roles"] == ["contributor", "reviewer"]
    assert client.patch("/api/v1/me", {"display_name": "Someone else"}).status_code == 403


def test_losing_a_role_narrows_the_tokens_already_made(ana: User) -> None:
    client = bearing(make(ana))
    assert "review.take" in client.get("/api/v1/me").json()["may"]
    User.objects.update(roles=[Role.CONTRIBUTOR])
    assert "review.take" not in client.get("/api/v1/me").json()["may"]


def test_person_changes_name_and_language_but_not_roles(ana: User) -> None:
    answer = signed_in(ana).patch("/api/v1/me", {"display_name": "Ana", "language": "ar", "roles": ["operator"]})
    assert answer.json() | {"display_name": "Ana", "language": "ar"} == answer.json()
    ana.refresh_from_db()
    assert ana.roles == ["contributor", "reviewer"]
    assert signed_in(ana).patch("/api/v1/me", {"language": "tlh"}).json()["code"] == "invalid"


def test_command_makes_a_person_who_can_sign_in_and_may_be_repeated(client: Any) -> None:
    for roles in ("contributor", "operator,reviewer"):
        call_command("create_person", email="Op@Example.org", password="a-long-password", roles=roles, verbosity=0)
    person = User.objects.get()
    assert person.roles == ["reviewer", "operator"]
    assert person.is_staff
    body = {"email": "op@example.org", "password": "a-long-password"}
    assert client.post("/_allauth/browser/v1/auth/login", body, content_type="application/json").status_code == 200
    assert client.get("/admin/accounts/user/").status_code == 200
    assert client.get(f"/admin/accounts/user/{person.id}/change/").status_code == 200
    assert client.get("/admin/accounts/apitoken/").status_code == 200


def test_repeating_the_command_keeps_the_name_and_changes_the_password_only_if_it_differs() -> None:
    given = {"email": "op@example.org", "roles": ["operator"]}
    first = people.ensure(**given, password="a-long-password", display_name="Op")
    again = people.ensure(**given, password="a-long-password")
    assert (again.id, again.display_name, again.password) == (first.id, "Op", first.password)
    changed = people.ensure(**given, password="another-long-one")
    assert changed.check_password("another-long-one")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"roles": "king"}, "Unknown roles: king"),
        ({"email": "nobody"}, "valid email"),
        ({"password": "12345"}, "too short"),
    ],
)
def test_command_refuses_what_cannot_be_a_person(given: dict[str, str], says: str) -> None:
    options = {"email": "op@example.org", "password": "a-long-password", "roles": "operator"} | given
    with pytest.raises(CommandError, match=says):
        call_command("create_person", **options)
    assert not User.objects.exists()


def test_contributor_does_not_enter_the_admin(client: Any, ana: User) -> None:
    client.force_login(ana, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/accounts/user/").status_code == 302
    assert not ana.has_perm("accounts.view_user")
    assert not ana.has_perms(["accounts.view_user"])
    assert not ana.has_module_perms("accounts")


def test_superuser_command_of_django_makes_an_operator() -> None:
    person = User.objects.create_superuser("root@example.org", "a-long-password")
    assert person.is_superuser
    assert list(User.objects.with_role(Role.OPERATOR)) == [person]
    assert User.objects.get_by_natural_key("ROOT@example.org") == person
    assert str(person) == "root@example.org"
