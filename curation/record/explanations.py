"""Pydantic's errors said again so that a contributor can act on them."""

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from curation.record.problems import Problem

MAX_PROBLEMS = 100
PLATFORM_KEYS = frozenset({"quality", "groups", "split"})

# What a value of the right form looks like, by the last key of its path.
_EXAMPLES = {
    "language": "en or pt-BR", "id": "red-ball", "subject": "red-ball", "mid": "/m/09x0r", "license": "CC-BY-4.0",
    "source_url": "https://example.org/page", "pdq": "64 digits 0-9 and a-f",
}  # fmt: skip

Wording = tuple[str, str, str]  # code, message, fix

_TYPES = {
    "string_type": "text", "float_type": "a number", "int_type": "a whole number", "bool_type": "true or false",
    "tuple_type": "a list", "list_type": "a list", "dict_type": "an object", "model_type": "an object",
    "model_attributes_type": "an object", "string_sub_type": "text", "mapping_type": "an object",
}  # fmt: skip


def explain(error: ValidationError, *, under: tuple[str, ...] = ()) -> list[Problem]:
    """Every problem of a validation error, at most `MAX_PROBLEMS`, in the order of the record.

    Args:
        under: Keys that lead to the part that was validated alone.
    """
    details = error.errors(include_url=False, include_input=False)
    problems = [found for detail in details for found in _problems({**detail, "loc": (*under, *detail["loc"])})]
    if len(problems) > MAX_PROBLEMS:
        rest = len(problems) - MAX_PROBLEMS
        last = Problem("", "more", f"There are {rest} further problems.", "Put the ones above right first.")
        problems = [*problems[:MAX_PROBLEMS], last]
    return problems


def _problems(detail: ErrorDetails) -> Iterator[Problem]:
    context: dict[str, Any] = detail.get("ctx") or {}
    if detail["type"] == "conflicts":
        yield from context["problems"]
        return
    code, message, fix = _wording(detail, context)
    yield Problem(_path(detail["loc"]), code, message, fix)


def _path(loc: tuple[int | str, ...]) -> str:
    path = ""
    for step in loc:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step != "[key]":
            path += f".{_printable(step)}" if path else _printable(step)
    return path


def _printable(key: str) -> str:
    return key.encode("utf-8", "replace").decode()[:80]


def _wording(detail: ErrorDetails, context: dict[str, Any]) -> Wording:
    kind = detail["type"]
    if "fix" in context:
        return kind, detail["msg"], context["fix"]
    if kind == "extra_forbidden":
        return _unknown_key(str(detail["loc"][-1]) if detail["loc"] else "")
    if kind == "string_pattern_mismatch":
        return "wrong_form", "This is not of the right form.", _example(str(detail["loc"][-1]))
    if kind in _TYPES:
        return "wrong_type", f"This has to be {_TYPES[kind]}.", "Correct the value."
    if kind in _WORDINGS:
        return _WORDINGS[kind](context)
    if kind.startswith(("uuid", "datetime", "timezone")):
        return _format(kind)
    return "invalid", f"{detail['msg']}.", "Correct the value."


def _example(key: str) -> str:
    return f"Write it like {_EXAMPLES[key]}." if key in _EXAMPLES else "See the published schema."


def _unknown_key(key: str) -> Wording:
    if key in PLATFORM_KEYS:
        return "platform_only", "Only the platform writes this.", "Remove it."
    return "unknown_key", "This key is not part of the record.", "Remove it, or correct its spelling."


def _format(kind: str) -> Wording:
    if kind.startswith("uuid"):
        return "not_an_id", "This is not the id of an asset.", "Upload the file and use the id that came back."
    return "not_an_instant", "This is not a date and time with a time zone.", "Write it as 2026-01-31T12:00:00Z."


def _limits(context: dict[str, Any]) -> str:
    words = {"ge": "at least {}", "gt": "more than {}", "le": "at most {}", "lt": "less than {}"}
    return next(text.format(f"{context[key]:g}") for key, text in words.items() if key in context)


def _range(context: dict[str, Any]) -> Wording:
    return "out_of_range", f"This has to be {_limits(context)}.", "Correct the number."


def _length(context: dict[str, Any]) -> Wording:
    if "max_length" in context:
        return "too_long", f"This is longer than {context['max_length']} allows.", "Shorten it."
    return "too_short", f"This needs at least {context.get('min_length', 1)}.", "Add what is missing, or write null."


_WORDINGS: dict[str, Callable[[dict[str, Any]], Wording]] = {
    "missing": lambda _: ("missing", "This is missing.", "Add it."),
    "finite_number": lambda _: ("not_finite", "This is not a finite number.", "NaN and infinity are not accepted."),
    "literal_error": lambda c: ("not_in_vocabulary", "This word is not in the vocabulary.", f"Use {c['expected']}."),
    "string_unicode": lambda _: ("not_unicode", "This text is not valid Unicode.", "Remove the broken characters."),
    "string_too_long": _length,
    "string_too_short": _length,
    "too_long": _length,
    "too_short": _length,
    "greater_than": _range,
    "greater_than_equal": _range,
    "less_than": _range,
    "less_than_equal": _range,
}
