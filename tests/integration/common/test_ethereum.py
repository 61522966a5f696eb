"""Questions to a chain's node that is silent, slow, talkative or hostile; and the recursion limit behind them."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from common.ethereum import BadAddress, ChainNotAnswering, ExecutionFailed, Rpc, address, digest_of, personal_message
from tests.architecture.test_rooms import fresh_interpreter

WALLET = "0x" + "Ab" * 20


@contextmanager
def node(answer: Callable[[dict[str, Any], BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """The address of a node that answers so."""

    class Node(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with suppress(ConnectionError):  # the asker had enough, which is what some of these tests are about
                answer(asked, self)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Node)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def saying(body: bytes, status: int = 200) -> Callable[[dict[str, Any], BaseHTTPRequestHandler], None]:
    def answer(_: dict[str, Any], handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Location", "http://127.0.0.1:1/")
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 200),
        (b"<html>", 200),
        (b"[]", 200),
        (b"[" * 90_000, 200),
        (b'{"result": "' + b"0" * 100_000 + b'"}', 200),
        (b'{"error": {"code": -32005, "message": "rate limit exceeded"}}', 200),
        (b'{"result": "0x"}', 302),
        (b'{"result": "0x"}', 500),
    ],
    ids=["nothing", "html", "list", "nested", "long", "error", "elsewhere", "broken"],
)
def test_node_that_gives_no_result_has_not_answered(body: bytes, status: int) -> None:
    with node(saying(body, status)) as url, pytest.raises(ChainNotAnswering):
        Rpc(url).contract_accepts(WALLET, bytes(32), b"")


def test_node_that_trickles_is_left_when_the_time_is_over() -> None:
    def trickle(_: dict[str, Any], handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _byte in range(100):
            handler.wfile.write(b" ")
            time.sleep(0.05)  # the node's own slowness, which is the subject

    with node(trickle) as url:
        begun = time.monotonic()
        with pytest.raises(ChainNotAnswering):
            Rpc(url, timeout_s=0.3).call("eth_chainId")
        assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    "message", ["execution reverted", "EVM error: InvalidFEOpcode", "out of gas", "VM execution error."]
)
def test_contract_that_fails_is_told_from_a_node_that_does(message: str) -> None:
    body = json.dumps({"error": {"code": -32000, "message": message}}).encode()
    with node(saying(body)) as url, pytest.raises(ExecutionFailed):
        Rpc(url).call("eth_call")


@pytest.mark.parametrize(
    ("returned", "accepted"),
    [
        ("0x1626ba7e" + "0" * 56, True),
        ("0x1626ba7e" + "0" * 55 + "1", False),
        ("0x1626ba7e", False),
        ("0x" + "f" * 64, False),
        ("0x", False),
        ("yes", False),
        (None, False),
        (7, False),
    ],
)
def test_only_the_magic_value_is_a_yes(returned: Any, accepted: bool) -> None:
    def answer(asked: dict[str, Any], handler: BaseHTTPRequestHandler) -> None:
        result = "0x6001" if asked["method"] == "eth_getCode" else returned
        saying(json.dumps({"result": result}).encode())(asked, handler)

    with node(answer) as url:
        assert Rpc(url).contract_accepts(WALLET, bytes(32), b"\x01") is accepted


def test_address_in_one_case_gets_its_checksum_and_a_mistyped_one_is_refused() -> None:
    checked = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"  # from EIP-55
    assert address(checked) == address(checked.lower()) == address("0x" + checked[2:].upper()) == checked
    with pytest.raises(BadAddress, match="checksum"):
        address(checked.replace("B", "b"))


def test_digest_is_that_of_eip_191() -> None:
    # web3.js, `hashMessage("Hello World")`
    assert digest_of(personal_message("Hello World")).hex() == (
        "a1de988600a42c4b4ab089b619297c17d53cffae5d5120d82d8a92d0bb3b78f2"
    )


@pytest.mark.parametrize("first", ["", "import eth_account; "])
def test_deeply_nested_json_does_not_end_the_web_process(first: str) -> None:
    done = fresh_interpreter(
        f"{first}import sys, config.wsgi, config.urls\n"
        "from django.test import Client\n"
        "from django.urls import get_resolver; get_resolver().url_patterns\n"
        "assert 'eth_account' in sys.modules\n"
        "client = Client(headers={'host': 'localhost'})\n"
        "body = '[' * 500_000\n"
        "answer = client.post('/api/v1/sign-in/wallet/challenge', body, content_type='application/json')\n"
        "print(answer.status_code, answer.json()['message'], sys.getrecursionlimit())"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines()[-1] == "400 The JSON is nested too deeply. 1000"
