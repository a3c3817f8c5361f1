"""What is typed when a purchase or an order goes from one state to the next."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField
from cae.core.templatetags.formats import money
from invoicing.calculations.purchase_match import Ordered
from invoicing.forms.fields import typed
from invoicing.models import Purchase
from invoicing.states.purchases import DisputeKind
from invoicing.states.reasons import Reason


class ApproveForm(forms.Form):
    """Nothing to type, unless something is to be looked at first."""

    looked = forms.BooleanField(label=_("J’ai regardé les points signalés ci-dessus"), required=False)

    def __init__(self, *args: Any, doubtful: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not doubtful:
            del self.fields["looked"]

    @property
    def has_looked(self) -> bool:
        return bool(self.cleaned_data.get("looked"))


class AnswerForm(forms.Form):
    """Why a purchase is refused, in a code of the reform and in words."""

    code = forms.ChoiceField(label=_("Motif"))
    reason = forms.CharField(
        label=_("En une phrase"),
        max_length=500,
        help_text=_("Le fournisseur la lira."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    tells_supplier = forms.BooleanField(label=_("L’écrire au fournisseur par e-mail"), required=False)

    def __init__(self, *args: Any, reasons: Sequence[Reason], address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["code"].choices = [("", ""), *((one.code, one.label) for one in reasons)]
        if address:
            fields["tells_supplier"].help_text = address
            fields["tells_supplier"].initial = True
        else:
            del fields["tells_supplier"]

    def told(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {
            "code": found["code"],
            "reason": found["reason"],
            "tells_supplier": found.get("tells_supplier", False),
        }


class DisputeForm(AnswerForm):
    kind = forms.ChoiceField(
        label=_("Qu’attendez-vous ?"),
        choices=DisputeKind.choices,
        widget=forms.RadioSelect,
        initial=DisputeKind.DISPUTED,
    )
    field_order = ("kind", "code", "reason", "tells_supplier")

    def told(self) -> dict[str, Any]:
        return super().told() | {"kind": self.cleaned_data["kind"]}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Motif"), max_length=250)

    def __init__(self, *args: Any, optional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = not optional


class DueForm(forms.Form):
    due_on = DayField(label=_("À payer le"))


class PaidForm(forms.Form):
    on = DayField(
        label=_("Payé le"), help_text=_("Prélèvement, carte, chèque : l’écriture de banque est passée.")
    )


class ImputeForm(forms.Form):
    invoice = forms.ModelChoiceField(
        label=_("Facture à réduire"), queryset=Purchase.objects.none(), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, invoices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["invoice"]
        field.queryset, field.empty_label = invoices, None
        field.label_from_instance = self._named

    @staticmethod
    def _named(invoice: Purchase) -> str:
        return f"{invoice.number} · {money(invoice.total_gross)}"


class SendOrderForm(forms.Form):
    to = forms.EmailField(
        label=_("Adresse du fournisseur"),
        required=False,
        help_text=_("Vide : vous remettez le PDF vous-même."),
    )
    message = forms.CharField(
        label=_("Message"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class DeliveryForm(forms.Form):
    """How many came in of each line; what is left stands as a proposal."""

    on = DayField(label=_("Reçue le"))
    reference = forms.CharField(label=_("Bon de livraison"), max_length=100, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, lines: Sequence[Ordered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            self.fields[f"line_{line.key}"] = AmountField(
                label=line.label,
                required=False,
                max_digits=11,
                decimal_places=4,
                initial=typed(line.left_to_receive),
            )

    @property
    def rows(self) -> list[tuple[Ordered, forms.BoundField]]:
        return [(line, self[f"line_{line.key}"]) for line in self.lines]

    def quantities(self) -> dict[int, Decimal]:
        found = self.cleaned_data
        return {line.key: found.get(f"line_{line.key}") or Decimal(0) for line in self.lines}
