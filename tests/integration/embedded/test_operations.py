"""The embedded services as a whole: start, status, stop, and what a killed machine leaves behind."""

from __future__ import annotations

import os
import signal
import socket
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import redis

from config import embedded
from config.embedded import anvil, operations, planning, processes
from config.embedded.anvil import Anvil
from config.embedded.seaweedfs import client
from tests.integration.embedded.conftest import families, kill_everything, server


def test_every_service_answers_a_real_request(var: Path) -> None:
    assert {one.name: (one.state, one.healthy) for one in operations.status(var)} == dict.fromkeys(
        operations.NAMES, ("running", True)
    )


def test_starting_again_changes_nothing(var: Path) -> None:
    before = operations.status(var)
    operations.up(var)
    assert operations.status(var) == before


def test_plan_and_secrets_are_private(var: Path) -> None:
    private = [var / "services.json", var / "valkey/valkey.conf", var / "seaweedfs/security.toml"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in private} == {0o600}


def test_no_secret_is_on_a_command_line(var: Path) -> None:
    secrets = embedded.plan(var).secrets.values()
    lines = [Path(f"/proc/{pid}/cmdline").read_text() for pids in families(var).values() for pid in pids]
    assert not [line for line in lines for secret in secrets if secret in line]


def test_postgres_never_runs_as_root(var: Path) -> None:
    assert all(os.stat(f"/proc/{pid}").st_uid != 0 for pid in families(var)["postgres"])


