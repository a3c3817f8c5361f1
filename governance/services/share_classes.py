"""Opens and changes classes of shares; their nominal value never changes (GOV-02)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from governance.models import ShareClass
from people.services.changes import require_text, write


@dataclass(frozen=True)
class ClassData:
    """What may be changed of a class."""

    name: str
    article: str = ""
    is_active: bool = True


@transaction.atomic
def open_class(*, code: str, nominal: Decimal, data: ClassData, actor: Any) -> ShareClass:
    """Does: opens a class of shares. Refuses: a code already taken, a nominal of nothing, no name. Leaves
    behind: the class, whose code and nominal are for ever; audit."""
    if nominal <= 0:
        raise Refused(Code.AMOUNT_INVALID, _("La valeur d’une part est supérieure à zéro."), field="nominal")
    require_text(data.name, "name", _("Donnez un nom à cette catégorie de parts."))
    take_turn("governance.share_classes")
    if ShareClass.objects.filter(code__iexact=code).exists():
        raise Refused(Code.DUPLICATE, _("Ce code est déjà celui d’une catégorie de parts."), field="code")
    row = ShareClass.objects.create(code=code.upper(), nominal=nominal, **vars(data))
    audit.record(
        actor, "governance.share_class.open", row, detail={"code": row.code, "nominal": str(nominal)}
    )
    return row


@transaction.atomic
def change_class(share_class: ShareClass, *, data: ClassData, actor: Any) -> ShareClass:
    """Does: changes the name, the article, whether it is offered. Refuses: no name. Leaves behind: the class,
    audit when something changed."""
    row = ShareClass.objects.select_for_update().get(pk=share_class.pk)
    require_text(data.name, "name", _("Donnez un nom à cette catégorie de parts."))
    if changed := write(row, data):
        row.save()
        audit.record(actor, "governance.share_class.change", row, detail=changed)
    return row
