"""A gate policy as data."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from string import Formatter
from typing import Annotated, Any, Literal, Self

import rfc8785
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

Modality = Literal["scene", "reference_images", "audio", "camera", "lighting", "video", "record"]
Comparator = Literal["below", "above", "outside"]
Bound = float | tuple[float, float]
PLACEHOLDERS = frozenset({"measured", "asked", "unit"})
MOST_RULES = 500
_PYDANTIC_PREFIX = re.compile(r"^Value error, ")


class PolicyInvalid(ValueError):
    """The policy, or an override of it, is not one that can judge.

    Attributes:
        problems: Place (`rules.clip_too_short.reject`) -> what is wrong there.
    """

    def __init__(self, problems: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(f"{place}: {' '.join(said)}" for place, said in problems.items()))
        self.problems = dict(problems)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _template(text: str) -> str:
    """Only the bare placeholders: a template is written by people and formatted for every refusal."""
    try:
        parts = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise ValueError(f"a brace is left open or closed alone ({error}); write {{{{ for a brace itself") from error
    wrong = [name for name, spec, conversion in parts if name not in PLACEHOLDERS or spec or conversion]
    if wrong:
        known = ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))
        raise ValueError(f"{{{wrong[0]}}} is no placeholder; there are {known}")
    return text


SafeInteger = Annotated[int, Field(gt=-(2**53), lt=2**53)]  # as canonical JSON (RFC 8785) has them
Template = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_template)]


class Unless(_Strict):
    """What in the record lifts a rule: the value at `path` (dots, `*` for every item) is one of `one_of`.

    With `all_items` every value there has to be; none at all lifts nothing.
    """

    path: Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.([a-z0-9_]+|\*))*$", max_length=120)]
    one_of: Annotated[tuple[str | bool | SafeInteger, ...], Field(min_length=1, max_length=100)]
    all_items: bool = False


class Rule(_Strict):
    """One gate.

    Attributes:
        id: Stable; the finding's code.
        modality: Judged only where the record has it; `record` is the whole, always there, outside quality.
        model: Judged only where the measuring model's id begins with this: raw thresholds belong to a model.
        calibrated: The bounds are probabilities that the work is right, and the value is put on that scale by the
            calibration of the very weights that measured; judged only where there is one. So the rule outlives its
            model.
        comparator: A value `below`, `above` or `outside` the bound is the problem; an `outside` bound is (low, high).
        review, reject: Bounds; None for never. A rejecting bound is never stricter than the reviewing one.
        good: The value from which on the metric earns the full score; None keeps a met rule out of quality.
        unless: Declarations that lift the rule.
        required: A missing measurement is itself a reason for review where the modality is present.
        unit: Of the metric, for sentences.
        message, fix: Templates with {measured}, {asked} and {unit}.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,60}$")]
    metric: Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$", max_length=80)]
    modality: Modality
    model: Annotated[str, Field(max_length=120)] = ""
    calibrated: bool = False
    comparator: Comparator
    review: Bound | None = None
    reject: Bound | None = None
    good: Bound | None = None
    unless: tuple[Unless, ...] = ()
    required: bool = False
    unit: Annotated[str, Field(max_length=20)] = ""
    message: Template
    fix: Template

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.review is None and self.reject is None:
            raise ValueError(f"{self.id}: neither review nor reject is set")
        for bound in (self.review, self.reject, self.good):
            if bound is not None and isinstance(bound, tuple) != (self.comparator == "outside"):
                raise ValueError(f"{self.id}: an {self.comparator} rule has another kind of bound")
            if isinstance(bound, tuple) and bound[0] > bound[1]:
                raise ValueError(f"{self.id}: a range begins above its end")
        if self.review is not None and self.reject is not None and stricter(self.comparator, self.reject, self.review):
            raise ValueError(f"{self.id}: it rejects what it does not even review")
        if self.calibrated:
            self._check_probabilities()
        return self

    def _check_probabilities(self) -> None:
        if self.comparator != "below" or self.unit:
            raise ValueError(f"{self.id}: a calibrated rule is `below` a probability, which has no unit")
        if not all(0 < bound < 1 for bound in (self.review, self.reject, self.good) if isinstance(bound, float)):
            raise ValueError(f"{self.id}: the bounds of a calibrated rule are probabilities between 0 and 1")

    @property
    def bounds(self) -> tuple[Bound | None, Bound | None, Bound | None]:
        """Reject, review, good."""
        return self.reject, self.review, self.good


