"""The permission class that views name their actions with."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from rest_framework.exceptions import MethodNotAllowed, NotAuthenticated
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from accounts.models import User
from accounts.requires import Requires, person_of
from accounts.roles import Role
from common.errors import NotAllowed


def request_of(user: Any, method: str = "POST") -> Request:
    request = Request(APIRequestFactory().generic(method, "/"))
    request.user = user
    return request


def may(permission: Any, user: Any, method: str = "POST") -> bool:
    return bool(permission().has_permission(request_of(user, method), APIView()))


CONTRIBUTOR = User(roles=[Role.CONTRIBUTOR])
OPERATOR = User(roles=[Role.OPERATOR])


def test_whoever_may_ever_do_it_comes_in() -> None:
    assert may(Requires("campaign.create"), OPERATOR)
    with pytest.raises(NotAllowed, match="ML engineer, Operator"):
        may(Requires("campaign.create"), CONTRIBUTOR)


def test_strangers_are_asked_to_sign_in() -> None:
    assert may(Requires("campaign.create"), AnonymousUser()) is False
    with pytest.raises(NotAuthenticated):
        person_of(request_of(AnonymousUser()))


def test_person_of_a_request_is_who_signed_it() -> None:
    assert person_of(request_of(OPERATOR)) is OPERATOR


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_methods_share_one_action(method: str) -> None:
    permission = Requires(GET="campaign.read", POST="campaign.create")
    assert may(permission, CONTRIBUTOR, method)
    with pytest.raises(NotAllowed):
        may(permission, CONTRIBUTOR, "POST")


def test_method_without_an_action_is_closed() -> None:
    with pytest.raises(MethodNotAllowed):
        may(Requires(GET="campaign.read"), OPERATOR, "DELETE")


def test_misspelt_action_fails_when_the_view_is_written() -> None:
    with pytest.raises(ValueError, match=r"campaign\.crate"):
        Requires("campaign.crate")
    with pytest.raises(ValueError, match=r"campaign\.crate"):
        Requires(POST="campaign.crate")
