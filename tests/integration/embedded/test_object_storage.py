"""The embedded S3 gateway behaves as the product needs it to, with its inner services closed."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any

import botocore.auth
import httpx
import pytest

from common import storage
from config import embedded
from config.embedded.seaweedfs import client

PART = 5 * 2**20
APP, STRANGER = "http://localhost:8000", "http://evil.example"


@pytest.fixture
def s3(services: embedded.Services) -> Any:
    """A client with the installation's keys."""
    return client(services)


def test_multipart_upload_through_presigned_links_joins_its_parts(s3: Any) -> None:
    upload_id = storage.start_multipart("incoming/large")
    parts = {1: os.urandom(PART), 2: os.urandom(1000)}
    etags = {}
    for number, data in parts.items():
        link = storage.part_link("incoming/large", upload_id, number, size=len(data))
        answer = httpx.put(link, content=data, trust_env=False)
        etags[number] = answer.raise_for_status().headers["etag"]
    assert {n: size for n, (_, size) in storage.uploaded_parts("incoming/large", upload_id).items()} == {
        1: PART,
        2: 1000,
    }
    storage.complete_multipart("incoming/large", upload_id, etags)
    assert storage.read("incoming/large") == parts[1] + parts[2]


def test_presigned_read_carries_our_type_and_disposition(s3: Any) -> None:
    storage.write("page", b"<script>", content_type="text/html")
    answer = httpx.get(storage.read_link("page", content_type="image/png", filename="a.png"), trust_env=False)
    assert answer.content == b"<script>"
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_presigned_link_serves_no_other_object(s3: Any) -> None:
    storage.write("mine", b"mine")
    storage.write("theirs", b"theirs")
    link = storage.read_link("mine", content_type="image/png", filename="a.png")
    assert httpx.get(link.replace("/mine?", "/theirs?"), trust_env=False).status_code == 403


def test_part_of_another_size_than_the_link_was_made_for_is_refused(s3: Any) -> None:
    upload_id = storage.start_multipart("incoming/sized")
    link = storage.part_link("incoming/sized", upload_id, 1, size=1000)
    assert httpx.put(link, content=b"x" * 1001, trust_env=False).status_code == 403
    assert httpx.put(link, content=b"x" * 1000, trust_env=False).status_code == 200
    storage.abort_multipart("incoming/sized", upload_id)


def test_expired_link_is_refused(s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    storage.write("short", b"short")
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)  # noqa: TID251 - the server compares with its own clock
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: an_hour_ago)
    link = storage.read_link("short", content_type="image/png", filename="a.png", expires_s=3599)
    answer = httpx.get(link, trust_env=False)
    assert answer.status_code == 403
    assert "expired" in answer.text


@pytest.mark.parametrize(("origin", "allowed"), [(APP, True), (STRANGER, False)])
def test_only_the_apps_origin_may_reach_storage_from_a_browser(s3: Any, origin: str, allowed: bool) -> None:
    storage.write("seen", b"seen")
    link = storage.read_link("seen", content_type="image/png", filename="a.png")
    asked = {"Origin": origin, "Access-Control-Request-Method": "PUT"}
    preflight = httpx.request("OPTIONS", link.partition("?")[0], headers=asked, trust_env=False)
    answer = httpx.get(link, headers={"Origin": origin}, trust_env=False)
    for headers in (preflight.headers, answer.headers):
        assert (headers.get("access-control-allow-origin") == origin) is allowed
    if allowed:
        assert "etag" in answer.headers["access-control-expose-headers"].lower()


def test_copy_and_delete_leave_exactly_what_was_asked_for(s3: Any) -> None:
    storage.write("from", b"bytes")
    storage.copy("from", "kept/to")
    storage.delete(["from"])
    assert storage.read("kept/to") == b"bytes"
    assert not storage.exists("from")
