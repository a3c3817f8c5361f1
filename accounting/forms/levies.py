"""What the accountant types about levies: what is taken, of whom, until when."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.models import Account, AnalyticAccount, Levy
from accounting.selectors.levies import account_for, receivers
from accounting.services.levies import Decided, LevyDraft
from accounting.states.books import AccountRole
from accounting.states.contributions import SaleCategory
from accounting.states.levies import LevyBase, LevyMoment
from cae.core.forms import AmountField, DayField, PercentField
from entrepreneurs.models import Activity

_HUNDRED = Decimal(100)
_ALL, _SOME = "all", "some"


class LevyForm(forms.Form):
    """A levy as it was decided."""

    label = forms.CharField(
        label=_("Nom"), max_length=60, help_text=_("Assurance, retenue, fonds de solidarité…")
    )
    base = forms.ChoiceField(label=_("Compté sur"), choices=LevyBase.choices)
    taken_on = forms.ChoiceField(label=_("Prélevé"), choices=LevyMoment.choices)
    rate = PercentField(label=_("Taux, en %"))
    amount = AmountField(
        label=_("ou montant"), required=False, help_text=_("Par document ou par mois, à la place d’un taux.")
    )
    categories = forms.MultipleChoiceField(
        label=_("Ventes concernées"),
        choices=SaleCategory.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=list(SaleCategory.values),
    )
    held_months = forms.IntegerField(
        label=_("Rendu après, en mois"),
        min_value=1,
        max_value=120,
        required=False,
        help_text=_("Pour une retenue, qui revient à l’activité. Vide : rien n’est rendu."),
    )
    reach = forms.ChoiceField(
        label=_("Pour"),
        choices=[
            (_ALL, _("toutes les activités, sauf celles que vous dispenserez")),
            (_SOME, _("les seules activités que vous nommerez")),
        ],
        widget=forms.RadioSelect,
        initial=_ALL,
    )
    section = forms.ModelChoiceField(
        label=_("Versé à"),
        queryset=AnalyticAccount.objects.none(),
        required=False,
        empty_label=_("Un nouveau fonds"),
    )
    new_fund = forms.CharField(
        label=_("Nouveau fonds"), max_length=120, required=False, help_text=_("Fonds de solidarité…")
    )
    charge_account = forms.ModelChoiceField(
        label=_("Compte de l’activité"), queryset=Account.objects.order_by("number")
    )
    link_account = forms.ModelChoiceField(
        label=_("Compte de liaison"), queryset=Account.objects.order_by("number")
    )
    income_account = forms.ModelChoiceField(
        label=_("Compte de qui reçoit"), queryset=Account.objects.order_by("number")
    )
    valid_from = DayField(label=_("À partir du"))
    decided_by = forms.CharField(label=_("Décidé par"), max_length=200)
    decided_on = DayField(label=_("Date de la décision"))
    sections = [
        ("", ("label", ("base", "taken_on"), ("rate", "amount"), "categories", "held_months", "reach")),
        (
            _("Où va l’argent"),
            (("section", "new_fund"), "charge_account", "link_account", "income_account"),
        ),
        (_("Décision"), ("valid_from", ("decided_by", "decided_on"))),
    ]

    def __init__(self, *args: Any, former: Levy | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_started_from(former) if former else _usual(), **kwargs)
        section: Any = self.fields["section"]
        section.queryset = receivers()

    def draft(self) -> LevyDraft:
        said = dict(self.cleaned_data)
        said.pop("decided_by"), said.pop("decided_on")
        rate = said.pop("rate")
        return LevyDraft(
            rate=rate / _HUNDRED if rate is not None else None, for_all=said.pop("reach") == _ALL, **said
        )

    def decision(self) -> Decided:
        return Decided(self.cleaned_data["decided_by"], self.cleaned_data["decided_on"])


def _usual() -> dict[str, Any]:
    return {
        "taken_on": LevyMoment.DOCUMENT,
        "charge_account": account_for(AccountRole.LEVY_CHARGE),
        "link_account": account_for(AccountRole.INTERNAL_LINK),
        "income_account": account_for(AccountRole.LEVY_INCOME),
        "section": receivers().first(),
    }


def _started_from(former: Levy) -> dict[str, Any]:
    names = ("label", "base", "taken_on", "amount", "categories", "held_months", "section")
    accounts = ("charge_account", "link_account", "income_account")
    return {name: getattr(former, name) for name in (*names, *accounts)} | {
        "rate": former.rate * _HUNDRED if former.rate is not None else None,
        "reach": _ALL if former.for_all else _SOME,
    }


class TermForm(forms.Form):
    """An activity treated apart, between two dates."""

    activity = forms.ModelChoiceField(label=_("Activité"), queryset=Activity.objects.order_by("sort_name"))
    starts_on = DayField(label=_("Du"))
    ends_on = DayField(label=_("Au"), required=False)
    decided_by = forms.CharField(
        label=_("Décidé par"), max_length=200, help_text=_("CSE, cogérance, commission… et la date.")
    )
    reason = forms.CharField(label=_("Motif"), max_length=200)
    sections = [("", ("activity", ("starts_on", "ends_on"))), (_("Décision"), ("decided_by", "reason"))]
