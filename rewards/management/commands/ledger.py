"""`manage.py ledger check`: the ledger recomputed from its entries."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from rewards import selectors


class Command(BaseCommand):
    help = "Recompute every balance and every sum from the entries; ends with an error where they do not agree."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["check"])

    def handle(self, *args: object, **options: object) -> None:
        faults = selectors.faults()
        if faults:
            raise CommandError("\n".join(faults))
        for one in selectors.sums():
            self.stdout.write(f"{one.asset}: sums to {one.sum_wei}; every balance is that of its entries")
