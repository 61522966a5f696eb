"""Changed copies across contributors: found, dated, judged, and never told to whom they do not concern."""

from __future__ import annotations

import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import numpy as np
import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image, ImageOps

from accounts.models import User
from curation.lifecycle import SubmissionStatus
from curation.models import Campaign, Copy, Fingerprint, FingerprintPoint, GateOutcome, Revision, Score, Submission
from curation.scoring.fingerprints.scorer import FingerprintScorer
from curation.services import scores, scoring_worker, submissions
from tests.factories import curation as make
from tests.factories.records import valid_record
from tests.integration.curation.conftest import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("services")]

USING = (FingerprintScorer(),)


def scene(seed: int) -> Image.Image:
    """Clouds of colour with some boxes: nothing like another seed's."""
    rng = np.random.default_rng(seed)
    clouds = Image.fromarray(rng.integers(0, 255, (8, 10, 3), dtype=np.uint8)).resize(
        (400, 320), Image.Resampling.BICUBIC
    )
    for _ in range(40):
        left, top = int(rng.integers(0, 360)), int(rng.integers(0, 290))
        clouds.paste(tuple(int(one) for one in rng.integers(0, 255, 3)), (left, top, left + 24, top + 18))
    return clouds


def png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "png")
    return file.getvalue()


def cropped(image: Image.Image) -> Image.Image:
    return image.crop((40, 30, 360, 290))


def record_with(owner: User, image: Image.Image, words: str = "") -> dict[str, Any]:
    picture = make.asset(owner, png(image), kind="image", content_type="image/png")
    parts: dict[str, Any] = {"audio": None, "lighting": None, "video": None, "camera": None}
    record = valid_record(image_assets=[picture.id], **parts)
    record["scene"]["caption_short"] = words or f"Take {picture.id} of {owner.id}: boxes before clouds of colour."
    return record


def submitted(campaign: Campaign, image: Image.Image, *, owner: User | None = None, words: str = "") -> Submission:
    owner = owner or make.person()
    record = record_with(owner, image, words)
    draft = submissions.create_draft(campaign_id=campaign.id, contributor=owner, record=record, now=timezone.now())
    return submissions.submit(submission_id=draft.id, contributor=owner, now=timezone.now())


def again(row: Submission, image: Image.Image) -> Submission:
    """The same person submits another revision."""
    record = record_with(row.contributor, image)
    submissions.replace_draft(submission_id=row.id, contributor=row.contributor, record=record, now=timezone.now())
    return submissions.submit(submission_id=row.id, contributor=row.contributor, now=timezone.now())


def run() -> None:
    while batch := scoring_worker.load(USING, timezone.now):
        scoring_worker.score(batch, USING, timezone.now)


def move(row: Submission, status: SubmissionStatus) -> None:
    Submission.objects.filter(id=row.id).update(status=status)


def duplicates(row: Submission) -> dict[str, float]:
    """Of the newest revision: part -> similarity, of its pictures."""
    found = Score.objects.filter(revision__submission=row, metric="record.duplicate_image", value__gt=0)
    return dict(found.filter(revision=make.submission_of(row.id).current).values_list("part", "value"))


def findings(row: Submission) -> set[str]:
    outcome = GateOutcome.objects.filter(revision__submission=row).order_by("-judged_at", "-id").first()
    assert outcome is not None
    return {finding["code"] for finding in outcome.findings}


@pytest.mark.parametrize("change", [cropped, ImageOps.mirror, lambda image: image.resize((250, 200))])
def test_a_changed_copy_goes_to_review_and_the_first_one_counts(change: Any) -> None:
    campaign = make.campaign()
    first, copy, other = (submitted(campaign, image) for image in (scene(1), change(scene(1)), scene(2)))
    run()
    assert duplicates(first) == {}
    assert duplicates(other) == {}
    assert list(duplicates(copy)) == ["reference_images.0"]
    assert "duplicate_image" in findings(copy)
    assert make.submission_of(copy.id).status == SubmissionStatus.IN_REVIEW
    [row] = Copy.objects.all()
    assert (row.revision, row.original) == (copy.current, first.current)


