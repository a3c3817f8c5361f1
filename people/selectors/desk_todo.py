"""What waits at the desk: dates that come or were missed, for human resources and for each person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core import permissions
from cae.core.facts import Awaited, Todo
from cae.core.questions import Pile, Tally
from people.selectors.deadlines import SOON, contracts_ending, deadlines_late, own_before, own_deadlines
from people.selectors.requests import requests_taken, requests_to_specify
from people.selectors.rights import scopes_of
from people.states.deadlines import KINDS_OF_PERSON

# One's own dates are told on the first page from a month before.
OWN_WITHIN = timedelta(days=30)


def _of_house(user: Any, today: date) -> dict[str, Any] | None:
    may = permissions.can(user, "people.write_deadline")
    return {"on": today, "before": today + SOON} if may else None


def _late(user: Any, today: date, late: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Rattraper %(count)d échéance dépassée", "Rattraper %(count)d échéances dépassées", late.count
    )
    url = reverse("people:deadline_list") + "?when=late"
    yield Todo(label % {"count": late.count}, url, due=late.since, count=late.count)


def _contracts(user: Any, today: date, coming: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Décider la suite de %(count)d contrat qui finit dans 60 jours",
        "Décider la suite de %(count)d contrats qui finissent dans 60 jours",
        coming.count,
    )
    url = reverse("people:deadline_list") + "?kind=contract_end&when=soon"
    yield Todo(label % {"count": coming.count}, url, due=coming.since, count=coming.count)


def _of_own_space(user: Any, today: date) -> dict[str, Any] | None:
    if not permissions.can(user, "people.keep_own_space"):
        return None
    return {"person": user.person_id or 0, "scopes": scopes_of(user), "before": today + OWN_WITHIN}


def _own(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    for row in own_deadlines(user):
        if row.due_on <= today + OWN_WITHIN and row.kind in KINDS_OF_PERSON:
            page = row.page or reverse("people:own_deadlines")
            yield Todo(row.label, page, due=row.due_on, group=_("Mes dates"))


def _of_asker(user: Any, today: date) -> dict[str, Any] | None:
    may = permissions.can(user, "people.send_request")
    return {"person": user.person_id or 0, "owner": user.pk} if may else None


def _to_answer(user: Any, today: date, mine: Tally) -> Iterator[Todo]:
    label = ngettext("Répondre à %(count)d demande", "Répondre à %(count)d demandes", mine.count)
    yield Todo(label % {"count": mine.count}, reverse("people:queue_home"), due=mine.since, count=mine.count)


def _to_specify(user: Any, today: date, asked: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Préciser %(count)d demande à l’équipe", "Préciser %(count)d demandes à l’équipe", asked.count
    )
    url = reverse("people:own_requests") + "?state=waiting"
    yield Todo(
        label % {"count": asked.count}, url, since=asked.since, count=asked.count, group=_("Mes demandes")
    )


AWAITED = (
    Awaited(Pile("people.late", lambda: (deadlines_late(), "due_on")), _of_house, _late),
    Awaited(Pile("people.contracts", lambda: (contracts_ending(), "due_on")), _of_house, _contracts),
    Awaited(Pile("people.own_dates", lambda: (own_before(), "due_on")), _of_own_space, _own),
    Awaited(Pile("people.to_answer", lambda: (requests_taken(), "due_on")), _of_asker, _to_answer),
    Awaited(
        Pile("people.to_specify", lambda: (requests_to_specify(), "state_since")), _of_asker, _to_specify
    ),
)
