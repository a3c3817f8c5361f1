"""What the accountant types: accounts, scales, who they apply to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.models import ContributionScale
from accounting.states import AccountKind, AccountRole
from cae.core.forms import AmountField
from entrepreneurs.models import Activity

_ROLES = [("", _("Aucun")), *AccountRole.choices]


class AccountForm(forms.Form):
    """Label, nature and role of an account that exists."""

    label = forms.CharField(label=_("Libellé"), max_length=120)
    kind = forms.ChoiceField(label=_("Nature"), choices=AccountKind.choices, widget=forms.RadioSelect)
    role = forms.ChoiceField(
        label=_("Rôle"),
        choices=_ROLES,
        required=False,
        help_text=_(
            "Ce que l’application cherche dans ce compte. Un rôle n’a qu’un compte : le précédent le perd."
        ),
    )

    def clean_role(self) -> str | None:
        return self.cleaned_data["role"] or None


class NewAccountForm(AccountForm):
    """An account to come, with its number."""

    number = forms.CharField(
        label=_("Numéro"),
        max_length=12,
        help_text=_("De 3 à 12 chiffres, selon le plan comptable général. Il ne changera plus."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    field_order = ["number", "label", "kind", "role"]


class ScaleForm(forms.Form):
    """A scale as an assembly voted it."""

    code = forms.SlugField(
        label=_("Code"), max_length=30, help_text=_("Le même code ouvre une nouvelle version du barème.")
    )
    label = forms.CharField(label=_("Libellé"), max_length=120)
    percent = AmountField(label=_("Taux, en % du montant HT"), min_value=Decimal(0), max_value=Decimal(100))
    valid_from = forms.DateField(label=_("En vigueur à partir du"), widget=forms.DateInput)
    assembly = forms.CharField(label=_("Assemblée"), max_length=120, initial=_("Assemblée générale"))
    decided_on = forms.DateField(label=_("Votée le"), widget=forms.DateInput)
    resolution = forms.CharField(label=_("Résolution"), max_length=60, required=False)
    is_default = forms.BooleanField(label=_("Donner ce barème aux nouvelles activités"), required=False)

    @property
    def rules(self) -> dict[str, Any]:
        rate = Decimal(self.cleaned_data["percent"]) / 100
        return {
            "base": {"turnover": "invoiced", "minus": []},
            "shape": {"kind": "flat", "rate": str(rate), "window": "document"},
            "taken_on": "document",
        }


class ReasonForm(forms.Form):
    """Why something is undone."""

    reason = forms.CharField(label=_("Motif"), max_length=200)


class AssignmentForm(forms.Form):
    """The scale of an activity from a date."""

    activity = forms.ModelChoiceField(label=_("Activité"), queryset=Activity.objects.order_by("name"))
    scale = forms.ModelChoiceField(
        label=_("Barème"), queryset=ContributionScale.objects.filter(valid_to=None)
    )
    starts_on = forms.DateField(label=_("À partir du"), widget=forms.DateInput)
    reason = forms.CharField(label=_("Motif"), max_length=200)
