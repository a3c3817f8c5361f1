"""Tells whether the status that a contract makes crosses another, before anything is signed (PEO-05)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import day as shown
from entrepreneurs.calculations.made_statuses import STATUS_OF, Held, Made, status_made
from people.models import Person, StatusPeriod
from people.states.statuses import PATH, StatusKind


def made_by(person: Person, *, kind: str, starts_on: date, ends_on: date | None) -> Made | None:
    """Gives what a contract of a kind would do to the statuses of a person; None for one that makes none.

    Raises Refused(period_invalid) when it crosses another status of the path."""
    status = STATUS_OF.get(kind)
    if status is None:
        return None
    rows = StatusPeriod.objects.filter(person=person, line=PATH)
    held = [Held(row.pk, row.kind, row.starts_on, row.ends_on) for row in rows if not row.is_empty]
    made = status_made(status, starts_on, ends_on, held)
    if made.crossed is not None:
        raise _refusal(person, made.crossed)
    return made


def _refusal(person: Person, crossed: Held) -> Refused:
    facts = {
        "name": person,
        "status": StatusKind(crossed.kind).label,
        "from": shown(crossed.starts_on),
    }
    if crossed.ends_on is None:
        sentence = _(
            "%(name)s est « %(status)s » depuis le %(from)s, et ce contrat ne remplace pas ce statut :"
            " changez ses dates, ou arrêtez d’abord le statut sur sa fiche."
        )
    else:
        facts["until"] = shown(crossed.ends_on)
        sentence = _(
            "%(name)s est « %(status)s » du %(from)s au %(until)s, et ce contrat ne remplace pas ce statut :"
            " changez ses dates, ou arrêtez d’abord le statut sur sa fiche."
        )
    return Refused(Code.PERIOD_INVALID, sentence % facts, field="starts_on")
