"""Signed-in clients, and uploads as a browser makes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from curation.services import verification

Upload = Callable[..., dict[str, Any]]


def signed_in(person: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


def answer(response: Any, status: int = 200) -> Any:
    """The body of an answer that must have this status."""
    assert response.status_code == status, response.content
    return response.json() if response.content else None


def put_parts(client: APIClient, asset: dict[str, Any], data: bytes, numbers: list[int] | None = None) -> None:
    """Send parts to the addresses that the API gives for them."""
    numbers = numbers or list(range(1, asset["part_count"] + 1))
    links = answer(client.post(f"/api/v1/assets/{asset['id']}/parts", {"numbers": numbers}))["parts"]
    for link in links:
        start = (link["number"] - 1) * asset["part_size"]
        sent = httpx.put(link["url"], content=data[start : start + asset["part_size"]])
        assert sent.status_code == 200, sent.text


def begin(client: APIClient, name: str, size: int, content_type: str = "") -> dict[str, Any]:
    return answer(client.post("/api/v1/assets", {"name": name, "size": size, "content_type": content_type}), 201)


def upload(client: APIClient, path: Path, *, name: str = "", content_type: str = "") -> dict[str, Any]:
    """Announce, send and complete a file; the asset then waits to be verified."""
    data = path.read_bytes()
    asset = begin(client, name or path.name, len(data), content_type)
    put_parts(client, asset, data)
    return answer(client.post(f"/api/v1/assets/{asset['id']}/complete"))


def verify_all() -> None:
    """What a probe worker does until nothing waits."""
    while batch := verification.claim(now=timezone.now()):
        verification.verify(batch, clock=timezone.now)


@pytest.fixture
def uploaded() -> Upload:
    """Upload a file and have it verified; the answer is the asset as its owner sees it."""

    def act(person: User, path: Path, **options: Any) -> dict[str, Any]:
        client = signed_in(person)
        asset = upload(client, path, **options)
        verify_all()
        return answer(client.get(f"/api/v1/assets/{asset['id']}"))

    return act
