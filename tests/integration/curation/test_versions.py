"""Freezing versions of a dataset: what is in them, how they are split, and that they can be trusted."""

import gzip
import json
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from accounts.models import User
from accounts.roles import Role
from common import storage
from curation.exporting.manifest import Manifest
from curation.exporting.merkle import MerkleTree, leaf_hash
from curation.exporting.splits import split_of
from curation.exporting.webdataset import published_record
from curation.lifecycle import BuildStatus, EventKind, SubmissionStatus
from curation.models import Campaign, Dataset, Event, SplitAssignment, Submission, Version, VersionItem
from curation.record import parse_published
from curation.selectors import frozen
from curation.selectors.selections import BadSelection
from curation.services import datasets, moves, version_builds, versions
from tests.factories import curation as make
from tests.factories.curation import NOW

pytestmark = pytest.mark.django_db
SAME = {"lighting.env_map.asset": b"one environment map"}


@pytest.fixture
def engineer() -> User:
    return make.person(Role.ENGINEER)


@pytest.fixture
def dataset(engineer: User) -> Dataset:
    return datasets.create(name="rolling", actor=engineer, now=NOW)


@pytest.fixture
def campaign() -> Campaign:
    return make.campaign()


def accepted(campaign: Campaign, count: int = 1, **fields: Any) -> list[Submission]:
    contributor = make.person()
    return [make.submission(campaign, contributor, status=SubmissionStatus.ACCEPTED, **fields) for _ in range(count)]


def clock() -> datetime:
    return NOW


def freeze(dataset: Dataset, selection: dict[str, Any] | None = None) -> Version:
    version = versions.freeze(dataset_id=dataset.id, selection=selection or {}, actor=dataset.created_by, now=NOW)
    assert version_builds.build_next(clock=clock)
    version.refresh_from_db()
    return version


def lines_of(version: Version) -> list[dict[str, Any]]:
    text = gzip.decompress(storage.read(version.manifest_key))
    return [json.loads(line) for line in text.splitlines()]


def test_a_version_holds_the_accepted_submissions_in_order_of_their_ids(dataset: Dataset, campaign: Campaign) -> None:
    submissions = accepted(campaign, 5)
    make.submission(campaign, make.person())
    version = freeze(dataset)
    assert version.status == BuildStatus.READY, version.failure
    lines = lines_of(version)
    assert [line["id"] for line in lines] == sorted(str(submission.id) for submission in submissions)
    assert version.item_count == sum(version.split_counts.values()) == 5
    assert Event.objects.filter(kind=EventKind.VERSION_READY, version=version).count() == 1


def test_a_line_says_what_it_is_made_of(dataset: Dataset, campaign: Campaign) -> None:
    [submission] = accepted(campaign)
    [line] = lines_of(freeze(dataset))
    assert set(line) == {
        "assets", "caption", "decision", "id", "license", "modalities", "quality", "record", "revision",
        "revision_number", "scores", "split", "split_group", "near_dup_cluster",
    }  # fmt: skip
    assert line["license"] == "CC-BY-4.0"
    assert line["decision"]["outcome"] == "approve"
    assert line["quality"]["overall"] == 0.8
    assert [asset["path"] for asset in line["assets"]] == sorted(make.KINDS)
    assert line["record"] == submission.current.record
    parse_published(published_record(line))


def test_the_root_is_the_merkle_root_over_the_stored_canonical_lines(dataset: Dataset, campaign: Campaign) -> None:
    accepted(campaign, 3)
    version = freeze(dataset)
    text = gzip.decompress(storage.read(version.manifest_key))
    tree = MerkleTree()
    for line in text.splitlines():
        tree.append(leaf_hash(line))
    assert tree.root().hex() == version.merkle_root
    leaves = VersionItem.objects.filter(version=version).order_by("position").values_list("leaf", flat=True)
    assert [bytes(leaf) for leaf in leaves] == [leaf_hash(line) for line in text.splitlines()]
    index = Manifest.from_index(storage.read(version_builds.index_key(version.manifest_key)))
    assert (index.root, index.count) == (version.merkle_root, 3)


def test_the_same_content_has_the_same_root_and_facts_name_models_and_policies(
    dataset: Dataset, campaign: Campaign
) -> None:
    accepted(campaign, 4)
    one, two = freeze(dataset), freeze(dataset)
    assert (one.merkle_root, one.number, two.number) == (two.merkle_root, 1, 2)
    assert one.facts["models"] == [{"id": "test-clip", "weights_sha256": "ab" * 32}]
    assert one.facts["policies"] == [make.ruleset().sha256]
    assert one.facts["schema_version"] == "scene-sample/1.0"
    accepted(campaign)
    assert freeze(dataset).merkle_root != one.merkle_root


