"""A gate policy as data."""

import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self

import rfc8785
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

Modality = Literal["scene", "reference_images", "audio", "camera", "lighting", "video", "record"]
Comparator = Literal["below", "above", "outside"]
Bound = float | tuple[float, float]


class PolicyInvalid(ValueError):
    """The policy, or an override of it, is not one that can judge; the message names the rule."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Unless(_Strict):
    """What in the record lifts a rule: the value at `path` (dots, `*` for every item) is one of `one_of`.

    With `all_items` every value there has to be; none at all lifts nothing.
    """

    path: str
    one_of: tuple[str | bool | int, ...]
    all_items: bool = False


class Rule(_Strict):
    """One gate.

    Attributes:
        id: Stable; the finding's code.
        modality: Judged only where the record has it; `record` is the whole, always there, outside quality.
        model: Judged only where the measuring model's id begins with this: thresholds belong to a model.
        comparator: A value `below`, `above` or `outside` the bound is the problem; an `outside` bound is (low, high).
        review, reject: Bounds; None for never. A rejecting bound is never stricter than the reviewing one.
        good: The value from which on the metric earns the full score; None keeps a met rule out of quality.
        unless: Declarations that lift the rule.
        required: A missing measurement is itself a reason for review where the modality is present.
        unit: Of the metric, for sentences.
        message, fix: Templates with {measured}, {asked} and {unit}.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,60}$")]
    metric: str
    modality: Modality
    model: str = ""
    comparator: Comparator
    review: Bound | None = None
    reject: Bound | None = None
    good: Bound | None = None
    unless: tuple[Unless, ...] = ()
    required: bool = False
    unit: str = ""
    message: str
    fix: str

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.review is None and self.reject is None:
            raise ValueError(f"{self.id}: neither review nor reject is set")
        for bound in (self.review, self.reject, self.good):
            if bound is not None and isinstance(bound, tuple) != (self.comparator == "outside"):
                raise ValueError(f"{self.id}: an {self.comparator} rule has another kind of bound")
        if self.review is not None and self.reject is not None and stricter(self.comparator, self.reject, self.review):
            raise ValueError(f"{self.id}: it rejects what it does not even review")
        return self


class Override(_Strict):
    """What a campaign may change of a rule; a key that is left out keeps the rule's own."""

    review: Bound | None = None
    reject: Bound | None = None
    good: Bound | None = None
    enabled: bool = True


class Policy(_Strict):
    """Rules and the weight of each modality in the overall quality."""

    version: int = Field(ge=1)
    rules: tuple[Rule, ...]
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

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json")

    @classmethod
    def from_json(cls, data: Any) -> "Policy":
        """The policy of stored JSON.

        Raises:
            PolicyInvalid: It is none.
        """
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise PolicyInvalid(str(error)) from error

    def overridden(self, overrides: Mapping[str, Any]) -> "Policy":
        """This policy with some rules changed or switched off; `{rule id: {"review": ..., "enabled": false, ...}}`.

        Raises:
            PolicyInvalid: An id is unknown, or the changed rule contradicts itself.
        """
        if unknown := overrides.keys() - {rule.id for rule in self.rules}:
            raise PolicyInvalid(f"There are no rules called {', '.join(sorted(unknown))}.")
        try:
            changes = {name: Override.model_validate(change) for name, change in overrides.items()}
            rules = [_changed(rule, changes.get(rule.id)) for rule in self.rules]
            return Policy(version=self.version, rules=tuple(rule for rule in rules if rule), weights=self.weights)
        except ValidationError as error:
            raise PolicyInvalid(str(error)) from error


def stricter(comparator: Comparator, one: Bound, other: Bound) -> bool:
    """Whether `one` objects to a value that `other` lets pass."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return one[0] > other[0] or one[1] < other[1]
    assert not isinstance(one, tuple)
    assert not isinstance(other, tuple)
    return one > other if comparator == "below" else one < other


def _changed(rule: Rule, change: Override | None) -> Rule | None:
    if change is None:
        return rule
    if not change.enabled:
        return None
    given = {name: getattr(change, name) for name in change.model_fields_set - {"enabled"}}
    return Rule.model_validate({**rule.model_dump(), **given})
