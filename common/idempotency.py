"""A POST that a client may send again: the same `Idempotency-Key`, the same answer, one effect."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import DomainError, InvalidInput
from common.models import IdempotencyKey

Handler = Callable[..., Response]

KEPT_FOR = timedelta(hours=24)
LONGEST_KEY = 100
HEADER = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Any text of up to 100 characters, new for each intention, the same for each retry of it. "
    "A repeat within 24 hours gets the first answer again, with `Idempotent-Replay: true`.",
)


class IdempotencyKeyReused(DomainError):
    """The key belongs to another request of the same person."""

    code = "idempotency_key_reused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


def idempotent(handler: Handler) -> Handler:
    """Decorate `APIView.post`: with an `Idempotency-Key` header it runs once, in one transaction with the key's row.

    A concurrent duplicate waits on the unique index and then gets the first one's answer. A refusal stores nothing.
    """

    @extend_schema(parameters=[HEADER])
    @wraps(handler)
    def answer_once(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return handler(view, request, *args, **kwargs)
        _check_key(key)
        with transaction.atomic():
            row_id = _insert(request, key, now=timezone.now())
            if row_id is None:
                return _replay(request, key)
            response = handler(view, request, *args, **kwargs)
            if response.status_code >= HTTPStatus.BAD_REQUEST:
                transaction.set_rollback(True)
                return response
            body = JSONRenderer().render(response.data).decode()
            IdempotencyKey.objects.filter(id=row_id).update(status=response.status_code, body=body)
            return response

    return answer_once


def sweep(*, now: datetime) -> int:
    """Forget keys older than a day; the number forgotten."""
    return IdempotencyKey.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]


def _check_key(key: str) -> None:
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise InvalidInput("Idempotency-Key must be 1 to 100 printable ASCII characters.", code="bad_idempotency_key")


def _insert(request: Request, key: str, *, now: datetime) -> int | None:
    """The new row's id, or None where the person has used this key; waits for whoever is just using it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO common_idempotencykey (person_id, key, fingerprint, body, created_at)"
            " VALUES (%s, %s, %s, '', %s) ON CONFLICT (person_id, key) DO NOTHING RETURNING id",
            [request.user.pk, key, _fingerprint(request), now],
        )
        row = cursor.fetchone()
    return None if row is None else int(row[0])


def _replay(request: Request, key: str) -> Response:
    stored = IdempotencyKey.objects.get(person_id=str(request.user.pk), key=key)
    if stored.fingerprint != _fingerprint(request):
        raise IdempotencyKeyReused("This Idempotency-Key was used for another request. Use a new key for this one.")
    return Response(
        json.loads(stored.body) if stored.body else None,
        status=stored.status,
        headers={"Idempotent-Replay": "true"},
    )


def _fingerprint(request: Request) -> str:
    sent = json.dumps(request.data, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(f"{request.get_full_path()}\n{sent}".encode()).hexdigest()
