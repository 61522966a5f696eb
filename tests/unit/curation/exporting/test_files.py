"""Manifests, tars and sidecars as bytes, without a database."""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from PIL import Image

from curation.exporting import metadata, sidecar
from curation.exporting.canonical import canonical
from curation.exporting.manifest import (
    LINES_PER_BLOCK,
    Manifest,
    ManifestDamaged,
    ManifestWriter,
    lines_of,
    read_blocks,
)
from curation.exporting.tar import TarWriter, WrongLength
from curation.exporting.webdataset import AssetDamaged, member_suffix, write_samples
from tests.factories.media import write_picture
from tests.factories.records import valid_record

COUNT = 2 * LINES_PER_BLOCK + 7


def sample(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"{number:036d}", "revision": "r", "split": "train", "split_group": "g",
        "near_dup_cluster": None, "license": "CC-BY-4.0",
        "caption": "A ball rolls.", "modalities": ["scene"], "record": {"scene": None},
        "quality": {"overall": 0.5, "novelty": 1, "policy": "p", "modalities": {}}, "assets": [], **changes,
    }  # fmt: skip


def manifest_of(lines: list[bytes]) -> tuple[Manifest, bytes]:
    stream = io.BytesIO()
    writer = ManifestWriter(stream)
    for line in lines:
        writer.add(line)
    return writer.finish(), stream.getvalue()


@pytest.fixture(scope="module")
def lines() -> list[bytes]:
    return [canonical(sample(number)) for number in range(COUNT)]


def test_a_manifest_is_one_gzip_file_of_its_lines(lines: list[bytes]) -> None:
    manifest, stored = manifest_of(lines)
    assert gzip.decompress(stored) == b"".join(line + b"\n" for line in lines)
    assert (manifest.count, len(manifest.blocks)) == (COUNT, 3)
    assert manifest_of(lines) == (manifest, stored)
    assert Manifest.from_index(manifest.index()) == manifest


@pytest.mark.parametrize(("first", "last"), [(0, 0), (999, 1000), (2000, COUNT - 1), (0, COUNT - 1)])
def test_any_part_is_read_by_its_range_alone(lines: list[bytes], first: int, last: int) -> None:
    manifest, stored = manifest_of(lines)
    blocks = manifest.blocks_between(first, last)
    found = {
        position: line
        for block, data in read_blocks(blocks, lambda offset, size: stored[offset : offset + size])
        for position, line in enumerate(lines_of(block, data), block.first)
    }
    assert all(found[position] == lines[position] for position in range(first, last + 1))
    assert len(found) < last - first + 1 + 2 * LINES_PER_BLOCK


def test_a_damaged_block_is_noticed(lines: list[bytes]) -> None:
    manifest, _ = manifest_of(lines)
    short = gzip.compress(b"".join(line + b"\n" for line in lines[:5]))
    with pytest.raises(ManifestDamaged):
        lines_of(manifest.blocks[0], short)


def test_metadata_copies_whole_blocks_and_drops_single_lines(lines: list[bytes]) -> None:
    manifest, stored = manifest_of(lines)

    def written(without: set[int]) -> tuple[int, bytes, int]:
        blocks = read_blocks(manifest.blocks, lambda offset, size: stored[offset : offset + size])
        text, table = io.BytesIO(), io.BytesIO()
        count = metadata.write_lines(blocks, without=without, lines=text, parquet=table)
        return count, text.getvalue(), pq.read_table(table).num_rows

    assert written(set()) == (COUNT, stored, COUNT)
    count, text, rows = written({3, 1500})
    assert count == rows == COUNT - 2
    assert gzip.decompress(text).splitlines() == [line for i, line in enumerate(lines) if i not in (3, 1500)]
    assert written(set(range(COUNT)))[0] == 0


def test_the_sidecar_reads_what_a_real_record_holds() -> None:
    asset = {"content_type": "video/mp4", "kind": "clip", "path": "video.asset", "sha256": "ab", "size": 5}
    line = canonical(sample(1, record=valid_record(), assets=[asset]))
    [row] = sidecar.columns(line + b"\n").to_pylist()
    assert (row["duration_s"], row["fps"], row["num_frames"]) == (5.0, [24, 1], 120)
    assert (row["quality"], row["novelty"], row["language"], row["assets"]) == (0.5, 1.0, "en", [asset])
    [bare] = sidecar.columns(canonical(sample(2)) + b"\n").to_pylist()
    assert (bare["duration_s"], bare["cct_k"], bare["assets"]) == (None, None, [])


