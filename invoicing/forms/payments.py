"""What is typed about money received, given back, moved between invoices, or taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import AmountField, DayField
from cae.core.keys import key_in
from cae.core.money import ZERO
from cae.core.templatetags.formats import money
from invoicing.models import Invoice
from invoicing.states.sales import MAX_TEXT, PaymentMode


class PaymentForm(forms.Form):
    """Date, amount, means, reference."""

    on = DayField(label=gettext_lazy("Reçu le"))
    amount = AmountField(label=gettext_lazy("Montant TTC reçu"))
    mode = forms.ChoiceField(
        label=gettext_lazy("Moyen de paiement"), choices=PaymentMode.choices, widget=forms.RadioSelect,
        initial=PaymentMode.TRANSFER,
    )  # fmt: skip
    reference = forms.CharField(
        label=gettext_lazy("Référence"),
        max_length=100,
        required=False,
        help_text=gettext_lazy(
            "Libellé du virement, numéro du chèque… ce qui aide à le retrouver en banque."
        ),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    sections = (("", (("on", "amount"), "surplus", "mode", "reference")),)

    @property
    def keeps_surplus(self) -> bool:
        """Whether somebody was asked about a surplus, and said to keep it."""
        return bool(self.data.get("surplus"))

    def ask_about(self, surplus: Decimal) -> None:
        """Shows by how much the amount is beyond what is due, and a box to tick."""
        self.fields["surplus"] = forms.BooleanField(
            label=_("Garder %(amount)s en avance du client") % {"amount": money(surplus)}, required=False
        )

    def arguments(self) -> dict[str, Any]:
        """What the services take."""
        return {name: self.cleaned_data[name] for name in ("on", "amount", "mode", "reference", "form_key")}


class RefundForm(PaymentForm):
    """Money that goes back to the customer."""

    on = DayField(label=gettext_lazy("Rendu le"))
    amount = AmountField(label=gettext_lazy("Montant rendu"))


class ReceiptForm(PaymentForm):
    """One amount for several invoices: shared by hand, or the oldest first."""

    def __init__(self, *args: Any, invoices: Sequence[Invoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invoices = list(invoices)
        for invoice in self.invoices:
            self.fields[f"share_{invoice.pk}"] = AmountField(
                label=_("Part sur %(number)s") % {"number": invoice.number},
                required=False,
                min_value=Decimal(0),
            )

    @staticmethod
    def shown_in(data: Mapping[str, Any]) -> list[int]:
        """The invoices of the page that was sent: one paid since keeps its box, and what was typed in it."""
        found = (key_in(name.removeprefix("share_")) for name in data if name.startswith("share_"))
        return [key for key in found if key is not None]

    @property
    def rows(self) -> list[tuple[Invoice, forms.BoundField]]:
        """Each open invoice with the box of its share."""
        return [(invoice, self[f"share_{invoice.pk}"]) for invoice in self.invoices]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        typed = self._typed(found)
        if not self.errors and typed and sum(typed.values()) != found["amount"]:
            raise forms.ValidationError(
                _("Les parts font %(shares)s pour %(amount)s reçus : accordez-les au centime.")
                % {"shares": money(sum(typed.values())), "amount": money(found["amount"])}
            )
        return found

    def shares(self) -> list[tuple[Invoice, Decimal]]:
        """What goes to each invoice, typed by hand; nothing means the oldest first."""
        by_key = {invoice.pk: invoice for invoice in self.invoices}
        return [(by_key[key], amount) for key, amount in self._typed(self.cleaned_data).items()]

    def _typed(self, found: dict[str, Any]) -> dict[int, Decimal]:
        pairs = ((invoice.pk, found.get(f"share_{invoice.pk}")) for invoice in self.invoices)
        return {key: amount for key, amount in pairs if amount and amount > ZERO}


class AdvanceForm(forms.Form):
    """Which invoice the advance pays, and how much of it."""

    invoice = forms.ModelChoiceField(
        label=gettext_lazy("Facture à payer"), queryset=Invoice.objects.none(), widget=forms.RadioSelect
    )
    amount = AmountField(label=gettext_lazy("Montant imputé"))
    on = DayField(label=gettext_lazy("Date"))
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    sections = (("", ("invoice", ("amount", "on"))),)

    def __init__(self, *args: Any, invoices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["invoice"]
        field.queryset, field.empty_label = invoices, None
        field.label_from_instance = self._named

    @staticmethod
    def _named(invoice: Any) -> str:
        return _("%(number)s, reste %(due)s") % {"number": invoice.number, "due": money(invoice.due)}


class ReversalForm(forms.Form):
    """Why, and when, a movement is taken back."""

    on = DayField(label=gettext_lazy("Date de l’annulation"))
    reason = forms.CharField(
        label=gettext_lazy("Motif"),
        max_length=MAX_TEXT,
        help_text=gettext_lazy("Par exemple : chèque revenu impayé, virement affecté à la mauvaise facture."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)
