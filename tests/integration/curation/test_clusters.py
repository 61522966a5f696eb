"""Who reviews sees the cluster of copies around what they judge, page by page, and never whose anything is."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.roles import Role
from curation.lifecycle import SubmissionStatus
from curation.models import Campaign, Review, Submission
from curation.selectors import clusters
from curation.services import reviews
from tests.factories import curation as make
from tests.integration.curation.conftest import answer, signed_in

pytestmark = pytest.mark.django_db
ACCEPTED, REJECTED = SubmissionStatus.ACCEPTED, SubmissionStatus.REJECTED


@pytest.fixture
def campaign() -> Campaign:
    return make.campaign()


def held(row: Submission) -> tuple[APIClient, UUID]:
    """A reviewer who holds this very submission, and their review."""
    judge = make.person(Role.REVIEWER, name="judge")
    now = timezone.now()
    review = Review.objects.create(
        revision=row.current, reviewer=judge, leased_until=now + timedelta(minutes=5), created_at=now
    )
    return signed_in(judge), review.id


def cluster(row: Submission, **query: Any) -> dict[str, Any]:
    client, review = held(row)
    return answer(client.get(f"/api/v1/reviews/{review}/copies", query))


def ids(page: dict[str, Any]) -> list[str]:
    return [member["revision"] for member in page["members"]]


def test_copies_of_copies_are_one_cluster_with_the_reason_for_each(campaign: Campaign) -> None:
    first, second, third, apart = (make.submission(campaign, make.person()) for _ in range(4))
    make.copy(second.current, of=first.current)
    make.copy(third.current, of=second.current, kind="audio", part="audio", original_part="audio", changes="pitch +2")
    found = cluster(first)
    assert ids(found) == [str(row.current_id) for row in (first, second, third)]
    assert str(apart.current_id) not in ids(found)
    middle = found["members"][1]
    assert middle["why"] == [
        {
            "part": "reference_images.0", "kind": "image", "other": str(first.current_id),
            "other_part": "reference_images.0", "copied": True, "similarity": 0.9, "changes": "crop",
        },
        {
            "part": "audio", "kind": "audio", "other": str(third.current_id), "other_part": "audio", "copied": False,
            "similarity": 0.9, "changes": "pitch +2",
        },
    ]  # fmt: skip
    assert {medium["path"] for medium in middle["media"]} == set(make.KINDS)


def test_what_nobody_has_is_a_cluster_of_its_own(campaign: Campaign) -> None:
    row = make.submission(campaign, make.person())
    found = cluster(row)
    assert ids(found) == [str(row.current_id)]
    assert (found["members"][0]["why"], found["next"]) == ([], None)


def test_the_same_words_lead_to_their_neighbour_and_no_further(campaign: Campaign) -> None:
    one, two, three = (make.submission(campaign, make.person()) for _ in range(3))
    for copy, original in ((two, one), (three, two)):
        make.copy(copy.current, of=original.current, kind="text", part="scene", original_part="scene")
    assert ids(cluster(one)) == [str(one.current_id), str(two.current_id)]


def test_what_was_refused_is_left_out_but_leads_on(campaign: Campaign) -> None:
    first = make.submission(campaign, make.person(), status=ACCEPTED)
    refused = make.submission(campaign, make.person(), status=REJECTED)
    last = make.submission(campaign, make.person())
    make.copy(refused.current, of=first.current)
    make.copy(last.current, of=refused.current)
    found = cluster(last)
    assert ids(found) == [str(first.current_id), str(last.current_id)]
    assert [member["status"] for member in found["members"]] == ["accepted", "in_review"]
    assert found["members"][1]["why"] == []


def test_nobody_is_named_and_only_derivatives_are_linked(campaign: Campaign) -> None:
    rights = {
        "license": "CC-BY-4.0", "holder": "Zoe Secret", "attribution": "Zoe Secret", "basis": "own_work",
        "consent_version": "2026-01",
    }  # fmt: skip
    zoe = make.person(name="zoe")
    first = make.submission(campaign, zoe, rights=rights)
    copy = make.submission(campaign, make.person())
    make.copy(copy.current, of=first.current)
    text = json.dumps(cluster(copy))
    assert str(first.current_id) in text
    for secret in ("Zoe Secret", str(zoe.id), zoe.email, str(first.id)):
        assert secret not in text
    image = next(asset for asset in first.current.assets.all() if asset.kind == "image")
    assert image.sha256 not in text


def test_only_who_holds_the_review_may_look(campaign: Campaign) -> None:
    row = make.submission(campaign, make.person())
    client, review = held(row)
    for other in (make.person(Role.REVIEWER), make.person()):
        refused = signed_in(other).get(f"/api/v1/reviews/{review}/copies")
        assert refused.status_code in (403, 404)
    Review.objects.filter(id=review).update(leased_until=timezone.now() - timedelta(seconds=1))
    late = client.get(f"/api/v1/reviews/{review}/copies")
    assert (late.status_code, late.json()["code"]) == (409, "lease_expired")
    with pytest.raises(reviews.NoSuchReview):
        reviews.held(review_id=review, reviewer=make.person(), now=timezone.now())


def test_a_large_cluster_is_read_page_by_page_in_a_constant_number_of_queries(campaign: Campaign) -> None:
    rows = [make.submission(campaign, make.person()) for _ in range(9)]
    for row in rows[1:]:
        make.copy(row.current, of=rows[0].current)
    current = rows[4].current_id
    assert current is not None
    found, after = [], None
    for _ in range(4):
        page = clusters.cluster_of(current, after=after, limit=3)
        found += [member.revision_id for member in page.members]
        after = page.next
        if after is None:
            break
    assert found == [row.current_id for row in rows]
    counts = []
    for limit in (1, 9):
        with CaptureQueriesContext(connection) as captured:
            clusters.cluster_of(current, limit=limit)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 6


def test_a_page_starts_where_the_last_one_ended(campaign: Campaign) -> None:
    first, second = (make.submission(campaign, make.person()) for _ in range(2))
    make.copy(second.current, of=first.current)
    assert ids(cluster(first, after=str(first.current_id))) == [str(second.current_id)]
    client, review = held(first)
    bad = client.get(f"/api/v1/reviews/{review}/copies", {"after": "x"})
    assert (bad.status_code, list(bad.json()["fields"])) == (400, ["after"])