def test_a_tar_is_read_by_others_and_refuses_a_wrong_length() -> None:
    stream = io.BytesIO()
    tar = TarWriter(stream)
    tar.add("a.txt", 5, [b"he", b"llo"])
    tar.add("b.bin", 0, [])
    tar.finish()
    with tarfile.open(fileobj=io.BytesIO(stream.getvalue())) as archive:
        assert [(m.name, archive.extractfile(m).read()) for m in archive] == [("a.txt", b"hello"), ("b.bin", b"")]
    with pytest.raises(WrongLength):
        tar.add("c.txt", 4, [b"hello"])


@pytest.mark.parametrize(
    ("path", "kind", "content_type", "suffix"),
    [
        ("video.asset", "clip", "video/mp4", "mp4"),
        ("video.asset", "clip", "video/webm", "webm"),
        ("audio.asset", "audio", "audio/flac", "flac"),
        ("reference_images[12].asset", "image", "image/png", "ref12.png"),
        ("reference_images.0.asset", "image", "image/jpeg", "ref0.jpg"),
        ("camera.poses.asset", "camera_poses", "application/octet-stream", "camera.npy"),
        ("camera.poses.asset", "camera_file", "text/plain", "camera.txt"),
        ("lighting.env_map.asset", "environment_map", "image/x-exr", "env.exr"),
        ("scene.Storyboard.asset", "image", "application/pdf", "scene_storyboard.bin"),
    ],
)
def test_members_are_named_by_what_they_are(path: str, kind: str, content_type: str, suffix: str) -> None:
    assert member_suffix({"path": path, "kind": kind, "content_type": content_type}) == suffix


def test_bytes_that_do_not_hash_to_their_name_are_refused() -> None:
    data = b"moving pictures"
    asset = {
        "path": "video.asset", "kind": "clip", "content_type": "video/mp4", "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }  # fmt: skip

    def fetch(sha256: str) -> Iterator[bytes]:
        yield data

    line = canonical(sample(1, assets=[asset]))
    stream = io.BytesIO()
    assert write_samples([line], stream, fetch=fetch) == 1
    with tarfile.open(fileobj=io.BytesIO(stream.getvalue())) as archive:
        names = [member.name.split(".", 1)[1] for member in archive]
        record = json.loads(archive.extractfile(archive.getmembers()[0]).read())
    assert names == ["json", "txt", "mp4"]
    assert record["groups"]["split_group"] == "g"
    with pytest.raises(AssetDamaged):
        write_samples([line], io.BytesIO(), fetch=lambda sha256: [data[:-1] + b"!"])


def test_a_picture_is_published_without_what_it_tells_about_its_making(tmp_path: Path) -> None:
    made = Image.Exif()
    made.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0)})
    made[0x010F] = "SecretCamera"
    path = write_picture(tmp_path / "a.jpg", exif=made, comment=b"SecretComment")
    data = path.read_bytes()
    asset = {
        "path": "reference_images[0].asset", "kind": "image", "content_type": "image/jpeg", "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }  # fmt: skip
    stream = io.BytesIO()
    line = canonical(sample(1, assets=[asset]))
    write_samples([line], stream, fetch=lambda sha256: [data[:100], data[100:]])
    with tarfile.open(fileobj=io.BytesIO(stream.getvalue())) as archive:
        published = archive.extractfile(archive.getmembers()[-1]).read()
    assert b"Secret" in data
    assert b"Secret" not in published
    with Image.open(path) as before, Image.open(io.BytesIO(published)) as after:
        assert np.array_equal(np.asarray(before), np.asarray(after))
        assert not after.getexif()
    for broken in (data[:-1] + b"!", data[:50]):
        with pytest.raises(AssetDamaged):
            write_samples([line], io.BytesIO(), fetch=lambda sha256, broken=broken: [broken])
    noise = asset | {"sha256": hashlib.sha256(b"noise").hexdigest(), "size": 5}
    with pytest.raises(AssetDamaged, match="without its metadata"):
        write_samples([canonical(sample(1, assets=[noise]))], io.BytesIO(), fetch=lambda sha256: [b"noise"])
