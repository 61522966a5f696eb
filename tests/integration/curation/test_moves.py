"""Walks through the lifecycle against the real tables: no walk leaves the transition table, every move its event."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.errors import NotFound
from common.ids import uuid7
from curation.lifecycle import SUBMISSION_TRANSITIONS, CampaignStatus, EventKind, SubmissionStatus
from curation.models import Asset, Event, Revision
from curation.policies import WrongStatus
from curation.services import moves
from tests.factories import curation as make

pytestmark = pytest.mark.django_db


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(SubmissionStatus), max_size=12))
def test_a_walk_follows_the_table_and_leaves_one_event_per_move(db: Any, walk: list[SubmissionStatus]) -> None:
    row = make.submission(make.campaign(), make.person(), status=SubmissionStatus.SUBMITTED)
    status, made = str(SubmissionStatus.SUBMITTED), []
    for to in walk:
        allowed = to in SUBMISSION_TRANSITIONS[status]
        try:
            moves.move_submission(row.id, to=to, now=timezone.now())
        except WrongStatus:
            assert not allowed
            continue
        assert allowed
        status = str(to)
        made.append(status)
    assert make.submission_of(row.id).status == status
    assert list(Event.objects.filter(submission=row).order_by("id").values_list("kind", flat=True)) == made


def test_an_event_names_the_campaign_the_revision_and_the_actor() -> None:
    row, actor = make.submission(make.campaign(), make.person()), make.person()
    moves.move_submission(row.id, to=SubmissionStatus.ACCEPTED, now=timezone.now(), actor=actor, detail={"why": "good"})
    event = Event.objects.get(submission=row)
    assert (event.kind, event.campaign_id, event.revision_id) == (EventKind.ACCEPTED, row.campaign_id, row.current_id)
    assert (event.actor, event.detail) == (actor, {"why": "good"})


def test_a_move_of_nothing_is_refused_by_name() -> None:
    with pytest.raises(NotFound):
        moves.move_submission(uuid7(), to=SubmissionStatus.ACCEPTED, now=timezone.now())


def test_a_campaign_opens_closes_and_opens_again_with_an_event_each() -> None:
    campaign, actor = make.campaign(status=CampaignStatus.DRAFT), make.person()
    for to in (CampaignStatus.OPEN, CampaignStatus.CLOSED, CampaignStatus.OPEN):
        moves.move_campaign(campaign.id, to=to, now=timezone.now(), actor=actor)
    with pytest.raises(WrongStatus):
        moves.move_campaign(campaign.id, to=CampaignStatus.OPEN, now=timezone.now(), actor=actor)
    kinds = list(Event.objects.filter(campaign=campaign).order_by("id").values_list("kind", flat=True))
    assert kinds == ["campaign_opened", "campaign_closed", "campaign_opened"]


def test_an_asset_that_is_ready_stays_so() -> None:
    asset = make.asset(make.person(), b"x", kind="image", content_type="image/png", stored=False)
    with pytest.raises(WrongStatus):
        moves.move_asset(asset.id, to="abandoned")
    assert Asset.objects.get(id=asset.id).status == "ready"


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("model", [Revision, Event])
def test_what_happened_cannot_be_rewritten(model: Any, statement: str) -> None:
    row = make.submission(make.campaign(), make.person())
    moves.move_submission(row.id, to=SubmissionStatus.ACCEPTED, now=timezone.now())
    with (
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(model._meta.db_table))
