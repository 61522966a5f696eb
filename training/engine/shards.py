"""Samples of an exported version, read from tar shards one after another, in the order they stand in."""

from __future__ import annotations

import hashlib
import json
import tarfile
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import IO, Any

from webdataset import tariterators

from training.engine.spec import JobRefused

HTTP_TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Sample:
    """One exported record: its key, its canonical record, and the bytes of its members by extension."""

    key: str
    record: dict[str, Any]
    members: dict[str, bytes]

    @property
    def split(self) -> str | None:
        """The split that the version gave it."""
        return self.record.get("split")

    def content_hash(self) -> str:
        """sha256 (hex) over the names and bytes of all members."""
        whole = hashlib.sha256()
        for name in sorted(self.members):
            whole.update(name.encode() + b"\0" + hashlib.sha256(self.members[name]).digest())
        return whole.hexdigest()


def open_shard(address: str) -> IO[bytes]:
    """A stream of a local path or of an http(s) address. Raises `JobRefused` when it cannot be opened."""
    try:
        if address.startswith(("http://", "https://")):
            return urllib.request.urlopen(address, timeout=HTTP_TIMEOUT_S)  # noqa: S310  # scheme checked above
        return open(address, "rb")
    except (OSError, urllib.error.URLError) as error:
        raise JobRefused(f"Shard {address.split('?')[0]} cannot be read: {error}") from error


def read_samples(addresses: Iterable[str]) -> Iterator[Sample]:
    """Every sample of every shard. Raises `JobRefused` when a shard cannot be read to its end."""
    for address in addresses:
        try:
            yield from _samples_of(address)
        except (OSError, tarfile.TarError, ValueError) as error:
            raise JobRefused(f"Shard {address.split('?')[0]} is damaged: {error}") from error


def _samples_of(address: str) -> Iterator[Sample]:
    with closing(open_shard(address)) as stream:
        for group in tariterators.group_by_keys(_members(address, stream)):
            yield _sample(group)


def _members(address: str, stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    for member in tariterators.tar_file_iterator(stream):
        yield member | {"__url__": address}


def _sample(group: dict[str, Any]) -> Sample:
    members = {name: value for name, value in group.items() if isinstance(value, bytes)}
    record = json.loads(members["json"]) if "json" in members else {}
    return Sample(key=group["__key__"], record=record, members=members)
