"""What is typed about a pay that must hold: the floor of the cash; the price of a day, or the pay wanted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField
from cae.core.money import ZERO

_MOST = Decimal(1_000_000)


class FloorForm(forms.Form):
    """Below what the cash of the activity must not go."""

    def __init__(self, *args: Any, usual: Decimal, **kwargs: Any) -> None:
        """Starts from the floor of the activity: below zero only where somebody allowed it."""
        super().__init__(*args, initial={"floor": usual}, **kwargs)
        self.fields["floor"] = AmountField(
            label=_("Trésorerie à garder (€)"),
            min_value=min(usual, ZERO),
            max_value=_MOST,
            help_text=_("Aucun des six mois ne finit sous ce plancher."),
        )


class PriceForm(forms.Form):
    """From a pay to a price, or the reverse; sent by GET, nothing is kept."""

    wanted = forms.ChoiceField(
        label=_("Je cherche"),
        choices=(("price", _("le prix d’une journée")), ("pay", _("ce qu’un prix me laisse"))),
        initial="price",
    )
    net = AmountField(
        label=_("Net voulu par mois, avant impôt (€)"), min_value=0, max_value=_MOST, required=False
    )
    price = AmountField(label=_("Prix d’une journée, HT (€)"), min_value=0, max_value=_MOST, required=False)
    days = AmountField(
        label=_("Journées vendues par an"),
        min_value=1,
        max_value=366,
        help_text=_("Ni les congés, ni la prospection, ni la gestion : souvent 100 à 150."),
    )
    costs = AmountField(
        label=_("Frais de l’année, HT (€)"),
        min_value=0,
        max_value=_MOST,
        help_text=_("Matériel, déplacements, assurance, sous-traitance…"),
    )
    deducted = AmountField(
        label=_("Dont frais déduits de la base du barème (€)"),
        min_value=0,
        max_value=_MOST,
        required=False,
        help_text=_("Ceux que le barème retire des ventes avant de calculer la contribution."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("wanted") == "pay" and "price" in data and data["price"] is None:
            self.add_error("price", _("Donnez le prix d’une journée."))
        if data.get("wanted") == "price" and "net" in data and data["net"] is None:
            self.add_error("net", _("Donnez le net que vous voulez."))
        costs, deducted = data.get("costs"), data.get("deducted")
        if costs is not None and deducted is not None and deducted > costs:
            self.add_error(
                "deducted", _("Ces frais font partie de ceux de l’année : ils n’en dépassent pas le total.")
            )
        return data
