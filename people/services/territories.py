"""Creates and changes a territory, with the scope by which roles are limited to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from people.models import Scope, Territory, TerritoryFigure, User
from people.selectors.territories import territory_and_below
from people.services.changes import require_text, write
from people.states import ScopeKind, TerritoryKind


@dataclass(frozen=True)
class TerritoryData:
    name: str
    code: str
    kind: str = TerritoryKind.AREA
    parent: Territory | None = None
    opened_on: date | None = None
    closed_on: date | None = None


@transaction.atomic
def save_territory(territory: Territory | None, *, data: TerritoryData, actor: User | None) -> Territory:
    """Does: creates or changes a territory. Refuses: no name or code, a code already used, a parent that is
    below it, an end before the start.
    Leaves behind: the territory and its scope under the same name, audit."""
    require_text(data.name, "name", _("Indiquez le nom du territoire."))
    require_text(data.code, "code", _("Indiquez le code du territoire."))
    if data.opened_on and data.closed_on and data.closed_on < data.opened_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="closed_on")
    # One change of the tree at a time: two crossed moves would close a loop.
    list(Territory.objects.select_for_update().order_by("pk").values_list("pk"))
    row = Territory.objects.get(pk=territory.pk) if territory else Territory()
    if Territory.objects.filter(code=data.code).exclude(pk=row.pk).exists():
        raise Refused(Code.DUPLICATE, _("Ce code est déjà celui d’un autre territoire."), field="code")
    if row.pk and data.parent and data.parent.pk in territory_and_below([row.pk]):
        raise Refused(
            Code.VALUE_INVALID, _("Un territoire ne peut pas être rattaché à lui-même."), field="parent"
        )
    verb = "people.territory.change" if row.pk else "people.territory.create"
    changed = write(row, data)
    if not changed:
        return row
    row.save()
    Scope.objects.update_or_create(kind=ScopeKind.TERRITORY, territory=row, defaults={"label": row.name})
    audit.record(actor, verb, row, detail=changed)
    return row


@transaction.atomic
def count_territory(
    territory: Territory, *, population: int, zone: str, valid_from: date, source: str, actor: User | None
) -> TerritoryFigure:
    """Does: writes how many live there and in what kind of zone, from a date on. Refuses: no source.
    Leaves behind: a row (figures of before keep theirs), audit."""
    require_text(source, "source", _("D’où vient ce chiffre ?"))
    row = TerritoryFigure.objects.create(
        territory=territory,
        population=population,
        zone=zone,
        valid_from=valid_from,
        source=source.strip(),
        author=actor,
    )
    detail = {"value": population, "kind": zone, "from": valid_from.isoformat()}
    audit.record(actor, "people.territory.count", territory, detail=detail)
    return row
