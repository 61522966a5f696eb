"""People's random names in a distributor."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from rewards.models import Distributor, Payee

NAME_BYTES = 32
BATCH = 2_000


def ensure(distributor: Distributor, people: Sequence[UUID], *, now: datetime) -> dict[UUID, Payee]:
    """Person -> their name in this distributor, given to those who have none yet."""
    wanted = [
        Payee(distributor=distributor, person_id=person, contributor_id=secrets.token_bytes(NAME_BYTES), created_at=now)
        for person in people
    ]
    Payee.objects.bulk_create(wanted, ignore_conflicts=True, batch_size=BATCH)
    return {row.person_id: row for row in distributor.payees.filter(person__in=people)}
