"""A node that misbehaves: a real HTTP server between the sender and its chain."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

Request = dict[str, Any]
Answer = dict[str, Any] | bytes | None  # None: the connection is closed without a word
Forward = Callable[[Request], dict[str, Any]]
Fault = Callable[[Request, Forward], Answer]


class Proxy:
    """Passes calls on to the chain, but for those of `methods` while `fault` is set."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._client = httpx.Client(trust_env=False, timeout=10)  # one for all: making one takes longer than a call
        self._faults: dict[str, Fault] = {}
        self.closing = threading.Event()
        self.asked: list[str] = []
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                answer = proxy.answer_all(request) if isinstance(request, list) else proxy.answer(request)
                if answer is None:
                    self.close_connection = True
                    return
                body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Tests read what comes of it, not what was asked."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def breaks(self, method: str, fault: Fault) -> None:
        self._faults[method] = fault

    def heals(self) -> None:
        self._faults = {}

    def answer(self, request: Request) -> Answer:
        self.asked.append(request["method"])
        fault = self._faults.get(request["method"])
        return fault(request, self.forward) if fault else self.forward(request)

    def answer_all(self, batch: list[Request]) -> list[Answer] | Answer:
        """Of a batch; a fault of one call that is no answer becomes of the whole."""
        answers = [self.answer(request) for request in batch]
        return next((one for one in answers if not isinstance(one, dict)), answers)

    def forward(self, request: Request) -> dict[str, Any]:
        return dict(self._client.post(self._target, json=request).json())

    def times_out_after_accepting(self, request: Request, forward: Forward) -> Answer:
        forward(request)
        self.closing.wait(30)
        return None


@contextmanager
def proxy_to(url: str) -> Iterator[Proxy]:
    proxy = Proxy(url)
    thread = threading.Thread(target=proxy.server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield proxy
    finally:
        proxy.closing.set()
        proxy.server.shutdown()
        proxy.server.server_close()
        thread.join()


def closes(request: Request, forward: Forward) -> Answer:
    """It takes nothing and says nothing."""
    return None


def loses(request: Request, forward: Forward) -> Answer:
    """It says that it took the bytes, and drops them."""
    return {"jsonrpc": "2.0", "id": request["id"], "result": "0x" + 32 * "ab"}


def takes_twice(request: Request, forward: Forward) -> Answer:
    """It hands the bytes on twice and tells the second answer."""
    forward(request)
    return forward(request)


def says_null(request: Request, forward: Forward) -> Answer:
    return {"jsonrpc": "2.0", "id": request["id"], "result": None}


def says_error(request: Request, forward: Forward) -> Answer:
    error = {"code": -32000, "message": "header not found"}
    return {"jsonrpc": "2.0", "id": request["id"], "error": error}


def says_rubbish(request: Request, forward: Forward) -> Answer:
    return b"<html>502 Bad Gateway</html>"


def one_behind(request: Request, forward: Forward) -> Answer:
    """A node that has not seen the last transaction."""
    answer = forward(request)
    return answer | {"result": hex(max(int(answer["result"], 16) - 1, 0))}


def stale() -> Fault:
    """A node that stands still: what it has answered once, it answers for ever."""
    known: dict[str, dict[str, Any]] = {}

    def answer(request: Request, forward: Forward) -> Answer:
        asked = json.dumps([request["method"], request["params"]])
        if asked not in known:
            known[asked] = forward(request)
        return known[asked] | {"id": request["id"]}

    return answer
