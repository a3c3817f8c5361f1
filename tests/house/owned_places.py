"""What one person owns of places, premises and the day of a place, address by address."""

from typing import Any

from people.models import User
from tests.factories.coworking_held import held_in_places

# A public page, or a secret that stands on a machine.
NOT_OWNED: tuple[str, ...] = (
    "lieux/",
    "panne/<str:key>/",
    "porte/<str:key>/",
    "borne/<str:key>/",
    "mur/<str:key>/",
)
# What the whole team reads of every place; what changes it stays closed to who does not run it.
READ_BY_TEAM = (
    "espaces/<int:pk>/",
    "espaces/<int:pk>/horaires/",
    "espaces/<int:pk>/ressources/",
    "espaces/ressources/<int:pk>/",
)


def places_of(user: User) -> dict[str, Any]:
    """By the beginning of its address."""
    held = held_in_places(user)
    return {
        "espaces/": held["place"].pk,
        "espaces/fermetures/": held["closure"].pk,
        "espaces/ressources/": held["resource"].pk,
        "espaces/habilitations/": held["clearance"].pk,
        "espaces/pannes/": held["fault"].pk,
        "espaces/photos/": held["photo"].pk,
        "espaces/conventions/": held["agreement"].pk,
        "espaces/occupants/": held["tenancy"].pk,
        "espaces/couts/": held["cost"].pk,
        "espaces/cles/": held["spare"].pk,
        "espaces/prets/": held["loan"].pk,
        "espaces/presences/": held["presence"].pk,
        "espaces/visites/": held["visitor"].pk,
        "<slug:alert>": f"loan-{held['loan'].pk}",
    }
