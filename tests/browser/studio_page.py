"""The contribution studio as a contributor uses it, for the browser tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.platform import Platform

CAPTION = "A red ball rolls down a wooden ramp and stops at a stack of books."
VERIFIED_MS = 60_000


class StudioPage:
    """One draft, open in one browser."""

    def __init__(self, visitor: Visitor, campaign: str, name: str = "clara") -> None:
        self.visitor, self.campaign = visitor, campaign
        self.page: Page = visitor.sign_in(name, "contributor")

    def begin(self, label: str = "Start a contribution") -> StudioPage:
        self.visitor.open(f"/campaigns/{self.campaign}/contribute")
        self.page.get_by_role("button", name=label).click()
        self.page.wait_for_url(re.compile("/contribute/[0-9a-f-]{36}"))
        self.page.get_by_role("heading", level=2).first.wait_for()
        return self

    @cached_property
    def address(self) -> str:
        return self.page.url.split("?")[0]

    def step(self, name: str) -> None:
        self.page.get_by_role("navigation", name="Steps").get_by_role("button", name=name).click()
        self.page.get_by_role("heading", level=2, name=name).wait_for()

    def write_scene(self, caption: str = CAPTION) -> None:
        self.page.get_by_label("Short description").fill(caption)

    def write_rights(self) -> None:
        self.step("Rights")
        self.page.get_by_role("radio", name="My own work").click()
        self.page.get_by_label("Rights holder").fill("Clara Moreau")

    def add_images(self, paths: Sequence[Path]) -> None:
        self.step("Reference images")
        zone = self.page.get_by_role("group", name="Drop pictures here, or a whole folder")
        zone.locator("input[type=file]").first.set_input_files(list(paths))

    def add_sound(self, path: Path) -> None:
        self.step("Sound")
        self.page.get_by_role("group", name="Drop a sound here").locator("input[type=file]").set_input_files(path)

    def saved(self) -> None:
        expect(self.page.get_by_role("status").filter(has_text=re.compile("^Saved$"))).to_be_visible()

    @property
    def dock(self) -> Locator:
        return self.page.get_by_role("region", name="Uploads").first


def open_campaign(platform: Platform, title: str = "Things that roll") -> str:
    """The id of a campaign that takes contributions."""
    asked = {"brief": "One shot of something that moves.", "required_modalities": ["reference_images"]}
    campaign = platform.operator.create_campaign(title=title, license="CC-BY-4.0", **asked)
    return str(platform.operator.open_campaign(campaign["id"])["id"])
