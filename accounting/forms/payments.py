"""What is typed about payments: what a lot holds, who signs it, what the bank did, why one goes or stays."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.calculations.payment_orders import LONGEST_NAME
from accounting.services.payment_batches import MOST_REASON
from cae.core.forms import DayField
from cae.core.keys import key_in
from cae.core.signing import Hand
from cae.core.signing_forms import SignatureForm


class KeysField(forms.Field):
    """The rows ticked in a table that the page draws itself; whether they may still be chosen, the service
    says."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        found = [key_in(text) for text in super().clean(value) or []]
        return [key for key in found if key is not None]


class BatchForm(forms.Form):
    """Which orders leave, and when."""

    execution_on = DayField(
        label=_("Jour d’exécution"),
        help_text=_("Un jour ouvré des banques : ni week-end, ni jour férié européen."),
    )
    orders = KeysField(
        label=_("Ordres"), error_messages={"required": _("Choisissez au moins un ordre à payer.")}
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class ReleaseForm(SignatureForm):
    """The mark of who lets a lot go, on the content that they saw."""

    accepted = forms.BooleanField(
        label=_("J’ai vérifié chaque bénéficiaire et le total : ces virements peuvent partir."),
        error_messages={"required": _("Cochez que vous avez vérifié les bénéficiaires et le total.")},
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def hand(self, name: str) -> Hand:
        """The signer and their mark. Raises Refused for a drawing that is no PNG."""
        return self.hand_of(name, "")


class PaidForm(forms.Form):
    """On which day the bank paid."""

    on = DayField(label=_("Payé le"), help_text=_("Le jour que dit le relevé de la banque."))


class WhyForm(forms.Form):
    """Why an order goes in spite of low cash, why a lot is given up, what the bank answered."""

    reason = forms.CharField(label=_("Motif"), max_length=MOST_REASON)


class PayeeForm(forms.Form):
    """Where a rejected order leaves again."""

    name = forms.CharField(label=_("Bénéficiaire"), max_length=LONGEST_NAME)
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    bic = forms.CharField(
        label=_("BIC"),
        max_length=11,
        required=False,
        help_text=_("Vide, il est retrouvé depuis l’IBAN quand sa banque est connue."),
    )
