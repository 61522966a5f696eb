"""Clients of the API as a program: reads a plan from standard input, prints how long each request took.

The plan: `{"rounds": [[request, ...], ...], "bursts": [{"clients", "requests"}, ...]}`. Requests of a round are sent in
turn over kept connections; a burst shares its requests among its clients. A request is `{"name", "port", "method",
"path", "token", "body"?, "keep"?}`; `{name}` in a path is the id that an earlier answer kept under the name.
"""

import http.client
import json
import sys
import threading
import time
from typing import Any

Request = dict[str, Any]

LOOPBACK = "127.0.0.1"
OK = 300


class Client:
    """One kept connection to each port."""

    def __init__(self) -> None:
        self.connections: dict[int, http.client.HTTPConnection] = {}
        self.kept: dict[str, str] = {}

    def send(self, request: Request) -> float:
        """Seconds that the answer took. Raises `RuntimeError` on any answer but success."""
        port = request["port"]
        if port not in self.connections:
            self.connections[port] = http.client.HTTPConnection(LOOPBACK, port, timeout=60)
        connection = self.connections[port]
        headers = {"Authorization": f"Bearer {request['token']}", "Content-Type": "application/json"}
        path = request["path"].format(**self.kept)
        start = time.perf_counter()
        connection.request(request["method"], path, request.get("body"), headers)
        answer = connection.getresponse()
        body = answer.read()
        took_s = time.perf_counter() - start
        if answer.status >= OK:
            raise RuntimeError(f"{request['method']} {path} -> {answer.status} {body[:300]!r}")
        if "keep" in request:
            self.kept[request["keep"]] = json.loads(body)["id"]
        return took_s


def run_rounds(rounds: list[list[Request]]) -> dict[str, list[float]]:
    """Seconds by request name."""
    client, times = Client(), dict[str, list[float]]()
    for requests in rounds:
        for request in requests:
            took_s = client.send(request)
            times.setdefault(request["name"], []).append(took_s)
    return times


def run_burst(burst: dict[str, Any]) -> float:
    """Seconds from the first request to the last answer."""
    requests, lock = iter(burst["requests"]), threading.Lock()
    errors: list[Exception] = []

    def work() -> None:
        client = Client()
        try:
            while True:
                with lock:
                    request = next(requests, None)
                if request is None:
                    return
                client.send(request)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(burst["clients"])]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return time.perf_counter() - start


if __name__ == "__main__":
    plan = json.load(sys.stdin)
    json.dump({"times": run_rounds(plan["rounds"]), "bursts": [run_burst(one) for one in plan["bursts"]]}, sys.stdout)
