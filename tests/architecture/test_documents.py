"""Documents that people look things up in stay easy to look up."""

import re
from collections import Counter
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
DECISIONS = sorted((DOCS / "adr").glob("*.md"))


def test_every_decision_has_a_number_of_its_own_and_names_it_in_its_title() -> None:
    numbers = Counter(path.name[:4] for path in DECISIONS)
    assert [number for number, times in numbers.items() if times > 1] == []
    wrong = {
        path.name: title
        for path in DECISIONS
        if not re.fullmatch(rf"# {path.name[:4]} [A-Z].*", title := path.read_text().partition("\n")[0])
    }
    assert numbers
    assert wrong == {}


def test_no_question_is_asked_twice() -> None:
    questions = Counter(re.findall(r"^\| ([^|]+) \|", (DOCS / "WHERE.md").read_text(), re.MULTILINE))
    del questions["question"]
    assert questions
    assert [question for question, times in questions.items() if times > 1] == []
