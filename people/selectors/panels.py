"""What the room says of a person on their page: dates and requests (CAE-24)."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import permissions
from cae.core.panels import MOST_ROWS, Panel, PanelRow
from people.models import Person
from people.selectors.deadlines import deadlines_visible_to
from people.selectors.requests import requests_visible_to


def deadline_panel(user: Any, person: Person, today: date) -> Panel:
    """Gives the open dates of a person that this reader may see."""
    rows = deadlines_visible_to(user, today).filter(person=person, closed_at__isnull=True)
    url = ""
    if person.pk == user.person_id:
        url = reverse("people:own_deadlines")
    elif permissions.can(user, "people.view_deadlines"):
        url = f"{reverse('people:deadline_list')}?{urlencode({'q': person.full_name})}"
    nearest = rows.order_by("due_on", "pk")[:MOST_ROWS]
    return Panel(
        _("Échéances"),
        "hourglass-split",
        [PanelRow(row.label, row.page, row.owner, row.due_on) for row in nearest],
        url,
    )


def request_panel(user: Any, person: Person, today: date) -> Panel:
    """Gives the requests of a person that this reader sent or answers."""
    seen = requests_visible_to(user, today).filter(person=person).order_by("-created_at")
    return Panel(
        _("Demandes à l’équipe"),
        "inbox",
        [
            PanelRow(
                row.title,
                row.get_absolute_url(),
                row.get_department_display(),
                timezone.localdate(row.created_at),
                row.status,
            )
            for row in seen.distinct()[:MOST_ROWS]
        ],
    )
