"""WebDataset shards: one tar member per part of a sample, named by the sample's id up to the first dot."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO

from curation.exporting.canonical import canonical
from curation.exporting.tar import TarWriter
from curation.rendering.stripping import NotStrippable, strip

REFERENCE = re.compile(r"^reference_images[\[.](\d+)\]?\.asset$")
PREFIXES = {
    "video.asset": "",
    "audio.asset": "",
    "camera.poses.asset": "camera.",
    "lighting.env_map.asset": "env.",
}
ENDINGS = {
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "video/x-matroska": "mkv",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/x-exr": "exr",
    "audio/wav": "wav",
    "audio/flac": "flac",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "application/json": "json",
    "text/plain": "txt",
}
POSES_KIND = "camera_poses"
# Their metadata may tell where and by whom they were taken; clips are published byte for byte.
STRIPPED = {"image/jpeg", "image/png", "image/webp"}

Fetch = Callable[[str], Iterable[bytes]]


class AssetDamaged(ValueError):
    """Stored bytes are not those that were frozen, or not those of the picture that they were taken for."""


def write_samples(lines: Iterable[bytes], stream: BinaryIO, *, fetch: Fetch) -> int:
    """Write a tar of these samples; the number of samples.

    Args:
        lines: Canonical manifest lines.
        fetch: The pieces of the stored medium with this SHA-256.

    Raises:
        AssetDamaged: A medium's bytes do not have its hash.
        WrongLength: A medium does not have its size.
    """
    tar, samples = TarWriter(stream), 0
    for line in lines:
        _write_sample(tar, json.loads(line), fetch)
        samples += 1
    tar.finish()
    return samples


def published_record(sample: Mapping[str, Any]) -> dict[str, Any]:
    """The record of a manifest line with the parts that the platform adds: `quality`, `groups` and `split`."""
    return {
        **sample["record"],
        "quality": sample["quality"],
        "groups": {"split_group": sample["split_group"], "near_dup_cluster": sample["near_dup_cluster"]},
        "split": sample["split"],
    }


def member_suffix(asset: Mapping[str, Any]) -> str:
    """What follows the sample's id and a dot: `mp4`, `ref0.jpg`, `camera.npy`, `env.exr`."""
    ending = "npy" if asset["kind"] == POSES_KIND else ENDINGS.get(asset["content_type"], "bin")
    reference = REFERENCE.match(asset["path"])
    if reference:
        return f"ref{reference[1]}.{ending}"
    if asset["path"] in PREFIXES:
        return PREFIXES[asset["path"]] + ending
    return f"{re.sub('[^a-z0-9]+', '_', asset['path'].removesuffix('.asset').lower())}.{ending}"


def _write_sample(tar: TarWriter, sample: Mapping[str, Any], fetch: Fetch) -> None:
    key = sample["id"]
    for suffix, data in _texts(sample):
        tar.add(f"{key}.{suffix}", len(data), [data])
    for asset in sample["assets"]:
        name, pieces = f"{key}.{member_suffix(asset)}", fetch(asset["sha256"])
        if asset["content_type"] in STRIPPED:
            _write_picture(tar, name, asset, pieces)
        else:
            _check(name, asset, tar.add(name, asset["size"], pieces))


def _write_picture(tar: TarWriter, name: str, asset: Mapping[str, Any], pieces: Iterable[bytes]) -> None:
    """The picture without what it tells about its making, once its bytes are found to be those that were frozen."""
    digest = hashlib.sha256()
    with NamedTemporaryFile(prefix="picture-") as file:
        for piece in pieces:
            digest.update(piece)
            file.write(piece)
        file.flush()
        _check(name, asset, digest.hexdigest())
        try:
            stays = strip(Path(file.name), asset["content_type"])
        except NotStrippable as error:
            raise AssetDamaged(f"{name} cannot be published without its metadata: {error}.") from error
        tar.add(name, stays.size, stays.read())


def _check(name: str, asset: Mapping[str, Any], found: str) -> None:
    if found != asset["sha256"]:
        raise AssetDamaged(f"The stored bytes of {name} hash to {found}, not to {asset['sha256']}.")


def _texts(sample: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    yield "json", canonical(published_record(sample))
    yield "txt", sample["caption"].encode()