def test_the_first_one_counts_even_if_it_is_scored_last() -> None:
    campaign = make.campaign()
    first = submitted(campaign, scene(1))
    copy = submitted(campaign, ImageOps.mirror(scene(1)))
    later = timezone.now() + 2 * scores.LEASE
    slow = scoring_worker.load(USING, timezone.now)
    assert slow is not None
    slow.kept.close()
    Submission.objects.filter(id=copy.id).update(leased_until=None, attempts=0)
    quick = scoring_worker.load(USING, timezone.now)
    assert quick is not None
    assert [one.id for one in quick.submissions] == [copy.id]
    scoring_worker.score(quick, USING, timezone.now)
    assert duplicates(copy) == {}
    last = scoring_worker.load(USING, lambda: later)
    assert last is not None
    scoring_worker.score(last, USING, lambda: later)
    assert duplicates(first) == {}
    assert list(duplicates(copy)) == ["reference_images.0"]
    assert "duplicate_image" in findings(copy)
    assert make.submission_of(copy.id).status == SubmissionStatus.IN_REVIEW


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_scored_at_the_same_instant_exactly_one_is_first(order: tuple[int, int]) -> None:
    campaign = make.campaign()
    rows = [submitted(campaign, scene(1)), submitted(campaign, cropped(scene(1)))]
    both = scoring_worker.load(USING, timezone.now)
    assert both is not None
    found = scoring_worker.measure_samples(list(both.samples), USING)  # type: ignore[misc]
    both.settle()
    together = Barrier(2)

    def work(place: int) -> None:
        try:
            submission = both.submissions[place]
            scored = scores.Scored(submission, found[str(submission.id)])
            together.wait()
            [looked_up] = scores.looked_up([scored])
            scores.record([looked_up], now=timezone.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, order))
    both.kept.close()
    assert {make.submission_of(row.id).status for row in rows} == {SubmissionStatus.IN_REVIEW}
    assert duplicates(rows[0]) == {}
    assert list(duplicates(rows[1])) == ["reference_images.0"]
    assert Copy.objects.get().revision == rows[1].current


def test_own_revisions_and_what_was_refused_or_withdrawn_stand_in_nobodys_way() -> None:
    campaign = make.campaign()
    own = submitted(campaign, scene(1))
    run()
    move(own, SubmissionStatus.CHANGES_REQUESTED)
    again(own, cropped(scene(1)))
    run()
    assert duplicates(own) == {}
    for status in (SubmissionStatus.REJECTED, SubmissionStatus.WITHDRAWN):
        move(own, status)
        later = submitted(campaign, ImageOps.mirror(scene(1)))
        run()
        assert duplicates(later) == {}
        move(later, SubmissionStatus.WITHDRAWN)


def test_who_submits_again_keeps_their_place() -> None:
    campaign = make.campaign()
    first = submitted(campaign, scene(1))
    run()
    copy = submitted(campaign, cropped(scene(1)))
    run()
    move(first, SubmissionStatus.CHANGES_REQUESTED)
    again(first, scene(1).resize((500, 400)))
    run()
    assert duplicates(first) == {}
    assert list(duplicates(copy)) == ["reference_images.0"]


def test_the_very_same_file_keeps_its_place_as_well() -> None:
    campaign = make.campaign()
    first = submitted(campaign, scene(1))
    run()
    move(first, SubmissionStatus.CHANGES_REQUESTED)
    copy = submitted(campaign, scene(1))
    again(first, scene(1))
    run()
    assert make.submission_of(first.id).status == SubmissionStatus.IN_REVIEW
    assert make.submission_of(copy.id).status == SubmissionStatus.REJECTED


def test_what_is_accepted_counts_as_the_first() -> None:
    campaign = make.campaign()
    early = submitted(campaign, scene(1))
    run()
    move(early, SubmissionStatus.REJECTED)
    accepted = submitted(campaign, cropped(scene(1)))
    run()
    move(accepted, SubmissionStatus.ACCEPTED)
    again(early, scene(1))
    run()
    assert list(duplicates(early)) == ["reference_images.0"]
    novelty = GateOutcome.objects.filter(revision__submission=early).latest("judged_at").novelty
    assert novelty < 0.2


