"""The one way into the ledger.

Signs as `rewards.models.ledger` states: a positive amount adds to its account.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import psycopg
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from common.batches import batches
from common.errors import DomainError
from common.money import MAX_WEI
from rewards.lifecycle import AccountKind, TransactionKind
from rewards.models import Account, Entry, Transaction
from rewards.models.ledger import ASSET

FLOOR = "account_floor"
KEY = "rewards_transaction_idempotency_key_key"
NAMED_GIVERS = 3
BELOW_ZERO = {AccountKind.FUNDING, AccountKind.CUSTODY, AccountKind.RECEIVABLE}


class BadMoves(DomainError):
    """The amounts are no transaction: they don't sum to zero, or are not whole, or there are fewer than two."""

    code = "bad_moves"


class InsufficientFunds(DomainError):
    """An account would fall below its floor."""

    code = "insufficient_funds"


class LedgerKeyReused(DomainError):
    """The key belongs to a transaction with other entries."""

    code = "ledger_key_reused"


class CannotReverse(DomainError):
    code = "cannot_reverse"


@dataclass(frozen=True)
class AccountName:
    """Which account; it is opened by the first transaction that names it."""

    kind: AccountKind
    of: UUID | None = None
    asset: str = ASSET

    @property
    def code(self) -> str:
        return self.kind.value if self.of is None else f"{self.kind.value}:{self.of}"


def post(
    *, key: str, kind: TransactionKind, source: str, moves: Mapping[AccountName, int], now: datetime
) -> Transaction:
    """The transaction that these moves make; the same key with the same moves gives the one already posted.

    Accounts are locked in the order of their ids until the surrounding transaction ends, so two posts in one
    database transaction may deadlock with another's: post once per transaction.

    Args:
        key: Names what is being done, such as `credit:<event id>`.
        moves: Whole base units per account, negative where it gives; per asset they sum to zero.

    Raises:
        BadMoves: They are not whole numbers, not balanced, or fewer than two.
        InsufficientFunds: An account would fall below its floor; nothing is posted.
        LedgerKeyReused: The key stands for something else.
    """
    _check(moves)
    wanted = Transaction(idempotency_key=key, kind=kind, source=source, entry_count=len(moves), posted_at=now)
    return _post(wanted, moves)


@dataclass(frozen=True)
class Posting:
    """One transaction to be, as `post` takes it."""

    key: str
    kind: TransactionKind
    source: str
    moves: Mapping[AccountName, int]
    reverses: Transaction | None = None


def post_all(postings: Sequence[Posting], *, now: datetime) -> list[Transaction]:
    """New transactions, all of them or none, in the order given; a handful of queries however many they are.

    Raises:
        BadMoves: One of them is no transaction.
        InsufficientFunds: An account would fall below its floor; nothing is posted.
        LedgerKeyReused: One of them was posted before.
    """
    for posting in postings:
        _check(posting.moves)
    with _named_faults([posting.moves for posting in postings]):
        rows = [row for some in batches(postings) for row in _insert(some, now)]
        accounts = _open({name for one in postings for name in one.moves})
        # One order for all of them, so that whoever posts at the same time locks accounts in the same order.
        sides = sorted(
            (accounts[name], place, amount) for place, one in enumerate(postings) for name, amount in one.moves.items()
        )
        for some_sides in batches(sides):
            Entry.objects.bulk_create(
                Entry(transaction=rows[place], account_id=account, amount_wei=amount)
                for account, place, amount in some_sides
            )
    return rows


def reverse(
    *, transaction_id: UUID, source: str, now: datetime, moves: Mapping[AccountName, int] | None = None
) -> Transaction:
    """The transaction that takes another one back; reversing again gives the reversal already posted.

    Args:
        moves: From where it is taken, where what was given has gone on since; its mirror image where left out.

    Raises:
        CannotReverse: It is a reversal itself.
        BadMoves: The moves are no transaction.
        InsufficientFunds: What was given has gone on since.
    """
    original = Transaction.objects.get(id=transaction_id)
    if original.reverses_id is not None:
        raise CannotReverse("A reversal is not reversed: post the transaction again under a new key.")
    moves = moves or {name: -amount for name, amount in _moves_of(original).items()}
    _check(moves)
    wanted = Transaction(
        idempotency_key=f"reversal:{original.id}",
        kind=TransactionKind.REVERSAL,
        source=source,
        reverses=original,
        entry_count=len(moves),
        posted_at=now,
    )
    return _post(wanted, moves)


