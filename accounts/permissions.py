"""Who may do what, to whose thing, in which of its states: one table, and the functions that read it.

Rooms ask here by the action's name. What depends on more than role, ownership and state (a lease, a vote cast before)
is the room's own `policies.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Literal

from accounts.models import User
from accounts.roles import SCOPE_OF_ROLE, Role, Scope
from common.errors import DomainError, NotAllowed

Whose = Literal["any", "own", "others"]


class NotInThisState(DomainError):
    """The person may do this, but not while the thing is in its present state."""

    code = "wrong_state"
    status = HTTPStatus.CONFLICT


class Action(StrEnum):
    """Everything a person can ask for, named thing.verb."""

    CAMPAIGN_CREATE = "campaign.create"
    CAMPAIGN_READ = "campaign.read"
    CAMPAIGN_EDIT = "campaign.edit"
    CAMPAIGN_OPEN = "campaign.open"
    CAMPAIGN_PAUSE = "campaign.pause"
    CAMPAIGN_CLOSE = "campaign.close"
    CAMPAIGN_FUND = "campaign.fund"
    POLICY_READ = "policy.read"
    POLICY_MANAGE = "policy.manage"
    CALIBRATION_READ = "calibration.read"
    ASSET_UPLOAD = "asset.upload"
    ASSET_READ = "asset.read"
    SUBMISSION_CREATE = "submission.create"
    SUBMISSION_READ = "submission.read"
    SUBMISSION_EDIT = "submission.edit"
    SUBMISSION_SUBMIT = "submission.submit"
    SUBMISSION_RETRY = "submission.retry"
    SUBMISSION_WITHDRAW = "submission.withdraw"
    DISPUTE_OPEN = "dispute.open"
    DISPUTE_READ = "dispute.read"
    DISPUTE_ANSWER = "dispute.answer"
    REVIEW_TAKE = "review.take"
    REVIEW_VOTE = "review.vote"
    REVIEW_RELEASE = "review.release"
    REVIEW_READ = "review.read"
    STANDING_READ_OWN = "standing.read_own"
    GOLD_MANAGE = "gold.manage"
    AGREEMENT_READ = "agreement.read"
    DATASET_CREATE = "dataset.create"
    DATASET_READ = "dataset.read"
    VERSION_FREEZE = "version.freeze"
    VERSION_READ = "version.read"
    EXPORT_CREATE = "export.create"
    EXPORT_READ = "export.read"
    RUN_START = "run.start"
    RUN_CANCEL = "run.cancel"
    RUN_RESUME = "run.resume"
    RUN_READ = "run.read"
    GENERATION_CREATE = "generation.create"
    GENERATION_CANCEL = "generation.cancel"
    GENERATION_READ = "generation.read"
    COMPARISON_CREATE = "comparison.create"
    COMPARISON_READ = "comparison.read"
    VOTE_CAST = "vote.cast"
    BALANCE_READ_OWN = "balance.read_own"
    LEDGER_READ = "ledger.read"
    HOLD_MANAGE = "hold.manage"
    CUSTOMER_TOP_UP = "customer.top_up"
    EPOCH_READ = "epoch.read"
    CLAIM_READ_OWN = "claim.read_own"
    CLAIM_SPONSOR = "claim.sponsor"
    PAYOUT_ADDRESS_SET = "payout_address.set"
    PAYOUT_ADDRESS_CHANGE = "payout_address.change"
    PAYOUT_ADDRESS_CANCEL = "payout_address.cancel"
    PAYOUT_ADDRESS_SET_FOR_OTHERS = "payout_address.set_for_others"
    PAYOUT_READ = "payout.read"
    PAYOUT_MANAGE = "payout.manage"
    PROFILE_EDIT = "profile.edit"
    TOKEN_CREATE = "token.create"  # noqa: S105 - an action's name, no secret
    TOKEN_REVOKE = "token.revoke"  # noqa: S105 - likewise
    NOTIFICATION_READ_OWN = "notification.read_own"
    NOTIFICATION_CHANGE_OWN = "notification.change_own"
    WALLET_READ_OWN = "wallet.read_own"
    WALLET_LINK = "wallet.link"
    WALLET_UNLINK = "wallet.unlink"
    REPORT_CREATE = "report.create"
    REPORT_READ = "report.read"
    REPORT_ANSWER = "report.answer"
    AUDIT_READ = "audit.read"
    STATISTICS_READ_OWN = "statistics.read_own"
    USER_READ = "user.read"
    USER_MANAGE = "user.manage"
    OPERATIONS_READ = "operations.read"


READING = {action for action in Action if action.value.endswith((".read", ".read_own"))}
# A leaked token must neither breed others, nor let its finder in for good, nor turn earnings elsewhere.
WITHOUT_TOKEN = {
    Action.TOKEN_CREATE,
    Action.USER_MANAGE,
    Action.WALLET_LINK,
    Action.WALLET_UNLINK,
    Action.PAYOUT_ADDRESS_CHANGE,
    Action.PAYOUT_ADDRESS_CANCEL,
    Action.PAYOUT_ADDRESS_SET_FOR_OTHERS,
}


@dataclass(frozen=True)
class Grant:
    """Holders of `role` may, on things of `whose`, while these are in one of `states` (None: in any, or stateless)."""

    role: Role
    whose: Whose = "any"
    states: frozenset[str] | None = None

    def covers(self, *, owner: bool) -> bool:
        return self.whose == "any" or (self.whose == "own") == owner


def _may(*roles: Role, whose: Whose = "any", states: Iterable[str] | None = None) -> list[Grant]:
    return [Grant(role, whose, None if states is None else frozenset(states)) for role in roles]


CONTRIBUTOR, REVIEWER, ENGINEER, OPERATOR = Role.CONTRIBUTOR, Role.REVIEWER, Role.ENGINEER, Role.OPERATOR
EVERYONE = tuple(Role)
EDITABLE = {"draft", "changes_requested", "rejected", "failed"}
WITHDRAWABLE = {*EDITABLE, "submitted", "in_review", "accepted"}
UNFINISHED = {"queued", "running"}
STOPPED = {"failed", "cancelled"}

# For reviews the owner is who holds them, except `review.take`, where it is the submission's contributor.
# An asset's state is that of the submission it stands in.
MATRIX: dict[Action, list[Grant]] = {
    Action.CAMPAIGN_CREATE: _may(ENGINEER, OPERATOR),
    Action.CAMPAIGN_READ: [
        *_may(CONTRIBUTOR, REVIEWER, states={"open", "paused", "closed"}),
        *_may(ENGINEER, OPERATOR),
    ],
    Action.CAMPAIGN_EDIT: [
        *_may(ENGINEER, whose="own", states={"draft"}),
        *_may(OPERATOR, states={"draft", "open", "paused"}),  # a call that was misunderstood is put right while paused
    ],
    Action.CAMPAIGN_OPEN: [
        *_may(ENGINEER, whose="own", states={"draft", "paused", "closed"}),
        *_may(OPERATOR, states={"draft", "paused", "closed"}),
    ],
    Action.CAMPAIGN_PAUSE: [*_may(ENGINEER, whose="own", states={"open"}), *_may(OPERATOR, states={"open"})],
    Action.CAMPAIGN_CLOSE: [
        *_may(ENGINEER, whose="own", states={"open", "paused"}),
        *_may(OPERATOR, states={"open", "paused"}),
    ],
    Action.CAMPAIGN_FUND: _may(OPERATOR),
    Action.POLICY_READ: _may(ENGINEER, OPERATOR),
    Action.POLICY_MANAGE: _may(OPERATOR),
    Action.CALIBRATION_READ: _may(ENGINEER, OPERATOR),
    Action.ASSET_UPLOAD: _may(CONTRIBUTOR, ENGINEER, OPERATOR),
    Action.ASSET_READ: [
        *_may(*EVERYONE, whose="own"),
        *_may(REVIEWER, whose="others", states={"in_review"}),
        *_may(ENGINEER, whose="others", states={"accepted"}),
        *_may(OPERATOR, whose="others"),
    ],
    Action.SUBMISSION_CREATE: _may(CONTRIBUTOR),
    Action.SUBMISSION_READ: [
        *_may(*EVERYONE, whose="own"),
        *_may(REVIEWER, whose="others", states={"in_review"}),
        *_may(ENGINEER, whose="others", states={"accepted"}),
        *_may(OPERATOR, whose="others"),
    ],
    Action.SUBMISSION_EDIT: _may(CONTRIBUTOR, whose="own", states=EDITABLE),
    Action.SUBMISSION_SUBMIT: _may(CONTRIBUTOR, whose="own", states=EDITABLE),
    Action.SUBMISSION_RETRY: [
        *_may(CONTRIBUTOR, whose="own", states={"failed"}),
        *_may(OPERATOR, states={"failed"}),
    ],
    Action.SUBMISSION_WITHDRAW: [
        *_may(*EVERYONE, whose="own", states=WITHDRAWABLE),
        *_may(OPERATOR, whose="others", states=WITHDRAWABLE),
    ],
    Action.DISPUTE_OPEN: _may(CONTRIBUTOR, whose="own", states={"rejected"}),
    Action.DISPUTE_READ: [*_may(*EVERYONE, whose="own"), *_may(REVIEWER, OPERATOR, whose="others")],
    Action.DISPUTE_ANSWER: _may(REVIEWER, OPERATOR, whose="others"),
    Action.REVIEW_TAKE: _may(REVIEWER, whose="others", states={"in_review"}),
    Action.REVIEW_VOTE: _may(REVIEWER, whose="own", states={"leased"}),
    Action.REVIEW_RELEASE: _may(REVIEWER, whose="own", states={"leased"}),
    Action.REVIEW_READ: [*_may(REVIEWER, whose="own"), *_may(OPERATOR)],
    Action.STANDING_READ_OWN: _may(*EVERYONE),
    Action.GOLD_MANAGE: _may(OPERATOR),
    Action.AGREEMENT_READ: _may(OPERATOR),
    Action.DATASET_CREATE: _may(ENGINEER, OPERATOR),
    Action.DATASET_READ: _may(ENGINEER, OPERATOR),
    Action.VERSION_FREEZE: _may(ENGINEER, OPERATOR),
    Action.VERSION_READ: _may(ENGINEER, OPERATOR),
    Action.EXPORT_CREATE: _may(ENGINEER, OPERATOR),
    Action.EXPORT_READ: _may(ENGINEER, OPERATOR),
    Action.RUN_START: _may(ENGINEER, OPERATOR),
    Action.RUN_CANCEL: [*_may(ENGINEER, whose="own", states=UNFINISHED), *_may(OPERATOR, states=UNFINISHED)],
    Action.RUN_RESUME: [*_may(ENGINEER, whose="own", states=STOPPED), *_may(OPERATOR, states=STOPPED)],
    Action.RUN_READ: _may(ENGINEER, OPERATOR),
    Action.GENERATION_CREATE: _may(ENGINEER, OPERATOR),
    Action.GENERATION_CANCEL: [*_may(ENGINEER, whose="own", states=UNFINISHED), *_may(OPERATOR, states=UNFINISHED)],
    Action.GENERATION_READ: _may(ENGINEER, OPERATOR),
    Action.COMPARISON_CREATE: _may(ENGINEER, OPERATOR),
    Action.COMPARISON_READ: _may(*EVERYONE),
    Action.VOTE_CAST: _may(*EVERYONE),
    Action.BALANCE_READ_OWN: _may(*EVERYONE),
    Action.LEDGER_READ: _may(OPERATOR),
    Action.HOLD_MANAGE: _may(OPERATOR),
    Action.CUSTOMER_TOP_UP: _may(OPERATOR),
    Action.EPOCH_READ: _may(*EVERYONE),
    Action.CLAIM_READ_OWN: _may(*EVERYONE),
    Action.CLAIM_SPONSOR: _may(*EVERYONE),
    Action.PAYOUT_ADDRESS_SET: _may(*EVERYONE),
    Action.PAYOUT_ADDRESS_CHANGE: _may(*EVERYONE),
    Action.PAYOUT_ADDRESS_CANCEL: _may(*EVERYONE),
    Action.PAYOUT_ADDRESS_SET_FOR_OTHERS: _may(OPERATOR),
    Action.PAYOUT_READ: _may(OPERATOR),
    Action.PAYOUT_MANAGE: _may(OPERATOR),
    Action.PROFILE_EDIT: _may(*EVERYONE),
    Action.TOKEN_CREATE: _may(*EVERYONE),
    Action.TOKEN_REVOKE: _may(*EVERYONE, whose="own"),
    Action.NOTIFICATION_READ_OWN: _may(*EVERYONE),
    Action.NOTIFICATION_CHANGE_OWN: _may(*EVERYONE),
    Action.WALLET_READ_OWN: _may(*EVERYONE),
    Action.WALLET_LINK: _may(*EVERYONE),
    Action.WALLET_UNLINK: _may(*EVERYONE),
    Action.REPORT_CREATE: _may(*EVERYONE),
    Action.REPORT_READ: [*_may(*EVERYONE, whose="own"), *_may(OPERATOR, whose="others")],
    Action.REPORT_ANSWER: _may(OPERATOR, whose="others"),
    Action.AUDIT_READ: _may(OPERATOR),
    Action.STATISTICS_READ_OWN: _may(*EVERYONE),
    Action.USER_READ: _may(OPERATOR),
    Action.USER_MANAGE: _may(OPERATOR),
    Action.OPERATIONS_READ: _may(OPERATOR),
}


def allowed(person: User, action: Action | str, *, owner: bool = False, state: str | None = None) -> bool:
    """Whether this person may do this now.

    Args:
        owner: The thing is the person's own.
        state: The thing's status; a thing without one is only reached by grants that name no state.
    """
    grants = (grant for grant in _grants(person, Action(action)) if grant.covers(owner=owner))
    return any(grant.states is None or state in grant.states for grant in grants)


def ever_allowed(person: User, action: Action | str) -> bool:
    """Whether there is any thing in any state that this person may do this to; what a view can know beforehand."""
    return bool(_grants(person, Action(action)))


def check(person: User, action: Action | str, *, owner: bool = False, state: str | None = None) -> None:
    """`allowed`, or an error that says what stands in the way.

    Raises:
        NotInThisState: Allowed in another state of the same thing.
        NotAllowed: Not allowed in any.
    """
    if allowed(person, action, owner=owner, state=state):
        return
    if any(grant.covers(owner=owner) for grant in _grants(person, Action(action))):
        raise NotInThisState(f"{action} is not possible while this is {str(state or 'new').replace('_', ' ')}.")
    raise NotAllowed(why_not(person, Action(action), owner=owner))


def _grants(person: User, action: Action) -> list[Grant]:
    roles = acting_roles(person, action)
    return [grant for grant in MATRIX[action] if grant.role in roles]


def acting_roles(person: User, action: Action) -> set[str]:
    """The person's roles as far as the token they came with, if any, lets them act in these."""
    if not person.is_active:
        return set()
    scopes = person.token_scopes
    if scopes is None or (action in READING and Scope.READ in scopes):
        return set(person.roles)
    if action in WITHOUT_TOKEN:
        return set()
    return {role for role in person.roles if SCOPE_OF_ROLE[role] in scopes}


def why_not(person: User, action: Action, *, owner: bool | None = None) -> str:
    """What stands in the way and who can remove it, for the person's eyes; `owner` None where it is not known yet."""
    grants = [grant for grant in MATRIX[action] if owner is None or grant.covers(owner=owner)]
    if not person.is_active:
        return "This account is not active."
    if not grants:
        return f"{action} is not possible on {'your own work' if owner else 'the work of others'}."
    if any(grant.role in person.roles for grant in grants):
        return f"The token's scopes do not cover {action}. Use one with more scopes, or sign in."
    roles = sorted({grant.role.label for grant in grants})
    return f"{action} needs one of the roles: {', '.join(roles)}. Ask an operator for it."
