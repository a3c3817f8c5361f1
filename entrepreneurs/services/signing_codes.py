"""Mails, checks and spends the code that proves the address of a signer (ENT-23)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from entrepreneurs.models.signing_codes import SigningCode
from entrepreneurs.signing_mails import CODE_MINUTES, mail_code
from people.models import Person, User

MAX_TRIES = 5


def send_new_code(
    row: SigningCode,
    *,
    account: User | None,
    person: Person | None = None,
    page: str,
    actor: Any,
    at: datetime,
) -> None:
    """Does: mails a new code to the account that signs, or else to the person; the mail leads back to `page`.
    Refuses: nobody to write to. Leaves behind: the hash of the code, its end; the mail."""
    to = account.email if account else person.email if person else ""
    if not to:
        raise Refused(Code.VALUE_MISSING, _("Aucune adresse e-mail n’est connue pour envoyer le code."))
    language = account.language if account else settings.LANGUAGE_CODE
    mail_code(row, new_code(row, at=at, by=actor), to=to, language=language, page=page, actor=actor)


def new_code(row: SigningCode, *, at: datetime, by: Any) -> str:
    """Does: makes a code of six digits, the former one dies. Refuses: nothing. Leaves behind: its hash, its
    end; gives the code, which is read once, and serves only the account `by` that asked for it."""
    code = f"{secrets.randbelow(1_000_000):06}"
    row.code_hash, row.code_tries = _hash(row, code, by), 0
    row.code_ends_at = at + timedelta(minutes=CODE_MINUTES)
    row.save(update_fields=["code_hash", "code_tries", "code_ends_at"])
    return code


def check_code(waiting: SigningCode, code: str, *, at: datetime, by: Any) -> None:
    """Does: checks what was typed, in a transaction of its own: a wrong code counts even though nothing is
    signed. Refuses: no code asked or a dead one (value_missing), a wrong one, too many tries. Leaves behind:
    the tries."""
    with transaction.atomic():
        row = type(waiting)._base_manager.select_for_update(of=("self",)).get(pk=waiting.pk)
        tries = row.code_tries + 1
        if row.code_hash:
            type(waiting)._base_manager.filter(pk=row.pk).update(code_tries=tries)
    if not row.code_hash or row.code_ends_at is None or row.code_ends_at < at:
        raise Refused(
            Code.VALUE_MISSING, _("Demandez un code : il arrive par e-mail et vaut 15 minutes."), field="code"
        )
    if tries > MAX_TRIES:
        raise Refused(Code.NOT_ALLOWED, _("Trop d’essais : demandez un nouveau code."), field="code")
    if not secrets.compare_digest(row.code_hash, _hash(row, "".join(code.split()), by)):
        raise Refused(Code.VALUE_INVALID, _("Ce code n’est pas le bon."), field="code")


def forget_code(row: SigningCode) -> None:
    """Does: drops a code that served, in memory: whoever saves the signature saves it too."""
    row.code_hash, row.code_ends_at = "", None


def _hash(row: SigningCode, code: str, by: Any) -> str:
    """The address that it proves is that of the account that signs; a link has no account."""
    asked = "" if by is None else by.pk
    said = f"{settings.SECRET_KEY}:{row._meta.label}:{row.pk}:{asked}:{code}"
    return hashlib.sha256(said.encode()).hexdigest()
