"""Files to the platform: in parts, several at a time, straight to storage, going on where an earlier try stopped."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

from openslate.errors import ClientError
from openslate.transport import Json, Transport, retrying, wait_until

PARALLEL_PARTS = 3
LINKS_AT_ONCE = 50
TYPES = {
    ".mp4": "video/mp4", ".mov": "video/quicktime", ".webm": "video/webm", ".mkv": "video/x-matroska",
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp",
    ".wav": "audio/wav", ".flac": "audio/flac", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg",
    ".npy": "application/x-npy", ".exr": "image/x-exr", ".hdr": "image/vnd.radiance",
    ".json": "application/json", ".txt": "text/plain",
}  # fmt: skip

Progress = Callable[[int], None]


def upload(transport: Transport, path: Path, *, asset_id: str | None = None, progress: Progress | None = None) -> Json:
    """The asset in state `verifying` (or later).

    Args:
        asset_id: An upload begun earlier; parts that have arrived are not sent again.
        progress: Called with the number of bytes each time a part has arrived.

    Raises:
        ApiError: Refused: too large, over quota, a bad name.
        ClientError: The file changed, or storage does not answer.
    """
    asset = transport.get(f"assets/{asset_id}") if asset_id else begin(transport, path)
    if asset["status"] != "uploading":
        return asset
    if asset["size"] != path.stat().st_size:
        raise ClientError(f"{path.name} has changed since its upload began; start a new upload.")
    arrived = {part["number"]: part["size"] for part in transport.get(f"assets/{asset['id']}/parts")["parts"]}
    if progress:
        progress(sum(arrived.values()))
    missing = [number for number in range(1, asset["part_count"] + 1) if number not in arrived]
    with httpx.Client(timeout=300) as storage, ThreadPoolExecutor(PARALLEL_PARTS) as pool:
        sends = [
            pool.submit(_send_part, storage, path, link, asset["part_size"], progress)
            for link in _links(transport, asset["id"], missing)
        ]
        for send in sends:
            send.result()
    return transport.post(f"assets/{asset['id']}/complete")


def begin(transport: Transport, path: Path) -> Json:
    """A draft asset for this file; nothing is sent yet."""
    content_type = TYPES.get(path.suffix.lower(), "application/octet-stream")
    return transport.post("assets", {"name": path.name, "size": path.stat().st_size, "content_type": content_type})


def verified(transport: Transport, asset_id: str, *, timeout_s: float = 600) -> Json:
    """The asset once it is `ready` or `refused`."""
    done = {"ready", "refused", "abandoned"}
    return wait_until(
        lambda: transport.get(f"assets/{asset_id}"), lambda asset: asset["status"] in done, timeout_s=timeout_s
    )


def _links(transport: Transport, asset_id: str, numbers: list[int]) -> Iterator[dict[str, Any]]:
    for start in range(0, len(numbers), LINKS_AT_ONCE):
        answer = transport.post(f"assets/{asset_id}/parts", {"numbers": numbers[start : start + LINKS_AT_ONCE]})
        yield from answer["parts"]


def _send_part(storage: httpx.Client, path: Path, link: Json, part_size: int, progress: Progress | None) -> None:
    with path.open("rb") as file:
        file.seek((link["number"] - 1) * part_size)
        data = file.read(part_size)
    response = retrying(lambda: storage.put(link["url"], content=data), what=f"part {link['number']} of {path.name}")
    if response.is_error:
        raise ClientError(f"Storage refused part {link['number']} of {path.name}: HTTP {response.status_code}.")
    if progress:
        progress(len(data))
