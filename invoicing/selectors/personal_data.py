"""What the room holds of a person: the documents of their activities, without the customers’ data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cae.core.facts import Held
from invoicing.models import Invoice, SelfValidation
from people.models import Person
from people.selectors.merging import file_keys


def held_of_sales(person: Person, _reader: Any) -> Iterator[Held]:
    """Issued documents belong to the books of the cooperative: they are listed, never erased."""
    keys = file_keys(person)
    issued = Invoice.objects.filter(activity__scope__members__person__in=keys).exclude(number=None)
    yield Held(
        _("Factures et avoirs émis par mes activités"),
        (_("numéro"), _("émise le"), _("total TTC")),
        [
            (one.number, one.issued_on, one.total_incl_tax)
            for one in issued.distinct().order_by("issued_on", "number")
        ],
        kept=_("Dix ans, comme toute pièce comptable (C. com. L123-22)."),
    )
    yield Held(
        _("Droits d’émettre sans relecture"),
        (_("documents"), _("du"), _("au"), _("motif")),
        [
            (one.get_kind_display(), one.starts_on, one.ends_on, one.reason)
            for one in SelfValidation.objects.filter(person__in=keys)
        ],
    )
