"""Who holds the capital on a day: asked by the books, below, to share the interest (ACC-47)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from cae.core.money import ZERO
from governance.models import Associate
from governance.selectors.shares import capital_by_associate


def capital_held(_asked: Iterable[Any], on: date) -> dict[tuple[int | None, str], Decimal]:
    """{(key of the person, or nothing for an organisation; name): euros} at the end of a day, by name. Who
    left and came back holds once."""
    held = capital_by_associate(on)
    found: dict[tuple[int | None, str], Decimal] = defaultdict(lambda: ZERO)
    rows = Associate.objects.filter(pk__in=list(held)).select_related("person", "organisation")
    for row in rows:
        found[row.person_id, str(row.person or row.organisation)] += held[row.pk]
    return dict(sorted(found.items(), key=lambda one: (one[0][1], one[0][0] or 0)))
