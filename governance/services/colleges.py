"""Writes the colleges in which the voices of associates are counted together (GOV-09, GOV-30)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from governance.models import CategoryPeriod, College
from people.services.changes import one_line


@transaction.atomic
def save_college(college: College | None, *, name: str, rank: int, is_active: bool, actor: Any) -> College:
    """Does: opens a college, renames it, puts it out of service. Refuses: no name, a name taken, closing one
    that has associates today. Leaves behind: the college; audit. Its weight is a line of the rules."""
    name = one_line(name, "name", _("Donnez un nom au collège."), most=80)
    take_turn("governance.colleges")
    row = College.objects.select_for_update().get(pk=college.pk) if college else College()
    if College.objects.filter(name__iexact=name).exclude(pk=row.pk).exists():
        raise Refused(Code.DUPLICATE, _("Un collège porte déjà ce nom."), field="name")
    if row.pk and row.is_active and not is_active:
        _refuse_held(row)
    row.name, row.rank, row.is_active = name, rank, is_active
    row.save()
    audit.record(actor, "governance.college.save", row)
    return row


def _refuse_held(row: College) -> None:
    held = CategoryPeriod.objects.in_force(timezone.localdate()).filter(college=row)
    count = held.filter(associate__left_on__isnull=True).count()
    if count:
        raise Refused(
            Code.VALUE_INVALID,
            _("Ce collège compte des associé·es (%(count)d) : changez d’abord leur collège.")
            % {"count": count},
            field="is_active",
        )
