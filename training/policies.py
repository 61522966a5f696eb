"""May this run make this move: pure functions over `lifecycle`."""

from http import HTTPStatus

from common.errors import DomainError
from training.lifecycle import RUN_TRANSITIONS, RunStatus


class RunNotInThisState(DomainError):
    """The run is in a status that this cannot be done in."""

    code = "run_wrong_state"
    status = HTTPStatus.CONFLICT


def check_move(source: str, target: str) -> None:
    """Raises `RunNotInThisState` unless the table has the move."""
    if target not in RUN_TRANSITIONS[source]:
        raise RunNotInThisState(f"This run is {RunStatus(source).label.lower()}; it cannot become {target}.")
