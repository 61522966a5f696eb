"""Originals from storage onto this machine's disk, for the workers that measure them."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import structlog

from common import storage
from curation.models import Asset

log = structlog.get_logger(__name__)

FETCH_THREADS = 4


def fetch(assets: Iterable[Asset], folder: Path) -> dict[str, Path]:
    """Files by asset id; one that is missing is left out, for decoding to name.

    Raises:
        ServiceUnavailable: Storage does not answer.
    """
    keys = {str(asset.id): asset.storage_key for asset in assets}

    def fetch_one(item: tuple[str, str]) -> tuple[str, Path] | None:
        asset_id, key = item
        path = folder / asset_id
        try:
            with path.open("wb") as file:
                for chunk in storage.chunks(key):
                    file.write(chunk)
        except storage.ObjectMissing:
            log.error("stored_object_missing", key=key)
            return None
        return asset_id, path

    with ThreadPoolExecutor(FETCH_THREADS, thread_name_prefix="fetch") as pool:
        return dict(found for found in pool.map(fetch_one, keys.items()) if found)
