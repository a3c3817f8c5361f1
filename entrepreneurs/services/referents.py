"""Names who answers to a person, one contact a function at a time, and hands people over in bulk (ENT-51)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.notices import notify
from entrepreneurs.models import Referent
from people.models import Person, Role, User
from people.states import STAFF_KINDS

REFERENT_NOTICE = "entrepreneurs.referent"
REFERENT_NOTICE_LABEL = gettext_lazy("Mes référent·es changent")


@transaction.atomic
def name_referent(
    person: Person, *, advisor: Person, function: str, starts_on: date, actor: Any, tell: bool = True
) -> Referent:
    """Does: makes somebody of the team the contact of a person for a function, from a day on; the former
    contact of that function ends on the eve. Refuses: somebody who is not of the team that day, oneself, a
    day before the former contact began, the same contact again. Leaves behind: the dated row, audit, a notice
    to both."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    _check(locked, advisor, starts_on)
    held = list(
        Referent.objects.select_for_update()
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), person=locked, function=function)
        .order_by("starts_on", "pk")
    )
    for former in held:
        if former.advisor_id == advisor.pk and former.is_in_force(starts_on):
            raise Refused(
                Code.ALREADY_DONE,
                _("%(name)s est déjà ce contact à cette date.") % {"name": advisor},
                field="advisor",
            )
        if former.starts_on >= starts_on:
            raise Refused(
                Code.DATE_INVALID,
                _("%(name)s est ce contact à partir du %(day)s : choisissez une date plus tardive.")
                % {"name": former.advisor, "day": f"{former.starts_on:%d/%m/%Y}"},
                field="starts_on",
            )
        former.ends_on = starts_on - timedelta(days=1)
        former.save(update_fields=["ends_on"])
    row = Referent.objects.create(
        person=locked, advisor=advisor, function=function, starts_on=starts_on, named_by=actor
    )
    detail = {"kind": function, "name": str(advisor), "from": starts_on.isoformat()}
    audit.record(actor, "entrepreneurs.referent.name", locked, detail=detail)
    if tell:
        _tell(row, actor)
    return row


@transaction.atomic
def end_referent(referent: Referent, *, last_day: date, actor: Any) -> Referent:
    """Does: ends a contact on its last day. Refuses: a day before it began, one already ended.
    Leaves behind: the row, ended, audit."""
    row = Referent.objects.select_for_update().get(pk=referent.pk)
    if row.ends_on is not None and row.ends_on <= last_day:
        raise Refused(Code.ALREADY_DONE, _("Ce contact est déjà terminé."), field="last_day")
    if last_day < row.starts_on - timedelta(days=1):
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="last_day")
    row.ends_on = last_day
    row.save(update_fields=["ends_on"])
    detail = {"kind": row.function, "last_day": last_day.isoformat()}
    audit.record(actor, "entrepreneurs.referent.end", row.person, detail=detail)
    return row


def reassign(
    persons: Iterable[Person], *, advisor: Person, function: str, starts_on: date, actor: Any
) -> list[Person]:
    """Does: hands these people over to one contact for a function, all or none. Refuses: as `name_referent`,
    save for those who already have that contact, left as they are. Leaves behind: their rows, audit; gives
    the people whose contact changed."""
    changed = []
    with transaction.atomic():
        for person in sorted(persons, key=lambda one: one.pk):
            current = Referent.objects.in_force(starts_on).filter(
                person=person, advisor=advisor, function=function
            )
            if not current.exists():
                name_referent(person, advisor=advisor, function=function, starts_on=starts_on, actor=actor)
                changed.append(person)
    return changed


def _check(person: Person, advisor: Person, on: date) -> None:
    if advisor.pk == person.pk:
        raise Refused(Code.VALUE_INVALID, _("On ne peut pas être son propre contact."), field="advisor")
    if not Role.objects.in_force(on).filter(person=advisor, kind__in=STAFF_KINDS).exists():
        raise Refused(
            Code.ROLE_INVALID,
            _("%(name)s n’est pas de l’équipe à cette date.") % {"name": advisor},
            field="advisor",
        )


def _tell(row: Referent, actor: Any) -> None:
    """Each learns of the other; the page of the person says the rest."""
    names = {"person": row.person, "advisor": row.advisor}
    url = reverse("entrepreneurs:coaching_file", args=[row.person_id])
    for account, sentence in (
        (row.person_id, gettext_lazy("%(advisor)s est votre contact dans l’équipe")),
        (row.advisor_id, gettext_lazy("%(person)s vous est confié·e")),
    ):
        notify(
            User.objects.filter(person=account, is_active=True),
            REFERENT_NOTICE,
            subject=_said(sentence, names),
            text=lambda: _("À partir du %(day)s.") % {"day": f"{row.starts_on:%d/%m/%Y}"},
            url=url,
            about=row.person,
            actor=actor,
        )


def _said(sentence: Any, facts: dict[str, Person]) -> Callable[[], str]:
    """The sentence, said once the language of its reader is in force."""
    return lambda: str(sentence) % facts
