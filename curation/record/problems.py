"""What is wrong with a contribution, in the contributor's own words."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to put right.

    Attributes:
        path: Where: `scene.actions[0].end_s` in a record, `line 12` in a camera file; empty for the whole.
        code: Stable word for programs, such as `missing` or `outside_timeline`.
        message: What was found, one sentence.
        fix: What to do about it, one sentence.
    """

    path: str
    code: str
    message: str
    fix: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        return f"{where}{self.message} {self.fix}"


class RecordRefused(ValueError):
    """A record, or a file of one of its modalities, cannot be taken as it is; `problems` says why, never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: list[Problem] = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @property
    def code(self) -> str:
        """The first problem's code."""
        return self.problems[0].code


def refuse(path: str, code: str, message: str, fix: str) -> RecordRefused:
    """A refusal for one problem, to be raised by the caller."""
    return RecordRefused([Problem(path, code, message, fix)])
