"""Amounts are integers everywhere."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F, Value
from hypothesis import given
from hypothesis import strategies as st
from rest_framework import serializers

from common.money import MAX_WEI, WeiField, WeiSerializerField


@given(st.integers(-MAX_WEI, MAX_WEI))
def test_seventy_eight_digits_come_through_unrounded(amount: int) -> None:
    field = WeiField()
    stored = field.get_db_prep_value(amount, connection)
    assert isinstance(stored, Decimal)
    assert field.from_db_value(stored) == amount
    assert WeiSerializerField(min_value=None).to_internal_value(str(amount)) == amount
    assert WeiSerializerField().to_representation(amount) == str(amount)


@pytest.mark.parametrize(
    ("given_value", "amount"), [(5, 5), ("5", 5), ("-5", -5), (Decimal("5"), 5), (Decimal("5.0"), 5), (None, None)]
)
def test_field_takes_whole_numbers_only(given_value: Any, amount: int | None) -> None:
    assert WeiField().to_python(given_value) == amount
    assert WeiField().get_prep_value(given_value) == amount


@pytest.mark.parametrize("wrong", [1.0, True, "1.5", "", "--5", "1e3", "٣", Decimal("0.5"), [], b"1"])
def test_field_refuses_anything_else(wrong: Any) -> None:
    with pytest.raises(ValidationError):
        WeiField().to_python(wrong)


@pytest.mark.parametrize("wrong", [1.0, True, "1.5", "", "-", "--5", "5\n", "1e3", "٣", None, [], "9" * 79])
def test_api_refuses_anything_but_digits(wrong: Any) -> None:
    with pytest.raises(serializers.ValidationError):
        WeiSerializerField(min_value=None).to_internal_value(wrong)


def test_api_takes_json_integers_and_keeps_to_the_least_allowed() -> None:
    assert WeiSerializerField().to_internal_value(7) == 7
    with pytest.raises(serializers.ValidationError, match="least allowed is 1"):
        WeiSerializerField(min_value=1).to_internal_value("0")


def test_amounts_beyond_seventy_eight_digits_never_reach_the_database() -> None:
    with pytest.raises(ValidationError, match="78 digits"):
        WeiField().get_db_prep_save(MAX_WEI + 1, connection)


def test_expressions_pass_to_the_database_untouched() -> None:
    field = WeiField()
    for expression in (F("other") + 1, Value(3)):
        assert field.get_prep_value(expression) is expression
        assert field.get_db_prep_value(expression, connection) is expression


def test_nothing_stays_nothing() -> None:
    assert WeiField().from_db_value(None) is None
    assert WeiField().get_db_prep_value(None, connection) is None


def test_migrations_do_not_repeat_the_digits() -> None:
    assert isinstance(WeiField(), models.DecimalField)
    assert WeiField(default=0).deconstruct()[3] == {"default": 0}
