"""What the day of a place holds of a person: when they were there (PEO-15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cae.core.facts import Held
from coworking.selectors.days import presences_held


def held_of_days(person: Any, _reader: Any) -> Iterator[Held]:
    """Gives what « Mes données » shows of presences; visitors announced go with bookings."""
    yield Held(
        _("Présences dans un lieu"),
        (_("lieu"), _("arrivée"), _("départ"), _("notée")),
        [
            (one.place.name, one.arrived_at, one.left_at, one.get_way_display())
            for one in presences_held(person)
        ],
        kept=_("Gardées pour compter l’usage des lieux."),
    )
