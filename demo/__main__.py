"""`make demo`: from nothing to the running platform with the whole loop done once on it."""

import argparse
import json
import secrets
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from demo import contributions, journey, payouts, platform
from demo.screen import Screen
from openslate import ApiError, Client, ClientError

ADDRESS = "http://localhost:8000"
PEOPLE = {
    "operator": "operator",
    "contributor": "contributor",
    "latecomer": "contributor",
    "reviewer-one": "reviewer",
    "reviewer-two": "reviewer",
    "engineer": "engineer",
}
AT_ONCE = 3
FAILURES = (platform.PlatformFailed, journey.StepFailed, contributions.NotAContribution, ApiError, ClientError)
LAST_LINE = (
    "contributions", "scored", "accepted", "refused", "credited_wei", "ledger_sum_wei", "epoch", "paid_wei",
    "chain_equals_ledger", "version_id", "shards", "samples_read_back", "train_loss_first", "train_loss_last", "clip",
    "transcript", "transcript_wer",
)  # fmt: skip


def main() -> int:
    arguments = _arguments()
    screen, folder = Screen(), platform.state_folder()
    password = _password(folder)
    try:
        with screen.bars, _started(screen, folder, arguments.address):
            story = journey.Story(_people(screen, arguments.address, password), screen, folder)
            _live_through(story, arguments.media)
            screen.bars.stop()
            screen.table(_where_to_look(arguments.address, password))
            sys.stdout.write(json.dumps({name: story.facts[name] for name in LAST_LINE}) + "\n")
            sys.stdout.flush()
            if not arguments.once:
                screen.console.print("Running. Ctrl-C stops everything.")
                signal.pause()
    except FAILURES as error:
        screen.console.print(f"[red]The demonstration stopped:[/] {error}", highlight=False)
        return 1
    except KeyboardInterrupt:
        screen.console.print("Stopped.")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="exit after the table instead of staying up")
    parser.add_argument("--media", type=Path, help="a folder of your own contributions, each with a record.json")
    parser.add_argument("--address", default=ADDRESS, help=f"where to serve (default {ADDRESS})")
    return parser.parse_args()


@contextmanager
def _started(screen: Screen, folder: Path, address: str) -> Iterator[None]:
    running = platform.running(folder / "platform.log", address)
    with screen.step("Start services, web and workers") as step:
        running.__enter__()
        step.note = address
    try:
        yield
    finally:
        running.__exit__(None, None, None)


def _people(screen: Screen, address: str, password: str) -> journey.People:
    with screen.step("Make people and sign them in", len(PEOPLE)) as step:

        def sign_in(name: str) -> Client:
            platform.create_person(_email(name), password, PEOPLE[name])
            client = Client.login(address, _email(name), password, called="demonstration")
            step.advance(note=name)
            return client

        with ThreadPoolExecutor(AT_ONCE) as pool:
            clients = dict(zip(PEOPLE, pool.map(sign_in, PEOPLE), strict=True))
        step.note = "an operator, contributors, reviewers, an engineer"
    return journey.People(
        operator=clients["operator"],
        contributor=clients["contributor"],
        latecomer=clients["latecomer"],
        reviewers=(clients["reviewer-one"], clients["reviewer-two"]),
        engineer=clients["engineer"],
    )


def _live_through(story: journey.Story, media: Path | None) -> None:
    # Every run films new scenes: what was contributed before would rightly be refused as a duplicate.
    run = sum(1 for _ in story.people.contributor.submissions(mine="true"))
    own = contributions.own_media(media) if media else []
    story.own = {folder.name for folder in own}
    journey.open_campaigns(story, own)
    journey.contribute(story, run, own)
    journey.wait_for_scores(story)
    journey.review(story)
    journey.credit(story)
    payouts.freeze_epoch(story, platform.chain_address())
    journey.freeze_and_export(story, "demonstration")
    journey.fine_tune(story)
    payouts.claim(story)
    journey.generate_and_judge(story, run)
    story.facts |= {
        "contributions": len(story.submitted) + sum(story.refused_on_arrival.values()),
        "scored": len(story.ended),
        "refused": dict(story.refused_on_arrival + story.refused_by_gates),
    }


def _where_to_look(address: str, password: str) -> dict[str, Any]:
    logins = ", ".join(_email(name) for name in PEOPLE)
    return {
        "Web app": address,
        "API": f"{address}/api/docs/",
        "Admin": f"{address}/admin/",
        "Logins": logins,
        "Password": password,
    }


def _email(name: str) -> str:
    return f"{name}@openslate.example"


def _password(folder: Path) -> str:
    """Made once, kept beside the platform's state, readable by its owner alone."""
    kept = folder / "password"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(12))
    return kept.read_text()


if __name__ == "__main__":
    sys.exit(main())
