"""One worker at a time at one thing, across all processes."""

from django.db import connection


def take(name: str) -> None:
    """Wait for one's turn at what is named so; it ends with the surrounding transaction, whatever ends that."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"rewards.{name}"])
