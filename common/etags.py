"""Answers that are polled: the same body again is 304 and no bytes."""

import hashlib
from http import HTTPStatus
from typing import Any

from django.utils.http import parse_etags, quote_etag
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response


def etagged(request: Request, data: Any) -> Response:
    """The answer with an ETag of its body, or 304 where the client names this very tag."""
    tag = quote_etag(hashlib.sha256(JSONRenderer().render(data)).hexdigest()[:32])
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        return Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(data, headers=headers)
