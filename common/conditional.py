"""Answers that say when they are already known: an ETag, and 304 to whoever has it."""

from typing import Any

from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from rest_framework.request import Request
from rest_framework.response import Response


def unless_known(request: Request, data: Any, *, etag: str, max_age_s: int) -> HttpResponseBase:
    """The data with its ETag, or 304 where the caller has it already.

    Args:
        etag: Without quotes; changes whenever the data do.
        max_age_s: How long the caller need not ask again.
    """
    response = Response(data)
    response["ETag"] = quote_etag(etag)
    patch_cache_control(response, private=True, max_age=max_age_s)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
