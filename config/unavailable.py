"""A dead cache or database is said as such, also by views that the API's error handler does not see."""

from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


class ServiceUnavailableMiddleware:
    """Answers 503 `{code, message}` where a service that a view needs does not answer (sign-in counts in the cache)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> JsonResponse | None:
        if not isinstance(error, RedisError | OperationalError):
            return None
        log.error("service_unavailable", error=str(error), path=request.path)
        message = "A service this needs does not answer. Try again in a moment."
        return JsonResponse({"code": "service_unavailable", "message": message}, status=HTTPStatus.SERVICE_UNAVAILABLE)
