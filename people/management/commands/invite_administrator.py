"""Opens the house: the first administrator has nobody to invite them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Refused
from people.services.invitations import open_house


class Command(BaseCommand):
    help = "Invites the first administrator and prints the link that opens their account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("first_name")
        parser.add_argument("last_name")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            mail = open_house(
                options["email"], options["first_name"], options["last_name"], now=timezone.now()
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(mail.text)
        self.stdout.write(_("Cet e-mail part aussi à %(to)s.") % {"to": mail.to})
