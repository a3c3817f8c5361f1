"""Collects the sentences to translate: all of them in English, only the plurals in French (« 0 facture »)."""

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management import BaseCommand, call_command

IGNORED = ["tests", "static", "var", ".venv", "docs"]
FRENCH_HEAD = r"""msgid ""
msgstr ""
"Language: fr\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

"""


class Command(BaseCommand):
    help = "Collects the sentences of the code and the templates into locale/ (needs gettext)."

    def handle(self, *args: Any, **options: Any) -> None:
        locale = Path(settings.LOCALE_PATHS[0])
        for language in ("en", "fr"):
            (locale / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        call_command(
            "makemessages",
            locale=["en"],
            no_location=True,
            no_obsolete=True,
            no_wrap=True,
            ignore_patterns=IGNORED,
            verbosity=0,
        )
        with (locale / "en/LC_MESSAGES/django.po").open("rb") as readable:
            english = read_po(readable, locale="en")
        french = Catalog(locale="fr")
        for message in english:
            if message.id and message.pluralizable:
                french.add(message.id, message.id, flags=message.flags - {"fuzzy"})
        with (locale / "fr/LC_MESSAGES/django.po").open("wb") as writable:
            writable.write(FRENCH_HEAD.encode())
            write_po(writable, french, width=0, sort_output=True, omit_header=True)
