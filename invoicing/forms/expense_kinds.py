"""What the accountant says of kinds of expense and of their rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounting.models import Account, CostKind
from accounting.states.books import AccountKind, AccountRole
from cae.core.forms import AmountField, DayField, PercentField, ask_later
from invoicing.calculations.totals import percent
from invoicing.forms.fields import typed
from invoicing.models import ExpenseKind, ExpenseRule
from invoicing.services.expense_kinds import KindContent, RuleContent
from invoicing.states.expenses import FlatUnit, LimitPer


class KindForm(forms.Form):
    label = forms.CharField(label=_("Libellé"), max_length=80)
    account = forms.ModelChoiceField(
        label=_("Compte de charge"),
        queryset=Account.objects.filter(Q(kind=AccountKind.EXPENSE) | Q(role=AccountRole.DISBURSEMENT)),
    )
    cost_kind = forms.ModelChoiceField(
        label=_("Nature de charge"),
        queryset=CostKind.objects.all(),
        required=False,
        help_text=_("Dit si la dépense entre dans la base de contribution ; vide, celle du compte."),
    )
    usual_share = PercentField(label=_("Part professionnelle proposée (%)"), required=True)
    needs_voucher = forms.BooleanField(label=_("Un justificatif est demandé"), required=False)
    needs_guests = forms.BooleanField(label=_("Les personnes présentes sont demandées"), required=False)

    def content(self) -> KindContent:
        said = dict(self.cleaned_data)
        said["usual_share"] /= Decimal(100)
        return KindContent(**said)


class RuleForm(forms.Form):
    """A rule from a day on; the one in force ends the day before."""

    valid_from = DayField(label=_("En vigueur depuis"))
    vat_recovery = PercentField(label=_("TVA récupérable (%)"), required=True, min_value=0, max_value=100)
    limit_amount = AmountField(label=_("Plafond (€)"), required=False)
    limit_per = forms.ChoiceField(
        label=_("Compté"), choices=[("", _("Sans plafond")), *LimitPer.choices], required=False
    )
    flat_amount = AmountField(label=_("Forfait (€)"), required=False)
    flat_unit = forms.ChoiceField(label=_("Donné par"), choices=[("", ""), *FlatUnit.choices], required=False)
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Texte de loi, délibération, usage de la coopérative.")
    )

    sections = (
        (
            "",
            (
                "valid_from",
                "vat_recovery",
                ("limit_amount", "limit_per"),
                ("flat_amount", "flat_unit"),
                "source",
            ),
        ),
    )

    def __init__(self, *args: Any, kind: ExpenseKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind.is_flat:
            ask_later(self, "flat_amount", "flat_unit")
        else:
            del self.fields["flat_amount"], self.fields["flat_unit"]

    def content(self) -> RuleContent:
        said = dict(self.cleaned_data)
        said["vat_recovery"] /= Decimal(100)
        return RuleContent(**said)


def kind_typed(kind: ExpenseKind) -> dict[str, Any]:
    """The initial values that show a kind."""
    plain = ("label", "account", "cost_kind", "needs_voucher", "needs_guests")
    return {name: getattr(kind, name) for name in plain} | {"usual_share": typed(percent(kind.usual_share))}


def rule_typed(rule: ExpenseRule | None) -> dict[str, Any]:
    """The initial values of a rule that follows another."""
    if rule is None:
        return {"vat_recovery": "100"}
    return {
        "vat_recovery": typed(percent(rule.vat_recovery)),
        "limit_amount": typed(rule.limit_amount, least=2),
        "limit_per": rule.limit_per,
        "flat_amount": typed(rule.flat_amount, least=2),
        "flat_unit": rule.flat_unit,
        "source": rule.source,
    }
