"""Bodies that the database cannot hold."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from tests.factories import curation as make

pytestmark = pytest.mark.django_db


def test_a_backslash_before_u0000_is_no_nul() -> None:
    client = APIClient()
    client.force_authenticate(make.person())
    asked = {"campaign": str(make.campaign().id), "record": {"text": "C:\\u0000 and C:\\\\u0000"}}
    assert client.post("/api/v1/submissions", asked).status_code == 201
    asked["record"] = {"text": "C:\\\u0000"}
    assert client.post("/api/v1/submissions", asked).json()["code"] == "parse_error"
