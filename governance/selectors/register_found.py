"""Associates in the search everywhere, and on the page of a person, within sight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.panels import MOST_ROWS, Panel, PanelRow
from cae.core.plain import with_words
from cae.core.search import Hit
from governance.models import Admission, Associate
from people.models import Person

ASSOCIATES = gettext_lazy("Associé·es")
PRESENT, LEFT = ("success", "✔", gettext_lazy("Associé·e")), ("neutral", "✕", gettext_lazy("Sorti·e"))


def find_associates(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By name, in one query."""
    rows = with_words(_seen(user), terms, "=person__sort_name", "=organisation__sort_name")
    for row in rows.order_by("person__sort_name", "organisation__sort_name", "pk")[:limit]:
        detail = _("n° %(number)d") % {"number": row.number} if row.number else ""
        yield Hit(ASSOCIATES, row.name, detail, row.get_absolute_url(), "people")


def associate_panel(user: Any, person: Person, today: date) -> Panel | None:
    """What a person is in the register, and what they asked."""
    rows = [
        PanelRow(
            row.admission_decision,
            row.get_absolute_url(),
            "",
            row.admitted_on,
            PRESENT if row.is_associate_on(today) else LEFT,
        )
        for row in _seen(user).filter(person=person)[:MOST_ROWS]
    ]
    requests = Admission.objects.visible_to(user).filter(person=person, associate__isnull=True)
    rows += [
        PanelRow(_("Demande de sociétariat"), row.get_absolute_url(), "", row.submitted_on, row.status)
        for row in requests[:MOST_ROWS]
    ]
    return Panel(_("Sociétariat"), "people", rows)


def _seen(user: Any) -> QuerySet[Associate]:
    return Associate.objects.visible_to(user).select_related("person", "organisation")
