"""The head of a draft: customer, dates, references; and the date of issue on the page that issues it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from invoicing.forms.fields import CustomerField, DayField, customer_word
from invoicing.models import Customer, Invoice
from invoicing.services.inputs import DraftContent, LineContent
from invoicing.states import MAX_TEXT, VatDueOn


class InvoiceForm(forms.Form):
    """Everything of a draft but its lines."""

    customer = CustomerField(label=_("Client"), max_length=300, help_text=_("Nom, SIREN ou SIRET."))
    purpose = forms.CharField(
        label=_("Objet"),
        max_length=MAX_TEXT,
        required=False,
        help_text=_("Ce que vous facturez, en une ligne."),
    )
    delivered_on = DayField(
        label=_("Date de la prestation"), required=False, help_text=_("Vide : la date d’émission.")
    )
    due_on = DayField(
        label=_("Échéance de paiement"), required=False, help_text=_("Vide : le délai habituel.")
    )
    order_reference = forms.CharField(
        label=_("Numéro de commande"),
        max_length=100,
        required=False,
        help_text=_("Si le client en exige un."),
    )
    vat_due_on = forms.ChoiceField(
        label=_("TVA due"),
        required=False,
        choices=[("", _("Selon l’usage")), *VatDueOn.choices],
        help_text=_("Vide : l’usage de la coopérative."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, customers: list[Customer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["customer"].customers = customers

    @property
    def suggestions(self) -> list[str]:
        """What the box « Client » offers while one types."""
        return [customer_word(one) for one in self.fields["customer"].customers]

    def content(self, lines: tuple[LineContent, ...]) -> DraftContent:
        plain = ("customer", "purpose", "order_reference", "delivered_on", "due_on", "vat_due_on")
        return DraftContent(lines=lines, **{name: self.cleaned_data[name] for name in plain})

    @property
    def key(self) -> UUID:
        key: UUID = self.cleaned_data["form_key"]
        return key


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


def draft_typed(invoice: Invoice) -> dict[str, Any]:
    """The initial values that show a stored draft."""
    plain = ("purpose", "order_reference", "delivered_on", "due_on", "vat_due_on", "form_key", "version")
    return {name: getattr(invoice, name) for name in plain} | {"customer": customer_word(invoice.customer)}


def blank_draft(form_key: UUID, *, due_on: date, customer: Customer | None) -> dict[str, Any]:
    """The initial values of a new invoice."""
    return {"form_key": form_key, "due_on": due_on, "customer": customer_word(customer) if customer else ""}
