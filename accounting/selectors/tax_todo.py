"""What waits of VAT and of the tax calendar: « À faire », and what is looked at before a month is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounting.models import VatReturn
from accounting.selectors.closing_checks import Missing, register_check
from accounting.selectors.tax_deadlines import REMINDED_BEFORE, deadlines_to_do
from accounting.selectors.vat import first_day
from accounting.states.vat import VatState
from cae.core.facts import Awaited, Todo
from cae.core.periods import Month
from cae.core.questions import Given, Pile, Tally
from people.selectors import held_kinds
from people.states import RoleKind


def _of_accountant(user: Any, today: date) -> dict[str, Any] | None:
    if RoleKind.ACCOUNTANT not in held_kinds(user):
        return None
    return {"until": today + timedelta(days=REMINDED_BEFORE)}


def _due(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Déclarer ou payer %(count)d échéance fiscale ou sociale",
        "Déclarer ou payer %(count)d échéances fiscales ou sociales",
        tally.count,
    )
    url = reverse("accounting:deadline_list")
    yield Todo(label % {"count": tally.count}, url, due=tally.since, count=tally.count)


AWAITED = (
    Awaited(
        Pile("accounting.deadlines_due", lambda: (deadlines_to_do(Given("until")), "due_on")),
        _of_accountant,
        _due,
    ),
)


def vat_unfiled(month: Month) -> Missing | None:
    """The VAT of a month that is not filed; nothing before the first return of the house."""
    since = first_day()
    if since is None or month.last < since:
        return None
    row = VatReturn.objects.filter(starts_on__lte=month.first, ends_on__gte=month.last).first()
    if row is None:
        return Missing(_("La TVA de ce mois n’a pas de déclaration."), reverse("accounting:vat_list"))
    if row.state == VatState.FILED:
        return None
    return Missing(_("« %(vat)s » n’est pas déposée.") % {"vat": row}, row.get_absolute_url())


def register_tax_checks() -> None:
    """Called once, when the room starts."""
    register_check("vat", label=gettext_lazy("TVA du mois"), find=vat_unfiled, order=40)
