"""Exports and clips to disk: resumed where an earlier try stopped, checked against their sha256."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import httpx

from openslate.errors import ClientError
from openslate.transport import TRIES, Transport, pause

CHUNK = 1 << 20

Progress = Callable[[int], None]


def export(transport: Transport, export_id: str, folder: Path, *, progress: Progress | None = None) -> list[Path]:
    """Every file of a finished export, below `folder`; files that are there and whole are not fetched again.

    Raises:
        ApiError: The export is not finished, or not for this person.
        ClientError: A file's hash is not what the platform says.
    """
    return [
        fetch(item["url"], _target(folder, item["name"]), sha256=item["sha256"], progress=progress)
        for item in transport.each(f"exports/{export_id}/files")
    ]


def fetch(url: str, target: Path, *, sha256: str | None = None, progress: Progress | None = None) -> Path:
    """The file at `target`; what is unfinished lies beside it as `.part`. Raises `ClientError`."""
    if target.exists() and (sha256 is None or file_sha256(target) == sha256):
        if progress:
            progress(target.stat().st_size)
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    for attempt in range(1, TRIES + 1):
        try:
            _continue(url, part, progress)
            break
        except httpx.TransportError as error:
            if attempt == TRIES:
                raise ClientError(
                    f"{target.name}: the connection broke {TRIES} times ({error}). Run it again."
                ) from error
            pause(attempt)
    if sha256 and file_sha256(part) != sha256:
        part.unlink()
        raise ClientError(f"{target.name} arrived damaged and was removed. Run it again.")
    return part.replace(target)


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _continue(url: str, part: Path, progress: Progress | None) -> None:
    have = part.stat().st_size if part.exists() else 0
    headers = {"Range": f"bytes={have}-"} if have else {}
    with httpx.stream("GET", url, headers=headers, timeout=60) as response:
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            return
        if response.is_error:
            raise ClientError(f"{part.stem}: HTTP {response.status_code}. The link may have expired: run it again.")
        resumed = response.status_code == httpx.codes.PARTIAL_CONTENT
        _append(response, part, "ab" if resumed else "wb", progress)


def _append(response: httpx.Response, part: Path, mode: str, progress: Progress | None) -> None:
    with part.open(mode) as file:
        for chunk in response.iter_bytes(CHUNK):
            file.write(chunk)
            if progress:
                progress(len(chunk))


def _target(folder: Path, name: str) -> Path:
    target = (folder / name).resolve()
    if not target.is_relative_to(folder.resolve()):
        raise ClientError(f"The export names a file outside its folder: {name!r}.")
    return target
