"""Writes the goals of a test phase, what the person counts, what the advisor says (ENT-32)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.periods import Month
from entrepreneurs.models import FollowFigure, FollowGoal, FollowNote
from entrepreneurs.selectors.follow_ups import measures_to_type
from entrepreneurs.states.follow_ups import Measure, Rhythm
from entrepreneurs.states.reports import MAX_SAID
from people.models import Person
from people.services.changes import refuse_long, require_text


@transaction.atomic
def set_follow_goal(
    person: Person, *, measure: str, rhythm: str, month: Month, amount: Decimal, actor: Any
) -> FollowGoal:
    """Does: sets what is aimed at over the period that begins in a month; the last said counts. Refuses: an
    unknown measure or period, a negative amount. Leaves behind: the goal, audit with the former."""
    if measure not in Measure.values or rhythm not in Rhythm.values:
        raise Refused(Code.VALUE_INVALID, _("Cette mesure n’existe pas."), field="measure")
    if amount < 0:
        raise Refused(Code.AMOUNT_INVALID, _("Un objectif ne peut pas être négatif."), field="amount")
    former = FollowGoal.objects.select_for_update().filter(
        person=person, measure=measure, rhythm=rhythm, starts_on=month.first
    )
    before = [str(one.amount) for one in former]
    goal, _is_new = FollowGoal.objects.update_or_create(
        person=person,
        measure=measure,
        rhythm=rhythm,
        starts_on=month.first,
        defaults={"amount": amount, "set_by": actor, "set_at": timezone.now()},
    )
    detail = {"before": before, "after": str(amount)}
    audit.record(actor, "entrepreneurs.follow.aim", goal, detail=detail)
    return goal


@transaction.atomic
def count_figure(
    person: Person, *, measure: str, month: Month, amount: Decimal, actor: Any, on: date
) -> FollowFigure:
    """Does: keeps what the person counted in a month; the last said counts. Refuses: a figure that the books
    know, a month to come, a negative figure. Leaves behind: the figure, audit."""
    if measure not in measures_to_type(person, on):
        raise Refused(Code.VALUE_INVALID, _("Ce chiffre vient des livres."), field="measure")
    if month.first > on:
        raise Refused(Code.DATE_INVALID, _("Ce mois n’a pas commencé."), field="month")
    if amount < 0:
        raise Refused(Code.AMOUNT_INVALID, _("Un chiffre ne peut pas être négatif."), field="amount")
    row, _is_new = FollowFigure.objects.update_or_create(
        person=person,
        measure=measure,
        month=month.first,
        defaults={"amount": amount, "typed_by": actor, "typed_at": timezone.now()},
    )
    audit.record(actor, "entrepreneurs.follow.count", row, detail={"value": str(amount)})
    return row


@transaction.atomic
def note_period(
    person: Person, *, rhythm: str, month: Month, text: str, author: Person, actor: Any
) -> FollowNote:
    """Does: says what the advisor thinks of a period; the last said counts. Refuses: no text or too long.
    Leaves behind: the note, audit."""
    require_text(text, "text", _("Écrivez votre avis."))
    refuse_long(text, "text", MAX_SAID)
    row, _is_new = FollowNote.objects.update_or_create(
        person=person,
        rhythm=rhythm,
        starts_on=month.first,
        defaults={"text": text.strip(), "author": author, "written_at": timezone.now()},
    )
    audit.record(actor, "entrepreneurs.follow.note", row)
    return row
