"""What waits at the desk: dates that come or were missed, for human resources and for each person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from cae.core import permissions
from cae.core.facts import Todo
from cae.core.questions import Tally
from people.selectors.deadlines import contracts_ending, own_deadlines
from people.selectors.requests import waiting_in_requests

# One's own dates are told on the first page from a month before.
OWN_WITHIN = timedelta(days=30)


def todos(user: Any, today: date) -> list[Todo]:
    """The dates of the house for human resources; everybody's own."""
    found: list[Todo | None] = []
    if permissions.can(user, "people.write_deadline"):
        counted = contracts_ending(today)
        found += [_late(counted["late"]), _contracts(counted["contracts"])]
    if permissions.can(user, "people.keep_own_space"):
        found += _own(user, today)
    if permissions.can(user, "people.send_request"):
        waiting = waiting_in_requests(user)
        found += [_to_answer(waiting["mine"]), _to_specify(waiting["asked"])]
    return [todo for todo in found if todo is not None]


def _to_answer(mine: Tally) -> Todo | None:
    if not mine.count:
        return None
    label = ngettext("Répondre à %(count)d demande", "Répondre à %(count)d demandes", mine.count)
    # Counted in one query with instants, a day comes back as its midnight.
    due = mine.since.date()
    return Todo(label % {"count": mine.count}, reverse("people:queue_home"), due=due, count=mine.count)


def _to_specify(asked: Tally) -> Todo | None:
    if not asked.count:
        return None
    label = ngettext(
        "Préciser %(count)d demande à l’équipe", "Préciser %(count)d demandes à l’équipe", asked.count
    )
    return Todo(
        label % {"count": asked.count},
        reverse("people:own_requests") + "?state=waiting",
        since=timezone.localdate(asked.since),
        count=asked.count,
    )


def _contracts(coming: Tally) -> Todo | None:
    if not coming.count:
        return None
    label = ngettext(
        "Décider la suite de %(count)d contrat qui finit dans 60 jours",
        "Décider la suite de %(count)d contrats qui finissent dans 60 jours",
        coming.count,
    )
    url = reverse("people:deadline_list") + "?kind=contract_end&when=soon"
    return Todo(label % {"count": coming.count}, url, due=coming.since, count=coming.count)


def _late(late: Tally) -> Todo | None:
    if not late.count:
        return None
    label = ngettext(
        "Rattraper %(count)d échéance dépassée", "Rattraper %(count)d échéances dépassées", late.count
    )
    url = reverse("people:deadline_list") + "?when=late"
    return Todo(label % {"count": late.count}, url, due=late.since, count=late.count)


def _own(user: Any, today: date) -> list[Todo]:
    near = [row for row in own_deadlines(user) if row.due_on <= today + OWN_WITHIN]
    return [Todo(row.label, row.page or reverse("people:own_deadlines"), due=row.due_on) for row in near]
