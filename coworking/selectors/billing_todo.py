"""What waits for whoever bills a place: lines billed that are to be given back (COW-15, COW-21)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import BooleanField, Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, GivenKeys, Pile, Tally
from coworking.models import Charge
from coworking.selectors.billing import to_credit
from people.selectors.persons import reach_of
from people.selectors.rights import held_kinds
from people.states import RoleKind

_BILLERS = (RoleKind.PLACE_FACILITATOR, RoleKind.ACCOUNTANT)


def _whose(user: Any, today: date) -> dict[str, Any] | None:
    """The places that one bills."""
    return None if held_kinds(user, today).isdisjoint(_BILLERS) else reach_of(user, _BILLERS, today)


def credits_waiting() -> QuerySet[Charge]:
    reached = Q(Given("everybody", BooleanField())) | Q(payer__place__scope__in=GivenKeys("scopes"))
    return to_credit().filter(reached)


def _credits(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    reach, rows = reach_of(user, _BILLERS, today), to_credit().select_related("payer")
    first = (rows if reach["everybody"] else rows.filter(payer__place__scope__in=reach["scopes"])).first()
    if first is not None:
        words = ngettext(
            "Préparer l’avoir d’une ligne à rendre",
            "Préparer l’avoir de %(count)d lignes à rendre",
            tally.count,
        )
        url = reverse("coworking:billing_list", args=[first.payer.place_id])
        yield Todo(words % {"count": tally.count}, url, tally.since, count=tally.count)


BILLING_AWAITED = (
    Awaited(Pile("coworking.credits", lambda: (credits_waiting(), "to_credit_since")), _whose, _credits),
)
