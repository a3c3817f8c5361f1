"""To whom a copy goes, and what it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from invoicing.forms.fields import CustomerField, customer_word
from invoicing.models import Customer
from invoicing.states.sales import SaleKind


class CopyForm(forms.Form):
    """The customer may be of another activity: the copy then belongs to it."""

    customer = CustomerField(
        label=_("Client de la copie"), max_length=300, help_text=_("Nom, SIREN ou SIRET.")
    )
    kind = forms.ChoiceField(label=_("La copie est"), choices=SaleKind.choices, widget=forms.RadioSelect)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, customers: list[Customer], kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["customer"].customers = customers
        self.fields["kind"].choices = [(code, SaleKind(code).label) for code in kinds]
        if len(kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()

    @property
    def suggestions(self) -> list[str]:
        return [customer_word(one) for one in self.fields["customer"].customers]
