"""The columns of an address, and the countries one chooses from."""

from __future__ import annotations

from babel import Locale
from django.utils.translation import get_language

ADDRESS = ("address_line", "address_line2", "postcode", "city", "country")


def country_choices() -> list[tuple[str, str]]:
    """Countries in the language of the page, France first."""
    names = Locale.parse(get_language() or "fr", sep="-").territories
    countries = sorted((name, code) for code, name in names.items() if len(code) == 2 and code.isalpha())
    return [("FR", names["FR"]), *((code, name) for name, code in countries if code not in {"FR", "ZZ"})]
