"""How each person likes a list: views under a name, theirs or shared by the team, and the columns kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from cae.core import permissions
from cae.core.models import SavedView
from cae.core.questions import Given, Question

# The name of the chosen columns in the address of a list, and who may show a view to the team.
COLUMNS, SHARE = "colonnes", "core.share_views"


@dataclass
class ColumnChoice:
    name: str
    label: Any
    shown: bool


_OWN = Question(lambda: SavedView.objects.filter(owner_id=Given("owner"), page=Given("page")))
_TEAM = Question(
    lambda: SavedView.objects.filter(Q(owner_id=Given("owner")) | Q(is_shared=True), page=Given("page"))
)


def views_of(user: Any, page: str) -> list[SavedView]:
    """Gives the views of a list: one’s own, and for the team those that it shares."""
    asked = _TEAM if permissions.can(user, SHARE) else _OWN
    return asked(owner=user.pk, page=page)


def kept_columns(views: Sequence[SavedView]) -> list[str]:
    """Gives the columns that the person keeps for this list: the view without a name."""
    kept = next((view.query for view in views if not view.name), "")
    return QueryDict(kept).getlist(COLUMNS)


def keep_columns(user: Any, page: str, columns: Sequence[str]) -> None:
    """Does: keeps the columns of a list for this person. Refuses: nothing; none, the list has them all
    again. Leaves behind: the view without a name."""
    if not columns:
        SavedView.objects.filter(owner_id=user.pk, page=page, name="").delete()
        return
    query = QueryDict(mutable=True)
    query.setlist(COLUMNS, columns)
    kept = {"query": query.urlencode()[:2000]}
    SavedView.objects.update_or_create(owner_id=user.pk, page=page, name="", defaults=kept)


def column_choices(table: Any, wanted: Sequence[str]) -> list[ColumnChoice]:
    """Gives the columns that a table may show, those it shows ticked."""
    return [
        ColumnChoice(name, column.verbose_name or name.capitalize(), not wanted or name in wanted)
        for name, column in type(table).base_columns.items()
        if column.visible
    ]
