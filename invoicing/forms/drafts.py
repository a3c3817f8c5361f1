"""The head of a draft, quote or invoice: customer, references, discount on the whole, mentions, note."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cae.core.errors import Refused
from cae.core.forms import AmountField, PercentField
from invoicing.forms.disbursements import disbursements_typed
from invoicing.forms.fields import CustomerField, customer_word, typed
from invoicing.forms.schedules import schedule_typed
from invoicing.models import Customer, Invoice, Mention, Quote
from invoicing.services.inputs import DraftContent, LineContent
from invoicing.states.sales import MAX_DESCRIPTION, MAX_TEXT, VatDueOn

_FOLDED = (
    "order_reference",
    "vat_due_on",
    "total_discount_rate",
    "total_discount_amount",
    "mentions",
    "internal_note",
)


class MentionsField(forms.MultipleChoiceField):
    """Optional notices of the library, ticked by their author."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.mentions: dict[str, Mention] = {}

    def offer(self, mentions: Sequence[Mention]) -> None:
        self.mentions = {str(one.pk): one for one in mentions}
        self.choices = [(key, one.title) for key, one in self.mentions.items()]

    def clean(self, value: Any) -> Any:
        return tuple(self.mentions[key] for key in super().clean(value))


class SaleForm(forms.Form):
    """Everything that the drafts of a quote and of an invoice have in common, but their lines."""

    customer = CustomerField(
        label=gettext_lazy("Client"), max_length=300, help_text=gettext_lazy("Nom, SIREN ou SIRET.")
    )
    purpose = forms.CharField(label=gettext_lazy("Objet"), max_length=MAX_TEXT, required=False)
    order_reference = forms.CharField(
        label=gettext_lazy("Numéro de commande"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Si le client en exige un."),
    )
    vat_due_on = forms.ChoiceField(
        label=gettext_lazy("TVA due"),
        required=False,
        choices=[("", gettext_lazy("Selon l’usage")), *VatDueOn.choices],
        help_text=gettext_lazy("Vide : l’usage de la coopérative."),
    )
    total_discount_rate = PercentField(label=gettext_lazy("Remise sur le total en %"))
    total_discount_amount = AmountField(
        label=gettext_lazy("Remise sur le total en euros HT"), required=False, max_digits=11
    )
    mentions = MentionsField(label=gettext_lazy("Mentions à ajouter"), required=False)
    internal_note = forms.CharField(
        label=gettext_lazy("Note interne"),
        required=False,
        max_length=MAX_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Jamais imprimée."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    # Its own fields, beside those above: each kind says which.
    own: tuple[str, ...] = ()

    def __init__(
        self, *args: Any, customers: list[Customer], mentions: Sequence[Mention] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["customer"].customers = customers
        self.fields["mentions"].offer(mentions)

    @property
    def offers_mentions(self) -> bool:
        return bool(self.fields["mentions"].choices)

    @property
    def _folded(self) -> tuple[str, ...]:
        """What « rapide » leaves folded."""
        return (*self.own, *_FOLDED)

    @property
    def has_faults_inside(self) -> bool:
        return self.is_bound and any(name in self.errors for name in self._folded)

    @property
    def told(self) -> str:
        """How many of the folded fields say something."""
        count = sum(1 for name in self._folded if self[name].value())
        if not count:
            return ""
        return ngettext("%(count)d renseigné", "%(count)d renseignés", count) % {"count": count}

    @property
    def own_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.own]

    @property
    def suggestions(self) -> list[str]:
        """What the box « Client » offers while one types."""
        return [customer_word(one) for one in self.fields["customer"].customers]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("total_discount_rate") and found.get("total_discount_amount"):
            self.add_error(
                "total_discount_amount", _("Une remise est un pourcentage ou un montant, pas les deux.")
            )
        return found

    def discounts(self) -> dict[str, Decimal | None]:
        """The discount on the whole as the services take it: a fraction, or an amount."""
        found = self.cleaned_data if hasattr(self, "cleaned_data") else {}
        rate: Decimal | None = found.get("total_discount_rate")
        amount: Decimal | None = found.get("total_discount_amount")
        return {"discount_rate": rate / 100 if rate else None, "discount_amount": amount or None}

    def content(self, lines: tuple[LineContent, ...]) -> DraftContent:
        plain = ("customer", "purpose", "order_reference", "vat_due_on", "mentions", "internal_note")
        values: dict[str, Any] = {name: self.cleaned_data[name] for name in (*plain, *self.own)}
        return DraftContent(lines=lines, **values | self.discounts())

    def placed(self, refusal: Refused) -> Refused:
        """The refusal, at the field of this page."""
        return refusal

    @property
    def key(self) -> UUID:
        key: UUID = self.cleaned_data["form_key"]
        return key


def blank_draft(form_key: UUID, customer: Customer | None) -> dict[str, Any]:
    """The initial values of a new draft: dates left empty follow the terms of the customer."""
    return {"form_key": form_key, "customer": customer_word(customer) if customer else ""}


_STORED = ("purpose", "order_reference", "vat_due_on", "internal_note", "form_key", "version")


def draft_typed(document: Quote | Invoice, own: tuple[str, ...]) -> dict[str, Any]:
    """The initial values that show a stored draft."""
    rate = document.discount_rate
    schedule = schedule_typed(document) if isinstance(document, Quote) else {}
    return (
        schedule
        | disbursements_typed(document)
        | {name: getattr(document, name) for name in (*_STORED, *own)}
        | {
            "customer": customer_word(document.customer),
            "total_discount_rate": typed(rate * 100 if rate is not None else None),
            "total_discount_amount": typed(document.discount_amount, least=2),
            "mentions": [str(key) for key in document.own_mentions.values_list("mention_id", flat=True)],
        }
    )
