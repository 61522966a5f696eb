"""One HTTP session: the token, retries of what is safe to repeat, and the platform's errors as exceptions."""

import random
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

import httpx

from openslate.errors import ApiError, ClientError, WaitedTooLong

API = "/api/v1/"
TRIES = 5
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.2, 5.0
RETRIED = {
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}

Json = dict[str, Any]


class Transport:
    """Speaks JSON with one platform as one person.

    Every POST carries an `Idempotency-Key`, so that a repeat after a lost answer has no second effect.
    """

    def __init__(self, address: str, token: str | None = None, *, timeout_s: float = 60) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.http = httpx.Client(base_url=address.rstrip("/"), headers=headers, timeout=timeout_s)

    def close(self) -> None:
        self.http.close()

    def get(self, path: str, **params: Any) -> Json:
        return self.send("GET", path, params={k: v for k, v in params.items() if v is not None})

    def post(self, path: str, body: Mapping[str, Any] | None = None) -> Json:
        return self.send("POST", path, json=dict(body or {}), headers={"Idempotency-Key": str(uuid.uuid4())})

    def put(self, path: str, body: Mapping[str, Any]) -> Json:
        return self.send("PUT", path, json=dict(body))

    def patch(self, path: str, body: Mapping[str, Any]) -> Json:
        return self.send("PATCH", path, json=dict(body))

    def delete(self, path: str) -> Json:
        return self.send("DELETE", path)

    def each(self, path: str, **params: Any) -> Iterator[Json]:
        """Every item of a list, page by page."""
        page = self.get(path, **params)
        while True:
            yield from page["results"]
            if not page["next"]:
                return
            page = self.send("GET", page["next"])

    def send(self, method: str, path: str, **options: Any) -> Json:
        """The JSON answer. Raises `ApiError` for a refusal and `ClientError` where nothing answers."""
        url = path if path.startswith(("http://", "https://", "/")) else API + path
        response = retrying(lambda: self.http.request(method, url, **options), what=f"{method} {url}")
        if response.is_error:
            raise _refusal(response)
        answer: Json = response.json() if response.content else {}
        return answer


def retrying(request: Callable[[], httpx.Response], *, what: str) -> httpx.Response:
    """The answer of a request that is safe to repeat, tried again while the other side is away or busy.

    Raises:
        ClientError: Nothing answered in the end.
    """
    for attempt in range(1, TRIES + 1):
        try:
            response = request()
        except httpx.TransportError as error:
            if attempt == TRIES:
                raise ClientError(f"{what}: no answer ({error}). Is the platform running?") from error
            pause(attempt)
            continue
        if response.status_code not in RETRIED or attempt == TRIES:
            return response
        pause(attempt, at_least_s=float(response.headers.get("Retry-After", 0)))
    raise AssertionError("unreachable: the last attempt returns or raises")


def pause(attempt: int, *, at_least_s: float = 0) -> None:
    """Wait before the next try: doubling, jittered, bounded."""
    wait_s = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2**attempt) * random.uniform(0.5, 1)
    time.sleep(max(wait_s, min(at_least_s, 60)))


def wait_until(
    read: Callable[[], Json], done: Callable[[Json], bool], *, timeout_s: float, every_s: float = 0.5
) -> Json:
    """Read again and again until `done`. Raises `WaitedTooLong`."""
    deadline = time.monotonic() + timeout_s
    while True:
        state = read()
        if done(state):
            return state
        if time.monotonic() > deadline:
            raise WaitedTooLong(f"Still {state.get('status', 'unfinished')} after {timeout_s:.0f} s; it goes on there.")
        time.sleep(every_s)


def _refusal(response: httpx.Response) -> ApiError:
    try:
        body = response.json()
        return ApiError(response.status_code, body["code"], body["message"], body.get("fields"))
    except (ValueError, KeyError, TypeError):
        return ApiError(response.status_code, "http_error", f"HTTP {response.status_code}: {response.text[:200]}")
