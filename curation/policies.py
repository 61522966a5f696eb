"""Is this thing in a state to do that: pure functions over statuses. Who may is decided in accounts."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set

from common.errors import DomainError
from curation.lifecycle import (
    ASSET_TRANSITIONS,
    BUILD_TRANSITIONS,
    CAMPAIGN_TRANSITIONS,
    DISPUTE_TRANSITIONS,
    MEASURING_TRANSITIONS,
    RENDITION_TRANSITIONS,
    REVIEW_TRANSITIONS,
    SUBMISSION_TRANSITIONS,
    AssetStatus,
    BuildStatus,
    CampaignStatus,
    DisputeStatus,
    MeasuringStatus,
    RenditionStatus,
    ReviewStatus,
    SubmissionStatus,
)

EDITABLE = {
    SubmissionStatus.DRAFT,
    SubmissionStatus.CHANGES_REQUESTED,
    SubmissionStatus.REJECTED,
    SubmissionStatus.FAILED,
}
DECIDED = {SubmissionStatus.ACCEPTED, SubmissionStatus.REJECTED}


class WrongStatus(DomainError):
    """The thing is not in a state in which this can be done."""

    code = "wrong_state"


class SubmissionAlreadyDecided(WrongStatus):
    code = "already_decided"


class SubmissionIsWithdrawn(WrongStatus):
    code = "withdrawn"


class CampaignNotOpen(WrongStatus):
    code = "campaign_not_open"


class CampaignNotDraft(WrongStatus):
    code = "campaign_not_draft"


def check_submission_move(current: str, to: str) -> None:
    """Raises `SubmissionAlreadyDecided`, `SubmissionIsWithdrawn` or `WrongStatus` unless the table allows the move."""
    if to in SUBMISSION_TRANSITIONS[current]:
        return
    if current == SubmissionStatus.WITHDRAWN:
        raise SubmissionIsWithdrawn("This submission was withdrawn. Start a new one.")
    if current in DECIDED:
        raise SubmissionAlreadyDecided(f"This submission is already {current}.")
    raise _refused("submission", current, to)


def check_asset_move(current: str, to: str) -> None:
    """Raises `WrongStatus` unless the table allows the move."""
    _check("file", ASSET_TRANSITIONS, AssetStatus(current), to)


def check_rendition_move(current: str, to: str) -> None:
    """Raises `WrongStatus` unless the table allows the move."""
    _check("preview", RENDITION_TRANSITIONS, RenditionStatus(current), to)


def check_measuring_move(current: str, to: str) -> None:
    """Raises `WrongStatus` unless the table allows the move."""
    _check("pre-check", MEASURING_TRANSITIONS, MeasuringStatus(current), to)


def check_campaign_move(current: str, to: str) -> None:
    """Raises `WrongStatus` unless the table allows the move."""
    _check("campaign", CAMPAIGN_TRANSITIONS, CampaignStatus(current), to)


def check_draft_editable(status: str) -> None:
    """Raises `WrongStatus` where the record may not be edited: what was submitted is frozen."""
    if status == SubmissionStatus.WITHDRAWN:
        raise SubmissionIsWithdrawn("This submission was withdrawn. Start a new one.")
    if status not in EDITABLE:
        raise WrongStatus(f"A submission that is {_words(status)} cannot be edited.")


def check_scoring_failed(status: str) -> None:
    """Raises `WrongStatus` unless scoring gave up on the submission."""
    if status != SubmissionStatus.FAILED:
        raise WrongStatus(f"Scoring did not fail: this submission is {_words(status)}.")


def check_campaign_open(status: str) -> None:
    """Raises `CampaignNotOpen` unless the campaign takes contributions."""
    if status == CampaignStatus.PAUSED:
        raise CampaignNotOpen(
            "This campaign is paused: an operator looks at why so little of it was accepted. Try later."
        )
    if status != CampaignStatus.OPEN:
        raise CampaignNotOpen(f"This campaign is {status}; it takes no contributions.")


def check_campaign_editable(status: str, changed: Set[str], essentials: Set[str]) -> None:
    """Raises `CampaignNotDraft` where what contributors already relied on would change."""
    frozen = sorted(changed & essentials)
    if frozen and status != CampaignStatus.DRAFT:
        message = "Contributors already rely on it; open a new campaign instead."
        raise CampaignNotDraft(f"{', '.join(frozen)}: {message}", fields={name: [message] for name in frozen})


def check_review_move(current: str, to: str) -> None:
    """Raises `WrongStatus` unless the table allows the move."""
    _check("review", REVIEW_TRANSITIONS, ReviewStatus(current), to)


def check_dispute_move(current: str, to: str) -> None:
    """Raises `WrongStatus` unless the table allows the move."""
    _check("dispute", DISPUTE_TRANSITIONS, DisputeStatus(current), to)


def check_build_move(noun: str, current: str, to: str) -> None:
    """Raises `WrongStatus` unless the table allows the move of this version, export or shard."""
    _check(noun, BUILD_TRANSITIONS, BuildStatus(current), to)


def judgements_needed(cast: int, *, needed: int) -> int:
    """How many more judgements an undecided revision waits for: the rest of `needed`, then one at a time."""
    return max(needed - cast, 1)


def verdict_of(verdicts: Sequence[str], *, needed: int, tie: str) -> str | None:
    """The verdict that these judgements amount to, or None while more are needed.

    `needed` equal ones decide. After one judgement more than `needed` the most frequent verdict decides, and `tie`
    where there is no single such one.
    """
    counted = Counter(verdicts).most_common()
    if counted and counted[0][1] >= needed:
        return counted[0][0]
    if len(verdicts) <= needed:
        return None
    alone = len(counted) == 1 or counted[0][1] > counted[1][1]
    return counted[0][0] if alone else tie


def _check(noun: str, transitions: Mapping[str, Set[str]], current: str, to: str) -> None:
    if to not in transitions[current]:
        raise _refused(noun, current, to)


def _refused(noun: str, current: str, to: str) -> WrongStatus:
    return WrongStatus(f"This {noun} is {_words(current)} and cannot become {_words(to)}.")


def _words(status: str) -> str:
    return str(status).replace("_", " ")
