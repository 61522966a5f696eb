"""Exports: what other people's programs read back."""

import gzip
import hashlib
import io
import json
import tarfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from accounts.models import User
from accounts.roles import Role
from common import storage
from curation import public
from curation.lifecycle import BuildStatus, EventKind, SubmissionStatus
from curation.models import Event, Export, ExportShard, Submission, Version
from curation.record import parse_published
from curation.services import datasets, export_shards, exports, moves, version_builds, versions
from tests.factories import curation as make
from tests.factories.curation import NOW

pytestmark = pytest.mark.django_db
COUNT = 7


def clock() -> datetime:
    return NOW


@pytest.fixture
def engineer() -> User:
    return make.person(Role.ENGINEER)


@pytest.fixture
def submissions() -> list[Submission]:
    campaign, contributor = make.campaign(), make.person()
    accepted = SubmissionStatus.ACCEPTED
    return [make.submission(campaign, contributor, status=accepted, stored=True) for _ in range(COUNT)]


@pytest.fixture
def version(engineer: User, submissions: list[Submission]) -> Version:
    dataset = datasets.create(name="rolling", actor=engineer, now=NOW)
    version = versions.freeze(dataset_id=dataset.id, selection={}, actor=engineer, now=NOW)
    assert version_builds.build_next(clock=clock)
    version.refresh_from_db()
    return version


def export(version: Version, profile: str, **options: Any) -> Export:
    made = exports.start(version_id=version.id, profile=profile, options=options, actor=version.created_by, now=NOW)
    while export_shards.build_next(clock=clock):
        pass
    made.refresh_from_db()
    return made


def files_of(made: Export) -> dict[str, bytes]:
    """Everything under the export's prefix, by name."""
    return {key.removeprefix(made.prefix): storage.read(key) for key in storage.keys(made.prefix)}


