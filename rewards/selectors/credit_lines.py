"""A person's credits as lines of CSV, made as they are read."""

import csv
from collections.abc import Iterable, Iterator

from rewards.models import Credit
from rewards.reward_policy import ONE_BP

FACTORS = ("modalities", "quality", "novelty", "scarcity", "trust", "accuracy")
COLUMNS = (
    "earned_at", "settled_at", "rule", "status", "refusal", "campaign", "submission", "base_wei", *FACTORS,
    "amount_wei",
)  # fmt: skip
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


def csv_lines(credits: Iterable[Credit]) -> Iterator[str]:
    """The header, then a line for each; a factor that a rule does not have is empty."""
    writer = csv.writer(Echo())
    yield writer.writerow(COLUMNS)
    for credit in credits:
        yield writer.writerow(_row(credit))


def _row(credit: Credit) -> list[str]:
    factors = {factor["name"]: f"{factor['bp'] / ONE_BP:.4f}" for factor in credit.factors}
    title = credit.campaign.title
    return [
        credit.earned_at.isoformat(),
        credit.settled_at.isoformat() if credit.settled_at else "",
        credit.rule,
        credit.status,
        credit.refusal,
        f"'{title}" if title.startswith(FORMULA) else title,
        str(credit.event.submission_id or ""),
        str(credit.base_wei),
        *(factors.get(name, "") for name in FACTORS),
        str(credit.amount_wei),
    ]
