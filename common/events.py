"""Facts are rows, consumers pull.

An event is written in the transaction of the change it tells of and never altered. A consumer's row has a OneToOne
key to it; the events without such a row are the consumer's queue. Never a high-water mark: lower ids may commit later.
"""

import pgtrigger
from django.db import models

from common.ids import uuid7

APPEND_ONLY = [
    pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
]


class Event(models.Model):
    """Mixin of an app's event table; the app adds what it happened to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    class Meta:
        abstract = True
        triggers = APPEND_ONLY
