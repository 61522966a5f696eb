"""What state allows what: every pair of statuses, against the transition tables."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from common.errors import DomainError
from curation import policies
from curation.lifecycle import (
    ASSET_TRANSITIONS,
    BUILD_TRANSITIONS,
    CAMPAIGN_TRANSITIONS,
    REVIEW_TRANSITIONS,
    SUBMISSION_TRANSITIONS,
    CampaignStatus,
    EventKind,
    SubmissionStatus,
)

TABLES = {
    "submission": (SUBMISSION_TRANSITIONS, policies.check_submission_move),
    "asset": (ASSET_TRANSITIONS, policies.check_asset_move),
    "campaign": (CAMPAIGN_TRANSITIONS, policies.check_campaign_move),
    "review": (REVIEW_TRANSITIONS, policies.check_review_move),
    "build": (BUILD_TRANSITIONS, lambda current, to: policies.check_build_move("export", current, to)),
}
PAIRS = [(noun, one, other) for noun, (table, _) in TABLES.items() for one in table for other in table]


def code_of(check: Callable[..., None], *arguments: object) -> str | None:
    """The code of the refusal, or None where there is none."""
    try:
        check(*arguments)
    except DomainError as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize(("noun", "current", "to"), PAIRS)
def test_a_move_is_allowed_exactly_where_the_table_has_it(noun: str, current: str, to: str) -> None:
    table, check = TABLES[noun]
    assert (code_of(check, current, to) is None) == (to in table[current])


@pytest.mark.parametrize("noun", TABLES)
def test_every_status_is_reached_and_every_target_is_known(noun: str) -> None:
    table, _ = TABLES[noun]
    reached = {to for targets in table.values() for to in targets}
    assert reached <= set(table)
    assert set(table) - reached <= {"draft", "uploading", "leased", "building"}


def test_every_status_a_submission_can_move_to_has_its_event() -> None:
    assert {str(to) for targets in SUBMISSION_TRANSITIONS.values() for to in targets} <= set(EventKind)


@pytest.mark.parametrize(
    ("current", "code"),
    [
        (SubmissionStatus.ACCEPTED, "already_decided"),
        (SubmissionStatus.REJECTED, "already_decided"),
        (SubmissionStatus.WITHDRAWN, "withdrawn"),
        (SubmissionStatus.DRAFT, "wrong_state"),
    ],
)
def test_a_refused_move_is_named_for_what_happened(current: str, code: str) -> None:
    assert code_of(policies.check_submission_move, current, SubmissionStatus.IN_REVIEW) == code


@pytest.mark.parametrize("status", SubmissionStatus)
def test_only_what_is_not_frozen_is_edited(status: SubmissionStatus) -> None:
    editable = {"draft", "changes_requested", "rejected", "failed"}
    expected = None if status in editable else "withdrawn" if status == "withdrawn" else "wrong_state"
    assert code_of(policies.check_draft_editable, status) == expected


@pytest.mark.parametrize("status", SubmissionStatus)
def test_only_failed_scoring_is_retried(status: SubmissionStatus) -> None:
    assert (code_of(policies.check_scoring_failed, status) is None) == (status == SubmissionStatus.FAILED)


@pytest.mark.parametrize("status", CampaignStatus)
def test_only_an_open_campaign_takes_contributions(status: CampaignStatus) -> None:
    assert (code_of(policies.check_campaign_open, status) is None) == (status == CampaignStatus.OPEN)


@pytest.mark.parametrize(
    ("status", "changed", "refused"),
    [
        ("draft", {"license"}, False),
        ("open", {"title"}, False),
        ("open", {"license", "title"}, True),
        ("closed", {"license"}, True),
    ],
)
def test_what_contributors_rely_on_is_frozen_at_opening(status: str, changed: set[str], refused: bool) -> None:
    code = code_of(policies.check_campaign_editable, status, changed, {"license"})
    assert code == ("campaign_not_draft" if refused else None)
