"""The Celery application: queues by purpose, and beat for every task that polls."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

QUEUES = ("probe", "score", "embed", "export", "train", "generate", "chain", "default")

app = Celery("openslate")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_default_queue = "default"
app.autodiscover_tasks()


@app.on_after_finalize.connect
def _arrange(sender: Celery, **_: object) -> None:
    from common.tasks import arrange

    arrange(sender)
