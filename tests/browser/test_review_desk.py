"""Reviewing: by keyboard alone, two at once, and when the time to judge runs out."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from demo.contributions import UNSEEN_SEED, film_take
from demo.journey import SMALL_CLIPS
from tests.browser.conftest import PHONE, Visitor
from tests.browser.platform import Platform

pytestmark = pytest.mark.deep
SCORED_S = 180
RUN_OUT = """
from django.utils import timezone
from curation.models import Review
Review.objects.filter(status="leased").update(leased_until=timezone.now())
"""
NEXT_SHOWN = "performance.getEntriesByName('review:next-shown').length > 0"


def takes_in_review(platform: Platform, folder: Path, *, count: int, first: int, reviews_needed: int) -> str:
    """The id of a campaign in which so many studio takes wait for reviewers."""
    made = platform.operator.create_campaign(
        title=f"Takes {first}", brief="A subject, an action, a camera that moves.", required_modalities=["scene"],
        license="CC-BY-4.0", reviews_needed=reviews_needed, policy_overrides=SMALL_CLIPS,
    )  # fmt: skip
    campaign = str(platform.operator.open_campaign(made["id"])["id"])
    author = platform.client("clara", "contributor")
    for seed in range(first, first + count):
        sent = author.submit(film_take(folder / f"take-{seed}", UNSEEN_SEED + seed), campaign=campaign)
        scored = author.wait_for_submission(sent["id"], timeout_s=SCORED_S)["submission"]
        assert scored["status"] == "in_review", scored
    return campaign


@pytest.fixture(scope="module")
def two_takes(platform: Platform, tmp_path_factory: pytest.TempPathFactory) -> str:
    return takes_in_review(platform, tmp_path_factory.mktemp("takes"), count=2, first=500, reviews_needed=2)


@pytest.fixture(scope="module")
def one_take(platform: Platform, tmp_path_factory: pytest.TempPathFactory) -> str:
    return takes_in_review(platform, tmp_path_factory.mktemp("take"), count=1, first=600, reviews_needed=1)


def at_the_desk(visitor: Visitor, name: str, campaign: str) -> Page:
    visitor.sign_in(name, "reviewer")
    return visitor.open(f"/review/desk?campaign={campaign}")


def shown_caption(page: Page) -> str:
    return page.get_by_role("region", name="Review desk").locator("p.font-medium").first.inner_text()


def test_a_reviewer_decides_by_keyboard_alone(visit: Callable[..., Visitor], two_takes: str) -> None:
    visitor = visit()
    page = at_the_desk(visitor, "rita", two_takes)
    timecode = page.get_by_role("timer", name="Timecode")
    expect(page.get_by_label("The clip", exact=True)).to_be_visible()
    expect(page.get_by_role("timer", name="Time left to judge")).to_have_text(re.compile(r"^(20:00|19:\d\d)"))
    for key, shown in ((".", "01"), (".", "02"), (",", "01"), ("Home", "00")):
        page.keyboard.press(key)
        expect(timecode).to_have_text(f"00:00:00:{shown}")
    page.keyboard.press("l")
    expect(timecode).not_to_have_text("00:00:00:00")
    page.keyboard.press("k")
    page.keyboard.press("j")
    expect(timecode).to_have_text("00:00:00:00")
    visitor.assert_accessible()
    page.wait_for_load_state("networkidle")

    first = shown_caption(page)
    asked: list[Route] = []
    # What comes next is shown although the server has not answered yet that it may be begun.
    page.route("**/api/v1/reviews/next", lambda route: asked.append(route))
    page.keyboard.press("a")
    expect(page.get_by_role("radio", name="Approve")).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("radio", name="Approve")).not_to_be_checked()
    assert shown_caption(page) != first
    page.wait_for_function(NEXT_SHOWN)
    asked[0].continue_()
    page.unroute("**/api/v1/reviews/next")

    page.keyboard.press("r")
    page.keyboard.press("1")
    page.keyboard.press("n")
    page.keyboard.type("The ball is blue.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()
    visitor.open("/review")
    expect(page.get_by_role("row").filter(has_text="The ball is blue.")).to_contain_text("Reject")
    visitor.assert_accessible()


def test_of_two_reviewers_at_once_one_gets_the_last_one(visit: Callable[..., Visitor], one_take: str) -> None:
    first, second = visit(), visit(language="ar", viewport=PHONE, theme="dark")
    page = at_the_desk(first, "rosa", one_take)
    expect(page.get_by_label("The clip", exact=True)).to_be_visible()
    other = at_the_desk(second, "ruben", one_take)
    expect(other.get_by_text("لا شيء بانتظارك")).to_be_visible()
    second.assert_accessible()
    page.keyboard.press("s")
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()
    other.reload()
    expect(other.get_by_role("timer").first).to_be_visible()
    second.assert_accessible()
    other.keyboard.press("s")
    expect(other.get_by_text("لا شيء بانتظارك")).to_be_visible()


def test_when_the_time_runs_out_what_is_typed_stays(
    visit: Callable[..., Visitor], platform: Platform, one_take: str
) -> None:
    page = at_the_desk(visit(), "rahel", one_take)
    expect(page.get_by_label("The clip", exact=True)).to_be_visible()
    page.keyboard.press("c")
    page.keyboard.press("1")
    page.keyboard.press("n")
    page.keyboard.type("The sound begins too early.")
    platform.manage("shell", "-c", RUN_OUT)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Your time for this one ran out")).to_be_visible()
    page.get_by_role("button", name="Take it again").click()
    expect(page.get_by_text("Your time for this one ran out")).to_be_hidden()
    page.reload()
    expect(page.get_by_label("Note to the contributor")).to_have_value("The sound begins too early.")
    expect(page.get_by_role("radio", name="Request changes")).to_be_checked()
    page.get_by_role("button", name="Cast and go on").click()
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()
