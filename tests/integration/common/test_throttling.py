"""Limits per person and purpose."""

import pytest
from django.urls import path
from pytest_django.fixtures import Settings
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient
from rest_framework.views import APIView

from accounts.models import User
from common.throttling import ScopedThrottle

pytestmark = pytest.mark.django_db


class Claim(APIView):
    throttle_scope = "claim"

    def post(self, request: Request) -> Response:
        return Response({})


class Free(APIView):
    def post(self, request: Request) -> Response:
        return Response({})


urlpatterns = [path("claim", Claim.as_view()), path("free", Free.as_view())]


@pytest.fixture(autouse=True)
def _these_urls(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(ScopedThrottle, "THROTTLE_RATES", {"claim": "3/min"})


def client_of(email: str) -> APIClient:
    client = APIClient()
    client.force_authenticate(User.objects.create_user(email))
    return client


def test_one_too_many_is_told_how_long_to_wait() -> None:
    client = client_of("a@example.org")
    answers = [client.post("/claim") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    wait_s = answers[-1]["Retry-After"]
    assert 0 < int(wait_s) <= 60
    assert answers[-1].json()["code"] == "throttled"
    assert f"{wait_s} seconds" in answers[-1].json()["message"]


def test_limit_is_each_persons_own() -> None:
    first, second = client_of("b@example.org"), client_of("c@example.org")
    for _ in range(4):
        first.post("/claim")
    assert second.post("/claim").status_code == 200


def test_view_without_a_scope_is_not_limited() -> None:
    client = client_of("a@example.org")
    assert {client.post("/free").status_code for _ in range(10)} == {200}


def test_nobody_is_held_up_while_the_cache_is_down(settings: Settings) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    client = client_of("a@example.org")
    assert {client.post("/claim").status_code for _ in range(5)} == {200}
