"""The API against a real web server, its clients in a third process: 100 rows waiting beside 100,000.

Two servers on two databases that differ in nothing but the number of submissions in review; requests alternate between
them, so that whatever else the machine does strikes both. Of the waiting ones the first 1000 have an image embedding,
which the next review is compared with. `me` is the least that any request costs: token, person, one small answer.
"""

import json
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Annotated, Any

import httpx
import psycopg
import typer
from django.db import connections
from django.utils import timezone
from psycopg import sql
from rich.console import Console
from rich.table import Table

from accounts.models import User
from accounts.roles import Role
from accounts.services import tokens
from benchmarks import rows
from benchmarks.installation import installation, load, postgres_url, script
from config import embedded, programs
from config.embedded import ports
from curation.lifecycle import SubmissionStatus
from curation.models import Campaign
from tests.factories import curation as make
from tests.factories.records import blueprint
from tests.services import SLOT, VAR

FEW, EMBEDDED, ROUNDS, CREATED = 100, 1000, 90, 400
START_WITHIN_S = 60
SMALL, LARGE = "small", "large"
Times = dict[str, list[float]]


@contextmanager
def server(environment: dict[str, str]) -> Iterator[int]:
    """The web server of the platform, by itself; its port."""
    port = ports.choose(avoiding=())
    environment |= {"ALLOWED_HOSTS": "127.0.0.1", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", *programs.web(VAR, port).arguments]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_WITHIN_S
    while time.monotonic() < deadline:
        try:
            httpx.get(f"http://127.0.0.1:{port}/api/v1/me", trust_env=False)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError(f"The web server did not answer within {START_WITHIN_S} s.")


@contextmanager
def copied_database() -> Iterator[str]:
    """A second database with what the first one holds now; its name."""
    name = f"{SLOT.database}_{SMALL}"
    connections.close_all()
    with psycopg.connect(postgres_url("postgres"), autocommit=True) as connection:
        one, other = sql.Identifier(name), sql.Identifier(SLOT.database)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(one))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(one, other))
        try:
            yield name
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(one))


def measure(waiting: int, rounds: int, environment: dict[str, str]) -> dict[str, Any]:
    """What the clients' process tells: `times` by `SERVER REQUEST`, `bursts` in order."""
    campaign = make.campaign()
    row = rows.template(campaign, make.person(), SubmissionStatus.IN_REVIEW)
    people = {role: _token(make.person(role)) for role in (Role.REVIEWER, Role.CONTRIBUTOR)}
    rows.multiply(row, first=1, last=FEW - 1)
    rows.embed(first=1, last=FEW - 1)
    with ExitStack() as stack:
        small = stack.enter_context(copied_database())
        rows.multiply(row, first=FEW, last=waiting - 1)
        rows.embed(first=FEW, last=min(EMBEDDED, waiting - 1))
        smaller = {"DATABASE_URL": embedded.plan(VAR).postgres_url("app", small)}
        addresses = {
            SMALL: stack.enter_context(server({**environment, **smaller})),
            LARGE: stack.enter_context(server(dict(environment))),
        }
        return _sent(_plan(addresses, campaign, people, rounds), environment)


def _plan(addresses: dict[str, int], campaign: Campaign, people: dict[Role, str], rounds: int) -> dict[str, Any]:
    reviewer, contributor = people[Role.REVIEWER], people[Role.CONTRIBUTOR]
    listed = f"/api/v1/submissions?status=in_review&campaign={campaign.id}"
    vote = json.dumps({"verdict": "approve"})

    def each(number: int) -> Iterator[dict[str, Any]]:
        for name, port in addresses.items():
            common = {"port": port, "token": reviewer}
            detail = f"/api/v1/submissions/{rows.counted(rows.SUBMISSION, number % (FEW - 1) + 1)}"
            yield {**common, "name": f"{name} me", "method": "GET", "path": "/api/v1/me"}
            yield {**common, "name": f"{name} next", "method": "POST", "path": "/api/v1/reviews/next", "keep": name}
            yield {**common, "name": f"{name} list", "method": "GET", "path": listed}
            yield {**common, "name": f"{name} detail", "method": "GET", "path": detail}
            path = f"/api/v1/reviews/{{{name}}}/vote"
            yield {**common, "name": f"{name} vote", "method": "POST", "path": path, "body": vote}

    large = {"port": addresses[LARGE], "token": contributor, "name": "create"}
    created = json.dumps({"campaign": str(campaign.id), "record": blueprint()})
    create = {**large, "method": "POST", "path": "/api/v1/submissions", "body": created}
    me = {**large, "method": "GET", "path": "/api/v1/me"}
    bursts = [(request, clients) for clients in (1, 8) for request in (me, create)]
    return {
        "rounds": [list(each(number)) for number in range(rounds)],
        "bursts": [{"clients": clients, "requests": [request] * CREATED} for request, clients in bursts],
    }


def _sent(plan: dict[str, Any], environment: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, *script("http_client.py")]
    done = subprocess.run(
        command, env=environment, input=json.dumps(plan), stdout=subprocess.PIPE, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _token(person: User) -> str:
    return tokens.create(person=person, name=secrets.token_hex(4), scopes=None, days=1, now=timezone.now())[1]


def _table(times: Times, bursts: list[float], waiting: int) -> Table:
    table = Table(title=f"milliseconds, {FEW} and {waiting:,} rows waiting ({load()})")
    for name in ("", f"p50 of {FEW}", f"p50 of {waiting:,}", "p95", "growth", "times `me`"):
        table.add_column(name, justify="right")
    least = statistics.median(times[f"{LARGE} me"])
    for name in ("me", "next", "list", "detail", "vote"):
        few, many = (statistics.median(times[f"{size} {name}"]) for size in (SMALL, LARGE))
        p95 = _p95(times[f"{LARGE} {name}"])
        cells = (
            f"{few * 1e3:.1f}",
            f"{many * 1e3:.1f}",
            f"{p95 * 1e3:.1f}",
            f"{many / few:.2f}",
            f"{many / least:.1f}",
        )
        table.add_row(name, *cells)
    speeds = [f"{CREATED / burst_s:.0f}" for burst_s in bursts]
    table.caption = (
        f"1 client: {speeds[0]} `me`/s, {speeds[1]} drafts/s; 8 clients: {speeds[2]} `me`/s, {speeds[3]} drafts/s"
    )
    return table


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def main(
    waiting: Annotated[int, typer.Option(min=FEW)] = 100_000,
    rounds: Annotated[int, typer.Option(min=2, max=ROUNDS)] = ROUNDS,
) -> None:
    """Next review, list, detail and creation, with few and with many rows waiting."""
    console = Console(stderr=True)
    with installation() as environment, console.status(f"{waiting} rows"):
        found = measure(waiting, rounds, environment)
    times, bursts = found["times"], found["bursts"]
    console.print(_table(times, bursts, waiting))
    median_ms = {name: statistics.median(taken) * 1e3 for name, taken in times.items()}
    figures = {
        "next_p50_ms": round(median_ms[f"{LARGE} next"], 1),
        "next_p95_ms": round(_p95(times[f"{LARGE} next"]) * 1e3, 1),
        "next_growth": round(median_ms[f"{LARGE} next"] / median_ms[f"{SMALL} next"], 2),
        "list_p50_ms": round(median_ms[f"{LARGE} list"], 1),
        "create_per_s": round(CREATED / bursts[-1], 1),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    typer.run(main)
