"""Photographs every page of the web app into docs/screens: both languages, both themes, some on a phone.

Starts a platform of its own and lets people live on it for some minutes; the web app must be built (`make setup`).
`--only` retakes the pages of those names; `--var` keeps the platform's state there, for quick repeats.
"""

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from rich.progress import track

from tests.browser import chromium, lived_in, pages, platform, session

FOLDER = Path(__file__).resolve().parent / "screens"
LANGUAGES = {"en": "en-GB", "ar": "ar"}
THEMES = ("light", "dark")
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
TALLEST_PX = 1500
SHOWN_AT = 0.75  # of the size on the screen
LARGEST_BYTES = 60_000
QUALITIES = (72, 60, 48, 36, 24, 12)


@dataclass(frozen=True)
class Place:
    """A running platform, and who signs in there: e-mail addresses by role."""

    address: str
    people: Mapping[str, str]
    found: Mapping[str, str]


@contextmanager
def lived_on(folder: Path) -> Iterator[Place]:
    """An installation in that folder that people have lived on."""
    with platform.running(folder / "var") as started:
        life = lived_in.Life(started, folder).all_of_it()
        people = {role: started.person(name, role) for role, name in lived_in.NAMES.items()}
        found = pages.found_on({role: life.client(name) for role, name in lived_in.NAMES.items()})
        yield Place(started.address, people, found)


class Photographer:
    """A browser in one language, with a window for each role."""

    def __init__(self, browser: Browser, place: Place, language: str) -> None:
        self.browser, self.place, self.language = browser, place, language
        self.windows: dict[str, Page] = {}

    def window(self, role: str) -> Page:
        if role not in self.windows:
            context = self.browser.new_context(
                viewport=DESKTOP,
                locale=LANGUAGES[self.language],
                reduced_motion="reduce",  # type: ignore[arg-type]
            )
            page = self.windows[role] = context.new_page()
            if role:
                session.sign_in(page, self.place.address, self.place.people[role], platform.PASSWORD)
        return self.windows[role]

    def take(self, shown: pages.Shown) -> None:
        """The page in both themes, and on a phone where people use it there."""
        page = self.window(shown.role)
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        page.goto(self.place.address + shown.address.format(**self.place.found))
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            pages.settle(page)
            self._keep(page, f"{shown.name}.{self.language}.{theme}", SHOWN_AT)
        if shown.on_phone:
            page.emulate_media(color_scheme="light")
            page.set_viewport_size(PHONE)  # type: ignore[arg-type]
            page.reload()
            pages.settle(page)
            self._keep(page, f"{shown.name}.{self.language}.phone", 1)

    def _keep(self, page: Page, name: str, scale: float) -> None:
        height = min(TALLEST_PX, page.evaluate("document.documentElement.scrollHeight"))
        width = page.evaluate("innerWidth")
        taken = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
        (FOLDER / f"{name}.webp").write_bytes(webp(taken, scale))


def webp(png: bytes, scale: float) -> bytes:
    """The picture in WebP, in the best quality that stays within `LARGEST_BYTES`."""
    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    if scale != 1:
        picture = picture.resize(
            (round(picture.width * scale), round(picture.height * scale)), Image.Resampling.LANCZOS
        )
    for quality in QUALITIES:
        kept = io.BytesIO()
        picture.save(kept, "WEBP", quality=quality, method=6)
        if kept.tell() <= LARGEST_BYTES:
            break
    return kept.getvalue()


def index() -> str:
    """What README.md of the folder says."""
    lines = [
        "# Screens",
        "",
        "Every page, photographed by `python -m docs.screens`. Each picture links to its file.",
        "",
    ]
    for shown in pages.PAGES:
        who = f", as {shown.role}" if shown.role else ""
        lines += [f"## {shown.name}", "", f"`{shown.address}`{who}", ""]
        lines += [f'<a href="{name}"><img src="{name}" width="380" alt="{name}"></a>' for name in _pair(shown)]
        rest = [name for name in _all(shown) if name not in _pair(shown)]
        lines += ["", " · ".join(f"[{name.removesuffix('.webp')}]({name})" for name in rest), ""]
    return "\n".join(lines)


def _pair(shown: pages.Shown) -> tuple[str, str]:
    return f"{shown.name}.en.light.webp", f"{shown.name}.ar.dark.webp"


def _all(shown: pages.Shown) -> list[str]:
    ways = [*THEMES, "phone"] if shown.on_phone else THEMES
    return [f"{shown.name}.{language}.{way}.webp" for language in LANGUAGES for way in ways]


def photograph(place: Place, wanted: Sequence[pages.Shown], languages: Sequence[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        for language in languages:
            photographer = Photographer(browser, place, language)
            for shown in track(wanted, description=language, transient=True):
                photographer.take(shown)
        browser.close()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m docs.screens", description=__doc__)
    parser.add_argument("--var", type=Path, help="keep the platform's state in this folder")
    parser.add_argument("--only", nargs="*", help="names of pages")
    parser.add_argument("--language", choices=LANGUAGES, action="append", help="both when not given")
    given = parser.parse_args()
    wanted = [shown for shown in pages.PAGES if not given.only or shown.name in given.only]
    with tempfile.TemporaryDirectory() as passing, lived_on(given.var or Path(passing)) as place:
        photograph(place, wanted, given.language or list(LANGUAGES))
    (FOLDER / "README.md").write_text(index())
    kept = list(FOLDER.glob("*.webp"))
    print(f"docs/screens: {len(kept)} pictures, {sum(one.stat().st_size for one in kept) / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
