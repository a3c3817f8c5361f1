"""The least an act needs: somebody who does it, a cooperative it happens in."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model

from cae.core.models import Cooperative, LegalForm

# Since when roles, activities and scales of the tests are in force, unless said otherwise.
BEGINNING = date(2025, 1, 1)


def make_author(email: str = "claire@example.org") -> Any:
    """An account without person nor role: it may be named as author, and sees nothing."""
    return get_user_model().objects.create_user(email=email)


def make_cooperative(valid_from: date = date(2020, 1, 1), **changes: Any) -> Cooperative:
    """The identity of an invented SCOP from that day on, its numbers having right keys; made once."""
    facts: dict[str, Any] = {
        "legal_name": "Coopérative d’essai",
        "legal_form": LegalForm.SCOP_SARL,
        "siren": "732829320",
        "siret": "73282932000074",
        "vat_number": "FR44732829320",
        "rcs": "RCS Bordeaux",
        "capital": Decimal("50000.00"),
        "address_line": "1 rue des Essais",
        "postcode": "33000",
        "city": "Bordeaux",
        "iban": "FR1420041010050500013M02606",
        "bic": "PSSTFRPPXXX",
        "email": "contact@example.org",
        "phone": "05 56 00 00 00",
        "reason": "Statuts",
    }
    found, _made = Cooperative.objects.get_or_create(valid_from=valid_from, defaults=facts | changes)
    return found
