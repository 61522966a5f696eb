"""What the database says once everything has been decided: nothing lost, nothing doubled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

STORY = ["submitted", "in_review", "reviewed", "reviewed", "accepted"]
STORIES = """
SELECT submission.id::text, submission.status,
    (SELECT array_agg(kind ORDER BY id) FROM curation_event WHERE submission_id = submission.id),
    (SELECT count(*) FROM curation_decision WHERE revision_id IN
        (SELECT id FROM curation_revision WHERE submission_id = submission.id)),
    (SELECT count(*) FROM curation_revision WHERE submission_id = submission.id)
FROM curation_submission submission WHERE submission.status <> 'draft'
"""
UNPAID = """
SELECT count(*) FROM curation_event event LEFT JOIN rewards_credit credit ON credit.event_id = event.id
WHERE event.kind IN ('accepted', 'reviewed') AND credit.status IS DISTINCT FROM 'posted'
"""
CREDITS = """
SELECT event.kind, count(*), count(DISTINCT credit.event_id),
    count(*) FILTER (WHERE credit.amount_wei > 0), count(DISTINCT credit.transaction_id)
FROM rewards_credit credit JOIN curation_event event ON event.id = credit.event_id GROUP BY event.kind
"""
LEDGER_SUM = "SELECT coalesce(sum(amount_wei), 0) FROM rewards_entry"
STRAYED_ACCOUNTS = """
SELECT count(*) FROM rewards_account account
WHERE balance_wei <> (SELECT coalesce(sum(amount_wei), 0) FROM rewards_entry WHERE account_id = account.id)
"""


@dataclass(frozen=True)
class Books:
    """Everything that was submitted, as the tables tell it.

    Attributes:
        stories: (submission, status, kinds of its events in order, decisions, revisions).
        unpaid: Events that should have earned somebody something and have not.
        credits: Kind of event -> (credits, events, credits of more than nothing, transactions).
        strayed_accounts: Accounts whose balance is not the sum of their entries.
    """

    stories: list[tuple[str, str, list[str], int, int]]
    unpaid: int
    credits: dict[str, tuple[int, int, int, int]]
    ledger_sum_wei: int
    strayed_accounts: int


def read_books(url: str) -> Books:
    """From the database at this address."""
    with psycopg.connect(url) as connection:

        def one(sql: str) -> Any:
            [row] = connection.execute(sql).fetchall()
            return row[0]

        return Books(
            stories=connection.execute(STORIES).fetchall(),
            unpaid=one(UNPAID),
            credits={kind: tuple(counts) for kind, *counts in connection.execute(CREDITS)},
            ledger_sum_wei=int(one(LEDGER_SUM)),
            strayed_accounts=one(STRAYED_ACCOUNTS),
        )


def assert_settled(books: Books, *, submissions: int) -> None:
    """Every submission was submitted, scored, judged twice and accepted, once each, and all of it was paid once."""
    assert len(books.stories) == submissions
    strange = [story for story in books.stories if story[1:] != ("accepted", STORY, 1, 1)]
    assert strange == []
    assert books.unpaid == 0
    # The nearest picture may be so near that nothing is due: such a credit has no transaction, every other has its own.
    credits, credited, paying, transactions = books.credits["accepted"]
    assert (credits, credited, paying) == (submissions, submissions, transactions)
    assert paying > submissions / 2
    assert books.credits["reviewed"] == (2 * submissions,) * 4
    assert (books.ledger_sum_wei, books.strayed_accounts) == (0, 0)
