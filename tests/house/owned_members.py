"""What one person owns of members and the month’s run, address by address."""

from typing import Any

from people.models import User
from tests.factories.coworking_members import held_in_a_place

# Open to all: the page by which one joins a place.
NOT_OWNED: tuple[str, ...] = ("lieux/<slug:slug>/adhesion/",)


def members_of(user: User) -> dict[str, Any]:
    """By the beginning of its address."""
    held = held_in_a_place(user.person)
    return {
        "espaces/": held["place"].pk,
        "espaces/membres/": held["member"].pk,
        "espaces/abonnements/": held["held"].pk,
        "espaces/absences/": held["absence"].pk,
        "espaces/pauses/": held["pause"].pk,
        "espaces/depots/": held["deposit"].pk,
        "espaces/demandes/": held["signup"].pk,
        "espaces/formules/": held["plan"].pk,
        "espaces/formules/compris/": held["allowance"].pk,
        "espaces/dus/": held["charge"].pk,
        "mes-lieux/": held["member"].pk,
        "mes-lieux/absences/": held["absence"].pk,
        "mes-lieux/abonnements/": held["held"].pk,
    }
