"""The turnout: the meetings with their counts, the detail of one, one's own part."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.keys import key_in
from cae.core.permissions import can, requires
from cae.core.tab_bars import tabs_of
from cae.core.tables import DateColumn, EmptyState, Filters, Table, list_page
from cae.core.templatetags.formats import percent
from governance.models import Assembly
from governance.selectors.turnout import (
    Turnout,
    meetings,
    own_parts,
    parts_of,
    turnout_by_group,
    turnouts,
    vote_turnouts,
)
from governance.states.bodies import GOVERNANCE_BAR
from people.requests import SignedIn

# The name by which the address chooses a meeting.
CHOSEN = "assemblee"
FIGURES = {"td": {"class": "num"}, "th": {"class": "num"}}


class TurnoutColumn(tables.Column):
    """One count of the turnout of the row."""

    empty_values = ()

    def __init__(self, count: str, label: Any) -> None:
        super().__init__(accessor="pk", verbose_name=label, orderable=False, attrs=FIGURES)
        self.count = count

    def render(self, record: Assembly, table: TurnoutTable) -> Any:
        found = getattr(table.turnouts[record.pk], self.count)
        return percent(found) if self.count == "rate" else found

    def value(self, record: Assembly, table: TurnoutTable) -> Any:
        return getattr(table.turnouts[record.pk], self.count)


class TurnoutTable(Table):
    title = tables.Column(linkify=lambda record: f"?{CHOSEN}={record.pk}#detail")
    starts_at = DateColumn(verbose_name=gettext_lazy("Tenue le"))
    called = TurnoutColumn("called", gettext_lazy("Convoqué·es"))
    present = TurnoutColumn("present", gettext_lazy("Présent·es"))
    represented = TurnoutColumn("represented", gettext_lazy("Représenté·es"))
    correspondence = TurnoutColumn("correspondence", gettext_lazy("Par correspondance"))
    absent = TurnoutColumn("absent", gettext_lazy("Absent·es"))
    rate = TurnoutColumn("rate", gettext_lazy("Participation"))

    class Meta(Table.Meta):
        model = Assembly
        fields = (
            "title",
            "starts_at",
            "called",
            "present",
            "represented",
            "correspondence",
            "absent",
            "rate",
        )

    def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.turnouts: dict[int, Turnout] = turnouts(parts_of(data.values_list("pk", flat=True)))


class TurnoutFilters(Filters):
    search = ("title", "place")

    class Meta:
        model = Assembly
        fields = ("kind",)


@requires("governance.view_turnout")
def turnout(request: SignedIn) -> HttpResponse:
    """Every meeting that is over, by counts that name nobody; the detail of one; one's own part by name."""
    chosen = _chosen(request)
    parts = parts_of([chosen.pk]) if chosen else {}
    return list_page(
        request,
        queryset=meetings(),
        table=TurnoutTable,
        filters=TurnoutFilters,
        page="governance.turnout",
        title=_("Participation"),
        tabs=tabs_of(request.user, GOVERNANCE_BAR, "governance:turnout"),
        empty=EmptyState(
            _("Aucune assemblée tenue."), _("La participation se compte une fois la séance levée.")
        ),
        template="governance/minutes/turnout.html",
        context={
            "chosen": chosen,
            "groups": turnout_by_group(parts) if chosen else [],
            "votes": vote_turnouts(chosen) if chosen else [],
            "opens_votes": chosen is not None and can(request.user, "governance.view_assembly", chosen),
            "own": own_parts(request.user),
        },
    )


def _chosen(request: SignedIn) -> Assembly | None:
    """The meeting of the address, else the latest one."""
    key = key_in(request.GET.get(CHOSEN, ""))
    rows = meetings()
    return (rows.filter(pk=key) if key else rows).first()
