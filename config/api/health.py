"""Which workers are alive and which services answer, within a second or two."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from common import storage
from common.errors import ServiceUnavailable

log = structlog.get_logger(__name__)

WAIT_FOR_WORKERS_S = 1.0


@dataclass(frozen=True)
class ServiceState:
    """`seconds` is how long it took to answer; `problem` what it said instead."""

    name: str
    answers: bool
    seconds: float
    problem: str = ""


@dataclass(frozen=True)
class WorkerState:
    """A worker process that answered, and the queues it claims from."""

    name: str
    queues: list[str]


def services() -> list[ServiceState]:
    """Every service that all depends on, asked for the least it can say."""
    asked: dict[str, Callable[[], object]] = {
        "database": _ask_database,
        "cache": lambda: cache.get("health"),
        "storage": lambda: storage.exists("health"),
        "broker": _ask_broker,
    }
    return [_state(name, ask) for name, ask in asked.items()]


def workers() -> list[WorkerState] | None:
    """Those that answer within a second; None where the broker does not."""
    try:
        found = current_app.control.inspect(timeout=WAIT_FOR_WORKERS_S).active_queues() or {}
    except (OperationalError, OSError, RedisError) as error:
        log.warning("workers_not_asked", error=str(error))
        return None
    return [WorkerState(name, sorted(queue["name"] for queue in queues)) for name, queues in sorted(found.items())]


def _state(name: str, ask: Callable[[], object]) -> ServiceState:
    started = time.monotonic()
    try:
        ask()
    except (DatabaseError, RedisError, ServiceUnavailable, OperationalError, OSError) as error:
        return ServiceState(name, False, round(time.monotonic() - started, 4), str(error)[:200])
    return ServiceState(name, True, round(time.monotonic() - started, 4))


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_broker() -> None:
    with current_app.connection(settings.CELERY_BROKER_URL) as line:
        line.ensure_connection(max_retries=0, timeout=WAIT_FOR_WORKERS_S)
