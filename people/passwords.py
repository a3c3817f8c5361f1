"""Refuses passwords that thieves already know, from lists kept here: nothing leaves the house (PEO-01)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Django's list is mostly English: these are what French leaks hold most, and what a cooperative thinks of.
FRENCH = Path(__file__).with_name("leaked_words.txt")
DISGUISES = str.maketrans("@4310!5$7", "aaeioisst")
SHA1_DIGITS = 40


class LeakedPasswordValidator(CommonPasswordValidator):
    """Also sees through capitals, accents, digits put at an end, signs for letters, a word said twice; and
    looks into the file of hashes that the settings may name (LEAKED_PASSWORDS_FILE)."""

    def __init__(self) -> None:
        super().__init__()
        self.passwords |= frozenset(FRENCH.read_text().split())

    def validate(self, password: str, user: Any = None) -> None:
        if not self.passwords.isdisjoint(cores(password)) or _is_listed(password):
            raise ValidationError(
                _(
                    "Ce mot de passe figure dans les listes de mots de passe volés, ou n’en diffère que par"
                    " quelques signes. Une phrase de plusieurs mots est plus sûre."
                ),
                code="password_leaked",
            )

    def get_help_text(self) -> str:
        return _("Votre mot de passe ne peut pas figurer parmi ceux qui ont été volés ailleurs.")


def cores(password: str) -> set[str]:
    """What is left of a password once its usual disguises are taken off."""
    plain = unicodedata.normalize("NFKD", password.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    bare = {plain, re.sub(r"^[\W_]+|[\W_]+$", "", plain), re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)}
    bare |= {core.translate(DISGUISES) for core in bare}
    bare |= {re.sub(r"[\W\d_]+$", "", core) for core in bare}
    bare |= {re.sub(r"[\W_]+", "", core) for core in bare}
    return {_said_once(core) for core in bare if core} | bare - {""}


def _said_once(text: str) -> str:
    found = re.fullmatch(r"(.+?)\1+", text)
    return found[1] if found else text


def _is_listed(password: str) -> bool:
    """Looks for the SHA-1 of the password by halves, in a file whose lines are sorted hashes."""
    if not settings.LEAKED_PASSWORDS_FILE:
        return False
    path = Path(settings.LEAKED_PASSWORDS_FILE)
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as lines:
        low, high = 0, path.stat().st_size
        while low < high:
            middle = (low + high) // 2
            lines.seek(middle)
            if middle:
                lines.readline()
            found = lines.readline()[:SHA1_DIGITS].upper()
            if found == wanted:
                return True
            if not found or found > wanted:
                high = middle
            else:
                low = middle + 1
    return False
