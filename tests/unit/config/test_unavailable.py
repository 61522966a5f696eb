import json

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from redis.exceptions import ConnectionError as ValkeyGone

from config.unavailable import ServiceUnavailableMiddleware

middleware = ServiceUnavailableMiddleware(lambda request: HttpResponse("fine"))


@pytest.mark.parametrize("error", [ValkeyGone("refused"), OperationalError("gone")])
def test_dead_service_is_named_as_such(error: Exception) -> None:
    answer = middleware.process_exception(RequestFactory().get("/"), error)
    assert answer is not None
    assert answer.status_code == 503
    assert json.loads(answer.content)["code"] == "service_unavailable"


def test_other_errors_and_answers_pass_through() -> None:
    assert middleware.process_exception(RequestFactory().get("/"), ValueError("a bug")) is None
    assert middleware(RequestFactory().get("/")).content == b"fine"
