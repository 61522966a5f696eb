"""A transaction to be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Call:
    """Whom it calls, with what data; `to` is an address with its checksum."""

    to: str
    data: bytes
