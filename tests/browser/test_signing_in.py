"""Strangers become members, members come back: in both languages, on a phone and at a desk."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Visitor
from tests.browser.mail import newest_code
from tests.browser.platform import PASSWORD, Platform


@pytest.mark.parametrize(("language", "viewport", "theme"), [("en", DESKTOP, "light"), ("ar", PHONE, "dark")])
def test_start_page_reads_well_in_both_languages(
    visit: Callable[..., Visitor], language: str, viewport: dict[str, int], theme: str
) -> None:
    visitor = visit(language=language, viewport=viewport, theme=theme)
    page = visitor.open("/")
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    visitor.assert_accessible()


def test_a_stranger_signs_up_confirms_the_address_and_is_at_the_board(
    visit: Callable[..., Visitor], platform: Platform
) -> None:
    page = visit().open("/sign-up")
    page.get_by_label("E-mail").fill("stranger@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create an account", exact=True).click()
    code = page.get_by_label("Code from the e-mail")
    code.wait_for()  # then the mail is out
    code.fill(newest_code(platform.var / "mail", "stranger@example.org"))
    page.get_by_role("button", name="Confirm").click()
    expect(page).to_have_url(re.compile("/campaigns$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Campaigns")


def test_a_page_that_needs_an_account_comes_back_after_signing_in(
    visit: Callable[..., Visitor], platform: Platform
) -> None:
    visitor = visit()
    page = visitor.open("/campaigns")
    expect(page).to_have_url(re.compile("/sign-in"))
    page.get_by_label("E-mail").fill(platform.person("clara", "contributor"))
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/campaigns$"))
    visitor.assert_accessible()
