"""manage.py receive_mail: one whole message on the standard input, as a server of mails pipes it."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error
from django.utils import timezone

from invoicing.services.mail_in import NoLetter, receive_letter
from invoicing.states.incoming import MAX_MAIL_BYTES

# sysexits.h: what servers of mails understand. On 65 they return the message, on 75 they try again.
KEPT, NO_MESSAGE, TRY_AGAIN = 0, 65, 75


class Command(BaseCommand):
    help = "Takes in one message (standard input); --to is the address that it was delivered to."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", default="", help="address of the envelope (ORIGINAL_RECIPIENT)")

    def handle(self, *_args: Any, **options: Any) -> None:
        # One byte more than what is accepted tells a message that is too large; the rest is never read.
        raw = sys.stdin.buffer.read(MAX_MAIL_BYTES + 1)
        try:
            mail = receive_letter(raw, at=timezone.now(), recipient=options["to"])
        except NoLetter as error:
            self.stderr.write(f"not a message: {error}")
            sys.exit(NO_MESSAGE)
        except (Error, OSError) as error:
            self.stderr.write(f"try again later: {error}")
            sys.exit(TRY_AGAIN)
        self.stdout.write(f"{mail.outcome} {mail.kept}")