def test_a_selection_narrows_by_campaign_quality_and_modality(dataset: Dataset, campaign: Campaign) -> None:
    other = make.campaign()
    [poor] = accepted(campaign, overall=0.3)
    [silent] = accepted(campaign, overall=0.9, audio=None, video=None)
    [elsewhere] = accepted(other, overall=0.9)

    def chosen(**selection: Any) -> set[str]:
        return {line["id"] for line in lines_of(freeze(dataset, selection))}

    assert chosen(campaigns=[str(campaign.id)]) == {str(poor.id), str(silent.id)}
    assert chosen(min_quality=0.5) == {str(silent.id), str(elsewhere.id)}
    assert chosen(modalities=["audio", "camera"]) == chosen(modalities=["video"]) == {str(poor.id), str(elsewhere.id)}
    assert chosen(modalities=["camera"]) == {str(poor.id), str(silent.id), str(elsewhere.id)}
    assert chosen(campaigns=[str(other.id)], min_quality=0.5) == {str(elsewhere.id)}


@pytest.mark.parametrize(
    "selection",
    [{"colour": "red"}, {"min_quality": 2}, {"min_quality": True}, {"campaigns": ["x"]}, {"modalities": ["smell"]}],
)
def test_a_wrong_selection_is_refused_by_name(dataset: Dataset, selection: dict[str, Any]) -> None:
    with pytest.raises(BadSelection) as refusal:
        versions.freeze(dataset_id=dataset.id, selection=selection, actor=dataset.created_by, now=NOW)
    assert list(refusal.value.fields) == [f"selection.{next(iter(selection))}"]


def test_an_empty_selection_fails_by_name(dataset: Dataset) -> None:
    version = freeze(dataset)
    assert version.status == BuildStatus.FAILED
    assert version.failure["code"] == "nothing_selected"
    assert Event.objects.filter(kind=EventKind.VERSION_FAILED, version=version).count() == 1


def test_what_shares_a_file_stays_on_one_side(dataset: Dataset, campaign: Campaign) -> None:
    accepted(campaign, 4)
    together = accepted(campaign, 4, media=SAME)
    lines = {line["id"]: line for line in lines_of(freeze(dataset))}
    group = [lines[str(submission.id)] for submission in together]
    assert {line["split_group"] for line in group} == {str(min(submission.id for submission in together))}
    assert len({line["split"] for line in group}) == 1


def test_what_shares_a_source_or_looks_alike_stays_on_one_side(dataset: Dataset, campaign: Campaign) -> None:
    source = {"created_at": "2026-01-31T12:00:00Z", "ai_generated": "none", "source_url": "https://example.org/a"}
    [one] = accepted(campaign, provenance=source)
    [two] = accepted(campaign, provenance=source)
    [three] = accepted(campaign)
    [apart] = accepted(campaign)
    make.embedding(two.current, [1.0, 0.0])
    make.embedding(three.current, [0.98, 0.19])
    make.embedding(apart.current, [0.0, 1.0])
    freeze(dataset)
    groups = dict(SplitAssignment.objects.values_list("submission", "group"))
    assert groups[one.id] == groups[two.id] == groups[three.id] == one.id
    assert groups[apart.id] == apart.id


def test_changed_copies_stay_on_one_side_in_one_named_cluster(dataset: Dataset, campaign: Campaign) -> None:
    one, two, three, words, apart = accepted(campaign, 5)
    make.copy(two.current, of=one.current)
    make.copy(words.current, of=apart.current, kind="text", part="scene", original_part="scene")
    found = {line["id"]: line for line in lines_of(freeze(dataset))}
    assert {found[str(row.id)]["split_group"] for row in (one, two)} == {str(one.id)}
    assert {found[str(row.id)]["near_dup_cluster"] for row in (one, two)} == {str(one.id)}
    assert [found[str(row.id)]["near_dup_cluster"] for row in (three, words, apart)] == [None] * 3
    assert found[str(words.id)]["split_group"] != found[str(apart.id)]["split_group"]
    make.copy(three.current, of=two.current, kind="audio")
    SplitAssignment.objects.update(split="train")  # the hash may have parted what the new copy joins: excluded then
    later = {line["id"]: line["near_dup_cluster"] for line in lines_of(freeze(dataset)) if line["near_dup_cluster"]}
    assert later == {str(row.id): str(one.id) for row in (one, two, three)}
    record = parse_published(published_record(found[str(two.id)]))
    assert record.groups.near_dup_cluster == str(one.id)


@pytest.mark.parametrize("side", ["train", "validation", "test"])
def test_a_version_always_has_something_to_train_on(dataset: Dataset, campaign: Campaign, side: str) -> None:
    first = accepted(campaign, 8, media=SAME)[0]
    dataset.split_salt = next(str(salt) for salt in count() if split_of(first.id, salt=str(salt)) == side)
    dataset.save()
    assert freeze(dataset).split_counts == {"train": 8, "validation": 0, "test": 0}


