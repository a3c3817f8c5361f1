"""What waits for the accountant in the books."""

from __future__ import annotations

from collections.abc import Iterator
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
from cae.core.facts import Awaited, Todo
from cae.core.periods import Month
from cae.core.questions import Given, Pile, Tally
from people.selectors import held_kinds
from people.states import RoleKind


def todos(user: Any, today: date) -> list[Todo]:
    """Faults of the last control, roles without account."""
    if RoleKind.ACCOUNTANT not in held_kinds(user):
        return []
    found = []
    control = last_control()
    if control and not control.is_sound:
        label = _("Examiner les anomalies du dernier contrôle des livres")
        since = timezone.localdate(control.ended_at)
        found.append(Todo(label, reverse("accounting:control_list"), since=since, count=len(control.faults)))
    missing = roles_unset()
    if missing:
        label = _("Choisir le compte de « %(role)s »") % {"role": missing[0]}
        found.append(Todo(label, reverse("accounting:account_list"), count=len(missing)))
    return found


def _of_accountant(user: Any, today: date) -> dict[str, Any] | None:
    if RoleKind.ACCOUNTANT not in held_kinds(user):
        return None
    month = Month.of(today).previous()
    return {"month": str(month), "month_end": month.last, "today": today}


def _month_to_compute(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    month = Month.of(today).previous()
    label = _("Calculer la contribution %(whose)s") % {"whose": of(month_label(month))}
    yield Todo(label, reverse("accounting:month_preview"), since=Month.of(today).first)


def _without_scale(user: Any, today: date, bare: Tally) -> Iterator[Todo]:
    label = _("Affecter un barème de contribution")
    yield Todo(label, reverse("accounting:scale_list"), since=bare.since, count=bare.count)


AWAITED = (
    Awaited(
        Pile(
            "accounting.months", lambda: (scales_to_compute(Given("month_end"), Given("month")), "starts_on")
        ),
        _of_accountant,
        _month_to_compute,
    ),
    Awaited(
        Pile("accounting.bare", lambda: (activities_without_scale(Given("today")), "opened_on")),
        _of_accountant,
        _without_scale,
    ),
)
