"""What can go wrong between this client and the platform."""

from collections.abc import Mapping, Sequence


class ClientError(Exception):
    """Something on this side: a folder without a record, a broken download, an address that does not answer."""


class ApiError(Exception):
    """The platform refused: `code` is stable, `message` says what happened and how to fix it."""

    def __init__(self, status: int, code: str, message: str, fields: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(f"{message} [{code}]")
        self.status, self.code, self.message, self.fields = status, code, message, dict(fields or {})


class WaitedTooLong(ClientError):
    """The work did not end in the time given; it goes on over there."""
