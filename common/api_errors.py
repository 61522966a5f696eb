"""Every refusal of the API has one shape: `{code, message, fields?}`."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from common.errors import DomainError, InvalidInput, NotAllowed, NotFound, ServiceUnavailable

log = structlog.get_logger(__name__)


class RequestTooLarge(DomainError):
    """The body is larger than any request needs; media go to storage, not here."""

    code = "request_too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def handle_api_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """Translate an exception into the one error shape, or None to let Django answer 500."""
    if isinstance(error, exceptions.APIException):
        return _from_rest_framework(error, context)
    known = _as_domain_error(error)
    if known is None:
        return None
    if known.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("service_unavailable", error=str(error))
    return Response(_body(known.code, known.message, known.fields), status=known.status)


def _as_domain_error(error: Exception) -> DomainError | None:
    if isinstance(error, DomainError):
        return error
    if isinstance(error, Http404):
        return NotFound("There is no such thing here.")
    if isinstance(error, RequestDataTooBig):
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        return RequestTooLarge(f"A request may have {most:,} bytes at most. Send media as assets.")
    if isinstance(error, PermissionDenied):
        return NotAllowed("You may not do this.")
    if isinstance(error, OperationalError):
        return ServiceUnavailable("The database does not answer. Try again in a moment.")
    return None


def _from_rest_framework(error: exceptions.APIException, context: dict[str, Any]) -> Response:
    response = exception_handler(error, context)
    if response is None:
        raise error
    if isinstance(error, exceptions.ValidationError):
        fields = _flatten(error.detail)
        message = "; ".join(f"{name}: {' '.join(texts)}" if name else " ".join(texts) for name, texts in fields.items())
        response.data = _body(InvalidInput.code, message, fields)
    else:
        response.data = _body(str(error.get_codes()), str(error.detail), {})
    return response


def _flatten(detail: Any, path: str = "") -> dict[str, list[str]]:
    """Nested validation detail as dotted paths: `{"scene.subjects.0": ["..."]}`."""
    if isinstance(detail, Mapping):
        pairs = ((str(key) if key != "non_field_errors" else "", value) for key, value in detail.items())
    elif isinstance(detail, list) and any(isinstance(item, Mapping | list) for item in detail):
        pairs = ((str(index), value) for index, value in enumerate(detail))
    else:
        return {path: [str(text) for text in (detail if isinstance(detail, list) else [detail])]}
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        if value:
            found.update(_flatten(value, ".".join(part for part in (path, key) if part)))
    return found


def _body(code: str, message: str, fields: Mapping[str, list[str]]) -> dict[str, Any]:
    return {"code": code, "message": message} | ({"fields": dict(fields)} if fields else {})
