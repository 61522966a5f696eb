"""A clip is asked for with its bill before it, followed stage by stage, and put beside another."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from openslate import Client
from tests.browser.conftest import PHONE, Visitor
from tests.browser.platform import Platform

pytestmark = pytest.mark.deep
MADE_MS = 240_000
SMALL = {"size": {"width": 64, "height": 64, "duration_s": 1.0}, "steps": 4}


def make(engineer: Client, prompt: str, **asked: object) -> str:
    asked_for = engineer.generate(prompt, **SMALL, **asked)
    made = engineer.wait_for_generation(asked_for["id"], timeout_s=MADE_MS / 1000)
    assert made["status"] == "delivered", made
    return str(made["id"])


@pytest.fixture(scope="module")
def two_clips(platform: Platform) -> list[str]:
    engineer = platform.client("emil", "engineer")
    return [make(engineer, "A red ball rolls.", seed=seed) for seed in (1, 2)]


def ask(page: Page, prompt: str) -> None:
    page.get_by_label("What is seen").fill(prompt)
    page.get_by_text("Finer settings").click()
    page.get_by_label("What to keep out").fill("fog and crowds")
    page.get_by_label("Seed").fill("7")
    steps = page.get_by_role("slider", name="Steps")
    for _ in range(20):
        steps.press("ArrowLeft")
    page.get_by_role("slider", name="Length").press("Home")


@pytest.mark.timeout(600)
def test_a_clip_is_made_with_its_bill_before_and_after(visit: Callable[..., Visitor], two_clips: list[str]) -> None:
    visitor = visit()
    visitor.sign_in("emil", "engineer")
    page = visitor.open("/generate")
    expect(page.get_by_role("region", name="Before you start")).to_contain_text("SLATE")
    ask(page, "A blue cube slides over a table.")
    page.get_by_role("switch", name="Set the light").click()
    expect(page.locator("canvas").first).to_be_visible()
    visitor.assert_accessible()
    page.get_by_role("button", name="Make the clip").click()
    expect(page).to_have_url(re.compile("/generations/[0-9a-f-]{36}"))
    expect(page.get_by_text("Film written")).to_be_visible()
    expect(page.get_by_label("Clip", exact=True)).to_be_visible(timeout=MADE_MS)
    expect(page.get_by_text("fog and crowds")).to_be_visible()
    expect(page.get_by_text("Total")).to_be_visible()
    visitor.assert_accessible()


@pytest.mark.timeout(600)
def test_two_clips_are_compared_and_judged_blind(visit: Callable[..., Visitor], two_clips: list[str]) -> None:
    maker = visit()
    maker.sign_in("emil", "engineer")
    page = maker.open("/generate")
    for place in range(2):
        page.get_by_role("checkbox", name="Compare").nth(place).click()
    page.get_by_role("button", name="Compare (2/2)").click()
    dialog = page.get_by_role("dialog", name="Side by side")
    expect(dialog.locator("video")).to_have_count(2)
    dialog.get_by_role("button", name="Put the pair into the arena").click()
    expect(dialog.get_by_text("The pair is in the arena")).to_be_visible()

    voter = visit(language="ar", viewport=PHONE, theme="dark")
    voter.sign_in("vera", "engineer")
    arena = voter.open("/arena")
    expect(arena.locator("video")).to_have_count(2)
    voter.assert_accessible()
    for_each_pair(arena, "s")
    arena.get_by_role("button", name=re.compile("^اعرض")).click()
    for_each_pair(arena, "t")


def for_each_pair(arena: Page, key: str) -> None:
    """Press that key until no pair is left: those of other tests may be among them."""
    expect(arena.locator("video")).to_have_count(2)
    while arena.locator("video").count():
        with arena.expect_response("**/api/v1/comparisons/next") as shown:
            arena.keyboard.press(key)
        expect(arena.locator("video")).to_have_count(2 if shown.value.ok else 0)
