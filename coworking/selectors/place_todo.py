"""What waits for whoever runs a place: faults that nobody sees to, keys that should be back (COW-07)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import BooleanField, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, GivenKeys, Pile, Tally
from coworking.models import AccessLoan, Fault
from coworking.states.places import FaultState, LoanState
from people.selectors.persons import reach_of
from people.selectors.rights import held_kinds
from people.states import RoleKind

_RUNNERS = (RoleKind.PLACE_FACILITATOR,)


def _whose(user: Any, today: date) -> dict[str, Any] | None:
    """The places that one facilitates."""
    return None if held_kinds(user, today).isdisjoint(_RUNNERS) else reach_of(user, _RUNNERS, today)


def _reached(path: str) -> Q:
    return Q(Given("everybody", BooleanField())) | Q(**{f"{path}__scope__in": GivenKeys("scopes")})


def faults_told() -> QuerySet[Fault]:
    """Those that nobody sees to yet."""
    return Fault.objects.filter(_reached("resource__place"), state=FaultState.TOLD)


def loans_late() -> QuerySet[AccessLoan]:
    """What should be back by today."""
    return AccessLoan.objects.filter(_reached("item__place"), state=LoanState.LENT, due_on__lt=Given("on"))


def _within(rows: QuerySet[Any], path: str, user: Any, today: date) -> QuerySet[Any]:
    reach = reach_of(user, _RUNNERS, today)
    return rows if reach["everybody"] else rows.filter(**{f"{path}__scope__in": reach["scopes"]})


def _faults(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    rows = Fault.objects.filter(state=FaultState.TOLD).select_related("resource").order_by("told_at")
    first = _within(rows, "resource__place", user, today).first()
    if first is not None:
        words = ngettext("S’occuper d’une panne", "S’occuper de %(count)d pannes", tally.count)
        yield Todo(
            words % {"count": tally.count}, first.resource.get_absolute_url(), tally.since, count=tally.count
        )


def _loans(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    rows = AccessLoan.objects.filter(state=LoanState.LENT, due_on__lt=today).select_related("item", "person")
    for loan in _within(rows, "item__place", user, today).order_by("due_on", "pk"):
        yield Todo(
            _("Réclamer « %(item)s » à %(person)s") % {"item": loan.item, "person": loan.person},
            loan.get_absolute_url(),
            since=loan.lent_on,
            due=loan.due_on,
        )


PLACES_AWAITED = (
    Awaited(Pile("coworking.faults", lambda: (faults_told(), "told_at")), _whose, _faults),
    Awaited(Pile("coworking.loans", lambda: (loans_late(), "due_on")), _whose, _loans),
)
