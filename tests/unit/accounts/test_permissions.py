"""The permission matrix, every cell of it: role x action x whose x state."""

import itertools
import json

import pytest

from accounts.models import User
from accounts.permissions import (
    MATRIX,
    READING,
    WITHOUT_TOKEN,
    Action,
    NotInThisState,
    allowed,
    check,
    ever_allowed,
    why_not,
)
from accounts.roles import SCOPE_OF_ROLE, Role, Scope
from common.errors import NotAllowed
from curation.lifecycle import AssetStatus, CampaignStatus, ReviewStatus, SubmissionStatus
from generation.lifecycle import GenerationStatus
from training.lifecycle import RunStatus

STATES_OF_THING: dict[str, list[str]] = {
    "campaign": CampaignStatus.values,
    "asset": SubmissionStatus.values,
    "submission": SubmissionStatus.values,
    "dispute": SubmissionStatus.values,
    "review": [*SubmissionStatus.values, *ReviewStatus.values],
    "run": RunStatus.values,
    "generation": GenerationStatus.values,
}


def cells(action: Action) -> list[tuple[bool, str | None]]:
    """Whose and in which state: all there are for this kind of thing."""
    states = [None, *STATES_OF_THING.get(action.split(".")[0], [])]
    return list(itertools.product((True, False), states))


def person(*roles: Role, scopes: set[str] | None = None, active: bool = True) -> User:
    user = User(email="someone@example.org", roles=list(roles), is_active=active)
    user.token_scopes = None if scopes is None else frozenset(scopes)
    return user


def expected(action: Action, role: Role, owner: bool, state: str | None) -> bool:
    """The matrix read as plainly as possible, apart from the functions under test."""
    for grant in MATRIX[action]:
        whose_fits = {"any": True, "own": owner, "others": not owner}[grant.whose]
        if grant.role == role and whose_fits and (grant.states is None or state in grant.states):
            return True
    return False


@pytest.mark.parametrize("action", Action)
def test_every_action_has_a_row_that_somebody_can_use(action: Action) -> None:
    assert MATRIX[action]
    assert any(ever_allowed(person(role), action) for role in Role)


@pytest.mark.parametrize("action", Action)
def test_matrix_names_only_states_that_exist(action: Action) -> None:
    named = {state for grant in MATRIX[action] for state in grant.states or ()}
    assert named <= set(STATES_OF_THING.get(action.split(".")[0], []))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_every_cell_is_allowed_exactly_as_the_matrix_says(action: Action, role: Role) -> None:
    for owner, state in cells(action):
        may = expected(action, role, owner, state)
        assert allowed(person(role), action, owner=owner, state=state) is may, (owner, state)
        assert allowed(person(role, active=False), action, owner=owner, state=state) is False
        if may:
            check(person(role), action, owner=owner, state=state)
            assert ever_allowed(person(role), action)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_refused_cell_tells_a_wrong_state_from_a_missing_right(action: Action, role: Role) -> None:
    for owner, state in cells(action):
        if expected(action, role, owner, state):
            continue
        with pytest.raises((NotAllowed, NotInThisState)) as caught:
            check(person(role), action, owner=owner, state=state)
        in_another_state = any(expected(action, role, owner, other) for whose, other in cells(action) if whose is owner)
        assert isinstance(caught.value, NotInThisState) is in_another_state, (owner, state)


@pytest.mark.parametrize("action", Action)
def test_token_allows_no_more_than_its_scopes(action: Action) -> None:
    for role in Role:
        whole = ever_allowed(person(role), action)
        with_own_scope = ever_allowed(person(role, scopes={SCOPE_OF_ROLE[role]}), action)
        with_read = ever_allowed(person(role, scopes={Scope.READ}), action)
        with_others = set(Scope) - {Scope.READ, SCOPE_OF_ROLE[role]}
        assert with_own_scope is (whole and action not in WITHOUT_TOKEN)
        assert with_read is (whole and action in READING)
        assert ever_allowed(person(role, scopes=with_others), action) is False


def test_several_roles_add_up() -> None:
    both = person(Role.CONTRIBUTOR, Role.REVIEWER)
    assert allowed(both, "submission.create")
    assert allowed(both, "review.take", owner=False, state="in_review")
    assert not allowed(both, "review.take", owner=True, state="in_review")


def test_only_open_or_changed_work_of_ones_own_can_be_edited() -> None:
    states = [
        state
        for state in SubmissionStatus
        if allowed(person(Role.CONTRIBUTOR), "submission.edit", owner=True, state=state)
    ]
    assert states == ["draft", "failed", "changes_requested", "rejected"]


def test_unknown_action_is_a_mistake_and_never_a_right() -> None:
    with pytest.raises(ValueError, match=r"no\.such_thing"):
        allowed(person(*Role), "no.such_thing")


@pytest.mark.parametrize(
    ("who", "action", "owner", "says"),
    [
        (person(active=False), Action.LEDGER_READ, None, "not active"),
        (person(Role.CONTRIBUTOR), Action.LEDGER_READ, None, "roles: Operator"),
        (person(Role.REVIEWER, scopes={"read"}), Action.REVIEW_TAKE, None, "token's scopes"),
        (person(Role.REVIEWER), Action.REVIEW_TAKE, True, "not possible on your own work"),
        (person(Role.REVIEWER), Action.REVIEW_VOTE, False, "not possible on the work of others"),
    ],
)
def test_refusal_says_what_stands_in_the_way(who: User, action: Action, owner: bool | None, says: str) -> None:
    assert says in why_not(who, action, owner=owner)


def test_roles_and_states_are_plain_text_for_programs() -> None:
    assert json.dumps([Role.OPERATOR, Action.RUN_START, Scope.READ]) == '["operator", "run.start", "read"]'


def test_upload_states_are_not_those_of_the_rights_to_read() -> None:
    assert not set(AssetStatus.values) & {state for grant in MATRIX[Action.ASSET_READ] for state in grant.states or ()}
