"""WebDataset shards: one tar member per part of a sample, named by the sample's id up to the first dot."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from curation.exporting.canonical import canonical
from curation.exporting.tar import TarWriter

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

Fetch = Callable[[str], Iterable[bytes]]


class AssetDamaged(ValueError):
    """Stored bytes are not those that were frozen."""


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
        "groups": {"split_group": sample["split_group"], "near_dup_cluster": None},
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
        found = tar.add(f"{key}.{member_suffix(asset)}", asset["size"], fetch(asset["sha256"]))
        if found != asset["sha256"]:
            raise AssetDamaged(f"The stored bytes of {asset['path']} of {key} hash to {found}.")


def _texts(sample: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    yield "json", canonical(published_record(sample))
    yield "txt", sample["caption"].encode()
