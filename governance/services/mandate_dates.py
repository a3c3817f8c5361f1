"""The legal date of each mandate: told before its end until somebody follows (GOV-13, ENT-33)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from cae.core.kept_words import kept
from governance.calculations.mandates import is_replaced
from governance.models import Body
from governance.selectors.mandates import seats_of
from people.models import User
from people.services.deadlines import set_deadline
from people.states.deadlines import DeadlineKind

LABEL = gettext_lazy("Fin de mandat : %(role)s, %(body)s")


def set_dates(body: Body, *, actor: User | None) -> None:
    """Does: writes the end of each mandate of a body as a date to meet, and closes it once the mandate ended
    or as many sit the day after. Refuses: nothing. Leaves behind: dates, their notices to come, audit."""
    mandates = list(body.mandates.select_related("person").order_by("pk"))
    seats = seats_of(mandates)
    for mandate, seat in zip(mandates, seats, strict=True):
        is_met = mandate.ended_on is not None or is_replaced(seats, seat)
        set_deadline(
            about=mandate,
            kind=DeadlineKind.MANDATE,
            person=mandate.person,
            due_on=None if is_met else mandate.ends_on,
            label=kept(LABEL, role=mandate.role, body=body.name),
            actor=actor,
        )
