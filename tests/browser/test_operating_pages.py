"""An operator sees to gates, campaigns, people and the platform."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.platform import Platform
from tests.browser.studio_page import open_campaign

SMALL = "Short side of a picture"
PAGES = ("platform", "payouts", "campaigns", "gates", "calibrations", "gold", "disputes", "people", "reports", "audit")


UNJUDGED = "Things that nobody judged yet"


@pytest.fixture(scope="module")
def campaign(platform: Platform) -> str:
    return open_campaign(platform, UNJUDGED)


def new_policy(page: Page, name: str) -> None:
    page.get_by_role("button", name="New policy").click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Start the draft").click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def test_a_bound_is_changed_asked_about_published_and_chosen_for_a_campaign(
    visit: Callable[..., Visitor], campaign: str
) -> None:
    visitor = visit()
    page = visitor.sign_in("olga", "operator")
    visitor.open("/operator/gates")
    new_policy(page, "Small pictures welcome")
    page.get_by_label("Find a rule by name or metric").fill("short side of a pic")
    page.get_by_role("button", name=SMALL).click()
    bound = page.get_by_label("Look at it below (px)")
    bound.fill("lots")
    expect(page.get_by_text("Write a figure, or leave it empty for never.")).to_be_visible()
    bound.fill("256")
    expect(page.get_by_role("status").filter(has_text=re.compile("^Saved$"))).to_be_visible()
    visitor.assert_accessible()

    page.get_by_role("tab", name="What would change").click()
    page.get_by_label("Over the contributions of").click()
    page.get_by_role("option", name=UNJUDGED).click()
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_text("Nothing was judged there yet")).to_be_visible()

    page.get_by_role("button", name="Publish version 1").click()
    dialog = page.get_by_role("dialog", name="Publish version 1?")
    expect(dialog).to_contain_text(re.compile(r"Look at it\s*512\s*256"))
    dialog.get_by_label("Why").fill("Phones of the field make small pictures.")
    dialog.get_by_role("button", name="Publish").click()

    page.get_by_role("heading", level=1, name="Gates").wait_for()
    row = page.get_by_role("row").filter(has_text=UNJUDGED)
    expect(row).to_contain_text("The platform's default · 1")
    row.get_by_role("button", name="Choose").click()
    dialog = page.get_by_role("dialog", name="Judge this campaign by another version?")
    dialog.get_by_label("Judged by").click()
    page.get_by_role("option", name="Small pictures welcome · 1").click()
    dialog.get_by_label("Why").fill("A trial.")
    dialog.get_by_role("button", name="Judge by it from now on").click()
    expect(row).to_contain_text("Small pictures welcome · 1")


@pytest.mark.deep
def test_what_is_changed_can_be_undone_and_survives_a_reload(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.sign_in("olga", "operator")
    visitor.open("/operator/gates")
    new_policy(page, "To and fro")
    page.get_by_label("Find a rule by name or metric").fill("short side of a pic")
    page.get_by_role("button", name=SMALL).click()
    page.get_by_role("button", name="Take this rule out").click()
    expect(page.get_by_role("heading", name="Taken out")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text=re.compile("^Saved$"))).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Put it back").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Taken out")).to_be_visible()
    page.get_by_role("button", name="Redo").click()
    expect(page.get_by_role("heading", name="Taken out")).to_be_hidden()


@pytest.mark.deep
def test_a_campaign_is_written_funded_opened_paused_and_opened_again(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.sign_in("olga", "operator")
    visitor.open("/campaigns/new")
    page.get_by_label("Title").fill("Slow dollies at dusk")
    page.get_by_role("button", name="Start the draft").click()
    page.get_by_role("heading", name="The call").wait_for()
    page.get_by_label("What is wanted").fill("A slow move towards somebody, in the last light.")
    page.get_by_label("Camera", exact=True).click()
    page.get_by_label("Pays up to (SLATE)").fill("12.5")
    page.get_by_label("Which").click()
    page.get_by_role("option", name="Dolly in").click()
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Add a bad one").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Say what makes it so.")).to_be_visible()
    page.get_by_label("What makes it so").fill("The camera jumps.")
    page.reload()
    expect(page.get_by_label("What makes it so")).to_have_value("The camera jumps.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Discard the changes")).to_be_hidden()
    visitor.assert_accessible()

    page.get_by_role("button", name="Add a question").click()
    page.get_by_label("Question 1", exact=True).fill("What is wanted?")
    page.get_by_label("Choice 1", exact=True).fill("A jump")
    page.get_by_label("Choice 2", exact=True).fill("A slow move")
    page.get_by_label("Question 1: choice 2 is right").check()
    page.get_by_label("What is said after answering").fill("The brief says so.")
    page.get_by_role("button", name="Save the primer").click()
    expect(page.get_by_text("The primer is saved").first).to_be_visible()

    page.get_by_role("button", name="Fund").click()
    page.get_by_label("Tokens to add").fill("1000")
    page.get_by_role("dialog").get_by_role("button", name="Fund").click()
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_role("alertdialog").get_by_role("button", name="Open").click()
    page.get_by_role("button", name="Pause").click()
    page.get_by_label("Why, for whoever has a draft there").fill("The light is misread.")
    page.get_by_role("dialog").get_by_role("button", name="Pause").click()
    expect(page.get_by_text("It is paused: The light is misread.")).to_be_visible()
    page.get_by_role("button", name="Open again").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Open").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


@pytest.mark.deep
def test_a_role_is_given_with_a_reason_and_earnings_are_held_and_let_go(
    visit: Callable[..., Visitor], platform: Platform
) -> None:
    visitor = visit()
    email = platform.person("nadia", "contributor")
    page = visitor.sign_in("olga", "operator")
    visitor.open("/operator/people")
    page.get_by_label("Search by name or address").fill("nadia")
    page.get_by_role("link", name=email).click()
    page.get_by_label("reviewer", exact=False).first.click()
    page.get_by_role("button", name="Change access").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("May from now on: reviewer")
    dialog.get_by_label("Reason").fill("Knows the field.")
    dialog.get_by_role("button", name="Change access").click()
    expect(page.get_by_role("cell", name="person.access_changed").first).to_be_visible()
    page.get_by_role("button", name="Hold earnings").click()
    page.get_by_label("Reason").fill("A look at the sources.")
    page.get_by_role("dialog").get_by_role("button", name="Hold earnings").click()
    page.get_by_role("button", name="Lift").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Lift").click()
    expect(page.get_by_text("Lifted", exact=True).first).to_be_visible()


@pytest.mark.deep
def test_the_audit_log_is_asked_by_thing_day_and_person(visit: Callable[..., Visitor], platform: Platform) -> None:
    visitor = visit()
    page = visitor.sign_in("olga", "operator")
    open_campaign(platform, "Things that are written down")
    visitor.open("/operator/audit")
    lines = page.get_by_role("table", name="Audit log").get_by_role("row")
    page.get_by_label("What").click()
    page.get_by_role("option", name="Campaigns").click()
    expect(page).to_have_url(re.compile("kind=campaign"))
    expect(lines.filter(has_text="campaign.opened").first).to_be_visible()
    expect(lines.filter(has_text="person.")).to_have_count(0)
    file = page.get_by_role("link", name="CSV").get_attribute("href")
    assert file == "/api/v1/audit.csv?kind=campaign"

    lines.nth(1).get_by_role("link").first.click()
    expect(page.get_by_role("button", name="Done by")).to_be_visible()
    page.get_by_label("Up to and including").fill("2020-01-01")
    expect(page.get_by_text("Nothing like that is written down")).to_be_visible()
    visitor.assert_accessible()
    page.reload()
    expect(page.get_by_label("Up to and including")).to_have_value("2020-01-01")
    page.get_by_role("button", name="Done by").click()
    page.get_by_label("Up to and including").fill("")
    expect(lines.filter(has_text="campaign.opened").first).to_be_visible()


@pytest.mark.deep
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("shape", ["desk", "phone"])
def test_every_page_is_accessible_and_fits(visit: Callable[..., Visitor], language: str, shape: str) -> None:
    narrow = {"viewport": PHONE, "theme": "dark"} if shape == "phone" else {}
    visitor = visit(language=language, **narrow)
    page = visitor.sign_in("olga", "operator")
    for name in PAGES:
        visitor.open(f"/operator/{name}")
        page.get_by_role("status").first.wait_for(state="hidden")
        visitor.assert_accessible()
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
