"""The head of a quote: what it proposes, until when, from when, and the terms of payment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.errors import Refused
from cae.core.forms import DayField
from invoicing.forms.disbursements import DisbursementFields
from invoicing.forms.drafts import SaleForm
from invoicing.forms.schedules import ScheduleFields
from invoicing.services.inputs import DraftContent, LineContent


class QuoteForm(ScheduleFields, DisbursementFields, SaleForm):
    own = ("valid_until", "starts_on", "payment_days")

    valid_until = DayField(
        label=_("Valable jusqu’au"),
        required=False,
        help_text=_("Vide : la durée habituelle, dès la validation."),
    )
    starts_on = DayField(
        label=_("Début prévu"), required=False, help_text=_("Des travaux ou de la prestation.")
    )
    payment_days = forms.IntegerField(
        label=_("Délai de paiement"),
        required=False,
        min_value=0,
        max_value=60,
        help_text=_("En jours ; vide : le délai de ce client."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].help_text = _("Ce que vous proposez, en une ligne.")

    def content(self, lines: tuple[LineContent, ...]) -> DraftContent:
        sale = super().content(lines)
        return replace(sale, schedule=self.schedule(), disbursements=self.disbursements())

    def placed(self, refusal: Refused) -> Refused:
        return self.placed_in_schedule(self.placed_in_disbursements(refusal))
