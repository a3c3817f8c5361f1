"""Fields that several forms of this room share, and how a stored value is typed back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from invoicing.models import Customer


def typed(value: Decimal | None, *, least: int = 0) -> str:
    """A stored number as a French hand types it: 1234.5000 → « 1234,5 » (`least=2`: « 1234,50 »)."""
    if value is None:
        return ""
    places = max(least, -int(value.normalize().as_tuple().exponent))
    return f"{value:.{places}f}".replace(".", ",")


class DigitsField(forms.CharField):
    """An official number, typed with or without spaces; whether it exists is the service's question."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"required": False, "max_length": 40} | kwargs))

    def to_python(self, value: Any) -> str:
        return "".join((super().to_python(value) or "").split())

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "numeric", "autocomplete": "off"}


def countries() -> list[tuple[str, str]]:
    """Every country by its name in the language of the page, France first (codes ISO 3166-1)."""
    names = Locale.parse(get_language() or "fr", sep="-").territories
    known = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    rest = sorted(
        (pair for pair in known if pair[0] not in {"FR", "EU", "UN", "ZZ", "EZ", "XA", "XB"}), key=_by_name
    )
    return [("FR", names["FR"]), *rest]


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1].casefold().replace("é", "e").replace("î", "i").replace("å", "a")


def customer_word(customer: Customer) -> str:
    """How a customer is written in the search box: its name, told from others by a number or a town."""
    told = customer.siret or customer.siren or customer.city or customer.email
    return f"{customer.name} · {told}" if told else customer.name


class CustomerField(forms.CharField):
    """A customer of one activity, found by name, SIREN or SIRET in a box that offers those that exist."""

    default_error_messages = {
        "unknown": _(
            "Aucun client ne porte ce nom ou ce numéro : choisissez-en un de la liste, ou créez-le."
        ),
        "several": _("Plusieurs clients répondent à ce nom : choisissez celui qui convient dans la liste."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.customers: list[Customer] = []

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {
            "list": "customers",
            "autocomplete": "off",
            "spellcheck": "false",
        }

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value))
        return self.found(text) if text else None

    def found(self, text: str) -> Customer:
        """Gives the customer that a text names. Raises ValidationError when none does, or several do."""
        wanted, digits = text.casefold(), "".join(text.split())
        readings = (
            [one for one in self.customers if customer_word(one).casefold() == wanted],
            [one for one in self.customers if digits and digits in {one.siren, one.siret}],
            [one for one in self.customers if one.name.casefold() == wanted],
            [one for one in self.customers if wanted in one.name.casefold()],
        )
        matches = next((found for found in readings if found), [])
        if len(matches) != 1:
            code = "several" if matches else "unknown"
            raise forms.ValidationError(self.error_messages[code], code=code)
        return matches[0]
