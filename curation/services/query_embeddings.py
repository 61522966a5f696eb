"""Vectors of what somebody searches by: the web process loads no model; the `embed` worker answers through the cache.

The cache is no truth here: whatever is lost in it is asked again, and search goes on by words.
"""

import hashlib
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import numpy as np
import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

from accounts.models import User
from common import storage
from common.errors import InvalidInput, ServiceUnavailable
from common.tasks import ask
from curation.models.scores import EMBEDDING_WIDTH
from curation.selectors.assets import ready_asset
from curation.selectors.samples import Likeness

log = structlog.get_logger(__name__)

TASK = "curation.tasks.embed_query"
WAIT_S = 2.0
LOOK_EVERY_S = 0.02
KEPT_S = 3_600  # a query is often asked again, page by page


class NotAnImage(InvalidInput):
    code = "not_an_image"


class NothingToCompareWith(ServiceUnavailable):
    """No model answered what the picture looks like."""

    code = "embedding_unavailable"


def of_text(text: str) -> Likeness | None:
    """What pictures of these words look like; None while no model answers within two seconds."""
    return _asked({"text": text}, name=text)


def of_image(person: User, asset_id: UUID, *, now: Any) -> Likeness:
    """What a picture looks like.

    Raises:
        NoSuchAsset: None that this person may read.
        NotAnImage: It is another kind of file.
        NothingToCompareWith: No model answered in time.
    """
    asset = ready_asset(person, asset_id, now=now)
    if asset.kind != "image":
        message = f"This file is a {asset.kind}. Give an image."
        raise NotAnImage(message, fields={"asset": [message]})
    found = _asked({"image": asset.storage_key}, name=asset.sha256)
    if found is None:
        raise NothingToCompareWith("No model answered within two seconds. Try again, or search by words.")
    return found


def _asked(question: Mapping[str, str], *, name: str) -> Likeness | None:
    """The worker's answer, kept from before or waited for."""
    kind = next(iter(question))
    key = f"query-embedding:{kind}:{hashlib.sha256(name.encode()).hexdigest()}"
    try:
        if found := cache.get(key):
            return Likeness(**found)
        cache.set(f"{key}:asked", dict(question), KEPT_S)
        return _wait_for(key) if ask(TASK, expires_s=WAIT_S, key=key) else None
    except RedisError as error:
        log.warning("query_not_embedded", error=str(error))
        return None


def _wait_for(key: str) -> Likeness | None:
    until = time.monotonic() + WAIT_S
    while True:
        if found := cache.get(key):
            return Likeness(**found)
        if time.monotonic() > until:
            return None
        time.sleep(LOOK_EVERY_S)


def answer(key: str, *, clip: Any) -> None:
    """The worker's side: put the vector of what was asked under this key where the web process looks for it.

    Args:
        clip: A `curation.scoring.clip_model.ClipModel`.
    """
    question = cache.get(f"{key}:asked")
    if not question:
        return  # it was asked too long ago
    vector = clip.embed_texts([question["text"]])[0] if "text" in question else _seen(question["image"], clip)
    padded = np.pad(vector.astype(np.float32), (0, EMBEDDING_WIDTH - len(vector)))
    told = "[" + ",".join(f"{value:.7g}" for value in padded) + "]"
    cache.set(key, {"vector": told, "weights_sha256": clip.source.weights_sha256}, KEPT_S)


def _seen(storage_key: str, clip: Any) -> np.ndarray:
    # Imported here: it loads decoders, which only workers may.
    from curation.scoring.decoding import picture

    with TemporaryDirectory() as folder:
        path = Path(folder) / "image"
        storage.download(storage_key, path)
        found = picture(path, "query", short_side=clip.image_px, with_gray=False)
    return np.asarray(clip.embed_images([found.rgb])[0])
