"""What is typed about money received, and about a payment taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField
from invoicing.forms.fields import DayField
from invoicing.states import MAX_TEXT, PaymentMode


class PaymentForm(forms.Form):
    """Date, amount, means, reference."""

    on = DayField(label=_("Reçu le"))
    amount = AmountField(label=_("Montant TTC reçu"))
    mode = forms.ChoiceField(
        label=_("Moyen de paiement"), choices=PaymentMode.choices, widget=forms.RadioSelect,
        initial=PaymentMode.TRANSFER,
    )  # fmt: skip
    reference = forms.CharField(
        label=_("Référence"),
        max_length=100,
        required=False,
        help_text=_("Libellé du virement, numéro du chèque… ce qui aide à le retrouver en banque."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    sections = (("", (("on", "amount"), "mode", "reference")),)

    def arguments(self) -> dict[str, Any]:
        """What `record_payment` takes."""
        return {name: self.cleaned_data[name] for name in ("on", "amount", "mode", "reference", "form_key")}


class ReversalForm(forms.Form):
    """Why, and when, a payment is taken back."""

    on = DayField(label=_("Date de l’annulation"))
    reason = forms.CharField(
        label=_("Motif"),
        max_length=MAX_TEXT,
        help_text=_("Par exemple : chèque revenu impayé, virement affecté à la mauvaise facture."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)
