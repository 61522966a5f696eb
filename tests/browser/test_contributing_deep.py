"""The studio under strain: a batch of 200, a slow network, a session that ends, hostile text, Arabic on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.platform import PASSWORD, Platform
from tests.browser.studio_page import StudioPage, open_campaign
from tests.factories import media

pytestmark = pytest.mark.deep
HOSTILE = '<img src="x" onerror="window.hit=1"><script>window.hit=1</script>'
STEPS = ("scene", "images", "sound", "camera", "clip", "rights")


@pytest.fixture(scope="module")
def campaign(platform: Platform) -> str:
    return open_campaign(platform, "Things that are dropped")


@pytest.mark.timeout(900)
def test_a_batch_of_200_files_is_sent_and_the_page_stays_small(
    visit: Callable[..., Visitor], campaign: str, tmp_path: Path
) -> None:
    studio = StudioPage(visit(), campaign).begin()
    studio.add_images([media.write_picture(tmp_path / f"{n:03}.jpg", seed=n) for n in range(200)])
    studio.dock.get_by_role("button", name="Show each file").click()
    expect(studio.dock).to_contain_text("200 of 200 files sent", timeout=600_000)
    assert studio.dock.get_by_role("listitem").count() < 40
    studio.saved()
    expect(studio.page.get_by_label("What it is for")).to_have_count(32)


def test_on_a_slow_network_an_upload_tells_its_pace_and_can_be_paused(
    visit: Callable[..., Visitor], campaign: str, tmp_path: Path
) -> None:
    studio = StudioPage(visit(), campaign).begin()
    page = studio.page
    slow = {"offline": False, "latency": 100, "downloadThroughput": 2_000_000, "uploadThroughput": 400_000}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    sound = tmp_path / "long.wav"
    sound.write_bytes(bytes(6 * 2**20))
    studio.add_sound(sound)
    expect(studio.dock).to_contain_text(re.compile("kB/s"))
    expect(studio.dock).to_contain_text(re.compile(r"\d:\d\d left"))
    studio.dock.get_by_role("button", name="Pause all").click()
    studio.dock.get_by_role("button", name="Go on").click()
    expect(studio.dock).to_contain_text("1 of 1 file sent", timeout=90_000)


def test_what_is_typed_when_the_session_has_ended_is_sent_after_signing_in_again(
    visit: Callable[..., Visitor], campaign: str, platform: Platform
) -> None:
    studio = StudioPage(visit(), campaign).begin()
    page, address = studio.page, studio.address
    page.context.clear_cookies(name="sessionid")
    studio.write_scene("Typed after the session had ended.")
    page.get_by_role("link", name="Sign in again").click()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("E-mail").fill(platform.person("clara", "contributor"))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile(re.escape(address)))
    expect(page.get_by_label("Short description")).to_have_value("Typed after the session had ended.")
    studio.saved()


def test_hostile_text_in_every_field_is_shown_as_text(visit: Callable[..., Visitor], campaign: str) -> None:
    studio = StudioPage(visit(), campaign).begin()
    page = studio.page
    for button in ("Add a subject", "Add an action"):
        page.get_by_role("button", name=button).click()
    _fill_all(page)
    studio.step("Sound")
    for button in ("Add a sound", "Add a line"):
        page.get_by_role("button", name=button).click()
    page.get_by_label("There is music").click()
    _fill_all(page)
    studio.step("Rights")
    page.get_by_role("button", name="Add a release").click()
    page.get_by_role("radio", name="Part of it").click()
    _fill_all(page)
    studio.saved()
    page.reload()
    page.get_by_role("heading", level=2).first.wait_for()
    assert page.evaluate("window.hit") is None
    assert page.locator("img[src=x]").count() == 0
    expect(page.get_by_label("Rights holder")).to_have_value(HOSTILE)


@pytest.mark.parametrize("step", STEPS)
def test_each_step_reads_well_in_arabic_on_a_phone(visit: Callable[..., Visitor], campaign: str, step: str) -> None:
    visitor = visit(language="ar", viewport=PHONE, theme="dark")
    studio = StudioPage(visitor, campaign).begin("ابدأ مساهمة")
    studio.page.goto(f"{studio.address}?step={step}")
    studio.page.get_by_role("heading", level=2).first.wait_for()
    assert studio.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    visitor.assert_accessible()


def _fill_all(page: Page) -> None:
    """Write the hostile text into every text field that is shown."""
    fields = page.locator("main input[type=text]:not([inputmode]):visible, main textarea:visible")
    for index in range(fields.count()):
        fields.nth(index).fill(HOSTILE)
