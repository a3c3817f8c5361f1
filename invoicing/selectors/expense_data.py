"""What the room holds of a person who spends: their claims and receipts, which are pieces of the books."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cae.core.facts import Held
from cae.core.models import Document
from invoicing.models import ExpenseClaim, ExpenseFavourite, ExpenseLine, Voucher
from people.models import Person
from people.selectors.merging import file_keys


def held_of_expenses(person: Person, _reader: Any) -> Iterator[Held]:
    """Claims, their lines and the files of receipts; favourites, which are the person's alone."""
    keys = file_keys(person)
    books = _("Dix ans, comme toute pièce comptable (C. com. L123-22).")
    claims: Any = ExpenseClaim.objects.filter(person__in=keys).with_totals().select_related("activity")
    yield Held(
        _("Notes de frais"),
        (_("mois"), _("activité"), _("état"), _("total")),
        [(one.month, one.activity.name, one.get_state_display(), one.total) for one in claims],
        kept=books,
    )
    lines = ExpenseLine.objects.filter(claim__person__in=keys).select_related("kind")
    yield Held(
        _("Dépenses"),
        (_("date"), _("libellé"), _("nature"), _("montant TTC"), _("personnes présentes, société")),
        [(one.on, one.label, one.kind.said, one.gross, one.guests) for one in lines],
        kept=books,
    )
    vouchers = Voucher.objects.filter(person__in=keys).select_related("document")
    yield Held(
        _("Justificatifs"),
        (_("pris le"), _("fichier"), _("état")),
        [(one.taken_at, one.document.name, one.get_state_display()) for one in vouchers],
        files=list(Document.objects.filter(pk__in=vouchers.values("document"))),
        kept=books,
    )
    favourites = ExpenseFavourite.objects.filter(person__in=keys)
    yield Held(
        _("Dépenses favorites"),
        (_("nom"), _("libellé"), _("montant TTC")),
        [(one.name, one.label, one.gross) for one in favourites],
    )
