"""What the room says of a person on their full page: statuses and roles, dates, requests (CAE-24)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.facts import Panel
from cae.core.templatetags.formats import day
from people.models import Person
from people.selectors.deadlines import deadlines_visible_to
from people.selectors.persons import person_roles
from people.selectors.requests import requests_visible_to
from people.selectors.statuses import status_history

# A longer block leads to its own page.
MOST = 6


def person_panels(user: Any, person: Person, today: date) -> list[Panel]:
    """Gives the blocks that this reader may see; an empty one is left out."""
    found = [_standing(person, today), _dates(user, person, today), _requests(user, person)]
    return [panel for panel in found if panel.rows]


def _standing(person: Person, today: date) -> Panel:
    rows: list[tuple[Any, Any, str]] = [
        (status.get_kind_display(), _days(status.starts_on, status.ends_on), "")
        for status in status_history(person)[:MOST]
    ]
    rows += [
        (role.get_kind_display(), str(role.scope or ""), "")
        for role in person_roles(person)
        if role.is_in_force(today)
    ]
    return Panel(_("Statuts et rôles"), rows, person.get_absolute_url(), "flag", order=10)


def _days(starts_on: date, ends_on: date | None) -> str:
    if ends_on is None:
        return _("depuis le %(from)s") % {"from": day(starts_on)}
    return _("du %(from)s au %(until)s") % {"from": day(starts_on), "until": day(ends_on)}


def _dates(user: Any, person: Person, today: date) -> Panel:
    rows = deadlines_visible_to(user, today).filter(person=person, closed_at__isnull=True)
    own = person.pk == user.person_id
    return Panel(
        _("Échéances"),
        [(row.label, day(row.due_on), row.page) for row in rows.order_by("due_on", "pk")[:MOST]],
        reverse("people:own_deadlines") if own else f"{reverse('people:deadline_list')}?q={person.last_name}",
        "hourglass-split",
        order=30,
    )


def _requests(user: Any, person: Person) -> Panel:
    rows = requests_visible_to(user).filter(person=person).distinct().order_by("-created_at")[:MOST]
    return Panel(
        _("Demandes à l’équipe"),
        [(row.title, row.get_state_display(), row.get_absolute_url()) for row in rows],
        icon="inbox",
        order=60,
    )
