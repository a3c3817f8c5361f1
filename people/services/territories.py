"""Creates and changes a territory, with the scope by which roles are limited to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from people.models import Scope, Territory, User
from people.selectors.territories import territory_and_below
from people.services.changes import require_text, write
from people.states import ScopeKind, TerritoryKind


@dataclass(frozen=True)
class TerritoryData:
    name: str
    code: str
    kind: str = TerritoryKind.AREA
    parent: Territory | None = None


@transaction.atomic
def save_territory(territory: Territory | None, *, data: TerritoryData, actor: User | None) -> Territory:
    """Does: creates or changes a territory. Refuses: no name or code, a code already used, a parent that is
    below it. Leaves behind: the territory and its scope under the same name, audit."""
    require_text(data.name, "name", _("Indiquez le nom du territoire."))
    require_text(data.code, "code", _("Indiquez le code du territoire."))
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
