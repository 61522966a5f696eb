"""`manage.py chain_key PATH`: a new publishing key in an encrypted keystore."""

import getpass
import os
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

LEAST_LENGTH = 12


class Command(BaseCommand):
    help = (
        "Make a key and write it, encrypted, to a new file. The password is asked for, or is CHAIN_KEYSTORE_PASSWORD."
        " Keep both: nobody can make either again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: object, path: Path, **options: object) -> None:
        # Imported here: it need not be loaded to list commands.
        from eth_account import Account

        from rewards.chain.keystores import write_keystore

        if path.exists():
            raise CommandError(f"{path} exists. A keystore is never written over; name another file.")
        password = os.environ.get("CHAIN_KEYSTORE_PASSWORD") or getpass.getpass("Password of the new keystore: ")
        if len(password) < LEAST_LENGTH:
            raise CommandError(f"The password has fewer than {LEAST_LENGTH} characters. Choose a longer one.")
        account = Account.create()
        write_keystore(path, bytes(account.key), password)
        self.stdout.write(f"{account.address} is in {path}. Set CHAIN_KEYSTORE and CHAIN_KEYSTORE_PASSWORD, and send")
        self.stdout.write("this address some of the chain's own money for gas.")
