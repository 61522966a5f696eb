"""`manage.py top_up`: a payment from outside onto somebody's prepaid account."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.public import User
from common.errors import DomainError
from common.money import whole_number
from rewards.services import customers


class Command(BaseCommand):
    help = "Book a payment to a person's prepaid account. Booking the same reference again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("amount_wei", type=whole_number)
        parser.add_argument("--reference", required=True, help="Of the payment, such as the bank's.")

    def handle(self, *args: object, **options: Any) -> None:
        customer = User.objects.filter(email=options["email"]).first()
        if customer is None:
            raise CommandError(f"There is nobody with the address {options['email']}.")
        try:
            row = customers.top_up(
                customer=customer,
                amount_wei=options["amount_wei"],
                reference=options["reference"],
                by=None,
                now=timezone.now(),
            )
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{row.amount_wei} booked for {customer.email} on {row.booked_at:%Y-%m-%d}.")
