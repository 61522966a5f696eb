"""All that other rooms may use of curation."""

from django.db.models import QuerySet

from curation.lifecycle import EventKind
from curation.models import Event


def events(kind: EventKind | str) -> QuerySet[Event]:
    """Everything of one kind that ever happened. A consumer's queue is what has no row of its own yet."""
    return Event.objects.filter(kind=EventKind(kind))