def members(tar: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        return {member.name: archive.extractfile(member).read() for member in archive}


def test_a_webdataset_export_is_read_back_by_the_webdataset_library(
    version: Version, submissions: list[Submission], tmp_path: Path
) -> None:
    import webdataset

    made = export(version, "webdataset")
    assert made.status == BuildStatus.READY, made.failure
    tars = {name: data for name, data in files_of(made).items() if name.endswith(".tar")}
    for name, data in tars.items():
        (tmp_path / name).write_bytes(data)
    shards = [str(tmp_path / name) for name in sorted(tars)]
    samples = {sample["__key__"]: sample for sample in webdataset.WebDataset(shards, shardshuffle=False)}
    assert set(samples) == {str(submission.id) for submission in submissions}
    for submission in submissions:
        sample = samples[str(submission.id)]
        parts = {name for name in sample if not name.startswith("__")}
        assert parts == {"json", "txt", "mp4", "flac", "ref0.jpg", "camera.npy", "env.exr"}
        assert sample["mp4"] == f"{submission.id} video.asset".encode()
        assert sample["txt"].decode() == submission.current.caption
        record = parse_published(json.loads(sample["json"]))
        assert record.split in sample["__url__"]
        assert record.quality.overall == 0.8


def test_tar_members_have_nothing_of_the_machine_that_wrote_them(version: Version) -> None:
    made = export(version, "webdataset", splits=["train"])
    [tar] = [data for name, data in files_of(made).items() if name.endswith(".tar")]
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        facts = {(m.mtime, m.uid, m.gid, m.uname, m.gname, m.mode) for m in archive}
    assert facts == {(0, 0, 0, "", "", 0o644)}


def test_the_sidecar_has_a_row_for_every_sample(version: Version, submissions: list[Submission]) -> None:
    made = export(version, "webdataset")
    rows = [
        row
        for name, data in files_of(made).items()
        if name.endswith(".parquet")
        for row in pq.read_table(io.BytesIO(data)).to_pylist()
    ]
    assert {row["id"] for row in rows} == {str(submission.id) for submission in submissions}
    assert {row["duration_s"] for row in rows} == {5.0}
    assert all(row["caption"] and row["fps"] == [24, 1] and len(row["assets"]) == 5 for row in rows)


def test_a_metadata_export_is_the_canonical_lines_and_a_table(version: Version) -> None:
    made = export(version, "metadata")
    files = files_of(made)
    assert set(files) == {"metadata-00000.jsonl.gz", "metadata-00000.parquet", "export.json", "SHA256SUMS"}
    assert files["metadata-00000.jsonl.gz"] == storage.read(version.manifest_key)
    assert pq.read_table(io.BytesIO(files["metadata-00000.parquet"])).num_rows == COUNT


def test_the_sums_are_those_of_the_files(version: Version) -> None:
    made = export(version, "webdataset")
    files = files_of(made)
    sums = dict(reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert json.loads(files["export.json"])["merkle_root"] == version.merkle_root


@pytest.mark.parametrize("profile", ["webdataset", "metadata"])
def test_the_same_export_twice_has_the_same_bytes(version: Version, profile: str) -> None:
    assert files_of(export(version, profile)) == files_of(export(version, profile))


@pytest.mark.parametrize("profile", ["webdataset", "metadata"])
def test_what_was_withdrawn_is_in_no_later_export(
    version: Version, submissions: list[Submission], profile: str
) -> None:
    gone = submissions[2]
    moves.move_submission(gone.id, to=SubmissionStatus.WITHDRAWN, now=NOW)
    for name, data in files_of(export(version, profile)).items():
        plain = gzip.decompress(data) if name.endswith(".gz") else data
        assert str(gone.id).encode() not in plain, name
    fact = public.export_fact(Export.objects.latest("id").id)
    assert sum(shard.samples for shard in fact.shards) == COUNT - 1


def test_small_shards_hold_every_sample_once(version: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "SMALLEST_SHARD", 1)
    made = export(version, "webdataset", shard_bytes=40_000)
    fact = public.export_fact(made.id)
    assert fact.ready
    assert len(fact.shards) >= 3
    keys = [name.split(".")[0] for shard in fact.shards for name in members(storage.read(shard.storage_key))]
    assert sum(shard.samples for shard in fact.shards) == len(set(keys)) == COUNT
    for shard in fact.shards:
        data = storage.read(shard.storage_key)
        assert (shard.size, shard.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert shard.name.startswith(shard.split)


def test_a_missing_medium_fails_the_shard_by_name_and_retry_builds_it_again(
    version: Version, submissions: list[Submission]
) -> None:
    placement = submissions[0].current.placements.select_related("asset").get(path="audio.asset")
    storage.delete([placement.asset.storage_key])
    made = exports.start(version_id=version.id, profile="webdataset", options={}, actor=version.created_by, now=NOW)
    for attempt in range(export_shards.MAX_ATTEMPTS):
        later = NOW + 2 * attempt * export_shards.LEASE
        while export_shards.build_next(clock=lambda later=later: later):
            pass
    made.refresh_from_db()
    assert (made.status, made.failure["code"]) == (BuildStatus.FAILED, "object_missing")
    assert Event.objects.filter(kind=EventKind.EXPORT_FAILED, version=version).count() == 1
    failed = ExportShard.objects.get(export=made, status=BuildStatus.FAILED)
    storage.write(placement.asset.storage_key, f"{submissions[0].id} audio.asset".encode())
    exports.retry(export_id=made.id)
    while export_shards.build_next(clock=clock):
        pass
    made.refresh_from_db()
    failed.refresh_from_db()
    assert (made.status, failed.status) == (BuildStatus.READY, BuildStatus.READY)
    with pytest.raises(exports.ExportNotFailed):
        exports.retry(export_id=made.id)


def test_bytes_that_changed_in_storage_are_noticed(version: Version, submissions: list[Submission]) -> None:
    placement = submissions[0].current.placements.select_related("asset").get(path="audio.asset")
    storage.write(placement.asset.storage_key, b"x" * placement.asset.size)
    made = exports.start(version_id=version.id, profile="webdataset", options={}, actor=version.created_by, now=NOW)
    ExportShard.objects.filter(export=made).update(attempts=export_shards.MAX_ATTEMPTS - 1)
    while export_shards.build_next(clock=clock):
        pass
    made.refresh_from_db()
    assert made.status == BuildStatus.FAILED
    assert "hash to" in made.failure["message"]


def test_an_export_whose_last_worker_died_before_finishing_is_finished(version: Version) -> None:
    made = export(version, "metadata")
    Export.objects.filter(id=made.id).update(status=BuildStatus.BUILDING, files=[], ready_at=None)
    assert not export_shards.build_next(clock=clock)
    made.refresh_from_db()
    assert made.status == BuildStatus.READY
    assert [file["name"] for file in made.files] == ["export.json", "SHA256SUMS"]


@pytest.mark.parametrize(
    ("profile", "options", "field"),
    [
        ("zip", {}, "profile"),
        ("metadata", {"splits": ["train"]}, "options.splits"),
        ("webdataset", {"splits": ["best"]}, "options.splits"),
        ("webdataset", {"shard_bytes": 5}, "options.shard_bytes"),
    ],
)
def test_wrong_options_are_refused_by_name(version: Version, profile: str, options: dict[str, Any], field: str) -> None:
    with pytest.raises(exports.BadOptions) as refusal:
        exports.start(version_id=version.id, profile=profile, options=options, actor=version.created_by, now=NOW)
    assert list(refusal.value.fields) == [field]


def test_what_is_not_frozen_cannot_be_exported(version: Version) -> None:
    building = versions.freeze(dataset_id=version.dataset_id, selection={}, actor=version.created_by, now=NOW)
    with pytest.raises(versions.VersionNotReady):
        exports.start(version_id=building.id, profile="metadata", options={}, actor=version.created_by, now=NOW)
