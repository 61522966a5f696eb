"""What can go wrong with the embedded services; every message names the service, the evidence and the fix."""

from __future__ import annotations

from pathlib import Path

TAIL_LINES = 12


class EmbeddedServiceError(Exception):
    """An embedded service cannot do what was asked."""


class BinaryMissing(EmbeddedServiceError):
    """The program of a service is not installed."""

    def __init__(self, service: str, looked_in: Path, fix: str) -> None:
        super().__init__(f"{service}: its program is not installed (looked in {looked_in}). {fix}")


class ServiceFailed(EmbeddedServiceError):
    """A service did not start, or did not answer in time."""

    def __init__(self, service: str, reason: str, log: Path, fix: str) -> None:
        super().__init__(f"{service}: {reason}\n  log: {log}\n{_tail(log)}  fix: {fix}")
        self.service = service


class FolderUnusable(EmbeddedServiceError):
    """The state folder cannot be read or written by this user."""


def _tail(log: Path) -> str:
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 8192))
        lines = file.read().decode("utf-8", "replace").splitlines()[-TAIL_LINES:]
    return "".join(f"  | {line}\n" for line in lines)
