"""The fields that the desk gives to letters: what somebody did here, and when they leave (ENT-22, ENT-39)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.letters import LetterField, LetterSubject, provide_fields
from entrepreneurs.documents.fields import long_day
from entrepreneurs.models import Exit, RegisterEntry
from entrepreneurs.states.exits import ExitState
from people.models import Person

_JOBS = {
    "entree": LetterField(gettext_lazy("Entrée, selon le registre du personnel"), "1er mars 2026"),
    "sortie": LetterField(gettext_lazy("Sortie, du registre ou de la sortie préparée"), "30 avril 2029"),
    "emplois": LetterField(
        gettext_lazy("Emplois occupés et leurs dates"),
        "Photographe (CESA), du 1er mars 2026 au 30 avril 2029",
    ),
}
_EXIT = {
    "dernier_jour": LetterField(gettext_lazy("Dernier jour dans la coopérative"), "30 avril 2029"),
    "fermeture": LetterField(gettext_lazy("Jour où le compte se ferme"), "31 juillet 2029"),
}


def register_desk_fields() -> None:
    """Called once, when models are ready."""
    provide_fields("emploi", label=gettext_lazy("L’emploi"), fields=_JOBS, provider=_jobs)
    provide_fields("sortie", label=gettext_lazy("La sortie"), fields=_EXIT, provider=_exit)


def _leaving(person: Person) -> Exit | None:
    """The departure being prepared, else the last one done."""
    rows = Exit.objects.filter(person=person).exclude(state=ExitState.CANCELLED)
    return rows.order_by("-last_day", "-pk").first()


def _jobs(subject: LetterSubject) -> Mapping[str, str]:
    """Nothing of who never was an employee: a certificate made for them is refused, by the field."""
    leaving = _leaving(subject.person)
    last = leaving.last_day if leaving else None
    rows = list(RegisterEntry.objects.filter(person=subject.person).order_by("hired_on", "rank"))
    ends = [_end(row, last) for row in rows]
    if not rows:
        return {}
    # Nothing of an end that nobody knows yet.
    known = [end for end in ends if end is not None]
    return {
        "entree": long_day(rows[0].hired_on),
        "sortie": long_day(max(known)) if len(known) == len(ends) else "",
        "emplois": " ; ".join(_job(row, end) for row, end in zip(rows, ends, strict=True)),
    }


def _end(row: RegisterEntry, last: date | None) -> date | None:
    return row.left_on or (last if last is not None and last >= row.hired_on else None)


def _job(row: RegisterEntry, end: date | None) -> str:
    facts = {
        "job": f"{row.job} ({row.contract_kind})",
        "from": long_day(row.hired_on),
        "to": long_day(end),
    }
    return (_("%(job)s, du %(from)s au %(to)s") if end else _("%(job)s, depuis le %(from)s")) % facts


def _exit(subject: LetterSubject) -> Mapping[str, str]:
    leaving = _leaving(subject.person)
    if leaving is None:
        return {}
    return {
        "dernier_jour": long_day(leaving.last_day),
        "fermeture": long_day(leaving.account_closes_on),
    }
