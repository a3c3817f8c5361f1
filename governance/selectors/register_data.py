"""What the register holds of a person, given back to them in « Mes données » (PEO-15, PEO-38)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cae.core.facts import Held
from cae.core.periods import after_months
from cae.core.templatetags.formats import day, moment
from governance.models import Admission, Associate, Representative, VotingRightEvent
from people.models import Person
from people.selectors.merging import file_keys

# How long the line of who left is kept: that of the books in which their shares stand (C. com. L123-22).
REGISTER_MONTHS = 120


def held_register(person: Person, reader: Any) -> Iterator[Held]:
    """Gives a person’s lines of the register, facts on the right to vote, whom they represented, requests."""
    kept = _("Dix ans après la sortie, comme les comptes où figurent les parts (Code de commerce, L123-22).")
    yield Held(
        _("Registre des associé·es"),
        (_("numéro"), _("admis·e le"), _("décision"), _("sorti·e le"), _("cause"), _("décision de sortie")),
        [
            (
                row.number or "",
                day(row.admitted_on),
                row.admission_decision,
                day(row.left_on) if row.left_on else "",
                row.get_loss_cause_display(),
                row.loss_decision,
            )
            for row in Associate.objects.filter(person=person)
        ],
        kept=kept,
    )
    yield Held(
        _("Droit de vote"),
        (_("nature"), _("à partir de"), _("motif")),
        [
            (row.get_kind_display(), moment(row.at), row.reason)
            for row in VotingRightEvent.objects.filter(associate__person=person)
        ],
        kept=kept,
    )
    represented = Representative.objects.filter(person=person)
    yield Held(
        _("Personnes morales représentées"),
        (_("associé·e"), _("fonction"), _("du"), _("au")),
        [
            (str(row.associate), row.function, day(row.starts_on), day(row.ends_on) if row.ends_on else "")
            for row in represented.select_related("associate__organisation", "associate__person")
        ],
        kept=kept,
    )
    yield Held(
        _("Demandes de sociétariat"),
        (_("reçue le"), _("état"), _("ce qui vous amène"), _("avis"), _("décision"), _("motif")),
        [
            (
                day(row.submitted_on) if row.submitted_on else "",
                row.get_state_display(),
                row.letter,
                row.opinion,
                row.decision,
                row.reason,
            )
            for row in Admission.objects.filter(person=person)
        ],
        kept=kept,
    )


def hinders_register(person: Person, on: date) -> str:
    """Gives why nothing of a person may be erased yet: the register keeps the line."""
    for row in Associate.objects.filter(person__in=file_keys(person)):
        if row.left_on is None:
            return _("Cette personne est associée : sa ligne du registre reste.")
        if after_months(row.left_on, REGISTER_MONTHS) >= on:
            return _("Le registre des associé·es garde sa ligne dix ans après la sortie.")
    return ""


def last_register_contacts() -> dict[int, date]:
    """Gives the last day on which the register heard of each person: when they left."""
    found: dict[int, date] = {}
    rows = Associate.objects.filter(person__isnull=False, left_on__isnull=False)
    for person, left_on in rows.values_list("person_id", "left_on"):
        if person is not None and left_on is not None:
            found[person] = max(found.get(person, left_on), left_on)
    return found
