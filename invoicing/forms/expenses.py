"""What is typed about an expense; its rules stand in the services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounting.models import Fund
from accounting.selectors.funds import funds_of_activities
from cae.core.forms import AmountField, DayField, PercentField, ask_later
from cae.core.money import ZERO
from entrepreneurs.models import Activity
from invoicing.calculations.expenses import gross_of, tax_within
from invoicing.calculations.totals import percent
from invoicing.forms.fields import typed
from invoicing.models import Customer, ExpenseFavourite, ExpenseKind, ExpenseLine, Voucher
from invoicing.services.expense_inputs import ExpenseContent
from invoicing.states.expenses import MAX_GUESTS, MAX_LINE_LABEL, MAX_REASON, MAX_VOUCHER_BYTES, PaidWith

ACCEPTED = "image/*,application/pdf"
# What VAT a receipt bears, when the machine is to find the amount: fractions.
RATES = (
    ("0.2", _("20 %")),
    ("0.1", _("10 %")),
    ("0.055", _("5,5 %")),
    ("0.021", _("2,1 %")),
)
_ACTUAL_ONLY = ("gross", "is_net", "tax", "rate", "business_share")
_FLAT_ONLY = ("quantity",)


class ExpenseForm(forms.Form):
    """One expense. Once its kind is known, what the kind does not ask for is not drawn."""

    activity = forms.ChoiceField(label=_("Activité"))
    kind = forms.ChoiceField(label=_("Nature de dépense"))
    on = DayField(label=_("Date"))
    label = forms.CharField(
        label=_("Quoi, et où"),
        max_length=MAX_LINE_LABEL,
        help_text=_("« Papier et enveloppes, Papeterie du Port »."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "next"}),
    )
    quantity = AmountField(
        label=_("Combien"),
        required=False,
        max_digits=7,
        help_text=_("Pour un forfait : nombre de repas, de nuits ou de jours."),
    )
    gross = AmountField(label=_("Montant TTC (€)"), required=False)
    is_net = forms.BooleanField(label=_("Ce montant est hors taxe"), required=False)
    tax = AmountField(
        label=_("Dont TVA (€)"), required=False, help_text=_("Celle du justificatif ; vide, aucune.")
    )
    rate = forms.ChoiceField(
        label=_("Ou taux de TVA"),
        required=False,
        choices=[("", _("Selon le justificatif")), *RATES],
        help_text=_("Calcule la TVA quand le justificatif ne porte qu’un taux."),
    )
    business_share = PercentField(
        label=_("Part professionnelle (%)"), help_text=_("100 sauf usage privé aussi.")
    )
    paid_with = forms.ChoiceField(label=_("Payé avec"), choices=PaidWith.choices, initial=PaidWith.OWN)
    guests = forms.CharField(
        label=_("Personnes présentes et société"),
        max_length=MAX_GUESTS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    customer = forms.ModelChoiceField(
        label=_("À refacturer à"), queryset=Customer.objects.none(), required=False
    )
    fund = forms.ModelChoiceField(
        label=_("Payée par la subvention"), queryset=Fund.objects.none(), required=False
    )
    voucher = forms.ModelChoiceField(label=_("Justificatif"), queryset=Voucher.objects.none(), required=False)
    file = forms.FileField(
        label=_("Ou nouveau justificatif"),
        required=False,
        help_text=_("Photo ou PDF, 15 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    missing_reason = forms.CharField(
        label=_("Pas de justificatif ? Dites pourquoi"), max_length=MAX_REASON, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    sections = (
        (_("Dépense"), ("activity", "kind", "label", ("on", "paid_with"))),
        (
            _("Montant"),
            ("quantity", ("gross", "tax"), ("rate", "business_share"), "is_net"),
        ),
        (_("Preuve"), (("voucher", "file"), "missing_reason", "guests", "customer", "fund")),
    )

    def __init__(
        self,
        *args: Any,
        activities: Sequence[Activity],
        kinds: Iterable[ExpenseKind],
        vouchers: Any = None,
        proven: bool = False,
        **kwargs: Any,
    ) -> None:
        """`vouchers`: those one may choose; `proven`: the receipt is known, and is not asked."""
        super().__init__(*args, **kwargs)
        self.kinds = {one.code: one for one in kinds}
        self.activities = {str(one.pk): one for one in activities}
        self._offer(activities, vouchers)
        dropped = ["voucher", "file", "missing_reason"] if proven else []
        self.chosen_kind = self.kinds.get(str(self._said("kind")))
        if self.chosen_kind is not None:
            dropped += [*_ACTUAL_ONLY] if self.chosen_kind.is_flat else [*_FLAT_ONLY]
            if not self.chosen_kind.needs_guests:
                dropped += ["guests"]
            if self.chosen_kind.is_flat and not proven:
                dropped += ["missing_reason"]
        if len(self.activities) == 1:
            dropped += ["activity"]
        # Asked by some kinds only: neither optional, nor required until the kind is known.
        ask_later(self, "gross", "quantity")
        for name in dropped:
            self.fields.pop(name, None)

    def _offer(self, activities: Sequence[Activity], vouchers: Any) -> None:
        words = [(key, one.name) for key, one in self.activities.items()]
        self.fields["activity"].choices = words if len(words) == 1 else [("", ""), *words]
        kinds = [(one.code, one.said) for one in self.kinds.values()]
        self.fields["kind"].choices = [("", ""), *kinds]
        self.fields["kind"].widget.attrs |= {
            "hx-post": reverse("invoicing:expense_fields"),
            "hx-target": "#expense-fields",
            "hx-include": "closest form",
            "hx-swap": "innerHTML",
        }
        customers = Customer.objects.active().filter(activity__in=activities).order_by("sort_name")
        self.fields["customer"].queryset = customers
        self.fields["customer"].empty_label = gettext("Personne : l’activité la garde")
        self.fields["fund"].queryset = funds_of_activities(activities)
        self.fields["fund"].empty_label = gettext("Aucune")
        if not self.fields["fund"].queryset.exists():
            del self.fields["fund"]
        if vouchers is not None:
            self.fields["voucher"].queryset = vouchers
            self.fields["voucher"].empty_label = gettext("Aucun pour l’instant")

    def _said(self, name: str) -> Any:
        return self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "gross" in self.fields and said.get("gross") is None and "gross" not in self.errors:
            self.add_error("gross", gettext("Écrivez le montant du justificatif, en euros."))
        return said

    @property
    def chosen_activity(self) -> Activity:
        """Call it on a valid form only."""
        key = self.cleaned_data.get("activity")
        return self.activities[key] if key else next(iter(self.activities.values()))

    @property
    def file_sent(self) -> bytes | None:
        """The file, read no further than what is accepted and one byte more."""
        sent = self.cleaned_data.get("file")
        return sent.read(MAX_VOUCHER_BYTES + 1) if sent else None

    def content(self, voucher: Voucher | None = None) -> ExpenseContent:
        """What the services take; call it on a valid form only."""
        said, kind = self.cleaned_data, self.kinds[self.cleaned_data["kind"]]
        share = said.get("business_share")
        gross, tax = self._amounts()
        return ExpenseContent(
            kind=kind,
            on=said["on"],
            label=said["label"],
            gross=gross,
            tax=tax,
            business_share=kind.usual_share if share is None else share / 100,
            paid_with=said["paid_with"],
            quantity=said.get("quantity"),
            voucher=voucher or said.get("voucher"),
            customer=said.get("customer"),
            fund=said.get("fund"),
            guests=said.get("guests", ""),
            missing_reason=said.get("missing_reason", ""),
        )

    def _amounts(self) -> tuple[Decimal, Decimal]:
        """Amount with tax and its tax, from what was typed of them."""
        said = self.cleaned_data
        amount, tax = said.get("gross") or ZERO, said.get("tax")
        rate = Decimal(said.get("rate") or 0)
        if said.get("is_net"):
            gross = amount + tax if tax is not None else gross_of(amount, rate)
            return gross, gross - amount
        return amount, tax_within(amount, rate) if tax is None else tax


def line_typed(line: ExpenseLine) -> dict[str, Any]:
    """The initial values that show a stored expense."""
    return _typed(line) | {
        "activity": str(line.claim.activity_id),
        "on": line.on,
        "customer": line.customer_id,
        "fund": line.fund_id,
        "voucher": line.voucher_id,
        "missing_reason": line.missing_reason,
        "version": line.version,
    }


def favourite_typed(favourite: ExpenseFavourite) -> dict[str, Any]:
    """The initial values that write a favourite again."""
    return _typed(favourite)


def _typed(said: ExpenseLine | ExpenseFavourite) -> dict[str, Any]:
    return {
        "kind": said.kind.code,
        "label": said.label,
        "quantity": typed(said.quantity),
        "gross": typed(said.gross, least=2),
        "tax": typed(said.tax, least=2) if said.tax else "",
        "business_share": typed(percent(said.business_share)),
        "paid_with": said.paid_with,
        "guests": said.guests,
    }


class FavouriteForm(forms.Form):
    name = forms.CharField(
        label=_("Nom"), max_length=80, help_text=_("« Forfait mobile », « Parking de la gare ».")
    )


class CopyForm(forms.Form):
    """The expenses of a claim to write again this month."""

    lines = forms.MultipleChoiceField(
        label=_("Dépenses à recopier"), widget=forms.CheckboxSelectMultiple, required=False
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lines: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].choices = lines