def reverse_all(transactions: QuerySet[Transaction], *, source: str, now: datetime) -> list[Transaction]:
    """Take back those of the transactions that were not taken back yet, all of them or none.

    Raises:
        InsufficientFunds: What one of them gave has gone on since.
    """
    standing = transactions.filter(reversed_by__isnull=True, reverses__isnull=True)
    postings = [
        Posting(
            key=f"reversal:{original.id}",
            kind=TransactionKind.REVERSAL,
            source=source,
            moves={
                _name(entry.account.kind, entry.account.code, entry.account.asset): -entry.amount_wei
                for entry in original.entries.all()
            },
            reverses=original,
        )
        for original in standing.prefetch_related("entries__account")
    ]
    return post_all(postings, now=now)


def _insert(postings: Sequence[Posting], now: datetime) -> list[Transaction]:
    return Transaction.objects.bulk_create(
        Transaction(
            idempotency_key=one.key,
            kind=one.kind,
            source=one.source,
            reverses=one.reverses,
            entry_count=len(one.moves),
            posted_at=now,
        )
        for one in postings
    )


def _check(moves: Mapping[AccountName, int]) -> None:
    if len(moves) < 2:
        raise BadMoves("A transaction has at least two sides.")
    sums: dict[str, int] = defaultdict(int)
    for name, amount in moves.items():
        if type(amount) is not int or amount == 0 or abs(amount) > MAX_WEI:
            raise BadMoves(f"{amount!r} for {name.code} is not a whole number of base units other than zero.")
        sums[name.asset] += amount
    if any(sums.values()):
        raise BadMoves(f"The moves do not sum to zero: {dict(sums)}.")


def _post(wanted: Transaction, moves: Mapping[AccountName, int]) -> Transaction:
    with _named_faults([moves]):
        Transaction.objects.bulk_create([wanted], ignore_conflicts=True)
        stored = Transaction.objects.get(idempotency_key=wanted.idempotency_key)
        if stored.id != wanted.id:
            return _the_same(stored, wanted, moves)
        accounts = _open(moves)
        entries = [Entry(transaction=stored, account_id=accounts[name], amount_wei=moves[name]) for name in moves]
        Entry.objects.bulk_create(sorted(entries, key=lambda entry: entry.account_id))
        return stored


@contextmanager
def _named_faults(all_moves: Sequence[Mapping[AccountName, int]]) -> Iterator[None]:
    """All of the body or nothing; what the database refuses, by its name here."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        refused = _constraint(error)
        if refused == KEY:
            raise LedgerKeyReused("One of these transactions was posted before.") from error
        if refused != FLOOR:
            raise
        givers = list(dict.fromkeys(name.code for moves in all_moves for name, amount in moves.items() if amount < 0))
        more = f" and {len(givers) - NAMED_GIVERS} more" if len(givers) > NAMED_GIVERS else ""
        raise InsufficientFunds(f"There is not enough on {', '.join(givers[:NAMED_GIVERS])}{more}.") from error


def _open(moves: Collection[AccountName]) -> dict[AccountName, int]:
    """The accounts' ids; those that nobody has named before are opened."""
    accounts = _find(moves)
    missing = sorted((name for name in moves if name not in accounts), key=lambda name: (name.code, name.asset))
    if not missing:
        return accounts
    Account.objects.bulk_create(
        [
            Account(code=name.code, asset=name.asset, kind=name.kind, may_go_negative=name.kind in BELOW_ZERO)
            for name in missing
        ],
        ignore_conflicts=True,
    )
    return _find(moves)


def _find(names: Collection[AccountName]) -> dict[AccountName, int]:
    by_code = {(name.code, name.asset): name for name in names}
    found: dict[AccountName, int] = {}
    for codes in batches(sorted({name.code for name in names})):
        rows = Account.objects.filter(code__in=codes).values_list("id", "code", "asset")
        found |= {by_code[code, asset]: row_id for row_id, code, asset in rows if (code, asset) in by_code}
    return found


def _the_same(stored: Transaction, wanted: Transaction, moves: Mapping[AccountName, int]) -> Transaction:
    facts = ("kind", "source", "reverses_id")
    if any(getattr(stored, fact) != getattr(wanted, fact) for fact in facts) or _moves_of(stored) != dict(moves):
        raise LedgerKeyReused(f"The key {wanted.idempotency_key} stands for another transaction.")
    return stored


def _moves_of(stored: Transaction) -> dict[AccountName, int]:
    rows = stored.entries.values_list("account__kind", "account__code", "account__asset", "amount_wei")
    return {_name(kind, code, asset): amount for kind, code, asset, amount in rows}


def _name(kind: str, code: str, asset: str) -> AccountName:
    of = code.removeprefix(kind).removeprefix(":")
    return AccountName(AccountKind(kind), UUID(of) if of else None, asset)


def _constraint(error: IntegrityError) -> str | None:
    cause = error.__cause__
    return cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
