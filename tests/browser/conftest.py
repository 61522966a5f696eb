"""Fixtures of the browser tests: the whole platform once, a Chromium once, and a fresh profile for each test.

Both end with the last test here: while Playwright runs, its event loop forbids Django's database in this thread.
A page whose console shows an error, or that breaks the content security policy, fails its test.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser import chromium, session
from tests.browser.axe import violations
from tests.browser.lived_in import Life
from tests.browser.platform import PASSWORD, Platform, running
from tests.services import REPO

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 15_000


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One platform, so one process: all browser tests run in the same worker."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.xdist_group("browser"))
            patience_s = 1_800 if "life" in getattr(item, "fixturenames", ()) else 300
            item.add_marker(pytest.mark.timeout(patience_s))


@pytest.fixture(scope="package")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """The running installation. `OPENSLATE_BROWSER_VAR` names a folder that is kept, for quick repeats."""
    kept = os.environ.get("OPENSLATE_BROWSER_VAR")
    with running(Path(kept) if kept else tmp_path_factory.mktemp("platform")) as started:
        yield started


@pytest.fixture(scope="package")
def life(platform: Platform, tmp_path_factory: pytest.TempPathFactory) -> Life:
    """Everything has happened once on the platform; takes minutes, so for deep tests alone."""
    return Life(platform, tmp_path_factory.mktemp("life")).all_of_it()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = chromium.launch(playwright)
        yield launched
        launched.close()


class Visitor:
    """One person's browser: opens pages, signs in, and remembers what went wrong on them."""

    def __init__(self, platform: Platform, context: BrowserContext) -> None:
        self.platform, self.context = platform, context
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        refused_by_api = "Failed to load resource" in message.text  # an answer the app handles; the test looks at it
        if message.type == "error" and not refused_by_api:
            self.complaints.append(f"{message.text} at {message.location.get('url')}")

    def open(self, path: str) -> Page:
        """The page at that path, its first data loaded."""
        self.page.goto(self.platform.address + path)
        self.page.get_by_role("heading", level=1).wait_for()
        return self.page

    def sign_in(self, name: str, roles: str) -> Page:
        """The page, with that person's session."""
        session.sign_in(self.page, self.platform.address, self.platform.person(name, roles), PASSWORD)
        return self.page

    def assert_accessible(self) -> None:
        """Axe finds nothing to complain about on the page as it is now."""
        found = violations(self.page, REPO / "frontend" / "node_modules" / "axe-core" / "axe.min.js")
        assert not found, "\n".join(found)


@pytest.fixture
def visit(platform: Platform, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """`visit(language="ar", viewport=PHONE, theme="dark")`: a browser of one's own; as many as a test needs."""
    visitors: list[Visitor] = []

    def new(*, language: str = "en", viewport: dict[str, int] = DESKTOP, theme: Any = "light") -> Visitor:
        context = browser.new_context(
            viewport=viewport,  # type: ignore[arg-type]
            locale="ar" if language == "ar" else "en-GB",
            color_scheme=theme,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        visitors.append(Visitor(platform, context))
        return visitors[-1]

    yield new
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert not complaints, "\n".join(complaints)
