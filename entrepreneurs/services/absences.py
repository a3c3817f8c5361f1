"""Asks for absences and answers them: each move is one service (ENT-35)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.notices import notify
from cae.core.options import options_on
from cae.core.workflow import performs
from entrepreneurs.calculations.leave import working_days
from entrepreneurs.models import Absence
from entrepreneurs.states.absences import ABSENCE_FLOW, KIND_LIST, AbsenceState
from people.models import Person, User
from people.selectors.persons import accounts_holding
from people.services.changes import require_text
from people.states import RoleKind

ASKED, ANSWERED = "entrepreneurs.absence_asked", "entrepreneurs.absence_answered"


@dataclass(frozen=True)
class Days:
    """When: whole days, less a morning at the beginning or an afternoon at the end."""

    starts_on: date
    ends_on: date
    from_noon: bool = False
    to_noon: bool = False


@transaction.atomic
def ask_absence(person: Person, *, kind: str, days: Days, note: str, actor: User, on: date) -> Absence:
    """Does: asks for an absence. Refuses: an end before the start, days on which nobody works, days that
    cross another absence of the person, an unknown kind. Leaves behind: the absence to answer, human
    resources told, audit."""
    row = _write(person, kind=kind, days=days, note=note, actor=actor, on=on)
    notify(
        accounts_holding(RoleKind.HUMAN_RESOURCES, on=on),
        ASKED,
        subject=lambda: _("Absence à accepter : %(absence)s") % {"absence": row},
        url=row.get_absolute_url(),
        about=row,
        actor=actor,
    )
    return row


def record_absence(person: Person, *, kind: str, days: Days, note: str, actor: User, on: date) -> Absence:
    """Does: writes down an absence that calls for no answer (a sick note), already accepted. Refuses: what
    `ask_absence` refuses. Leaves behind: the absence, accepted, audit."""
    with transaction.atomic():
        row = _write(person, kind=kind, days=days, note=note, actor=actor, on=on)
        return approve_absence(row, answer="", actor=actor)


def _write(person: Person, *, kind: str, days: Days, note: str, actor: User, on: date) -> Absence:
    if kind not in {option.code for option in options_on(KIND_LIST, on=on).offered}:
        raise Refused(Code.VALUE_INVALID, _("Choisissez un motif de la liste."), field="kind")
    same = days.starts_on == days.ends_on
    if days.ends_on < days.starts_on or (same and days.from_noon and days.to_noon):
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    if (days.ends_on - days.starts_on).days > 366 * 3:
        raise Refused(Code.PERIOD_INVALID, _("Une absence dure trois ans au plus."), field="ends_on")
    count = working_days(days.starts_on, days.ends_on, from_noon=days.from_noon, to_noon=days.to_noon)
    if not count:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Ces jours ne sont pas travaillés : il n’y a rien à demander."),
            field="starts_on",
        )
    try:
        with transaction.atomic():
            row = Absence.objects.create(
                person=person,
                kind=kind,
                starts_on=days.starts_on,
                ends_on=days.ends_on,
                from_noon=days.from_noon,
                to_noon=days.to_noon,
                days=count,
                note=note.strip(),
                asked_by=actor,
            )
    except IntegrityError:
        raise _crossing(person, days) from None
    audit.record(actor, "entrepreneurs.absence.ask", row, detail={"days": str(count)})
    return row


def _crossing(person: Person, days: Days) -> Refused:
    other = (
        Absence.objects.holding()
        .filter(person=person, starts_on__lte=days.ends_on, ends_on__gte=days.starts_on)
        .order_by("starts_on", "pk")
        .first()
    )
    return Refused(
        Code.DUPLICATE,
        _("Ces jours croisent une autre absence (%(when)s) : annulez-la d’abord, ou changez les dates.")
        % {"when": other.when if other else "—"},
        field="starts_on",
    )


@performs(ABSENCE_FLOW, "approve")
def approve_absence(absence: Absence, *, answer: str = "", actor: User) -> None:
    """Does: accepts an absence. Refuses: one's own, one already answered.
    Leaves behind: the answer, the person told, audit."""
    _answer(absence, answer, actor)
    _tell(absence, gettext_lazy("Votre absence est acceptée : %(when)s"), actor)


@performs(ABSENCE_FLOW, "refuse")
def refuse_absence(absence: Absence, *, answer: str, actor: User) -> None:
    """Does: refuses an absence. Refuses: no reason, one's own, one already answered.
    Leaves behind: the reason, the person told, audit."""
    require_text(answer, "answer", _("Dites pourquoi cette absence est refusée."))
    _answer(absence, answer, actor)
    _tell(absence, gettext_lazy("Votre absence est refusée : %(when)s"), actor)


@performs(ABSENCE_FLOW, "cancel")
def cancel_absence(absence: Absence, *, answer: str = "", actor: User, on: date) -> None:
    """Does: gives the days back. Refuses: to the person, an accepted absence that has begun; one refused or
    cancelled. Leaves behind: who did it, audit; the person told when somebody else did."""
    own = absence.person_id == actor.person_id
    if own and absence.state == AbsenceState.APPROVED and absence.starts_on <= on:
        raise Refused(
            Code.NOT_ALLOWED, _("Cette absence a commencé : demandez aux ressources humaines de l’annuler.")
        )
    absence.answer, absence.answered_by = answer.strip(), actor
    if not own:
        _tell(absence, gettext_lazy("Votre absence est annulée : %(when)s"), actor)


def _answer(absence: Absence, answer: str, actor: User) -> None:
    if absence.person_id == actor.person_id:
        raise Refused(Code.NOT_ALLOWED, _("On ne répond pas à sa propre demande."))
    absence.answer, absence.answered_by = answer.strip(), actor


def _tell(absence: Absence, sentence: Any, actor: User) -> None:
    """The sentence is lazy: it is said in the language of its reader."""
    notify(
        User.objects.filter(person=absence.person_id, is_active=True),
        ANSWERED,
        subject=lambda: str(sentence) % {"when": absence.when},
        text=absence.answer,
        url=absence.get_absolute_url(),
        about=absence,
        actor=actor,
    )