class Override(_Strict):
    """What a campaign may change of a rule; a key that is left out keeps the rule's own."""

    review: Bound | None = None
    reject: Bound | None = None
    good: Bound | None = None
    enabled: bool = True


class Policy(_Strict):
    """Rules and the weight of each modality in the overall quality."""

    version: int = Field(ge=1, lt=2**31)
    rules: Annotated[tuple[Rule, ...], Field(max_length=MOST_RULES)]
    weights: Mapping[Modality, Annotated[float, Field(gt=0)]]

    @model_validator(mode="after")
    def _ids_once(self) -> Self:
        ids = [rule.id for rule in self.rules]
        if twice := {name for name in ids if ids.count(name) > 1}:
            raise ValueError(f"rules given twice: {', '.join(sorted(twice))}")
        return self

    @cached_property
    def sha256(self) -> str:
        """Of the canonical JSON (RFC 8785): equal policies have equal hashes."""
        return hashlib.sha256(rfc8785.dumps(self.as_json())).hexdigest()

    @cached_property
    def calibrated_metrics(self) -> frozenset[str]:
        """Metrics that some rule judges as a probability."""
        return frozenset(rule.metric for rule in self.rules if rule.calibrated)

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json")

    @classmethod
    def from_json(cls, data: Any) -> "Policy":
        """The policy of stored JSON.

        Raises:
            PolicyInvalid: It is none; every problem with its place.
        """
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise PolicyInvalid(_problems(error, _rule_names(data))) from error

    def overridden(self, overrides: Mapping[str, Any]) -> "Policy":
        """This policy with some rules changed or switched off; `{rule id: {"review": ..., "enabled": false, ...}}`.

        Raises:
            PolicyInvalid: An id is unknown, or the changed rule contradicts itself; every problem with its place.
        """
        problems: dict[str, list[str]] = {}
        known = {rule.id: rule for rule in self.rules}
        for name in sorted(overrides.keys() - known.keys()):
            problems[name] = ["There is no such rule."]
        changed: dict[str, Rule | None] = {}
        for name in overrides.keys() & known.keys():
            try:
                changed[name] = _changed(known[name], Override.model_validate(overrides[name]))
            except ValidationError as error:
                problems |= {f"{name}.{place}".rstrip("."): said for place, said in _problems(error, []).items()}
        if problems:
            raise PolicyInvalid(problems)
        rules = tuple(rule for rule in (changed.get(rule.id, rule) for rule in self.rules) if rule)
        return Policy(version=self.version, rules=rules, weights=self.weights)


def stricter(comparator: Comparator, one: Bound, other: Bound) -> bool:
    """Whether `one` objects to a value that `other` lets pass."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return one[0] > other[0] or one[1] < other[1]
    assert not isinstance(one, tuple)
    assert not isinstance(other, tuple)
    return one > other if comparator == "below" else one < other


def _changed(rule: Rule, change: Override) -> Rule | None:
    if not change.enabled:
        return None
    given = {name: getattr(change, name) for name in change.model_fields_set - {"enabled"}}
    return Rule.model_validate({**rule.model_dump(), **given})


def _problems(error: ValidationError, rules: Sequence[str]) -> dict[str, list[str]]:
    """Place -> sentences; a rule is named by its id, not by its number in the list."""
    found: dict[str, list[str]] = {}
    for one in error.errors(include_url=False, include_context=False, include_input=False):
        place = [str(part) for part in one["loc"] if part not in ("float", "tuple[float, float]")]
        if len(place) > 1 and place[0] == "rules" and place[1].isdigit() and int(place[1]) < len(rules):
            place[1] = rules[int(place[1])]
        said = _PYDANTIC_PREFIX.sub("", one["msg"])
        sentences = found.setdefault(".".join(place), [])
        sentences.append(said[:1].upper() + said[1:].rstrip(".") + ".")
    return found


def _rule_names(data: Any) -> list[str]:
    """The ids of rules as written, or their numbers where they have none."""
    rules = data.get("rules") if isinstance(data, Mapping) else None
    if not isinstance(rules, Sequence) or isinstance(rules, str):
        return []
    named = [rule.get("id") if isinstance(rule, Mapping) else None for rule in rules]
    return [name[:60] if isinstance(name, str) and name else str(place) for place, name in enumerate(named)]
