"""People's random names in a distributor."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from common.batches import batches
from rewards.models import Distributor, Payee

NAME_BYTES = 32


def ensure(distributor: Distributor, people: Sequence[UUID], *, now: datetime) -> dict[UUID, tuple[UUID, bytes]]:
    """Person -> (payee's id, their name in this distributor), given to those who have none yet."""
    found: dict[UUID, tuple[UUID, bytes]] = {}
    for some in batches(people):
        Payee.objects.bulk_create([_named(distributor, person, now) for person in some], ignore_conflicts=True)
        rows = distributor.payees.filter(person__in=some).values_list("person", "id", "contributor_id")
        found |= {person: (row_id, bytes(name)) for person, row_id, name in rows}
    return found


def _named(distributor: Distributor, person: UUID, now: datetime) -> Payee:
    name = secrets.token_bytes(NAME_BYTES)
    return Payee(distributor=distributor, person_id=person, contributor_id=name, created_at=now)