def test_app_reads_and_writes_what_owner_made_but_owns_nothing(var: Path) -> None:
    services = embedded.plan(var)
    with psycopg.connect(services.database_owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE made_by_owner (id serial, place vector(3))")
        owner.execute("CREATE DATABASE made_for_a_test")
    with psycopg.connect(services.database_url, autocommit=True) as app:
        app.execute("INSERT INTO made_by_owner (place) VALUES ('[1,2,3]')")
        assert app.execute("SELECT place <-> '[1,2,5]' FROM made_by_owner").fetchone() == (2.0,)
        for forbidden in ("TRUNCATE made_by_owner", "DROP TABLE made_by_owner", "CREATE TABLE mine (id int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden.encode())


def test_database_that_owner_makes_has_vector_and_the_grants(var: Path) -> None:
    services = embedded.plan(var)
    with psycopg.connect(services.database_owner_url, autocommit=True) as owner:
        owner.execute("CREATE DATABASE another")
    with psycopg.connect(services.postgres_url("owner", "another"), autocommit=True) as owner:
        owner.execute("CREATE TABLE things (id serial, place vector(2))")
    with psycopg.connect(services.postgres_url("app", "another")) as app:
        app.execute("INSERT INTO things (place) VALUES ('[1,2]')")
        assert app.execute("SELECT count(*) FROM things").fetchone() == (1,)


def test_everything_survives_kill_nine(var: Path) -> None:
    services = embedded.plan(var)
    _write_everywhere(services)
    before = {pid for pids in families(var).values() for pid in pids}
    kill_everything(var)
    operations.up(var)
    assert embedded.plan(var) == services, "whoever has read the plan goes on using its addresses"
    assert not before & {pid for pids in families(var).values() for pid in pids}
    _read_everywhere(services)


def test_busy_children_of_a_killed_postgres_do_not_hold_up_the_next(var: Path) -> None:
    services = embedded.plan(var)
    killed = families(var)["postgres"]
    with psycopg.connect(services.database_url) as app, ThreadPoolExecutor(1) as pool:
        busy = pool.submit(app.execute, b"SELECT count(*) FROM generate_series(1, 10000000000)")
        child = app.info.backend_pid
        while "SELECT" not in processes.command_line(child)[0]:
            assert not busy.done()
        os.kill(killed[0], signal.SIGKILL)
        operations.up(var, ["postgres"])
        assert isinstance(busy.exception(60), psycopg.OperationalError)
    assert processes.command_line(child) == []
    assert embedded.plan(var) == services


def test_lock_file_with_the_pid_of_a_stranger_does_not_hold_up_postgres(var: Path) -> None:
    operations.down(var, ["postgres"])
    lock = embedded.plan(var).postgres_data / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{lock.parent}\n")
    operations.up(var, ["postgres"])
    assert {one.name: one.healthy for one in operations.status(var)}["postgres"]


def test_everything_survives_a_clean_stop(var: Path) -> None:
    services = embedded.plan(var)
    _write_everywhere(services)
    operations.down(var)
    assert families(var) == {}
    operations.up(var)
    _read_everywhere(services)


def test_given_address_means_not_started(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    operations.down(var, ["anvil"])
    monkeypatch.setenv("CHAIN_RPC_URL", "http://chain.example.org")
    operations.up(var)
    assert [one.state for one in operations.status(var) if one.name == "anvil"] == ["given"]
    assert "anvil" not in families(var)
    monkeypatch.delenv("CHAIN_RPC_URL")
    operations.up(var)
    assert "anvil" in families(var)


def test_second_installation_runs_beside_the_first(var: Path, make_installation: Callable[[], Path]) -> None:
    second = make_installation()
    operations.up(second, ["valkey"])
    mine, theirs = embedded.plan(var), embedded.plan(second)
    assert not set(mine.ports.values()) & set(theirs.ports.values())
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=theirs.ports["valkey"], password=mine.secrets["valkey"]).ping()
    operations.down(second)
    assert "valkey" in families(var)


def test_port_taken_by_a_stranger_is_replaced(
    make_installation: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = make_installation()
    planned = embedded.plan(fresh)
    monkeypatch.setattr(planning, "PORT_PATIENCE_S", 0)
    with socket.create_server(("127.0.0.1", planned.ports["valkey"])):
        detail = {one.name: one.detail for one in operations.status(fresh)}["valkey"]
        assert f"port {planned.ports['valkey']} is taken" in detail
        operations.up(fresh, ["valkey"])
    changed = embedded.plan(fresh)
    assert {name for name in planned.ports if planned.ports[name] != changed.ports[name]} == {"valkey"}
    assert redis.Redis.from_url(changed.broker_url).ping()


def test_service_that_cannot_start_names_log_and_fix(make_installation: Callable[[], Path]) -> None:
    broken = make_installation()
    embedded.plan(broken)
    manifest = broken / "valkey" / "appendonlydir" / "appendonly.aof.manifest"
    manifest.parent.mkdir(parents=True)
    manifest.write_text("not a manifest")
    with pytest.raises(embedded.ServiceFailed) as failure:
        operations.up(broken, ["valkey"])
    assert failure.value.service == "valkey"
    for part in ("ended with status", "log/valkey.log", "manifest", "fix: "):
        assert part in str(failure.value)


def test_missing_program_names_the_fix(
    make_installation: Callable[[], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(anvil, "CONTRACTS", tmp_path)
    with pytest.raises(embedded.BinaryMissing, match=r"anvil: .* not installed .* `make setup`, or set CHAIN_RPC_URL"):
        operations.up(make_installation(), ["anvil"])


def test_chain_restarts_from_the_copy_when_its_state_was_cut_off(var: Path) -> None:
    operations.up(var, ["anvil"])
    chain = server(var, Anvil)
    assert isinstance(chain, Anvil)
    chain._call("evm_mine")
    state = var / "anvil" / "state.json"
    operations.down(var, ["anvil"])
    operations.up(var, ["anvil"])
    chain.tick()
    operations.down(var, ["anvil"])
    state.write_bytes(state.read_bytes()[:-100])
    operations.up(var, ["anvil"])
    assert int(chain._call("eth_blockNumber"), 16) >= 1


def test_chain_reaches_finality_and_then_rests(var: Path) -> None:
    operations.up(var, ["anvil"])
    chain = server(var, Anvil)
    assert isinstance(chain, Anvil)
    chain._call("anvil_setBalance", "0x" + "11" * 20, "0x1")
    chain._call("evm_mine")
    for _ in range(20):
        chain.tick()
    rested_at = chain._call("eth_blockNumber")
    chain.tick()
    assert chain._call("eth_blockNumber") == rested_at


def _write_everywhere(services: embedded.Services) -> None:
    with psycopg.connect(services.database_owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS kept (id int PRIMARY KEY)")
        owner.execute("INSERT INTO kept VALUES (1) ON CONFLICT DO NOTHING")
    redis.Redis.from_url(services.broker_url).set("kept", "1")
    storage = client(services)
    if "kept" not in {bucket["Name"] for bucket in storage.list_buckets()["Buckets"]}:
        storage.create_bucket(Bucket="kept")
    storage.put_object(Bucket="kept", Key="kept", Body=b"1" * 300_000)


def _read_everywhere(services: embedded.Services) -> None:
    with psycopg.connect(services.database_url) as app:
        assert app.execute("SELECT id FROM kept").fetchall() == [(1,)]
    assert redis.Redis.from_url(services.broker_url).get("kept") == b"1"
    assert client(services).get_object(Bucket="kept", Key="kept")["Body"].read() == b"1" * 300_000
