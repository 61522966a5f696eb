"""The front end's side of the drawing: features know nothing of one another, and both languages say the same things."""

import json
from pathlib import Path

import pytest

from tests.browser import pages

FRONTEND = Path(__file__).resolve().parents[2] / "frontend" / "src"
TEXTS = sorted({*FRONTEND.glob("locales/en/*.json"), *FRONTEND.glob("features/*/locales/en.json")})
# English has two forms of a plural, Arabic six (CLDR); the keys without the form must agree.
PLURAL_FORMS = ("_zero", "_one", "_two", "_few", "_many", "_other")


def keys(texts: dict[str, object], above: str = "") -> set[str]:
    found: set[str] = set()
    for name, value in texts.items():
        if isinstance(value, dict):
            found |= keys(value, f"{above}{name}.")
        else:
            found.add(above + next((name.removesuffix(form) for form in PLURAL_FORMS if name.endswith(form)), name))
    return found


def in_arabic(path: Path) -> Path:
    return path.with_name("ar.json") if path.name == "en.json" else path.parent.parent / "ar" / path.name


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(FRONTEND)))
def test_every_english_text_has_an_arabic_one_and_the_other_way_round(path: Path) -> None:
    english, arabic = (keys(json.loads(file.read_text())) for file in (path, in_arabic(path)))
    assert english == arabic


@pytest.mark.parametrize("folder", sorted((FRONTEND / "features").iterdir()), ids=lambda folder: folder.name)
def test_a_feature_imports_no_other_and_not_the_app(folder: Path) -> None:
    others = [other.name for other in (FRONTEND / "features").iterdir() if other != folder]
    for file in folder.rglob("*.ts*"):
        text = file.read_text()
        assert "@/app" not in text, file
        assert "@/features" not in text, file
        assert not [other for other in others if f"../{other}/" in text], file


def test_every_route_is_photographed_and_checked_for_accessibility() -> None:
    assert not list(pages.unlisted_routes()), "add them to tests/browser/pages.py::PAGES"
