"""`manage.py create_person`: an operator's way to make a person who can sign in at once."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from accounts.roles import Role
from accounts.services import people


class Command(BaseCommand):
    help = "Make a person with the given roles, or give them to the one who has this address. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--password", required=True)
        parser.add_argument("--roles", required=True, help=f"Comma separated: {', '.join(Role.values)}.")
        parser.add_argument("--display-name", default="")

    def handle(self, *args: object, **options: str) -> None:
        roles = [role.strip() for role in options["roles"].split(",") if role.strip()]
        try:
            person = people.ensure(
                email=options["email"],
                password=options["password"],
                roles=roles,
                display_name=options["display_name"],
            )
        except people.BadPerson as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{person.email}: {', '.join(person.roles)}")
