"""`manage.py gate_what_if`: what other gates would change in the verdicts that stand. Changes nothing."""

import json
from argparse import ArgumentParser, ArgumentTypeError, FileType
from io import StringIO
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from common.errors import DomainError
from curation.models import WhatIf
from curation.services import what_ifs


def _override(text: str) -> tuple[str, str, Any]:
    """`rule.field=value`; the value is JSON: a number, a pair, true, false or null."""
    name, equals, value = text.partition("=")
    rule, dot, field = name.partition(".")
    if not (equals and dot):
        raise ArgumentTypeError(f"{text!r} is not of the form rule.field=value, such as clip_too_short.reject=4")
    try:
        return rule, field, json.loads(value)
    except ValueError as error:
        raise ArgumentTypeError(f"{value!r} is no JSON value: {error}") from error


class Command(BaseCommand):
    help = "Say what other gate rules would change in the verdicts that stand. Changes nothing and runs no model."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rules", type=FileType("r"), help="a JSON file with a whole policy")
        parser.add_argument(
            "--override", type=_override, action="append", default=[], metavar="RULE.FIELD=VALUE", dest="overrides"
        )
        parser.add_argument("--campaign", type=UUID, help="only this one's verdicts")
        parser.add_argument("--examples", type=int, default=3, help="of each kind of change")
        parser.add_argument("--json", action="store_true", help="print the whole answer as JSON")

    def handle(self, *args: object, **options: Any) -> None:
        candidate: dict[str, Any] = {"rules": json.load(options["rules"]) if options["rules"] else None}
        candidate["overrides"] = {}
        for rule, field, value in options["overrides"]:
            candidate["overrides"].setdefault(rule, {})[field] = value
        row = WhatIf(campaign_id=options["campaign"], candidate=candidate, examples=options["examples"])
        try:
            found = what_ifs.answer(row, keep_on=lambda done: True)
        except DomainError as error:
            raise CommandError(error.message) from error
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=1))
        else:
            console = Console(file=StringIO(), width=120)
            with console.capture() as shown:
                _show(console, found)
            self.stdout.write(shown.get())


def _show(console: Console, found: dict[str, Any]) -> None:
    console.print(f"{found['judged']} verdicts stand, {found['changed']} would be another.")
    moves = Table("status", "verdict", "submissions")
    for one in found["transitions"]:
        moves.add_row(one["status"], f"{one['before']} -> {one['after']}", str(one["count"]))
    console.print(moves)
    rules = Table("rule", "would appear", "would disappear", "would stay")
    for name, count in found["rules"].items():
        rules.add_row(name, str(count["appear"]), str(count["disappear"]), str(count["stay"]))
    if found["rules"]:
        console.print(rules)
    for one in found["examples"]:
        console.print(f"{one['submission']} ({one['status']}): {one['before']} -> {one['after']}")
        for finding in one["appear"]:
            console.print(f"  + {finding['message']}", markup=False)
        for finding in one["disappear"]:
            console.print(f"  - {finding['code']}: {finding['message']}", markup=False)
