"""What is typed about an order to a supplier; the rules stand in the services."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.formsets import formset_factory
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField, PercentField
from cae.core.keys import key_in
from entrepreneurs.states.trades import Unit
from invoicing.forms.fields import typed
from invoicing.forms.purchases import MORE, PREFIX, SPARE, PurchaseLinesBase
from invoicing.models import PurchaseOrder, Quote, Supplier
from invoicing.selectors.suppliers import suppliers_offered
from invoicing.services.purchase_inputs import OrderContent, OrderLineContent
from invoicing.states.purchases import MAX_PURCHASE_LINES

_ROWS = MAX_PURCHASE_LINES + SPARE
_PLAIN = ("supplier", "purpose", "wanted_on", "delivery_address", "message", "internal_note", "quote")


class PurchaseOrderForm(forms.Form):
    supplier = forms.ModelChoiceField(label=_("Fournisseur"), queryset=Supplier.objects.none())
    purpose = forms.CharField(label=_("Objet"), max_length=250)
    wanted_on = DayField(label=_("Souhaitée pour le"), required=False)
    delivery_address = forms.CharField(
        label=_("Adresse de livraison"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    message = forms.CharField(
        label=_("Message au fournisseur"),
        max_length=2000,
        required=False,
        help_text=_("Imprimé sur la commande."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    internal_note = forms.CharField(
        label=_("Note interne"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    quote = forms.ModelChoiceField(queryset=Quote.objects.none(), required=False, widget=forms.HiddenInput)
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, quotes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["supplier"].queryset = suppliers_offered()
        fields["quote"].queryset = quotes

    @property
    def key(self) -> UUID:
        key: UUID = self.cleaned_data["form_key"]
        return key

    def content(self, lines: tuple[OrderLineContent, ...]) -> OrderContent:
        return OrderContent(**{name: self.cleaned_data[name] for name in _PLAIN}, lines=lines)


class OrderLineForm(forms.Form):
    use_required_attribute = False
    label = forms.CharField(label=_("Désignation"), max_length=250)
    reference = forms.CharField(label=_("Référence"), max_length=80, required=False)
    quantity = AmountField(label=_("Quantité"), max_digits=11, decimal_places=4)
    unit = forms.ChoiceField(label=_("Unité"), choices=Unit.choices, initial=Unit.ONE)
    unit_price = AmountField(label=_("Prix HT (€)"), max_digits=11, decimal_places=4)
    rate = PercentField(label=_("TVA (%)"), required=True, min_value=0, max_value=100)

    def has_changed(self) -> bool:
        """A row in which nobody typed a word or a price is no line."""
        if not self.is_bound:
            return bool(super().has_changed())
        names = ("label", "unit_price")
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in names)

    def content(self) -> OrderLineContent:
        found = self.cleaned_data
        told = {name: found[name] for name in ("label", "reference", "quantity", "unit", "unit_price")}
        return OrderLineContent(**told, rate=found["rate"] / 100)


class OrderLinesBase(PurchaseLinesBase):
    def order_contents(self) -> tuple[OrderLineContent, ...]:
        return tuple(form.content() for _place, form in self.written)


OrderLineSet = formset_factory(
    OrderLineForm, formset=OrderLinesBase, extra=0, max_num=_ROWS, absolute_max=_ROWS
)


def new_order(**known: Any) -> dict[str, Any]:
    return {"form_key": uuid4()} | known


def order_typed(order: PurchaseOrder) -> dict[str, Any]:
    """The initial values that show a stored draft."""
    return {name: getattr(order, name) for name in (*_PLAIN, "form_key", "version")}


def order_rows(lines: Sequence[Any]) -> list[dict[str, Any]]:
    """The initial values of stored lines, or of lines to come."""
    return [
        {
            "label": line.label,
            "reference": line.reference,
            "quantity": typed(line.quantity),
            "unit": line.unit,
            "unit_price": typed(line.unit_price, least=2) if line.unit_price else "",
            "rate": typed(line.rate * 100),
        }
        for line in lines
    ]


def blank_order_rows(count: int = SPARE, rate: Decimal = Decimal(20)) -> list[dict[str, Any]]:
    return [{"rate": typed(rate), "quantity": "1", "unit": Unit.ONE} for _place in range(count)]


def order_rows_sent(data: Any) -> list[dict[str, Any]]:
    """What was sent, with a few more rows."""
    count = min(key_in(data.get(f"{PREFIX}-TOTAL_FORMS", "")) or 0, _ROWS)
    names = ("label", "reference", "quantity", "unit", "unit_price", "rate")
    sent = [{name: data.get(f"{PREFIX}-{place}-{name}", "") for name in names} for place in range(count)]
    return [*sent, *blank_order_rows(min(MORE, _ROWS - count))]
