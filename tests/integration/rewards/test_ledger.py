"""The ledger's service and the rules that the database keeps on its own."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config import embedded
from rewards import selectors
from rewards.lifecycle import AccountKind, TransactionKind
from rewards.models import Account, Entry, Transaction
from rewards.services import ledger
from rewards.services.ledger import AccountName
from tests.databases import TestDatabase

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, tzinfo=UTC)
OUTSIDE = AccountName(AccountKind.FUNDING)
CAMPAIGN, ANA, BO = UUID(int=1), UUID(int=2), UUID(int=3)
BUDGET = AccountName(AccountKind.BUDGET, CAMPAIGN)
OWED_ANA, OWED_BO = AccountName(AccountKind.ACCRUED, ANA), AccountName(AccountKind.ACCRUED, BO)


def fund(amount_wei: int, key: str = "funding:1") -> Transaction:
    return ledger.post(
        key=key, kind=TransactionKind.FUNDING, source="test", moves={OUTSIDE: -amount_wei, BUDGET: amount_wei}, now=NOW
    )


def pay(amount_wei: int, key: str = "credit:1", to: AccountName = OWED_ANA) -> Transaction:
    return ledger.post(
        key=key, kind=TransactionKind.CREDIT, source="test", moves={BUDGET: -amount_wei, to: amount_wei}, now=NOW
    )


def balance(name: AccountName) -> int:
    return Account.objects.get(code=name.code, asset=name.asset).balance_wei


def check_deferred_rules() -> None:
    """Run now what would run at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_balances_are_what_the_entries_say() -> None:
    fund(10**30)
    pay(10**29)
    check_deferred_rules()
    assert [balance(name) for name in (OUTSIDE, BUDGET, OWED_ANA)] == [-(10**30), 9 * 10**29, 10**29]
    assert [one.sum_wei for one in selectors.sums()] == [0]
    assert selectors.faults() == []


def test_amounts_of_seventy_eight_digits_stay_exact() -> None:
    amount = 10**78 - 1
    fund(amount)
    assert (balance(OUTSIDE), balance(BUDGET)) == (-amount, amount)


def test_same_key_and_moves_post_once() -> None:
    assert fund(5).id == fund(5).id
    assert balance(BUDGET) == 5
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    "again",
    [
        lambda: fund(6),
        lambda: pay(5, key="funding:1"),
        lambda: ledger.post(
            key="funding:1", kind=TransactionKind.FUNDING, source="other", moves={OUTSIDE: -5, BUDGET: 5}, now=NOW
        ),
    ],
)
def test_key_does_not_stand_for_two_things(again: Callable[[], Transaction]) -> None:
    fund(5)
    with pytest.raises(ledger.LedgerKeyReused):
        again()
    assert balance(BUDGET) == 5


@pytest.mark.parametrize(
    "moves",
    [
        {},
        {BUDGET: 5},
        {OUTSIDE: -5, BUDGET: 4},
        {OUTSIDE: 0, BUDGET: 0},
        {OUTSIDE: -1.0, BUDGET: 1.0},
        {OUTSIDE: -1, BUDGET: True},
        {OUTSIDE: -(10**78), BUDGET: 10**78},
        {OUTSIDE: -5, AccountName(AccountKind.BUDGET, CAMPAIGN, "OTHER"): 5},
    ],
)
def test_moves_that_are_no_transaction_are_refused(moves: dict[AccountName, int]) -> None:
    with pytest.raises(ledger.BadMoves):
        ledger.post(key="k", kind=TransactionKind.FUNDING, source="test", moves=moves, now=NOW)
    assert not Transaction.objects.exists()


def test_two_assets_balance_each_for_itself() -> None:
    other_outside, other_budget = (
        AccountName(AccountKind.FUNDING, None, "OTHER"),
        AccountName(AccountKind.BUDGET, CAMPAIGN, "OTHER"),
    )
    moves = {OUTSIDE: -5, BUDGET: 5, other_outside: -7, other_budget: 7}
    ledger.post(key="k", kind=TransactionKind.FUNDING, source="test", moves=moves, now=NOW)
    check_deferred_rules()
    assert (balance(BUDGET), balance(other_budget)) == (5, 7)
    assert {one.asset: one.sum_wei for one in selectors.sums()} == {"SLATE": 0, "OTHER": 0}


def test_budget_is_not_overspent_and_nothing_is_left_behind() -> None:
    fund(10)
    with pytest.raises(ledger.InsufficientFunds, match="budget:"):
        pay(11)
    assert balance(BUDGET) == 10
    assert Transaction.objects.count() == 1
    pay(10)
    assert balance(BUDGET) == 0


