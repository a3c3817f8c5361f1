"""What is asked most of a list, in one click above it: each choice keeps the rest of the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.permissions import can
from cae.core.tables import EXPORT, PAGE
from invoicing.states.sales import InvoiceState, QuoteStep, Settlement
from invoicing.views.shown import look_of

Choice = dict[str, Any]

# « À encaisser » is everything still owed, late or not; each choice names its settlements.
OWED = {
    Settlement.TO_PAY: (Settlement.TO_PAY, Settlement.PARTLY_SETTLED, Settlement.OVERDUE),
    Settlement.OVERDUE: (Settlement.OVERDUE,),
    Settlement.SETTLED: (Settlement.SETTLED,),
}


def invoice_choices(request: HttpRequest) -> list[Choice]:
    """« Toutes », « À encaisser », « En retard », « Réglée », and those that wait for the team."""
    known = [(code, Settlement(code).label, look_of(code)[1]) for code in OWED]
    choices = _choices(request, "settlement", _("Toutes"), known)
    if can(request.user, "invoicing.check_document"):
        url = reverse("invoicing:queue")
    else:
        url = f"{reverse('invoicing:draft_list')}?state={InvoiceState.SUBMITTED}"
    return [*choices, _choice(_("À valider"), look_of(InvoiceState.SUBMITTED)[1], url)]


def quote_choices(request: HttpRequest) -> list[Choice]:
    """« Tous », then each step that waits for somebody."""
    known = [(step.value, step.label, look_of(step.value)[1]) for step in QuoteStep]
    return _choices(request, "step", _("Tous"), known)


def _choices(
    request: HttpRequest, parameter: str, every: str, known: Sequence[tuple[str, Any, str]]
) -> list[Choice]:
    choices = []
    for code, label, shape in (("", every, ""), *known):
        query = request.GET.copy()
        for name in (parameter, PAGE, EXPORT):
            query.pop(name, None)
        if code:
            query[parameter] = code
        current = request.GET.get(parameter, "") == code
        choices.append(_choice(label, shape, f"?{query.urlencode()}", current=current))
    return choices


def _choice(label: Any, shape: str, url: str, *, current: bool = False) -> Choice:
    return {"label": label, "shape": shape, "url": url, "current": current}
