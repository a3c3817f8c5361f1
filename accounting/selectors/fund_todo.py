"""What waits over grants: what a funder expects soon, money that is late (ACC-43)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from accounting.models import FundInstalment
from accounting.selectors.funds import duties_due
from accounting.states.funds import FUND_OVER
from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, Pile, Tally
from people.selectors import held_kinds
from people.states import RoleKind

# A report is written in some days.
_SOON = timedelta(days=15)


def _of_keeper(user: Any, today: date) -> dict[str, Any] | None:
    if RoleKind.ACCOUNTANT not in held_kinds(user):
        return None
    return {"soon": today + _SOON, "today": today}


def _of_owner(user: Any, today: date) -> dict[str, Any] | None:
    """Whoever keeps the books is told of all of them."""
    kinds = held_kinds(user)
    if RoleKind.ENTREPRENEUR not in kinds or RoleKind.ACCOUNTANT in kinds or not user.person_id:
        return None
    return {"soon": today + _SOON, "person": user.person_id}


def _duties(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Rendre compte à un financeur, ou remplir sa condition",
        "Remplir %(count)d obligations envers des financeurs",
        tally.count,
    )
    yield Todo(label % {"count": tally.count}, _list(), due=tally.since, count=tally.count)


def _late(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Relancer un versement de subvention attendu",
        "Relancer %(count)d versements de subvention attendus",
        tally.count,
    )
    yield Todo(label % {"count": tally.count}, _list(), since=tally.since, count=tally.count)


def _list() -> str:
    return reverse("accounting:fund_list")


def _late_instalments() -> QuerySet[FundInstalment]:
    rows = FundInstalment.objects.filter(received_on__isnull=True, due_on__lt=Given("today"))
    return rows.exclude(fund__state__in=FUND_OVER)


AWAITED = (
    Awaited(
        Pile("accounting.fund_duties", lambda: (duties_due(Given("soon")), "due_on")), _of_keeper, _duties
    ),
    Awaited(
        Pile(
            "accounting.own_fund_duties",
            lambda: (duties_due(Given("soon")).filter(fund__owner=Given("person")), "due_on"),
        ),
        _of_owner,
        _duties,
    ),
    Awaited(Pile("accounting.fund_instalments", lambda: (_late_instalments(), "due_on")), _of_keeper, _late),
)