def test_the_same_words_are_told_apart_by_their_share() -> None:
    campaign = make.campaign()
    words = "Boxes of many sizes stand before slow clouds of colour; a thin line crosses the picture."
    rows = [submitted(campaign, scene(seed), words=words + end) for seed, end in enumerate(("", " Calm."))]
    run()
    assert "duplicate_text" in findings(rows[1])
    assert "duplicate_text" not in findings(rows[0])
    assert duplicates(rows[1]) == {}


def test_a_contributor_learns_that_it_was_here_and_never_whose_it_is() -> None:
    campaign, ana, ben = make.campaign(), make.person(name="ana"), make.person(name="ben")
    first = submitted(campaign, scene(1), owner=ana)
    copy = submitted(campaign, cropped(scene(1)), owner=ben)
    run()
    client = signed_in(ben)
    shown = [client.get(f"/api/v1/submissions/{copy.id}{page}") for page in ("", "/scores", "/events")]
    text = "".join(page.content.decode() for page in shown)
    assert "reference_images.0" in text
    assert "contributed before" in text
    revision = first.current
    assert revision is not None
    for secret in (first.id, revision.id, ana.id, ana.email, *revision.assets.values_list("id", flat=True)):
        assert str(secret) not in text


def test_only_the_newest_revision_can_be_copied_and_scoring_again_doubles_nothing() -> None:
    campaign = make.campaign()
    row = submitted(campaign, scene(1))
    run()
    move(row, SubmissionStatus.CHANGES_REQUESTED)
    again(row, scene(3))
    run()
    pointed = set(FingerprintPoint.objects.values_list("fingerprint__revision", flat=True))
    assert pointed == {make.submission_of(row.id).current_id}
    count = FingerprintPoint.objects.count(), Fingerprint.objects.count()
    move(row, SubmissionStatus.SUBMITTED)
    run()
    assert (FingerprintPoint.objects.count(), Fingerprint.objects.count()) == count
    assert Revision.objects.filter(submission=row).count() == 2
    copy = submitted(campaign, cropped(scene(1)))
    run()
    assert duplicates(copy) == {}


def test_a_worker_that_died_between_remembering_and_writing_is_followed_by_another() -> None:
    campaign = make.campaign()
    row = submitted(campaign, scene(1))
    batch = scoring_worker.load(USING, timezone.now)
    assert batch is not None
    with batch.kept:
        found = scoring_worker.measure_samples(list(batch.samples), USING)  # type: ignore[misc]
        scores.looked_up([scores.Scored(row, found[str(row.id)])])
    assert Fingerprint.objects.filter(revision=row.current, kind="image").count() == 1
    later = timezone.now() + 2 * scores.LEASE
    batch = scoring_worker.load(USING, lambda: later)
    assert batch is not None
    scoring_worker.score(batch, USING, lambda: later)
    assert make.submission_of(row.id).status == SubmissionStatus.IN_REVIEW
    assert Fingerprint.objects.filter(revision=row.current, kind="image").count() == 1


def queries_for(images: Sequence[Image.Image]) -> int:
    campaign = make.campaign()
    for image in images:
        submitted(campaign, image)
    batch = scoring_worker.load(USING, timezone.now)
    assert batch is not None
    with batch.kept:
        found = scoring_worker.measure_samples(list(batch.samples), USING)  # type: ignore[misc]
        scored = [scores.Scored(row, found[str(row.id)]) for row in batch.submissions]
        with CaptureQueriesContext(connection) as captured:
            scores.looked_up(scored)
    return len(captured)


def test_a_batch_is_looked_up_in_a_constant_number_of_queries() -> None:
    assert queries_for([scene(1)]) <= 18
    assert queries_for([scene(seed) for seed in range(1, 7)]) <= 20