def test_another_broken_rule_is_not_taken_for_want_of_money() -> None:
    with pytest.raises(IntegrityError, match="transaction_reversal_is_named"):
        ledger.post(key="k", kind=TransactionKind.REVERSAL, source="test", moves={OUTSIDE: -5, BUDGET: 5}, now=NOW)
    assert not Transaction.objects.exists()


def test_reversal_takes_back_everything_once() -> None:
    fund(10)
    paid = pay(4)
    back = ledger.reverse(transaction_id=paid.id, source="mistake", now=NOW)
    assert ledger.reverse(transaction_id=paid.id, source="mistake", now=NOW).id == back.id
    check_deferred_rules()
    assert (balance(BUDGET), balance(OWED_ANA)) == (10, 0)
    assert (back.reverses_id, paid.reversed_by) == (paid.id, back)


def test_reversal_is_not_reversed() -> None:
    fund(10)
    back = ledger.reverse(transaction_id=pay(4).id, source="mistake", now=NOW)
    with pytest.raises(ledger.CannotReverse):
        ledger.reverse(transaction_id=back.id, source="mistake", now=NOW)


def test_what_has_gone_on_is_not_taken_back() -> None:
    first = fund(10)
    pay(4)
    with pytest.raises(ledger.InsufficientFunds):
        ledger.reverse(transaction_id=first.id, source="mistake", now=NOW)


def _step(posted: list[Transaction], what: str, amount: int, to: AccountName, key: str) -> None:
    if what == "f":
        posted.append(fund(amount, key=key))
    elif what == "p":
        posted.append(pay(amount, key=key, to=to))
    elif posted:
        ledger.reverse(transaction_id=posted.pop().id, source="walk", now=NOW)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("fpr"), st.integers(1, 10**40), st.booleans()), max_size=12))
def test_any_walk_keeps_the_sum_zero_and_every_floor(db: None, walk: list[tuple[str, int, bool]]) -> None:
    with transaction.atomic():
        posted: list[Transaction] = []
        for step, (what, amount, to_ana) in enumerate(walk):
            with suppress(ledger.InsufficientFunds):
                _step(posted, what, amount, OWED_ANA if to_ana else OWED_BO, key=f"{what}{step}")
        check_deferred_rules()
        assert selectors.faults() == []
        assert all(one.sum_wei == 0 for one in selectors.sums())
        assert not Account.objects.filter(may_go_negative=False, balance_wei__lt=0).exists()
        transaction.set_rollback(True)


def _lone(entry_count: int = 2, **changes: object) -> Transaction:
    """A transaction written around the service."""
    return Transaction.objects.create(
        **{
            "idempotency_key": str(uuid4()), "kind": TransactionKind.FUNDING, "source": "around",
            "entry_count": entry_count, "posted_at": NOW, **changes,
        }
    )  # fmt: skip


def _account(name: AccountName) -> Account:
    return Account.objects.get(code=name.code)


def _open(code: str, **changes: object) -> Account:
    return Account.objects.create(**{"code": code, "kind": AccountKind.BUDGET, **changes})


def _unbalanced() -> None:
    lone = _lone()
    Entry.objects.create(transaction=lone, account=_account(OUTSIDE), amount_wei=-5)
    Entry.objects.create(transaction=lone, account=_account(BUDGET), amount_wei=6)


def _added_later() -> None:
    first = Transaction.objects.get(idempotency_key="funding:1")
    Entry.objects.create(transaction=first, account=_account(OWED_ANA), amount_wei=1)


def _one_sided() -> None:
    Entry.objects.create(transaction=_lone(), account=_account(BUDGET), amount_wei=5)


def _and_commit(around: Callable[[], object]) -> None:
    around()
    check_deferred_rules()


@pytest.mark.parametrize(
    ("around", "rule"),
    [
        (_unbalanced, "transaction_sums_to_zero"),
        (_added_later, "transaction_complete"),
        (_one_sided, "transaction_complete"),
        (_lone, "transaction_complete"),
    ],
)
def test_commit_refuses_what_is_no_whole_balanced_transaction(around: Callable[[], None], rule: str) -> None:
    fund(10)
    pay(1)
    check_deferred_rules()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        _and_commit(around)
    assert isinstance(caught.value.__cause__, psycopg.Error)
    assert caught.value.__cause__.diag.constraint_name == rule