def test_splits_are_inherited_and_a_merge_excludes_the_test_side(dataset: Dataset, campaign: Campaign) -> None:
    one, two = accepted(campaign, media=SAME)[0], accepted(campaign)[0]
    freeze(dataset)
    SplitAssignment.objects.filter(submission=one).update(split="train")
    SplitAssignment.objects.filter(submission=two).update(split="test")
    before = {line["id"]: line["split"] for line in lines_of(freeze(dataset))}
    assert before == {str(one.id): "train", str(two.id): "test"}
    both = {**SAME, "video.asset": f"{two.id} video.asset".encode()}
    [link] = accepted(campaign, media=both)
    after = {line["id"]: line["split"] for line in lines_of(freeze(dataset))}
    assert after == {str(one.id): "train", str(link.id): "train"}
    assert SplitAssignment.objects.get(submission=two).excluded
    assert {line["id"] for line in lines_of(freeze(dataset))} == {str(one.id), str(link.id)}


def test_a_withdrawn_submission_is_in_no_later_version_and_earlier_ones_say_so(
    dataset: Dataset, campaign: Campaign
) -> None:
    gone, stays = accepted(campaign, 2)
    first = freeze(dataset)
    assert frozen.withdrawn_positions(first.id) == set()
    moves.move_submission(gone.id, to=SubmissionStatus.WITHDRAWN, now=NOW)
    assert len(frozen.withdrawn_positions(first.id)) == 1
    assert [line["id"] for line in lines_of(freeze(dataset))] == [str(stays.id)]


def test_what_is_withdrawn_while_a_version_is_built_is_left_out(dataset: Dataset, campaign: Campaign) -> None:
    gone, stays = accepted(campaign, 2)
    readings = count()

    def withdrawing_clock() -> datetime:
        if next(readings) == 1:  # the manifest is written, the version not yet ready
            moves.move_submission(gone.id, to=SubmissionStatus.WITHDRAWN, now=NOW)
        return NOW

    version = versions.freeze(dataset_id=dataset.id, selection={}, actor=dataset.created_by, now=NOW)
    assert version_builds.build_next(clock=withdrawing_clock)
    version.refresh_from_db()
    assert (version.status, version.attempts) == (BuildStatus.BUILDING, 0)
    assert version_builds.build_next(clock=withdrawing_clock)
    version.refresh_from_db()
    assert [line["id"] for line in lines_of(version)] == [str(stays.id)]


def test_the_difference_names_added_removed_and_changed(dataset: Dataset, campaign: Campaign) -> None:
    gone, changed, same = accepted(campaign, 3)
    first = freeze(dataset)
    moves.move_submission(gone.id, to=SubmissionStatus.WITHDRAWN, now=NOW)
    current = SplitAssignment.objects.get(submission=changed).split
    moved = {"train": "test", "validation": "train", "test": "train"}[current]
    SplitAssignment.objects.filter(submission=changed).update(split=moved)
    [added] = accepted(campaign)
    difference = frozen.difference(first, freeze(dataset))
    assert (difference.added, difference.removed, difference.changed) == (1, 1, 1)
    assert {change.id: change.change for change in difference.changes} == {
        gone.id: "removed",
        changed.id: "changed",
        added.id: "added",
    }
    assert same.id not in {change.id for change in difference.changes}
    page = frozen.difference(first, freeze(dataset), limit=2)
    assert len(page.changes) == 2
    assert frozen.difference(first, freeze(dataset), after=page.next).changes == difference.changes[2:]


def test_a_build_whose_worker_died_is_taken_over(dataset: Dataset, campaign: Campaign) -> None:
    accepted(campaign)
    version = versions.freeze(dataset_id=dataset.id, selection={}, actor=dataset.created_by, now=NOW)
    dead = NOW + version_builds.LEASE
    Version.objects.filter(id=version.id).update(leased_until=dead, attempts=1)
    assert not version_builds.build_next(clock=clock)
    assert version_builds.build_next(clock=lambda: dead + timedelta(seconds=1))
    version.refresh_from_db()
    assert version.status == BuildStatus.READY


def test_a_build_whose_workers_always_die_fails_by_name(dataset: Dataset, campaign: Campaign) -> None:
    accepted(campaign)
    version = versions.freeze(dataset_id=dataset.id, selection={}, actor=dataset.created_by, now=NOW)
    Version.objects.filter(id=version.id).update(attempts=version_builds.MAX_ATTEMPTS)
    assert version_builds.build_next(clock=clock)
    version.refresh_from_db()
    assert (version.status, version.failure["code"]) == (BuildStatus.FAILED, "build_gave_up")


def test_a_dataset_name_is_taken_once(dataset: Dataset, engineer: User) -> None:
    with pytest.raises(datasets.DatasetNameTaken):
        datasets.create(name=dataset.name, actor=engineer, now=NOW)
