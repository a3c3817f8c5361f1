"""The first page of each role (CAE-20): what waits, then the figures; several functions see the union."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cae.core import facts, permissions
from cae.core.facts import Due, Todo
from cae.core.models import Notice
from cae.core.notices import latest_notices
from cae.core.panels import Panel, panels_of
from cae.portal.keepers import keepers_figures
from cae.portal.selectors import (
    Alert,
    Figure,
    activity_shown,
    below_zero,
    shared_figures,
)
from entrepreneurs.models import Activity
from people.models import Role
from people.permissions import is_associate, is_staff_member
from people.selectors.persons import managers, person_roles

# More would be a list: the balances show them all.
MOST_ALERTS = 5


@dataclass(frozen=True)
class TodoGroup:
    """What waits in one room; one group alone bears no name."""

    label: Any
    todos: Sequence[Todo]


@dataclass(frozen=True)
class Place:
    """Where a person stands in the cooperative: their roles and, for who does not run it, who does."""

    title: str
    roles: Sequence[Role]
    managers: Sequence[str]
    shows_house: bool


@dataclass(frozen=True)
class Home:
    """What the first page shows a person on a day."""

    groups: Sequence[TodoGroup]
    count: int
    oldest: date | None
    next_due: Due | None
    figures: Sequence[Figure]
    sales: Sequence[tuple[str, Decimal]]
    has_shared_figures: bool
    notices: Sequence[Notice]
    place: Place | None
    # What rooms say of one’s own account: `provide_panel("people.user", …)`.
    panels: Sequence[Panel]


@dataclass(frozen=True)
class SharedFigures:
    """The figures of many activities at once, and those that need somebody."""

    title: str
    figures: Sequence[Figure]
    alerts: Sequence[Alert]


def home_of(user: Any, own: Sequence[Activity], in_use: Activity | None, today: date) -> Home:
    """Gives the first page: everything that waits, the oldest due first, then the activity in use."""
    todos, coming = facts.first_page_of(user, today)
    activity = in_use if own else None
    shared = permissions.can(user, "accounting.view_balances")
    shown = activity_shown(activity, today, among_several=len(own) > 1) if activity else None
    return Home(
        groups=_groups(todos),
        count=sum(todo.count for todo in todos),
        oldest=min(filter(None, (todo.waits_since for todo in todos)), default=None),
        next_due=coming,
        figures=shown.figures if shown else () if shared else keepers_figures(user, today),
        sales=shown.sales if shown else (),
        has_shared_figures=shared,
        notices=latest_notices(user),
        place=_place(user, today) if is_associate(user) or not (activity or shared) else None,
        panels=panels_of(user, user, today),
    )


def _place(user: Any, today: date) -> Place | None:
    """For associates, and for those whose page would say nothing of them."""
    if user.person is None:
        return None
    roles = [role for role in person_roles(user.person) if role.is_in_force(today)]
    title = _("Vie associative") if is_associate(user) else _("Votre place")
    shows_house = not is_staff_member(user)
    names = [person.full_name for person in managers(today)] if shows_house else []
    return Place(title, roles, names, shows_house)


def _groups(todos: Sequence[Todo]) -> list[TodoGroup]:
    """By room, in the order in which the first of each waits; one room alone needs no heading."""
    found: dict[str, list[Todo]] = {}
    for todo in todos:
        found.setdefault(str(todo.group), []).append(todo)
    if len(found) == 1:
        return [TodoGroup("", todos)]
    return [TodoGroup(label, rows) for label, rows in found.items()]


def shared_figures_of(user: Any, today: date) -> SharedFigures | None:
    """Gives the figures of the whole house to who keeps its books, of those one follows to an advisor."""
    if not permissions.can(user, "accounting.view_balances"):
        return None
    activities = list(Activity.objects.visible_to(user, on=today))
    cash = facts.facts("activity.cash", activities, on=today)
    whole = permissions.can(user, "accounting.view_ledger")
    return SharedFigures(
        title=_("Toutes les activités") if whole else _("Les activités que vous suivez"),
        figures=shared_figures(user, activities, cash, today),
        alerts=below_zero(activities, cash)[:MOST_ALERTS],
    )
