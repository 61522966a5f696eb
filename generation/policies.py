"""May this generation make this move: pure functions over `lifecycle`."""

from http import HTTPStatus

from common.errors import DomainError
from generation.lifecycle import GENERATION_TRANSITIONS, GenerationStatus


class GenerationNotInThisState(DomainError):
    """The generation is in a status that this cannot be done in."""

    code = "generation_wrong_state"
    status = HTTPStatus.CONFLICT


def check_move(source: str, target: str) -> None:
    """Raises `GenerationNotInThisState` unless the table has the move."""
    if target not in GENERATION_TRANSITIONS[source]:
        label = GenerationStatus(source).label.lower()
        raise GenerationNotInThisState(f"This generation is {label}; it cannot become {target}.")
