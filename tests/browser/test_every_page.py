"""Every page in both languages and themes: nothing for axe to find, nothing cut off, nothing that moves by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.browser import pages
from tests.browser.conftest import DESKTOP, PHONE, Visitor
from tests.browser.lived_in import NAMES, Life

pytestmark = pytest.mark.deep
STILL = "document.getAnimations().every((one) => one.effect.getComputedTiming().duration <= 1)"
FITS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture(scope="module")
def found(life: Life) -> dict[str, str]:
    return pages.found_on({role: life.client(name) for role, name in NAMES.items()})


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("shown", pages.PAGES, ids=lambda shown: shown.name)
def test_page_is_accessible_fits_and_keeps_still(
    visit: Callable[..., Visitor], found: dict[str, str], shown: pages.Shown, language: str
) -> None:
    visitor = visit(language=language)
    if shown.role:
        visitor.sign_in(NAMES[shown.role], shown.role)
    page = visitor.page
    page.goto(visitor.platform.address + shown.address.format(**found))
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        pages.settle(page)
        visitor.assert_accessible()
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    assert page.evaluate(STILL), "something moves though the person asked for less motion"
    for width in _widths():
        page.set_viewport_size(width)  # type: ignore[arg-type]
        pages.settle(page)
        assert page.evaluate(FITS), f"the page scrolls sideways at {width['width']} px"


def _widths() -> Iterator[dict[str, int]]:
    yield DESKTOP
    yield {"width": 820, "height": 1180}
    yield PHONE