@pytest.mark.parametrize(
    ("around", "rule"),
    [
        (lambda: _lone(entry_count=1), "transaction_has_two_sides"),
        (lambda: _lone(kind=TransactionKind.REVERSAL), "transaction_reversal_is_named"),
        (lambda: Entry.objects.create(transaction=_lone(), account=_account(BUDGET), amount_wei=0), "entry_not_zero"),
        (
            lambda: Account.objects.create(code="x", kind="budget", may_go_negative=True),
            "account_negative_only_outside",
        ),
        (lambda: Account.objects.create(code=BUDGET.code, kind="budget"), "account_once"),
    ],
)
def test_database_refuses_at_once(around: Callable[[], object], rule: str) -> None:
    fund(10)
    with pytest.raises(IntegrityError, match=rule):
        around()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rewards_account SET balance_wei = balance_wei + 1",
        "UPDATE rewards_account SET may_go_negative = true",
        "DELETE FROM rewards_account",
        "TRUNCATE rewards_account CASCADE",
        "UPDATE rewards_entry SET amount_wei = 2 * amount_wei",
        "DELETE FROM rewards_entry",
        "TRUNCATE rewards_entry",
        "UPDATE rewards_transaction SET source = ''",
        "DELETE FROM rewards_transaction",
        "TRUNCATE rewards_transaction CASCADE",
        "ALTER TABLE rewards_entry DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "INSERT INTO rewards_account (code, asset, kind, may_go_negative, balance_wei) VALUES ('', '', '', false, 1)",
        "SELECT rewards_apply_entry()",
    ],
)
def test_running_role_cannot_rewrite_the_ledger(statement: str) -> None:
    fund(10)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pgtrigger.ignore = '{rewards_refuse,rewards_refuse_made_up_balance}'")
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner|append-only|called as trigger"):
            cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rewards_account SET balance_wei = balance_wei + 1",
        "DELETE FROM rewards_account",
        "TRUNCATE rewards_account CASCADE",
        "UPDATE rewards_entry SET amount_wei = 2 * amount_wei",
        "DELETE FROM rewards_entry",
        "TRUNCATE rewards_entry",
        "UPDATE rewards_transaction SET source = ''",
        "DELETE FROM rewards_transaction",
        "TRUNCATE rewards_transaction CASCADE",
    ],
)
def test_owner_is_held_by_the_triggers(
    statement: str, services: embedded.Services, test_database: TestDatabase
) -> None:
    with psycopg.connect(services.postgres_url("owner", test_database.name)) as owner:
        account = (
            "INSERT INTO rewards_account (code, asset, kind, may_go_negative, balance_wei)"
            " VALUES (%s, 'X', 'funding', true, 0) RETURNING id"
        )
        ids = [owner.execute(account, [code]).fetchone()[0] for code in ("a", "b")]  # type: ignore[index]
        key = uuid4()
        owner.execute(
            "INSERT INTO rewards_transaction (id, idempotency_key, kind, source, entry_count, posted_at)"
            " VALUES (%s, 'k', 'funding', 's', 2, now())",
            [key],
        )
        for account_id, amount in zip(ids, (1, -1), strict=True):
            owner.execute(
                "INSERT INTO rewards_entry (transaction_id, account_id, amount_wei) VALUES (%s, %s, %s)",
                [key, account_id, amount],
            )
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(psycopg.Error, match="append-only"):
            owner.execute(statement.encode())
        owner.rollback()


def test_many_postings_go_in_together_and_a_key_of_before_refuses_them_all() -> None:
    budget, owed = AccountName(AccountKind.BUDGET, uuid4()), AccountName(AccountKind.ACCRUED, uuid4())
    money = ledger.Posting("many:0", TransactionKind.FUNDING, "test", {AccountName(AccountKind.FUNDING): -9, budget: 9})
    paid = [ledger.Posting(f"many:{n}", TransactionKind.CREDIT, "test", {budget: -1, owed: 1}) for n in (1, 2)]
    assert len(ledger.post_all([money, *paid], now=NOW)) == 3
    with pytest.raises(ledger.LedgerKeyReused):
        ledger.post_all(
            [ledger.Posting("many:3", TransactionKind.CREDIT, "test", {budget: -1, owed: 1}), paid[0]], now=NOW
        )
    assert not Transaction.objects.filter(idempotency_key="many:3").exists()
    with pytest.raises(ledger.InsufficientFunds, match="budget:"):
        ledger.post_all([ledger.Posting("many:4", TransactionKind.CREDIT, "test", {budget: -8, owed: 8})], now=NOW)
