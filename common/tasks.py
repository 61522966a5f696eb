"""The one way to run work in the background.

The database is the queue: a task takes no payload that matters, claims rows itself and is safe to run twice at once.
"""

from collections.abc import Callable
from typing import Any

import structlog
from celery import Celery, Task, current_app, shared_task  # noqa: TID251 - this module is the one place that may
from celery.schedules import schedule
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from common import idempotency

log = structlog.get_logger(__name__)

WAKE_EXPIRES_S = 60
WAKE_RETRIES = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.2}


def background_task(
    *, queue: str, timeout_s: int, every_s: float | None = None
) -> Callable[[Callable[..., Any]], Task]:
    """Declare a Celery task: its queue, late acknowledgement, hard and soft time limits, jittered retries.

    Args:
        queue: One of `config.celery_app.QUEUES`.
        timeout_s: After this the task is interrupted by an exception; 30 s later its process is killed.
        every_s: Beat sends it this often; what drains a queue of rows polls, so that no wake is ever needed.
    """

    def declare(function: Callable[..., Any]) -> Task:
        return shared_task(
            name=f"{function.__module__}.{function.__name__}",
            declared_queue=queue,
            every_s=every_s,
            acks_late=True,
            reject_on_worker_lost=True,
            soft_time_limit=timeout_s,
            time_limit=timeout_s + 30,
            autoretry_for=(OSError,),
            retry_backoff=True,
            retry_jitter=True,
            max_retries=5,
            ignore_result=True,
        )(function)

    return declare


def wake(task_name: str) -> None:
    """After commit, ask a worker to look at its queue now instead of at the next beat.

    Best effort by design: when the broker is down the work waits in the database and beat finds it.
    """
    # Not a partial: Django names a robust hook that failed by its `__qualname__`.
    transaction.on_commit(lambda: _send(task_name), robust=True)


def ask(task_name: str, *, expires_s: float, **arguments: str) -> bool:
    """Send a task now to whoever waits for its answer; whether the broker took it. Nobody works on it later."""
    try:
        current_app.tasks[task_name].apply_async(kwargs=arguments, expires=expires_s, retry=False)
    except OperationalError as error:
        log.warning("ask_failed", task=task_name, error=str(error))
        return False
    return True


def _send(task_name: str) -> None:
    try:
        task = current_app.tasks[task_name]
        task.apply_async(expires=WAKE_EXPIRES_S, retry=True, retry_policy=WAKE_RETRIES)
    except OperationalError as error:
        log.warning("wake_failed", task=task_name, error=str(error))


def arrange(app: Celery) -> None:
    """Route every task to the queue it declared, and let beat send those that declared `every_s`.

    A send that has waited as long as that is dropped: the next one is there already.
    """
    declared = {name: task for name, task in app.tasks.items() if hasattr(task, "declared_queue")}
    app.conf.task_routes = {name: {"queue": task.declared_queue} for name, task in declared.items()}
    for name, task in declared.items():
        if task.every_s:
            app.add_periodic_task(schedule(task.every_s, app=app), task.s(), name=name, expires=task.every_s)


@background_task(queue="default", timeout_s=60, every_s=3600)
def sweep_idempotency_keys(**_: object) -> None:
    idempotency.sweep(now=timezone.now())
