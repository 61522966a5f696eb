"""Too many tries at signing in are answered in the API's one error shape, with the seconds to wait."""

import json
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase, JsonResponse

SIGN_IN = "/_allauth/"
WAIT_AFTER_MANY_S = 60
WAIT_AFTER_FAILURES_S = 300  # the window of `login_failed` in ACCOUNT_RATE_LIMITS


class TellHowLongToWait:
    """Middleware around django-allauth, which answers 429 without a reason and repeated failures with 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not (request.path.startswith(SIGN_IN) and isinstance(response, JsonResponse)):
            return response
        wait_s = _wait_s(response)
        return response if wait_s is None else _throttled(wait_s)


def _wait_s(response: JsonResponse) -> int | None:
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return WAIT_AFTER_MANY_S
    if response.status_code == HTTPStatus.BAD_REQUEST:
        errors = json.loads(response.content).get("errors", [])
        if any(error.get("code") == "too_many_login_attempts" for error in errors):
            return WAIT_AFTER_FAILURES_S
    return None


def _throttled(wait_s: int) -> JsonResponse:
    message = f"Too many tries. Try again in {wait_s} seconds."
    return JsonResponse(
        {"code": "throttled", "message": message},
        status=HTTPStatus.TOO_MANY_REQUESTS,
        headers={"Retry-After": str(wait_s)},
    )
