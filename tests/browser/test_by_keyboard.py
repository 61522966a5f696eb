"""The app without a mouse, and with people who write markup into every field."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.lived_in import Life
from tests.browser.platform import PASSWORD, Platform
from tests.browser.studio_page import open_campaign

HOSTILE = '<img src="x" onerror="window.hit=1"><script>window.hit=1</script>{{7*7}}'
MOST_STOPS = 80
# What has the focus: its words, whether one sees that it has it, and whether it is the page itself.
FOCUSED = """() => {
  const it = document.activeElement, look = getComputedStyle(it), box = it.getBoundingClientRect();
  const seen = (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none";
  const words = (it.getAttribute("aria-label") || it.innerText || it.name || it.id || "").trim();
  return { words, seen: seen && box.width > 0 && box.height > 0, body: it === document.body };
}"""


def walk(page: Page) -> list[str]:
    """The words of what Tab comes to, once around the page; whatever has the focus shows it."""
    stops: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["body"]:
            return stops
        assert focused["seen"], f"the focus cannot be seen on {focused['words']!r}, after {stops[-3:]}"
        stops.append(focused["words"])
    return stops


def tab_to(page: Page, words: str) -> None:
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED)["words"].startswith(words):
            return
    raise AssertionError(f"Tab never comes to {words!r}.")


def test_a_contributor_signs_in_and_begins_a_contribution_by_keyboard_alone(
    visit: Callable[..., Visitor], platform: Platform
) -> None:
    campaign = open_campaign(platform, "Things that swing")
    page = visit().open("/sign-in?next=/campaigns")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["words"] == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(platform.person("clara", "contributor"))
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/campaigns"))
    tab_to(page, "Things that swing")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/campaigns/{campaign}"))
    page.get_by_role("heading", level=1, name="Things that swing").wait_for()
    tab_to(page, "Contribute")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Start a contribution").wait_for()
    tab_to(page, "Start a contribution")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/contribute/[0-9a-f-]{36}"))


@pytest.mark.deep
@pytest.mark.parametrize("path", ["/campaigns", "/work", "/earnings", "/notifications", "/account?tab=security"])
def test_every_stop_of_the_tab_key_shows_that_it_has_the_focus(visit: Callable[..., Visitor], path: str) -> None:
    visitor = visit()
    visitor.sign_in("clara", "contributor")
    page = visitor.open(path)
    page.wait_for_load_state("networkidle")
    assert "Account and settings" in walk(page)


@pytest.mark.deep
def test_markup_that_people_write_is_shown_as_text_everywhere(visit: Callable[..., Visitor], life: Life) -> None:
    operator, clara, elias = (life.client(name) for name in ("olga", "clara", "elias"))
    campaign = operator.create_campaign(title=HOSTILE, brief=HOSTILE, license="CC0-1.0", required_modalities=["scene"])
    operator.open_campaign(campaign["id"])
    for one in (clara, elias):
        one.transport.patch("me", {"display_name": HOSTILE})
    elias.create_dataset(f"of-a-stranger-{campaign['id']}", HOSTILE)
    draft = clara.transport.post(
        "submissions", {"campaign": campaign["id"], "record": {"scene": {"caption_short": HOSTILE}}}
    )
    seen = {
        "clara": ["/campaigns", f"/campaigns/{campaign['id']}", f"/contribute/{draft['id']}", "/work", "/account"],
        "elias": ["/explore", f"/explore?q={HOSTILE}", "/explore/datasets", "/generate"],
        "olga": ["/operator/campaigns", "/operator/people", "/operator/audit"],
    }  # fmt: skip
    for name, paths in seen.items():
        visitor = visit()
        visitor.sign_in(name, "")
        for path in paths:
            page = visitor.open(path)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("window.hit") is None, path
            assert page.locator("img[src=x]").count() == 0, path
            assert page.get_by_text("49").filter(has_text=re.compile("^49$")).count() == 0, path
