"""What people are told: in the app in their language, by mail once, and by the way they chose."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Notification, User
from accounts.notification_kinds import DEFAULT_CHANNELS, WORDS, Channel, Kind, tokens, words_for
from accounts.services import notifications
from accounts.services.notifications import notify, untold
from accounts.tasks import mail_notifications
from common.ids import uuid7
from tests.factories.curation import person
from tests.integration.curation.conftest import answer, signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def ana() -> User:
    return person(name="ana")


def tell(*people: User, kind: Kind = Kind.SUBMISSION_ACCEPTED, source_id: UUID | None = None, **more: Any) -> UUID:
    source_id = source_id or uuid7()
    parameters = {"campaign": "Rolling things"} | more
    told = {one.id for one in people}
    notify(told, kind, source_id=source_id, subject=("submission", uuid7()), parameters=parameters, now=NOW)
    return source_id


def test_fact_is_told_once_however_often_and_read_in_ones_own_language(ana: User) -> None:
    source = tell(ana)
    tell(ana, source_id=source)
    client = signed_in(ana)
    [told] = answer(client.get("/api/v1/notifications"))["results"]
    assert (told["kind"], told["title"]) == ("submission_accepted", "Accepted")
    assert told["text"] == "Your contribution to “Rolling things” was accepted."
    assert answer(client.get("/api/v1/notifications/unread")) == {"unread": 1}
    ana.language = "ar"
    ana.save()
    [told] = answer(client.get("/api/v1/notifications"))["results"]
    assert told["title"] == "قُبلت"


def test_reading_one_and_all_counts_down(ana: User) -> None:
    tell(ana)
    tell(ana)
    tell(ana)
    client = signed_in(ana)
    first = answer(client.get("/api/v1/notifications"))["results"][0]["id"]
    for _ in range(2):
        assert answer(client.post(f"/api/v1/notifications/{first}/read"))["read_at"]
    assert answer(client.get("/api/v1/notifications/unread"))["unread"] == 2
    assert len(answer(client.get("/api/v1/notifications?unread=1"))["results"]) == 2
    assert answer(client.post("/api/v1/notifications/read-all")) == {"unread": 0}
    assert answer(client.get("/api/v1/notifications?unread=true"))["results"] == []


def test_unread_count_is_known_to_whoever_polls_it(ana: User) -> None:
    client = signed_in(ana)
    first = client.get("/api/v1/notifications/unread")
    assert client.get("/api/v1/notifications/unread", headers={"If-None-Match": first["ETag"]}).status_code == 304
    tell(ana)
    assert client.get("/api/v1/notifications/unread", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_nobody_sees_or_reads_what_others_are_told(ana: User) -> None:
    tell(ana)
    other = signed_in(person())
    assert answer(other.get("/api/v1/notifications"))["results"] == []
    path = f"/api/v1/notifications/{Notification.objects.get().id}/read"
    assert answer(other.post(path), 404)["code"] == "notification_not_found"


def test_list_takes_one_query_however_long(ana: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(3):
        tell(ana)
    client = signed_in(ana)
    with django_assert_num_queries(1):
        assert len(answer(client.get("/api/v1/notifications"))["results"]) == 3


def test_person_chooses_how_each_kind_reaches_them(ana: User) -> None:
    client = signed_in(ana)
    before = {one["kind"]: one["channel"] for one in answer(client.get("/api/v1/notification-settings"))}
    assert before == {kind.value: DEFAULT_CHANNELS[kind].value for kind in Kind}
    answer(client.patch("/api/v1/notification-settings", {"kind": "submission_accepted", "channel": "off"}))
    after = answer(client.patch("/api/v1/notification-settings", {"kind": "credit_posted", "channel": "email"}))
    assert {one["kind"]: one["channel"] for one in after}["credit_posted"] == "email"
    tell(ana)
    tell(ana, kind=Kind.CREDIT_POSTED, amount_wei="1500000000000000000")
    assert [one["kind"] for one in answer(client.get("/api/v1/notifications"))["results"]] == ["credit_posted"]
    mail_notifications()
    [message] = mail.outbox
    assert "1.5 SLATE were credited to you" in message.body
    assert answer(client.patch("/api/v1/notification-settings", {"kind": "lunch", "channel": "off"}), 400)


def test_kind_that_is_off_is_done_with_all_the_same(ana: User) -> None:
    notifications.choose_channel(person=ana, kind=Kind.SUBMISSION_ACCEPTED, channel=Channel.OFF)
    tell(ana, source_id=ana.id)
    assert not untold(User.objects.filter(id=ana.id), Kind.SUBMISSION_ACCEPTED).exists()
    assert untold(User.objects.filter(id=ana.id), Kind.CREDIT_POSTED).exists()


def test_mail_is_sent_once_in_the_persons_language_under_the_notifications_own_id(ana: User) -> None:
    ana.language = "ar"
    ana.save()
    tell(ana)
    for _ in range(2):
        mail_notifications()
    [message] = mail.outbox
    row = Notification.objects.get()
    assert (row.mail, message.to) == ("sent", [ana.email])
    assert message.subject == "OpenSlate: قُبلت"
    assert message.extra_headers["Message-ID"] == f"<{row.id}@localhost>"


def test_worker_that_died_while_sending_loses_nothing(ana: User) -> None:
    tell(ana)
    Notification.objects.update(leased_until=NOW + timedelta(minutes=1), attempts=1)
    assert notifications.mail_waiting(clock=lambda: NOW) == 0
    assert notifications.mail_waiting(clock=lambda: NOW + timedelta(minutes=3)) == 1
    assert len(mail.outbox) == 1


def test_mail_that_cannot_be_sent_is_tried_later_and_given_up_in_the_end(
    ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: EmailBackend, messages: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    tell(ana)
    now = NOW
    for attempt in range(1, notifications.MOST_ATTEMPTS + 1):
        assert Notification.objects.get().mail == "waiting"
        assert notifications.mail_waiting(clock=lambda: now) == 0  # noqa: B023 - called before the next round
        now += timedelta(minutes=2**attempt, seconds=1)
    assert Notification.objects.get().mail == "failed"


def test_every_kind_has_words_in_every_language_that_fill_alike() -> None:
    everything = {"campaign", "reasons", "expires_on", "answer", "explanation", "address", "reason"}
    parameters = dict.fromkeys(everything, "x") | {"amount_wei": "1"}
    for language in WORDS:
        assert set(WORDS[language]) == set(Kind.values)
        assert all("{" not in words_for(kind, parameters, language).text for kind in Kind.values)


@pytest.mark.parametrize(
    ("amount_wei", "told"), [(0, "0"), (1, "0.000000000000000001"), (10**18, "1"), (15 * 10**17, "1.5")]
)
def test_amount_is_told_exactly(amount_wei: int, told: str) -> None:
    assert tokens(amount_wei) == told
