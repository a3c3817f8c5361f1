"""What one person owns of bookings, address by address."""

from typing import Any

from people.models import User
from tests.factories.bookings import booked_by

NOT_OWNED: tuple[str, ...] = (
    # Open to all, or to who holds a secret.
    "lieux/<slug:slug>/louer/",
    "location/",
    "agendas/",
    # Read by all those who may book there; whose bookings they are, only by their holders and the team.
    "espaces/<int:pk>/planning/",
)


def bookings_of(user: User) -> dict[str, Any]:
    """By the beginning of its address."""
    person = user.person
    if person is None:
        return {}
    person.address_line, person.postcode, person.city = "3 rue des Tilleuls", "33190", "La Réole"
    person.save()
    held = booked_by(person)
    return {
        "reservations/paniers/": held["basket"].pk,
        "reservations/series/": held["series"].pk,
        "reservations/attentes/": held["waiting"].pk,
        "reservations/": held["coming"].pk,
        "espaces/regles/": held["rule"].pk,
        "espaces/ressources/": held["room"].pk,
        "espaces/": held["place"].pk,
    }
