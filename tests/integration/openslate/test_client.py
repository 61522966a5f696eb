"""The client and its command line against a live server and real storage."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer
from typer.testing import CliRunner

from accounts.models import User
from accounts.public import Role
from accounts.services import people, tokens
from common import storage
from curation.lifecycle import SubmissionStatus
from curation.models import Asset, Campaign, Submission
from curation.services import samples, verification
from openslate import ApiError, Client, ClientError, cli, contributions, downloads, uploads
from openslate.transport import Transport
from tests.factories.curation import campaign as open_campaign
from tests.factories.curation import person
from tests.factories.curation import submission as make_submission
from tests.factories.records import blueprint, valid_record

MEBIBYTE = 1 << 20
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def contributor(transactional_db: None) -> User:
    return person(Role.CONTRIBUTOR)


@pytest.fixture
def client(live_server: LiveServer, contributor: User) -> Client:
    _, secret = tokens.create(person=contributor, name="test", scopes=None, days=1, now=timezone.now())
    return Client(live_server.url, secret)


@pytest.fixture
def campaign() -> Campaign:
    return open_campaign(required_modalities=["scene"])


@pytest.fixture(autouse=True)
def empty_bucket(services: object) -> Iterator[None]:
    yield
    storage.delete(list(storage.keys("")))


def text_file(folder: Path, size: int) -> Path:
    path = folder / "notes.txt"
    path.write_bytes((b"one line of a scene description, over and over\n" * (size // 46 + 1))[:size])
    return path


def verify_all() -> None:
    verification.verify(verification.claim(now=timezone.now()), clock=timezone.now)


def test_file_arrives_whole_in_several_parts(client: Client, tmp_path: Path) -> None:
    path, sent = text_file(tmp_path, 17 * MEBIBYTE + 5), []
    asset = uploads.upload(client.transport, path, progress=sent.append)
    assert asset["status"] == "verifying"
    assert asset["part_count"] == 3
    assert sum(sent) == path.stat().st_size
    assert storage.read(Asset.objects.get().incoming_key) == path.read_bytes()


def test_interrupted_upload_sends_only_what_is_missing(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = text_file(tmp_path, 17 * MEBIBYTE)
    asset = uploads.begin(client.transport, path)
    link = client.transport.post(f"assets/{asset['id']}/parts", {"numbers": [2]})["parts"][0]
    part = path.read_bytes()[asset["part_size"] : 2 * asset["part_size"]]
    httpx.put(link["url"], content=part).raise_for_status()

    numbers: list[int] = []
    send = uploads._send_part

    def noting(storage_client: Any, path: Path, link: dict[str, Any], *rest: Any) -> None:
        numbers.append(link["number"])
        send(storage_client, path, link, *rest)

    monkeypatch.setattr(uploads, "_send_part", noting)
    uploads.upload(client.transport, path, asset_id=asset["id"])
    assert sorted(numbers) == [1, 3]
    assert storage.read(Asset.objects.get().incoming_key) == path.read_bytes()


def test_file_that_changed_since_its_upload_began_is_not_mixed(client: Client, tmp_path: Path) -> None:
    path = text_file(tmp_path, MEBIBYTE)
    asset = uploads.begin(client.transport, path)
    text_file(tmp_path, MEBIBYTE + 1)
    with pytest.raises(ClientError, match="changed"):
        uploads.upload(client.transport, path, asset_id=asset["id"])


def test_accepted_samples_are_walked_page_by_page(live_server: LiveServer, campaign: Campaign) -> None:
    rows = [
        make_submission(campaign, person(), status=SubmissionStatus.ACCEPTED, scene=valid_record()["scene"])
        for _ in range(3)
    ]
    samples.index_all()
    _, secret = tokens.create(person=person(Role.ENGINEER), name="test", scopes=None, days=1, now=timezone.now())
    client = Client(live_server.url, secret)
    found = [one["id"] for one in client.samples(page_size=2, modality=["scene"])]
    assert found == [str(row.id) for row in rows[::-1]]
    assert client.sample(found[0])["record"]["scene"]


def test_folder_becomes_a_submission_and_a_repeat_changes_nothing(
    client: Client, campaign: Campaign, tmp_path: Path
) -> None:
    (tmp_path / "record.json").write_text(json.dumps(blueprint()))
    first = client.submit(tmp_path, campaign=str(campaign.id))
    assert first["status"] == "submitted"
    with pytest.raises(ApiError) as refusal:
        client.submit(tmp_path, campaign=str(campaign.id))
    assert refusal.value.status == 409
    assert Submission.objects.count() == 1


def test_record_may_not_name_files_outside_its_folder(client: Client, tmp_path: Path) -> None:
    folder = tmp_path / "take"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    record = blueprint() | {"video": {"asset": "../secret.txt"}}
    (folder / "record.json").write_text(json.dumps(record))
    with pytest.raises(ClientError, match="outside"):
        contributions.submit(client.transport, folder, campaign="none")
    assert not Asset.objects.exists()


def test_refusal_carries_code_and_fields(client: Client) -> None:
    with pytest.raises(ApiError) as refusal:
        client.transport.post("assets", {"name": "../../x", "size": 5})
    assert (refusal.value.status, refusal.value.code) == (400, "bad_name")


def test_guest_is_told_to_sign_in(live_server: LiveServer) -> None:
    with pytest.raises(ApiError) as refusal:
        Client(live_server.url).me()
    assert refusal.value.status in {401, 403}


def test_nothing_listening_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openslate.transport.LONGEST_PAUSE_S", 0.01)
    with pytest.raises(ClientError, match="Is the platform running"):
        Transport("http://127.0.0.1:9").get("me")


def test_login_gives_a_token_that_works(live_server: LiveServer) -> None:
    people.ensure(email="ada@example.org", password="correct horse 9", roles=["engineer"], display_name="Ada")
    client = Client.login(live_server.url, "ada@example.org", "correct horse 9")
    assert client.me()["roles"] == ["engineer"]
    with pytest.raises(ClientError):
        Client.login(live_server.url, "ada@example.org", "wrong")


def test_broken_download_goes_on_and_damage_is_noticed(tmp_path: Path) -> None:
    content = bytes(range(256)) * 8192
    storage.write("exports/test/shard.tar", content)
    link = storage.read_link("exports/test/shard.tar", content_type="application/x-tar", filename="shard.tar")
    target = tmp_path / "shard.tar"
    (tmp_path / "shard.tar.part").write_bytes(content[:1_000_000])
    got: list[int] = []
    sha256 = storage.file_sha256(_file(tmp_path / "whole", content))
    assert downloads.fetch(link, target, sha256=sha256, progress=got.append).read_bytes() == content
    assert sum(got) == len(content) - 1_000_000

    target.write_bytes(b"damaged")
    (tmp_path / "shard.tar.part").write_bytes(b"x" * 1000)
    with pytest.raises(ClientError, match="damaged"):
        downloads.fetch(link, target, sha256=sha256)
    assert downloads.fetch(link, target, sha256=sha256).read_bytes() == content


def _file(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_command_line_signs_in_submits_and_shows(
    live_server: LiveServer, campaign: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.ensure(email="bo@example.org", password="correct horse 9", roles=["contributor"], display_name="Bo")
    monkeypatch.setattr(cli, "CREDENTIALS", tmp_path / "configuration" / "credentials.json")
    run = CliRunner()
    assert "Not signed in" in run.invoke(cli.app, ["whoami"]).output
    signed = run.invoke(
        cli.app, ["login", "--email", "bo@example.org", "--password", "correct horse 9", "--address", live_server.url]
    )
    assert signed.exit_code == 0, signed.output
    assert cli.CREDENTIALS.stat().st_mode & 0o777 == 0o600
    take = tmp_path / "take"
    take.mkdir()
    (take / "record.json").write_text(json.dumps(blueprint()))
    sent = run.invoke(cli.app, ["submit", str(tmp_path), "--campaign", str(campaign.id)])
    assert sent.exit_code == 0, sent.output
    submission = str(Submission.objects.get().id)
    assert submission in run.invoke(cli.app, ["status"]).output
    assert json.loads(run.invoke(cli.app, ["status", submission]).stdout)["submission"]["status"] == "submitted"
    refused = run.invoke(cli.app, ["freeze", "mine"])
    assert refused.exit_code == 1
    assert "not_allowed" in refused.output
