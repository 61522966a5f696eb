"""Typed reading of what stands behind the question mark."""

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID

from rest_framework.request import Request

from common.errors import InvalidInput


def uuid_of(request: Request, name: str) -> UUID | None:
    """The parameter, or None where it is absent. Raises `InvalidInput`."""
    text = request.query_params.get(name)
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as error:
        raise InvalidInput(f"{name} must be a UUID.", fields={name: ["Give a UUID."]}) from error


def uuids_of(request: Request, name: str, *, most: int) -> list[UUID] | None:
    """The ids between commas, or None where the parameter is absent. Raises `InvalidInput`."""
    text = request.query_params.get(name)
    if not text:
        return None
    try:
        found = [UUID(part) for part in text.split(",")]
    except ValueError as error:
        raise InvalidInput(f"{name} must be UUIDs with commas between.", fields={name: ["Give UUIDs."]}) from error
    if len(found) > most:
        raise InvalidInput(f"{name} takes {most} UUIDs at most.", fields={name: [f"Give {most} at most."]})
    return found


def integer_of(request: Request, name: str, *, default: int) -> int:
    """The parameter, or `default` where it is absent. Raises `InvalidInput`."""
    text = request.query_params.get(name)
    if not text:
        return default
    if len(text) > 18 or not text.removeprefix("-").isdecimal():
        raise InvalidInput(f"{name} must be a whole number.", fields={name: ["Give a whole number."]})
    return int(text)


def text_of(request: Request, name: str) -> str:
    """The parameter, or an empty text where it is absent. Raises `InvalidInput` for what the database cannot hold."""
    text = request.query_params.get(name, "")
    if "\0" in text:
        raise InvalidInput(f"{name} must be text.", fields={name: ["Give text without null characters."]})
    return text


def flag_of(request: Request, name: str) -> bool:
    """Whether the parameter says yes: `1` or `true`."""
    return request.query_params.get(name, "").lower() in {"1", "true"}


def instant_of(request: Request, name: str) -> datetime | None:
    """The parameter, in UTC where it names no zone; None where it is absent. Raises `InvalidInput`."""
    text = request.query_params.get(name)
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidInput(
            f"{name} must be a time.", fields={name: ["Give a time such as 2026-11-28T12:00:00Z."]}
        ) from error


def choice_of(request: Request, name: str, choices: Collection[str]) -> str:
    """The parameter, or an empty text where it is absent. Raises `InvalidInput`."""
    text = request.query_params.get(name, "")
    if text and text not in choices:
        raise InvalidInput(f"{name} must be one of: {', '.join(choices)}.", fields={name: ["Not one of the choices."]})
    return text
