"""A contribution is written, checked and submitted; uploads and drafts survive what happens to browsers."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.platform import Platform
from tests.browser.studio_page import VERIFIED_MS, StudioPage, open_campaign
from tests.factories import media

MIB = 2**20
PART, THIRD_PART = re.compile(r"partNumber="), re.compile(r"partNumber=3\b")
SENT_MS = 30_000


@pytest.fixture(scope="module")
def campaign(platform: Platform) -> str:
    return open_campaign(platform)


def test_a_contribution_is_written_checked_and_submitted(
    visit: Callable[..., Visitor], campaign: str, tmp_path: Path
) -> None:
    visitor = visit()
    studio = StudioPage(visitor, campaign).begin()
    page = studio.page
    expect(page.get_by_role("button", name="Submit", exact=True)).to_be_disabled()
    studio.write_scene()
    studio.write_rights()
    studio.add_images([media.write_picture(tmp_path / "ramp.jpg", size=(900, 600))])
    expect(page.get_by_role("img", name="ramp.jpg")).to_be_visible(timeout=VERIFIED_MS)
    studio.saved()
    visitor.assert_accessible()
    expect(page.get_by_text("A red ball rolls down").first).to_be_visible()
    page.get_by_role("button", name="Submit", exact=True).click()
    dialog = page.get_by_role("dialog", name="Submit this contribution?")
    expect(dialog).to_contain_text("Clara Moreau")
    dialog.get_by_role("button", name="Submit it").click()
    expect(page).to_have_url(re.compile("/work/[0-9a-f-]{36}"))


def test_an_interrupted_upload_goes_on_after_a_reload_with_what_has_arrived(
    visit: Callable[..., Visitor], campaign: str, tmp_path: Path
) -> None:
    studio = StudioPage(visit(), campaign).begin()
    page = studio.page
    sound = tmp_path / "long.wav"
    sound.write_bytes(media.write_sound(tmp_path / "tone.wav").read_bytes().ljust(17 * MIB, b"\0"))

    page.route(THIRD_PART, lambda route: route.abort("internetdisconnected"))
    studio.add_sound(sound)
    expect(studio.dock).to_contain_text(re.compile(r"16\.8 MB of 17\.8 MB"), timeout=SENT_MS)
    studio.saved()
    page.unroute(THIRD_PART)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{studio.address}?step=sound")
    expect(studio.dock).to_contain_text("1 file needs you")
    sent: list[str] = []
    page.on("request", lambda request: PART.search(request.url) and sent.append(request.url))
    studio.dock.get_by_role("button", name="Show each file").click()
    studio.dock.locator("input[type=file]").set_input_files(sound)
    expect(studio.dock).to_contain_text("1 of 1 file sent")
    assert len(sent) == 1
    assert "partNumber=3" in sent[0]


def test_two_windows_do_not_overwrite_each_other(visit: Callable[..., Visitor], campaign: str) -> None:
    one = StudioPage(visit(), campaign).begin()
    other = StudioPage(visit(), campaign)
    other.page.goto(one.address)
    other.write_scene("Written in the other window.")
    other.saved()
    one.write_scene("Written in this window.")
    expect(one.page.get_by_text("Which one should stay?")).to_be_visible()
    one.page.get_by_role("button", name="Take the other one").click()
    expect(one.page.get_by_label("Short description")).to_have_value("Written in the other window.")
    one.page.get_by_label("Short description").fill("Written after that.")
    one.saved()
    one.page.get_by_role("button", name="Undo the last change").click()
    expect(one.page.get_by_label("Short description")).to_have_value("Written in the other window.")
