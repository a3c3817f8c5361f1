"""Whose statement a page shows: an activity in sight, or the whole cooperative; and the addresses of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.models import AnalyticAccount, StatementLayout
from accounting.selectors.layouts import in_force, layouts_of
from accounting.selectors.statement import section_in_sight
from accounting.states.layouts import LayoutKind
from cae.core.keys import key_in
from cae.core.permissions import require
from cae.core.tables import Tab
from entrepreneurs.models import Activity

# Statements as they stand in addresses.
KINDS = {"resultat": LayoutKind.INCOME, "tresorerie": LayoutKind.CASH, "bilan": LayoutKind.BALANCE}
# Rows of a ranking: beyond, the table is read.
_DRAWN = 6


@dataclass(frozen=True)
class Place:
    """An activity with its section; neither for the cooperative."""

    activity: Activity | None = None
    section: AnalyticAccount | None = None

    @property
    def title(self) -> str:
        return self.activity.name if self.activity else _("La coopérative")

    def url(self, name: str, *args: Any, **query: Any) -> str:
        """The page of this place: « statement », « lines » or « file », with what its address keeps."""
        if self.activity:
            path = reverse(f"accounting:layout_{name}", args=[self.activity.pk, *args])
        else:
            path = reverse(f"accounting:cooperative_{name}", args=args)
        told = urlencode({key: value for key, value in query.items() if value})
        return f"{path}?{told}" if told else path

    def tabs(self, current: str, **query: Any) -> list[Tab]:
        """The statements of this place, beside the monthly one of an activity."""
        found = [
            Tab(kind.label, self.url("statement", slug, **query), slug == current)
            for slug, kind in KINDS.items()
        ]
        if self.activity is None:
            return found
        monthly = reverse("accounting:activity_statement", args=[self.activity.pk])
        yearly = reverse("accounting:year_statements", args=[self.activity.pk])
        return [
            Tab(_("Le mois"), monthly, not current),
            *found,
            Tab(_("Relevés annuels"), yearly, current == "releves"),
        ]


def place_of(request: HttpRequest, activity_id: int | None) -> Place:
    """The place that the address names, if this person reads its accounts."""
    if activity_id is None:
        require(request.user, "accounting.view_ledger")
        return Place()
    section = section_in_sight(request.user, activity_id)
    if section is None or section.activity is None:
        raise Http404
    return Place(section.activity, section)


def kind_of(slug: str) -> str:
    try:
        return KINDS[slug]
    except KeyError:
        raise Http404 from None


def chosen_layout(request: HttpRequest, kind: str, on: date) -> tuple[StatementLayout, list[StatementLayout]]:
    """The version that the address asks for, else the one in force; then all that may be asked for."""
    known = layouts_of(kind)
    asked = key_in(request.GET.get("presentation", ""))
    found = next((one for one in known if one.pk == asked), None) or in_force(known, on)
    if found is None:
        raise Http404
    return found, known


def day_of(text: str) -> date | None:
    """A day of an address; none when it is not one, or not reached by the calendar of the house."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1900 < found.year < 9000 else None


def today() -> date:
    return timezone.localdate()


def ranked(rows: Sequence[tuple[str, Decimal]]) -> list[tuple[str, Decimal, int]]:
    """The largest rows, as many as are read at once, each with its share of the first in hundredths."""
    found = sorted((row for row in rows if row[1] > 0), key=lambda row: -row[1])[:_DRAWN]
    return [(label, amount, int(100 * amount / found[0][1])) for label, amount in found]
