"""Limits per person and purpose: a view names its `throttle_scope`, settings name the rate."""

from typing import TYPE_CHECKING

import structlog
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import ScopedRateThrottle

if TYPE_CHECKING:  # rest_framework.views reads the settings that name this class
    from rest_framework.views import APIView

log = structlog.get_logger(__name__)


class ScopedThrottle(ScopedRateThrottle):
    """Counts in the cache; while the cache is down nobody is held up."""

    def allow_request(self, request: Request, view: "APIView") -> bool:
        try:
            return super().allow_request(request, view)
        except RedisError as error:
            log.warning("throttle_skipped", error=str(error))
            return True
