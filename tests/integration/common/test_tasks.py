"""Background work: waking is best effort, beat finds what nobody woke."""

import pytest
from celery import Celery, current_app
from celery.schedules import schedule
from django.db import transaction
from kombu import Connection
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from common import tasks
from config.celery_app import QUEUES, app

NAME = "common.tasks.sweep_idempotency_keys"


def nothing() -> None:
    """What a task that is never run does."""


def waiting(settings: Settings, queue: str) -> int:
    """Messages in the broker's queue, taken out."""
    with Connection(settings.CELERY_BROKER_URL) as connection:
        return connection.SimpleQueue(queue).clear()


@pytest.mark.django_db
def test_wake_sends_the_task_after_commit_only(
    settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    waiting(settings, "default")
    with django_capture_on_commit_callbacks(execute=True):
        tasks.wake(NAME)
        assert waiting(settings, "default") == 0
    assert waiting(settings, "default") == 1


@pytest.mark.django_db
def test_rolled_back_work_wakes_nobody(
    settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    waiting(settings, "default")
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        tasks.wake(NAME)
        transaction.set_rollback(True)
    assert waiting(settings, "default") == 0


@pytest.mark.django_db
def test_wake_without_a_broker_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    lonely = Celery("lonely", broker="redis://127.0.0.1:1/0", set_as_current=False)
    lonely.task(name=NAME, queue="default")(nothing)
    monkeypatch.setattr(tasks, "current_app", lonely)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        tasks.wake(NAME)
    assert len(callbacks) == 1


def test_beat_polls_every_task_that_says_how_often() -> None:
    own = Celery("own", set_as_current=False)
    own.tasks[NAME] = current_app.tasks[NAME]
    tasks.arrange(own)
    assert own.conf.beat_schedule[NAME]["schedule"] == schedule(3600)
    assert own.conf.beat_schedule[NAME]["options"] == {"expires": 3600}


def test_every_task_names_a_queue_that_workers_serve() -> None:
    app.loader.import_default_modules()
    ours = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}
    assert ours
    queues = {name: app.amqp.router.route({}, name)["queue"].name for name in ours}
    assert set(queues.values()) <= set(QUEUES)
    assert queues["curation.tasks.score_waiting"] == "score"
    assert all(task.acks_late and task.reject_on_worker_lost and task.soft_time_limit for task in ours.values())
