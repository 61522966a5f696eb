"""Every refusal has one shape."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.http import Http404
from rest_framework import exceptions, serializers

from common.api_errors import handle_api_error
from common.errors import DomainError, InvalidInput, NotAllowed, NotFound, ServiceUnavailable


def answer(error: Exception) -> tuple[int, Any]:
    response = handle_api_error(error, {"view": None})
    assert response is not None
    return response.status_code, response.data


def test_refusal_carries_its_own_code_message_and_fields() -> None:
    error = DomainError("Wait a little.", code="too_soon", fields={"at": ["in the past"]})
    assert answer(error) == (409, {"code": "too_soon", "message": "Wait a little.", "fields": {"at": ["in the past"]}})


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotAllowed("No."), 403, "not_allowed"),
        (NotFound("No."), 404, "not_found"),
        (InvalidInput("No."), 400, "invalid"),
        (ServiceUnavailable("No."), 503, "service_unavailable"),
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "not_allowed"),
        (OperationalError("connection refused"), 503, "service_unavailable"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (exceptions.ParseError(), 400, "parse_error"),
        (exceptions.Throttled(wait=7), 429, "throttled"),
    ],
)
def test_known_errors_have_a_status_and_a_code(error: Exception, status: int, code: str) -> None:
    got_status, body = answer(error)
    assert (got_status, body["code"], set(body)) == (status, code, {"code", "message"})
    assert body["message"]


def test_database_address_never_reaches_the_caller() -> None:
    assert "10.0.0.5" not in str(answer(OperationalError("could not connect to 10.0.0.5")))


@pytest.mark.parametrize("bug", [IntegrityError("x"), ValueError("x"), KeyError("x")])
def test_bug_is_left_to_become_a_server_error(bug: Exception) -> None:
    assert handle_api_error(bug, {"view": None}) is None


class Subject(serializers.Serializer):
    name = serializers.CharField()
    count = serializers.IntegerField(min_value=1)


class Scene(serializers.Serializer):
    subjects = Subject(many=True)
    title = serializers.CharField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["title"] == "bad":
            raise serializers.ValidationError("The title is bad.")
        return attrs


def problems(data: Any) -> Iterator[Any]:
    checked = Scene(data=data)
    with pytest.raises(exceptions.ValidationError) as caught:
        checked.is_valid(raise_exception=True)
    return answer(caught.value)[1]


def test_nested_problems_are_named_by_their_path() -> None:
    body: Any = problems({"subjects": [{"name": "a", "count": 1}, {"count": 0}]})
    assert body["code"] == "invalid"
    assert set(body["fields"]) == {"title", "subjects.1.name", "subjects.1.count"}
    assert "subjects.1.count: Ensure this value" in body["message"]


def test_problem_of_the_whole_has_no_path() -> None:
    body: Any = problems({"subjects": [], "title": "bad"})
    assert (body["message"], body["fields"]) == ("The title is bad.", {"": ["The title is bad."]})


def test_single_text_is_a_problem_too() -> None:
    assert answer(exceptions.ValidationError("Nope."))[1]["message"] == "Nope."
