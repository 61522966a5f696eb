"""Numbers and bounds as a refusal says them: in plain digits with a point, the same in every language."""

from math import floor, log10

from curation.gating.policy import Bound, Rule

DIGITS = 3
MOST_DIGITS = 9


def number(value: float, *, apart_from: float | None = None) -> str:
    """The value to three significant digits, without an exponent as long as that is readable.

    Args:
        apart_from: A bound that the value breaks; as many digits are added as it takes not to look the same:
            nobody is told that 0.25 is below 0.25.
    """
    for digits in range(DIGITS, MOST_DIGITS + 1):
        told = _rounded(value, digits)
        if apart_from is None or value == apart_from or told != _rounded(apart_from, digits):
            return told
    return repr(value)


def asked(rule: Rule, bound: Bound) -> str:
    """The bound in words, such as `at least 16000 Hz`."""
    unit = f" {rule.unit}" if rule.unit else ""
    kind = "a probability of " if rule.calibrated else ""
    if isinstance(bound, tuple):
        if bound[0] == bound[1]:
            return f"exactly {number(bound[0])}{unit}"
        return f"{number(bound[0])} to {number(bound[1])}{unit}"
    return f"{kind}at {'least' if rule.comparator == 'below' else 'most'} {number(bound)}{unit}"


def broken_end(bound: Bound, value: float) -> float:
    """The bound, or the end of the range that the value lies beyond."""
    if not isinstance(bound, tuple):
        return bound
    return bound[0] if value < bound[0] else bound[1]


def _rounded(value: float, digits: int) -> str:
    if value == int(value) and abs(value) < 1e9:
        return f"{value:.0f}"
    places = digits - 1 - floor(log10(abs(value)))
    if not -6 <= places <= 12:
        return f"{value:.{digits - 1}e}"
    text = f"{value:.{max(places, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
