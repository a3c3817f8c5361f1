"""What waits for whoever runs a place: requests to join, subscriptions to accept (COW-10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import BooleanField, Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, GivenKeys, Pile, Tally
from coworking.models import SignUp
from coworking.states.members import SignUpState
from people.selectors.persons import reach_of
from people.selectors.rights import held_kinds
from people.states import RoleKind

_RUNNERS = (RoleKind.PLACE_FACILITATOR,)


def _whose(user: Any, today: date) -> dict[str, Any] | None:
    """The places that one facilitates."""
    return None if held_kinds(user, today).isdisjoint(_RUNNERS) else reach_of(user, _RUNNERS, today)


def signups_waiting() -> QuerySet[SignUp]:
    """Requests to join that nobody answered."""
    reached = Q(Given("everybody", BooleanField())) | Q(place__scope__in=GivenKeys("scopes"))
    return SignUp.objects.filter(reached, state=SignUpState.ASKED)


def _signups(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    rows = SignUp.objects.filter(state=SignUpState.ASKED).order_by("created_at")
    reach = reach_of(user, _RUNNERS, today)
    first = (rows if reach["everybody"] else rows.filter(place__scope__in=reach["scopes"])).first()
    if first is not None:
        words = ngettext(
            "Répondre à une demande d’adhésion", "Répondre à %(count)d demandes d’adhésion", tally.count
        )
        url = reverse("coworking:signups", args=[first.place_id])
        yield Todo(words % {"count": tally.count}, url, tally.since, count=tally.count)


MEMBERS_AWAITED = (
    Awaited(Pile("coworking.signups", lambda: (signups_waiting(), "created_at")), _whose, _signups),
)
