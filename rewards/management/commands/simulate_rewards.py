"""`manage.py simulate_rewards --policy FILE`: what another reward policy would have paid, and to whom."""

import csv
import json
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from accounts.public import User
from common.errors import DomainError
from rewards import reward_policy
from rewards.selectors import simulation
from rewards.selectors.simulation import Change, Replay


class Command(BaseCommand):
    help = "Replay recorded facts under another policy: totals, who gains and who loses most. Writes nothing but --csv."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--policy", type=Path, required=True, help="JSON: what differs from the default policy.")
        parser.add_argument("--since", type=datetime.fromisoformat, help="Events from this day or time on (UTC).")
        parser.add_argument("--until", type=datetime.fromisoformat, help="Events before this day or time (UTC).")
        parser.add_argument("--csv", type=Path, help="Write one line a person here.")
        parser.add_argument("--top", type=int, default=10, help="How many gainers and losers to show.")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            policy = reward_policy.from_json(options["policy"].read_bytes())
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error
        found = simulation.replay(policy, since=_utc(options["since"]), until=_utc(options["until"]))
        shown = [*found.gainers(options["top"]), *found.losers(options["top"])]
        emails = _emails([person for person, _ in shown])
        console = Console(width=120)
        with console.capture() as captured:
            console.print(_totals(found))
            console.print(_people("Gain most", found.gainers(options["top"]), emails))
            console.print(_people("Lose most", found.losers(options["top"]), emails))
        self.stdout.write(captured.get())
        if options["csv"]:
            _write_csv(options["csv"], found)
        self.stdout.write(json.dumps(_summary(found)))


def _utc(given: datetime | None) -> datetime | None:
    return given.replace(tzinfo=UTC) if given and given.tzinfo is None else given


def _emails(people: list[UUID]) -> dict[UUID, str]:
    return dict(User.objects.filter(id__in=people).values_list("id", "email"))


def _totals(found: Replay) -> Table:
    title = f"{found.total.events} events; {found.taken_back} taken back since, {found.untold} that cannot be told"
    table = Table("of", "events", "before", "after", "difference", "%", title=title)
    for name, change in [*sorted(found.by_rule.items()), ("all", found.total)]:
        table.add_row(name, str(change.events), *_amounts(change))
    return table


def _people(title: str, rows: list[tuple[UUID, Change]], emails: dict[UUID, str]) -> Table:
    table = Table("person", "events", "before", "after", "difference", "%", title=title)
    for person, change in rows:
        table.add_row(emails.get(person, str(person)), str(change.events), *_amounts(change))
    return table


def _amounts(change: Change) -> tuple[str, str, str, str]:
    share = f"{change.difference_wei / change.before_wei:+.1%}" if change.before_wei else ""
    return f"{change.before_wei:,}", f"{change.after_wei:,}", f"{change.difference_wei:+,}", share


def _summary(found: Replay) -> dict[str, Any]:
    return {
        "events": found.total.events,
        "taken_back": found.taken_back,
        "untold": found.untold,
        "before_wei": str(found.total.before_wei),
        "after_wei": str(found.total.after_wei),
        "gaining": sum(change.difference_wei > 0 for change in found.by_person.values()),
        "losing": sum(change.difference_wei < 0 for change in found.by_person.values()),
        "by_rule": {
            name: {"before_wei": str(change.before_wei), "after_wei": str(change.after_wei)}
            for name, change in sorted(found.by_rule.items())
        },
        "by_campaign": {
            str(campaign): {"before_wei": str(change.before_wei), "after_wei": str(change.after_wei)}
            for campaign, change in sorted(found.by_campaign.items())
        },
    }


def _write_csv(path: Path, found: Replay) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["person", "events", "before_wei", "after_wei", "difference_wei"])
        for person, change in sorted(found.by_person.items(), key=lambda one: (-one[1].difference_wei, one[0])):
            writer.writerow([person, change.events, change.before_wei, change.after_wei, change.difference_wei])
