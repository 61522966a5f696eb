"""The plan of ports and secrets: made once, the same ever after, private."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config import embedded
from config.embedded import planning


def test_plan_is_made_once_and_read_ever_after(tmp_path: Path) -> None:
    assert embedded.plan(tmp_path) == embedded.plan(tmp_path)


def test_plan_of_many_at_once_is_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        plans = list(pool.map(lambda _: embedded.plan(tmp_path / "var"), range(16)))
    assert all(one == plans[0] for one in plans)


def test_two_installations_share_no_secret(tmp_path: Path) -> None:
    first, second = embedded.plan(tmp_path / "a"), embedded.plan(tmp_path / "b")
    assert not set(first.secrets.values()) & set(second.secrets.values())
    assert len(set(first.secrets.values())) == len(planning.SECRET_NAMES)


def test_all_ports_of_a_plan_differ(tmp_path: Path) -> None:
    services = embedded.plan(tmp_path)
    every = planning.ports_of(services, planning.PORT_NAMES)
    assert len(set(every)) == len(every) == len(planning.PORT_NAMES) + 1


def test_plan_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    embedded.plan(tmp_path)
    assert stat.S_IMODE((tmp_path / "services.json").stat().st_mode) == 0o600


def test_plan_shows_no_secret_when_it_is_printed(tmp_path: Path) -> None:
    services = embedded.plan(tmp_path)
    assert not [secret for secret in services.secrets.values() if secret in repr(services)]


def test_addresses_carry_role_password_and_port(tmp_path: Path) -> None:
    services = embedded.plan(tmp_path)
    for address, role in ((services.database_url, "app"), (services.database_owner_url, "owner")):
        parts = urlsplit(address)
        assert (parts.username, parts.password) == (role, services.secrets[f"postgres_{role}"])
        assert (parts.hostname, parts.port, parts.path) == ("127.0.0.1", services.ports["postgres"], "/openslate")
    assert urlsplit(services.broker_url).port == services.ports["valkey"]
    assert services.broker_url != services.cache_url
    assert urlsplit(services.s3_endpoint_url).port == services.ports["s3"]
    assert urlsplit(services.chain_rpc_url).port == services.ports["anvil"]
    assert len(services.secret_key) >= 50


def test_moved_folder_takes_its_data_along(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    before = planning.load_or_create(tmp_path / "before")
    planning._write(planning.replace(before, postgres_data=before.var / "postgres"))
    (tmp_path / "before").rename(tmp_path / "after")
    assert embedded.plan(tmp_path / "after").postgres_data == tmp_path / "after" / "postgres"


def test_replacing_ports_keeps_all_else(tmp_path: Path) -> None:
    before = embedded.plan(tmp_path)
    after = planning.with_ports(tmp_path, {"valkey": 20_001})
    assert after == embedded.plan(tmp_path)
    assert after.secrets == before.secrets
    assert dict(after.ports) == {**before.ports, "valkey": 20_001}


def test_killed_writer_leaves_a_whole_plan(tmp_path: Path) -> None:
    embedded.plan(tmp_path)
    rewriting = (
        "import sys; from pathlib import Path; from config.embedded import planning\n"
        "print('started', flush=True)\n"
        "while True: planning.with_ports(Path(sys.argv[1]), {'valkey': 20001})"
    )
    writer = subprocess.Popen([sys.executable, "-c", rewriting, str(tmp_path)], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    writer.stdout.readline()
    for _ in range(200):
        json.loads((tmp_path / "services.json").read_text())
    writer.kill()
    writer.wait()
    writer.stdout.close()
    assert set(embedded.plan(tmp_path).ports) == set(planning.PORT_NAMES)


def test_folder_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "closed"))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(embedded.FolderUnusable, match=r"closed belongs to another user\. .* OPENSLATE_VAR"):
        embedded.plan(tmp_path / "closed")
