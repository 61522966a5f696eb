"""Accepted data is searched, looked at, counted and frozen into versions."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.platform import Platform

SHOWN, MANY, AT_ONCE = 12, 10_000, 2_500
BUILT_MS = 60_000


def seed(platform: Platform, call: str) -> None:
    platform.manage("shell", "-v", "0", "-c", f"from tests.factories import accepted; accepted.{call}")


@pytest.fixture(scope="module")
def accepted(platform: Platform) -> None:
    """Twelve accepted samples: three dolly in, pan, stand, truck each."""
    if not any(one["title"] == "Rolling things" for one in platform.operator.campaigns()):
        seed(platform, f"shown({SHOWN})")


@pytest.fixture(scope="module")
def ten_thousand(platform: Platform, accepted: None) -> None:
    if not any(one["title"] == "Words alone" for one in platform.operator.campaigns()):
        for _ in range(0, MANY, AT_ONCE):
            seed(platform, f"many({AT_ONCE})")


def explorer(visitor: Visitor, path: str = "/explore") -> Page:
    visitor.sign_in("erin", "engineer")
    return visitor.open(path)


@pytest.mark.usefixtures("accepted")
def test_an_engineer_narrows_a_search_and_freezes_what_it_finds(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = explorer(visitor)
    found = page.get_by_role("list", name="Samples found")
    expect(found.get_by_role("listitem").first).to_be_visible()
    visitor.assert_accessible()
    page.get_by_role("button", name=re.compile(r"^Dolly in\s*\d")).click()
    expect(page).to_have_url(re.compile(r"movement=dolly_in"))
    page.get_by_role("button", name="Campaign", exact=True).click()
    page.get_by_role("button", name=re.compile("^Rolling things")).click()
    expect(page.get_by_role("status").filter(has_text="3 samples")).to_be_visible()
    expect(found.get_by_role("listitem")).to_have_count(3)

    page.get_by_role("link", name="Freeze what fits").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Freeze a version")
    page.get_by_role("button", name="New dataset").click()
    page.get_by_label("Name", exact=True).fill(f"dollies-{uuid4().hex[:8]}")
    page.get_by_role("button", name="Create", exact=True).click()
    held = page.locator("section").filter(has=page.get_by_role("heading", name="What it would hold"))
    expect(held).to_contain_text("CC-BY-4.0")
    expect(held).to_contain_text("not found by the filters")
    page.get_by_role("button", name="Freeze", exact=True).click()
    page.get_by_role("alertdialog").get_by_role("button", name="Freeze").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Version 1")
    expect(page.get_by_text("Ready", exact=True)).to_be_visible(timeout=BUILT_MS)
    expect(page.get_by_role("heading", name="Load it in Python")).to_be_visible()


@pytest.mark.usefixtures("accepted")
def test_samples_are_gone_through_and_chosen_by_keyboard(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = explorer(visitor, "/explore?sort=newest&weather=clear&weather=rain&weather=fog&min_quality=0.5")
    cards = page.get_by_role("list", name="Samples found").get_by_role("link")
    cards.first.focus()
    page.keyboard.press("x")
    page.keyboard.press("ArrowRight")
    expect(cards.nth(1)).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_role("region", name="Chosen samples")).to_contain_text("2 samples chosen")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/explore/samples/[0-9a-f-]{36}"))
    expect(page.get_by_role("button", name="Chosen")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("heading", name="Measurements")).to_be_visible()
    expect(page.get_by_role("region", name="Load it in Python")).to_contain_text("client.sample(")
    visitor.assert_accessible()


@pytest.mark.deep
@pytest.mark.usefixtures("accepted")
@pytest.mark.parametrize("path", ["/explore", "/explore/coverage", "/explore/datasets", "/explore/freeze"])
def test_every_page_reads_well_in_arabic_on_a_phone(visit: Callable[..., Visitor], path: str) -> None:
    visitor = visit(language="ar", viewport=PHONE, theme="dark")
    page = explorer(visitor, path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    visitor.assert_accessible()


@pytest.mark.deep
@pytest.mark.usefixtures("accepted")
def test_a_figure_of_the_coverage_map_leads_to_its_samples(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = explorer(visitor, "/explore/coverage")
    cell = page.get_by_role("table").get_by_role("link").first
    label = cell.get_attribute("aria-label") or ""
    visitor.assert_accessible()
    cell.click()
    count = label.rsplit(": ", 1)[1]
    expect(page.get_by_role("status").filter(has_text=count).first).to_be_visible()


@pytest.mark.deep
@pytest.mark.usefixtures("ten_thousand")
def test_ten_thousand_samples_are_scrolled_through_with_few_in_the_page(visit: Callable[..., Visitor]) -> None:
    page = explorer(visit(), "/explore")
    cards = page.get_by_role("list", name="Samples found").get_by_role("listitem")
    expect(cards.first).to_be_visible()
    seen = 0
    for _ in range(40):
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_timeout(300)
        seen = max(seen, int(cards.last.get_attribute("aria-posinset") or 0))
        assert cards.count() < 100
    assert seen > 600
