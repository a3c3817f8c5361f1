"""Where a person is paid, and what somebody has still to confirm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cae.core import secrets
from cae.core.facts import Held
from people.models import Person, PersonBank
from people.selectors.merging import file_keys
from people.states.banks import BankState

# What the key of these details is made for.
PURPOSE = "bank details"


@dataclass(frozen=True)
class BankDetails:
    """An account as a transfer names it."""

    holder: str
    iban: str
    bic: str = ""


def bank_of(person: Person) -> BankDetails | None:
    """Gives the account in force of a person; nothing while nobody confirmed any."""
    row = PersonBank.objects.filter(person=person, state=BankState.CONFIRMED).first()
    return opened(row) if row is not None else None


def opened(row: PersonBank) -> BankDetails:
    """Reads locked details: for a transfer, or for whoever compares them with the paper."""
    kept: dict[str, str] = json.loads(secrets.decrypt(row.locked, purpose=PURPOSE))
    return BankDetails(row.holder, kept["iban"], kept["bic"])


def banks_of(person: Person) -> QuerySet[PersonBank]:
    """What a person gave through time, the latest first."""
    people = ("asked_by__person", "decided_by__person")
    return PersonBank.objects.filter(person__in=file_keys(person)).select_related(*people)


def banks_proposed() -> QuerySet[PersonBank]:
    """What waits for somebody to compare it with the paper, the oldest first."""
    rows = PersonBank.objects.filter(state=BankState.PROPOSED)
    return rows.select_related("person", "asked_by__person").order_by("asked_at", "pk")


def banks_to_confirm(user_id: Any) -> QuerySet[PersonBank]:
    """The same, without what this account gave: somebody else confirms it."""
    return banks_proposed().exclude(asked_by=user_id)


def held_banks(person: Person, _reader: Any) -> Iterator[Held]:
    """What is kept of it, for the person: they read the whole of it on their own page."""
    yield Held(
        _("Coordonnées bancaires"),
        (_("titulaire"), _("compte"), _("état"), _("données le")),
        [(row.holder, f"…{row.ending}", row.status[2], row.asked_at) for row in banks_of(person)],
        kept=_("Chiffrées dans la base ; elles ne servent qu’à vous payer."),
    )
