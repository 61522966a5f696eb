"""Writing down who did what, in the transaction in which it was done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import AuditEntry, User


def audit(
    kind: str,
    *,
    actor: User | None,
    now: datetime,
    about: tuple[str, UUID] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """The stored entry; call it inside the deed's own transaction.

    Args:
        kind: thing.verb, such as `campaign.opened`.
        actor: None where the platform itself did it.
        about: Kind and id of what it was done to.
        detail: JSON without secrets; amounts are strings of base units.
    """
    object_kind, object_id = about or ("", None)
    return AuditEntry.objects.create(
        at=now, actor=actor, kind=kind, object_kind=object_kind, object_id=object_id, detail=dict(detail or {})
    )
