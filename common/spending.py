"""Whether somebody may start what will cost them: asked here by rooms that know a price, but no accounts."""

from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string


def check_may_spend(person_id: UUID) -> None:
    """Ask whom `config` names in `SPENDING_CHECK`; it refuses by a `DomainError` that says what to do."""
    import_string(settings.SPENDING_CHECK)(person_id=person_id)
