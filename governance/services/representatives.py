"""Says who acts for a legal person, from a day to a day (GOV-01)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import day as shown
from governance.models import Associate, Representative
from governance.services.associates import beat_live, end_period, present_line
from people.models import Person
from people.services.changes import refuse_long


@transaction.atomic
def name_representative(
    associate: Associate, *, person: Person, function: str, on: date, actor: Any
) -> Representative:
    """Does: names who acts for a legal person from a day on. Refuses: a person’s own line, one that left by
    then, a day before the current or the last representative, the same again. Leaves behind: the former
    one ended on the eve, the new one; live pages told; audit."""
    function = " ".join(function.split())
    refuse_long(function, "function", 120)
    beat_live()
    row = present_line(associate, on)
    if row.organisation_id is None:
        raise Refused(Code.VALUE_INVALID, _("Seule une personne morale a un·e représentant·e."))
    last = Representative.objects.select_for_update().filter(associate=row, ends_on__isnull=True).first()
    if last is not None:
        _require_begun(last, on)
        if (last.person_id, last.function) == (person.pk, function):
            raise Refused(Code.ALREADY_DONE, _("Cette personne représente déjà l’organisme."), field="person")
        end_period(last, on)
    else:
        _require_after_ended(row, on)
    named = Representative.objects.create(associate=row, person=person, function=function, starts_on=on)
    detail = {"representative": str(person), "from": on.isoformat()}
    audit.record(actor, "governance.associate.represent", row, detail=detail)
    return named


def _require_begun(last: Representative, on: date) -> None:
    if on < last.starts_on:
        raise Refused(
            Code.DATE_BEFORE_LAST,
            _("La représentation actuelle court depuis le %(day)s : choisissez ce jour ou un suivant.")
            % {"day": shown(last.starts_on)},
            field="on",
        )


def _require_after_ended(row: Associate, on: date) -> None:
    """Nobody acts from some day on: who comes next begins on that day at the earliest."""
    real = row.representatives.filter(ends_on__gte=F("starts_on"))
    ended = real.filter(ends_on__gte=on).order_by("ends_on").last()
    if ended is not None:
        raise Refused(
            Code.DATE_BEFORE_LAST,
            _("%(name)s représente l’organisme jusqu’au %(day)s : choisissez un jour suivant.")
            % {"name": ended.person, "day": shown(ended.ends_on)},
            field="on",
        )


@transaction.atomic
def end_representation(associate: Associate, *, on: date, actor: Any) -> Representative:
    """Does: says that whoever acted for a legal person acts no more from a day on: they left it, or died; its
    voice waits for who is named next. Refuses: a person’s own line, one that left by then, nobody who acts, a
    day before they began. Leaves behind: the representation ended on the eve; live pages told; audit."""
    beat_live()
    row = present_line(associate, on)
    last = Representative.objects.select_for_update().filter(associate=row, ends_on__isnull=True).first()
    if row.organisation_id is None or last is None:
        raise Refused(Code.ALREADY_DONE, _("Personne ne représente %(name)s.") % {"name": row})
    _require_begun(last, on)
    end_period(last, on)
    detail = {"representative": str(last.person), "on": on.isoformat()}
    audit.record(actor, "governance.associate.unrepresent", row, detail=detail)
    return last
