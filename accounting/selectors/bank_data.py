"""What statements of the bank hold of a person, given back to them in « Mes données » (PEO-15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from accounting.models import BankLine
from cae.core.facts import Held
from people.models import Person
from people.selectors.banks import banks_of, opened
from people.states.banks import BankState


def held_of_bank(person: Person, _reader: Any) -> Iterator[Held]:
    """Gives the movements with the accounts of this person that somebody compared with their paper: a name
    alone, or an account that nobody confirmed, may be that of another."""
    confirmed = banks_of(person).filter(decided_at__isnull=False).exclude(state=BankState.REFUSED)
    ibans = {opened(row).iban for row in confirmed}
    rows = BankLine.objects.filter(counterparty_iban__in=ibans).order_by("-booked_on", "-pk")
    yield Held(
        _("Mouvements de banque avec votre compte"),
        (_("date"), _("compte"), _("montant"), _("libellé")),
        [(row.booked_on, f"…{row.iban_end}", row.amount, row.label) for row in rows],
        kept=_("Dix ans, avec les relevés de la coopérative (C. com. L123-22)."),
    )
