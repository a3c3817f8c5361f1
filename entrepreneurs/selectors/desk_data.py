"""What human resources hold of a person, given back to them in « Mes données » (PEO-15, PEO-38)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.facts import Held
from cae.core.options import label_of
from cae.core.periods import after_months
from cae.core.templatetags.formats import day
from entrepreneurs.models import Absence, Exit, RegisterEntry
from entrepreneurs.states.absences import KIND_LIST as ABSENCES
from entrepreneurs.states.exits import KIND_LIST as EXITS
from people.models import Person

# C. trav. R1221-26: a line of the register is kept five years after its person left.
REGISTER_MONTHS = 60


def held_desk(person: Person, reader: Any) -> Iterator[Held]:
    """Gives a person's absences, lines of the register and departures."""
    rows = Absence.objects.filter(person=person).order_by("starts_on")
    yield Held(
        _("Absences"),
        (_("motif"), _("jours"), _("état"), _("précision")),
        [(_word(ABSENCES, row), row.when, row.get_state_display(), row.note) for row in rows],
        kept=_("Cinq ans, comme la paie."),
    )
    entries = RegisterEntry.objects.filter(person=person)
    yield Held(
        _("Registre du personnel"),
        (_("numéro"), _("emploi"), _("contrat"), _("entrée le"), _("sortie le")),
        [
            (row.rank, row.job, row.contract_kind, day(row.hired_on), day(row.left_on) if row.left_on else "")
            for row in entries
        ],
        kept=_("Cinq ans après la sortie (Code du travail, R1221-26)."),
    )
    yield Held(
        _("Sortie"),
        (_("raison"), _("dernier jour"), _("état")),
        [
            (_word(EXITS, row), day(row.last_day), row.get_state_display())
            for row in Exit.objects.filter(person=person)
        ],
    )


def _word(list_code: str, row: Any) -> str:
    since = getattr(row, "asked_at", None) or row.created_at
    return label_of(list_code, row.kind, on=timezone.localdate(since))


def hinders_desk(person: Person, on: date) -> str:
    """Gives why nothing of a person may be erased yet: the register keeps its line."""
    for entry in RegisterEntry.objects.filter(person=person):
        if entry.left_on is None:
            return _("Le registre du personnel garde sa ligne : la personne y est inscrite sans sortie.")
        if after_months(entry.left_on, REGISTER_MONTHS) >= on:
            return _("Le registre du personnel garde sa ligne cinq ans après la sortie.")
    return ""


def last_desk_contacts() -> dict[int, date]:
    """Gives the last day on which the desk heard of each person: the end of an employment."""
    found: dict[int, date] = {}
    for person, left_on in RegisterEntry.objects.values_list("person_id", "left_on"):
        if left_on is not None:
            found[person] = max(found.get(person, left_on), left_on)
    return found
