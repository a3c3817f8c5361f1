"""The head of an invoice: dates; and the date of issue on the page that issues it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.errors import Refused
from cae.core.forms import DayField
from invoicing.forms.disbursements import ProvedFields
from invoicing.forms.drafts import SaleForm
from invoicing.services.inputs import DraftContent, LineContent


class InvoiceForm(ProvedFields, SaleForm):
    own = ("delivered_on", "due_on")

    delivered_on = DayField(
        label=_("Date de la prestation"), required=False, help_text=_("Vide : la date d’émission.")
    )
    due_on = DayField(
        label=_("Échéance de paiement"), required=False, help_text=_("Vide : le délai de ce client.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].help_text = _("Ce que vous facturez, en une ligne.")

    def content(self, lines: tuple[LineContent, ...]) -> DraftContent:
        return replace(super().content(lines), disbursements=self.disbursements())

    def placed(self, refusal: Refused) -> Refused:
        return self.placed_in_disbursements(refusal)


class IssueForm(forms.Form):
    """The date that the document bears."""

    on = DayField(
        label=_("Date d’émission"),
        help_text=_(
            "Jamais avant celle de la dernière facture émise : les numéros se suivent dans l’ordre des dates."
        ),
    )
    # The version that the person has read: another tab may have changed the draft since.
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
