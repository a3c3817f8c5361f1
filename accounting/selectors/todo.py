"""What waits for the accountant in the books."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.selectors.accounts import roles_unset
from accounting.selectors.contribution import month_label
from accounting.selectors.contribution_month import scales_to_compute
from accounting.selectors.controls import last_control
from accounting.selectors.scales import activities_without_scale
from accounting.selectors.working_words import of
from cae.core.facts import Todo
from cae.core.periods import Month
from cae.core.questions import Given, Tallies
from people.selectors import held_kinds
from people.states import RoleKind

_WAITING = Tallies(
    lambda: {
        "months": (scales_to_compute(Given("month_end"), Given("month")), "starts_on"),
        "bare": (activities_without_scale(Given("today")), "opened_on"),
    }
)


def todos(user: Any, today: date) -> list[Todo]:
    """Faults of the last control, roles without account, the month to compute, activities without scale."""
    if RoleKind.ACCOUNTANT not in held_kinds(user):
        return []
    found = []
    control = last_control()
    if control and not control.is_sound:
        label = _("Examiner les anomalies du dernier contrôle des livres")
        since = timezone.localdate(control.ended_at)
        found.append(Todo(label, reverse("accounting:home"), since=since, count=len(control.faults)))
    missing = roles_unset()
    if missing:
        label = _("Choisir le compte de « %(role)s »") % {"role": missing[0]}
        found.append(Todo(label, reverse("accounting:account_list"), count=len(missing)))
    month = Month.of(today).previous()
    waiting = _WAITING(month=str(month), month_end=month.last, today=today)
    if waiting["months"].count:
        label = _("Calculer la contribution %(whose)s") % {"whose": of(month_label(month))}
        found.append(Todo(label, reverse("accounting:month_preview"), since=Month.of(today).first))
    bare = waiting["bare"]
    if bare.count:
        label = _("Affecter un barème de contribution")
        found.append(Todo(label, reverse("accounting:scale_list"), since=bare.since, count=bare.count))
    return found
