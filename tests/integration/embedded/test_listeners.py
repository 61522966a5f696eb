"""No embedded service listens off the loopback interface, and none answers without credentials.

The one exception is anvil: an open JSON-RPC by nature, a development chain for whoever is on this machine.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import ssl
from pathlib import Path

import httpx
import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import embedded
from config.embedded import planning
from config.embedded.certificates import write_mutual_tls
from config.embedded.seaweedfs import SeaweedFS
from tests.integration.embedded.conftest import families, server

LISTEN = "0A"
LOOPBACK_HEX = {"0100007F", "00000000000000000000000001000000"}
# A client's first bytes in HTTP/2, which gRPC speaks, and an empty SETTINGS frame.
HTTP2_GREETING = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\x00\x00\x00\x04\x00\x00\x00\x00\x00"
S3_PORT = "s3"
SEAWEEDFS_GRPC = ("s3_grpc", "seaweedfs_master_grpc", "seaweedfs_volume_grpc", "seaweedfs_filer_grpc")
SEAWEEDFS_HTTPS = ("seaweedfs_master", "seaweedfs_volume", "seaweedfs_filer", "seaweedfs_admin")


def test_every_listener_is_on_loopback_and_planned(var: Path) -> None:
    planned = set(planning.ports_of(embedded.plan(var), planning.PORT_NAMES))
    found = {name: _listeners(pids) for name, pids in families(var).items()}
    assert set(found) == {"postgres", "valkey", "seaweedfs", "anvil"}
    assert {address for listeners in found.values() for address, _ in listeners} <= LOOPBACK_HEX
    assert {port for listeners in found.values() for _, port in listeners} == planned


def test_socket_files_let_only_their_owner_connect(var: Path) -> None:
    folder = server(var, SeaweedFS).folder
    inodes = {inode for pids in families(var).values() for pid in pids for inode in _socket_inodes(pid)}
    lines = [line.split() for line in Path("/proc/net/unix").read_text().splitlines()[1:]]
    files = {fields[7] for fields in lines if fields[6] in inodes and len(fields) > 7}
    assert "s3.sock" in files
    # To connect is to write. (Its gRPC parts insist on files in the folder for temporary ones.)
    assert {name for name in files if (folder / name).stat().st_mode & 0o077} == set()


@pytest.mark.parametrize("role", ["superuser", "owner", "app"])
@pytest.mark.parametrize("password", ["", "postgres"])
def test_postgres_refuses_without_the_password(var: Path, role: str, password: str) -> None:
    port = embedded.plan(var).ports["postgres"]
    with pytest.raises(psycopg.OperationalError, match=r"password|authentication"):
        psycopg.connect(host="127.0.0.1", port=port, user=role, password=password, dbname="postgres", connect_timeout=5)


@pytest.mark.parametrize("password", [None, "wrong"])
def test_valkey_refuses_without_the_password(var: Path, password: str | None) -> None:
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=embedded.plan(var).ports["valkey"], password=password, retry=Retry(NoBackoff(), 0)).ping()


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("GET", "/openslate-probe/probe"), ("PUT", "/openslate-probe/x")],
)
def test_storage_gateway_refuses_unsigned_requests(var: Path, method: str, path: str) -> None:
    answer = httpx.request(method, embedded.plan(var).s3_endpoint_url + path, content=b"", trust_env=False)
    assert answer.status_code in {401, 403}


@pytest.mark.parametrize("action", ["AssumeRole", "GetCallerIdentity", "ListUsers", "CreateAccessKey"])
def test_storage_gateway_gives_no_identities(var: Path, action: str) -> None:
    asked = {"Action": action, "Version": "2011-06-15", "RoleArn": "arn:aws:iam::1:role/x", "RoleSessionName": "any"}
    answer = httpx.post(embedded.plan(var).s3_endpoint_url, data=asked, trust_env=False)
    assert answer.status_code in {400, 401, 403, 405, 501}
    assert "AccessKeyId" not in answer.text


@pytest.mark.parametrize("name", SEAWEEDFS_HTTPS)
@pytest.mark.parametrize("path", ["/", "/dir/assign", "/dir/status", "/buckets/?pretty=y", "/metrics", "/login"])
def test_inner_http_services_answer_only_members(var: Path, tmp_path: Path, name: str, path: str) -> None:
    port = embedded.plan(var).ports[name]
    assert httpx.get(f"http://127.0.0.1:{port}{path}", trust_env=False).status_code == 400, "not TLS"
    for context in (_no_certificate(), _forged_certificate(tmp_path)):
        with pytest.raises((ssl.SSLError, ConnectionError)):
            _https_status(port, path, context)


def test_inner_http_services_do_answer_members(var: Path) -> None:
    ports = embedded.plan(var).ports
    assert {_https_status(ports[name], "/", _member_certificate(var)) for name in SEAWEEDFS_HTTPS} <= {200, 401, 404}


@pytest.mark.parametrize("name", [*SEAWEEDFS_GRPC, "admin"])
def test_inner_grpc_services_answer_only_members(var: Path, tmp_path: Path, name: str) -> None:
    services = embedded.plan(var)
    companion = services.ports[planning.ADMIN_PORT] + 10_000
    port = companion if name == "admin" else services.ports[name]
    assert _greet(port, None) == b""
    assert _greet(port, _no_certificate()) == b""
    assert _greet(port, _forged_certificate(tmp_path)) == b""
    assert _greet(port, _member_certificate(var)) != b"", "the check itself works: a member is answered"


def test_the_one_open_service_gives_nothing_to_web_pages(var: Path) -> None:
    chain = embedded.plan(var).chain_rpc_url
    call = {"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": []}
    answer = httpx.post(chain, json=call, headers={"Origin": "http://evil.example"}, trust_env=False)
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers, "a web page cannot read the chain's answers"


def _listeners(pids: list[int]) -> set[tuple[str, int]]:
    """Address (as the kernel writes it) and port of every listening TCP socket of some processes."""
    inodes = {inode for pid in pids for inode in _socket_inodes(pid)}
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == LISTEN and fields[9] in inodes:
                address, port = fields[1].split(":")
                found.add((address, int(port, 16)))
    return found


def _socket_inodes(pid: int) -> set[str]:
    inodes = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        try:
            match = re.fullmatch(r"socket:\[(\d+)\]", os.readlink(descriptor))
        except FileNotFoundError:
            continue
        if match:
            inodes.add(match[1])
    return inodes


def _https_status(port: int, path: str, context: ssl.SSLContext) -> int:
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def _greet(port: int, context: ssl.SSLContext | None) -> bytes:
    """What a gRPC port says to an HTTP/2 greeting, over TLS or plainly; empty when it hangs up."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as plain:
            if context:
                context.set_alpn_protocols(["h2"])
            stream = context.wrap_socket(plain) if context else plain
            stream.sendall(HTTP2_GREETING)
            answer = stream.recv(100)
            stream.close()
    except (ssl.SSLError, ConnectionError):
        return b""
    # A TLS alert (content type 21) in answer to plain bytes is a refusal.
    return b"" if answer[:1] == b"\x15" else answer


def _no_certificate() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _forged_certificate(folder: Path) -> ssl.SSLContext:
    authority, certificate, key = (folder / name for name in ("authority.pem", "member.pem", "member.key"))
    write_mutual_tls(authority, certificate, key)
    context = _no_certificate()
    context.load_cert_chain(certificate, key)
    return context


def _member_certificate(var: Path) -> ssl.SSLContext:
    folder = server(var, SeaweedFS).folder
    context = _no_certificate()
    context.load_cert_chain(folder / "member.pem", folder / "member.key")
    return context
