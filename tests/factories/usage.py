"""Versions, adapters made from them, and what people used them for, by direct rows."""

from collections.abc import Sequence
from uuid import uuid4

from accounts.models import User
from accounts.roles import Role
from curation.lifecycle import BuildStatus
from curation.models import Dataset, Export, Submission, Version, VersionItem
from generation.lifecycle import GenerationStatus
from generation.models import Event as GenerationEvent
from generation.models import Generation
from tests.factories.curation import NOW, person
from training.lifecycle import RunStatus
from training.models import Checkpoint, Run
from training.models import Event as RunEvent


def version(submissions: Sequence[Submission]) -> Version:
    """A frozen version of these, all to train on."""
    engineer = person(Role.ENGINEER)
    dataset = Dataset.objects.create(name=f"d-{uuid4()}", split_salt="salt", created_by=engineer, created_at=NOW)
    row = Version.objects.create(
        dataset=dataset, number=1, status=BuildStatus.READY, created_by=engineer, created_at=NOW, ready_at=NOW
    )
    VersionItem.objects.bulk_create(
        VersionItem(version=row, position=position, revision=one.current, split="train", leaf=bytes(32))
        for position, one in enumerate(submissions)
    )
    return row


def adapter(of: Version) -> Checkpoint:
    """What a run on the version made."""
    return Checkpoint.objects.create(
        run=_run(of.created_by, of), step=1, fingerprint="ab" * 32, base="slate-nano", base_fingerprint="cd" * 32,
        files=[], created_at=NOW,
    )  # fmt: skip


def finished(who: User, of: Version, *, price_wei: int) -> RunEvent:
    detail = {"device_seconds": 1.0, "price_wei": str(price_wei)}
    return RunEvent.objects.create(kind="run_finished", at=NOW, run=_run(who, of), detail=detail)


def delivered(who: User, adapter: Checkpoint | None, *, price_wei: int) -> GenerationEvent:
    row = Generation.objects.create(
        status=GenerationStatus.DELIVERED, request={}, model="slate-nano", adapter=adapter, price_wei=price_wei,
        created_by=who, created_at=NOW,
    )  # fmt: skip
    return GenerationEvent.objects.create(kind="generation_delivered", at=NOW, generation=row)


def _run(who: User, of: Version) -> Run:
    export = Export.objects.create(
        version=of, profile="webdataset", status=BuildStatus.READY, created_by=who, created_at=NOW
    )
    return Run.objects.create(
        export=export, base="slate-nano", config={}, status=RunStatus.FINISHED, steps=1, created_by=who, created_at=NOW
    )
