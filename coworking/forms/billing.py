"""What is typed of what is due."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField
from coworking.models import Payer, Place
from invoicing.models import VatRate


class ChargeForm(forms.Form):
    """Something due besides plans, passes and bookings."""

    payer = forms.ModelChoiceField(
        label=_("Payeur"), queryset=Payer.objects.none(), empty_label=_("Choisir…")
    )
    label = forms.CharField(label=_("Libellé"), max_length=200)
    day = DayField(label=_("Du"), help_text=_("La facturation de ce mois-là la prend."))
    amount = AmountField(label=_("Montant HT"))
    vat_code = forms.ChoiceField(label=_("Taux de TVA"))

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        payers = Payer.objects.filter(place=place).select_related("activity", "customer")
        self.fields["payer"].queryset = payers  # type: ignore[attr-defined]
        rates = [(rate.code, rate.said) for rate in VatRate.objects.in_force(today)]
        self.fields["vat_code"].choices = rates  # type: ignore[attr-defined]
        self.initial.update({"vat_code": "normal", "day": today})
