"""Amounts are integers of the smallest unit, in Python, in the database and in JSON."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

MAX_WEI = 10**78 - 1
DIGITS = re.compile(r"-?[0-9]{1,78}")


def whole_number(text: str) -> int:
    """An amount as a command line gives it: `int` alone would also take spaces, underscores and other scripts' digits.

    Raises:
        ValueError: It is not digits, with a minus before them or not.
    """
    if not DIGITS.fullmatch(text):
        raise ValueError(f"{text!r} is not a whole number of base units.")
    return int(text)


class WeiField(models.DecimalField):
    """An integer amount in base units: `numeric(78,0)` in the database, `int` in Python.

    Decimal silently rounds past 28 digits, so it never leaves this class: values, aggregates and lookups are `int`.
    """

    if TYPE_CHECKING:  # what django-stubs reads the attribute's types from
        _pyi_private_set_type: int | str | Combinable
        _pyi_private_get_type: int  # type: ignore[assignment]  # the parent says Decimal

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_digits"], kwargs["decimal_places"] = 78, 0
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_digits"], kwargs["decimal_places"]
        return name, path, args, kwargs

    def from_db_value(self, value: Decimal | None, *_: Any) -> int | None:
        return None if value is None else int(value)

    def to_python(self, value: Any) -> int | None:
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        if isinstance(value, str) and DIGITS.fullmatch(value):
            return int(value)
        if isinstance(value, Decimal) and value == value.to_integral_value():
            return int(value)
        raise ValidationError(f"{value!r} is not a whole number of base units.", code="not_an_integer")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if hasattr(value, "as_sql"):
            return value
        number = self.to_python(value)
        if number is not None and abs(number) > MAX_WEI:
            raise ValidationError("The amount does not fit 78 digits.", code="too_large")
        return None if number is None else Decimal(number)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return self.get_db_prep_value(value, connection)

    def get_prep_value(self, value: Any) -> Any:
        return value if hasattr(value, "as_sql") else self.to_python(value)


@extend_schema_field({"type": "string", "pattern": "^-?[0-9]{1,78}$", "example": "1000000000000000000"})
class WeiSerializerField(serializers.Field):
    """Base units as a JSON string, since JavaScript's numbers end at 2**53."""

    default_error_messages = {"invalid": "Give a whole number of base units as a string of digits."}

    def __init__(self, *, min_value: int | None = 0, **kwargs: Any) -> None:
        self.min_value = min_value
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> int:
        text = str(data) if isinstance(data, str | int) and not isinstance(data, bool) else ""
        if not DIGITS.fullmatch(text):
            self.fail("invalid")
        if self.min_value is not None and int(text) < self.min_value:
            raise serializers.ValidationError(f"The least allowed is {self.min_value}.")
        return int(text)

    def to_representation(self, value: int) -> str:
        return str(value)
