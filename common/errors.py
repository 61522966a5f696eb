"""Errors named for what happened; each says how to fix it."""

from collections.abc import Mapping
from http import HTTPStatus


class DomainError(Exception):
    """Something the product refuses, in the words of the person who asked for it.

    Subclasses live beside the function that raises them and set `code` (stable, for programs and translations)
    and `status` (the HTTP answer).
    """

    code = "refused"
    status = HTTPStatus.CONFLICT

    def __init__(self, message: str, *, code: str | None = None, fields: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.fields = dict(fields or {})


class NotAllowed(DomainError):
    """The person may not do this, whatever the state of the thing."""

    code = "not_allowed"
    status = HTTPStatus.FORBIDDEN


class NotFound(DomainError):
    """There is no such thing, or this person may not know that there is."""

    code = "not_found"
    status = HTTPStatus.NOT_FOUND


class InvalidInput(DomainError):
    """The request itself is wrong; `fields` names where."""

    code = "invalid"
    status = HTTPStatus.BAD_REQUEST


class ServiceUnavailable(DomainError):
    """A service this needs does not answer; the same request may succeed later."""

    code = "service_unavailable"
    status = HTTPStatus.SERVICE_UNAVAILABLE
