"""From accepted work to tokens in one's own wallet; and what is done with work that was decided."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from openslate.transport import wait_until
from tests.browser.conftest import Visitor
from tests.browser.lived_in import Life
from tests.browser.wallet import InjectedWallet

pytestmark = pytest.mark.deep
IN_FORCE_S = 120
IN_A_BLOCK_MS = 60_000


def test_accepted_work_is_credited_and_claimed_by_the_persons_own_wallet(
    visit: Callable[..., Visitor], life: Life
) -> None:
    visitor = visit()
    wallet = InjectedWallet(life.platform, "clara").install(visitor.context)
    page = visitor.sign_in("clara", "contributor")
    visitor.open("/account?tab=wallets")
    page.get_by_role("button", name="Be paid at Browser wallet").click()
    expect(page.get_by_text(wallet.address).first).to_be_visible()

    operator, clara = life.client("olga"), life.client("clara")
    wait_until(clara.balance, lambda state: state["accrued_wei"] != "0", timeout_s=IN_FORCE_S)
    operator.freeze_epoch()
    wait_until(operator.payouts, lambda state: state["epoch"]["status"] == "active", timeout_s=IN_FORCE_S)

    visitor.open("/earnings")
    credit = page.get_by_role("group").filter(has_text="Accepted contribution").first
    credit.locator("summary").click()
    expect(credit).to_contain_text("Parts given")
    visitor.assert_accessible()
    page.get_by_role("button", name="Claim with Browser wallet").click()
    expect(page.get_by_text("The claim is in a block.", exact=False)).to_be_visible(timeout=IN_A_BLOCK_MS)
    assert wallet.balance_wei(clara.claim()["token"]) > 0
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV").click()
    assert "accepted" in saved.value.path().read_text()


def test_a_rejection_is_disputed_once(visit: Callable[..., Visitor], life: Life) -> None:
    rejected = life.contribute()
    life.judge({rejected: ("reject", ["off_brief"], "<b>Not</b> a ramp.")})
    visitor = visit()
    page = visitor.sign_in("clara", "contributor")
    visitor.open(f"/work/{rejected}")
    expect(page.get_by_text("<b>Not</b> a ramp.")).to_be_visible()
    page.get_by_role("button", name="Dispute it").click()
    page.get_by_label("What is wrong about the decision").fill("There is a ramp: see second 1.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Being looked at")).to_be_visible()
    expect(page.get_by_role("button", name="Dispute it")).to_have_count(0)
    visitor.assert_accessible()


def test_work_is_withdrawn_after_being_asked(visit: Callable[..., Visitor], life: Life) -> None:
    mine = life.contribute()
    visitor = visit()
    page = visitor.sign_in("clara", "contributor")
    visitor.open(f"/work/{mine}")
    page.get_by_role("button", name="Withdraw").click()
    asked = page.get_by_role("alertdialog")
    expect(asked.get_by_role("button", name="Cancel")).to_be_focused()
    asked.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("Withdrawn", exact=True).first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Withdraw"))).to_have_count(0)
