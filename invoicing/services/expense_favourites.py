"""Keeps the expenses that come back, to write them again in one press (INV-55)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from invoicing.models import ExpenseFavourite, ExpenseLine
from people.models import Person

# Beyond, nobody finds theirs again.
MOST = 30
_KEPT = ("kind", "label", "quantity", "business_share", "paid_with", "guests")


def keep_favourite(line: ExpenseLine, *, name: str, actor: Any) -> ExpenseFavourite:
    """Does: keeps what an expense says, without its day, receipt and customer, under a name; the same name
    again replaces it. Refuses: no name, a trip, more than thirty. Leaves behind: the favourite of the person
    whose expense it is, audit."""
    name = name.strip()
    if not name:
        raise Refused(Code.VALUE_MISSING, _("Donnez un nom à cette dépense favorite."), field="name")
    if len(name) > 80:
        raise Refused(Code.TEXT_TOO_LONG, _("Ce nom dépasse 80 caractères."), field="name")
    if line.kind.is_mileage:
        raise Refused(Code.VALUE_INVALID, _("Un trajet se garde depuis sa propre page."), field="name")
    said = {one: getattr(line, one) for one in _KEPT}
    if not line.kind.is_flat:
        said |= {"gross": line.gross, "tax": line.tax}
    person = line.claim.person
    with transaction.atomic():
        held = ExpenseFavourite.objects.select_for_update(of=("self",)).filter(person=person)
        if len(held.exclude(name=name)) >= MOST:
            raise Refused(
                Code.VALUE_INVALID,
                _("Vous avez déjà %(most)d favorites : retirez-en une d’abord.") % {"most": MOST},
                field="name",
            )
        kept, _made = ExpenseFavourite.objects.update_or_create(person=person, name=name, defaults=said)
        audit.record(actor, "invoicing.keep_favourite", kept)
        return kept


def forget_favourite(favourite: ExpenseFavourite, *, actor: Any) -> None:
    """Does: takes a favourite away. Refuses: one already gone. Leaves behind: audit."""
    with transaction.atomic():
        row = ExpenseFavourite.objects.select_for_update(of=("self",)).filter(pk=favourite.pk).first()
        if row is None:
            raise Refused(Code.ALREADY_DONE, _("C’est déjà fait."))
        audit.record(actor, "invoicing.forget_favourite", row, detail={"name": row.name})
        row.delete()


def forget_favourites(person: Person, _on: date) -> int:
    """Does: takes all the favourites of a person away, when their file is erased. Refuses: nothing. Leaves
    behind: how many there were; their claims stay, as pieces of the books."""
    return ExpenseFavourite.objects.filter(person=person).delete()[0]
