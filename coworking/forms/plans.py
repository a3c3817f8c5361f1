"""What is typed about what a place sells."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField, ask_later
from coworking.services.plans import AllowanceData, PlanData, PriceData
from coworking.states.members import PlanKind, TimeUnit
from coworking.states.places import ResourceKind
from invoicing.models import VatRate


def _count(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(**({"label": label, "min_value": 0, "max_value": 999} | more))


class PlanForm(forms.Form):
    """A plan as it is said; its kind does not change."""

    name = forms.CharField(label=_("Nom"), max_length=80)
    description = forms.CharField(
        label=_("Description"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    days_a_week = _count(_("Jours par semaine"), required=False, min_value=1, max_value=7)
    units = _count(_("Unités du carnet"), required=False, min_value=1)
    valid_days = _count(_("À utiliser sous (jours)"), required=False, min_value=1)
    users = _count(
        _("Personnes"),
        initial=1,
        min_value=1,
        help_text=_("Combien d’utilisateurs d’un organisme partagent la formule."),
    )
    deposit = AmountField(label=_("Dépôt de garantie"), required=False)
    notice_months = _count(_("Préavis (mois)"), initial=1, max_value=12)
    notice_days = _count(_("Et jours"), initial=0, max_value=90)
    is_public = forms.BooleanField(label=_("Sur la page publique"), required=False, initial=True)
    position = _count(_("Ordre dans la liste"), initial=0)
    sections: Any = (
        (_("La formule"), ("name", "description")),
        (_("Ce qu’elle compte"), (("days_a_week", "users"), ("units", "valid_days"))),
        (_("Conditions"), ("deposit", ("notice_months", "notice_days"), ("position", "is_public"))),
    )

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_later(self, "days_a_week", "units", "valid_days")
        if kind and kind != PlanKind.WEEK:
            del self.fields["days_a_week"]
        if kind and kind != PlanKind.PASS:
            del self.fields["units"], self.fields["valid_days"]
        if kind == PlanKind.PASS:
            for name in ("deposit", "notice_months", "notice_days", "users"):
                del self.fields[name]

    def typed(self) -> PlanData:
        names = [name for name in PlanData.__dataclass_fields__ if name in self.fields]
        return PlanData(**{name: self.cleaned_data[name] for name in names})


class PriceForm(forms.Form):
    starts_on = DayField(label=_("À partir du"))
    own = AmountField(label=_("Prix HT, coopérative"), min_value=0)
    other = AmountField(label=_("Prix HT, autres"), min_value=0)
    vat_code = forms.ChoiceField(label=_("Taux de TVA"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        rates = [(rate.code, rate.said) for rate in VatRate.objects.in_force(today)]
        self.fields["vat_code"].choices = rates  # type: ignore[attr-defined]
        self.initial.setdefault("vat_code", "normal")
        self.initial.setdefault("starts_on", today)

    def price_typed(self) -> PriceData:
        return PriceData(**{name: self.cleaned_data[name] for name in PriceData.__dataclass_fields__})


class OpenPlanForm(PlanForm, PriceForm):
    """A plan to put on sale, with its first price."""

    kind = forms.ChoiceField(label=_("Nature"), choices=PlanKind.choices, widget=forms.RadioSelect)
    unit = forms.ChoiceField(
        label=_("Unité"), choices=TimeUnit.choices, initial=TimeUnit.DAY, help_text=_("D’un carnet.")
    )
    sections = (
        (_("La formule"), ("kind", "name", "description")),
        (_("Ce qu’elle compte"), (("days_a_week", "users"), ("units", "unit"), "valid_days")),
        (_("Prix"), ("starts_on", ("own", "other"), "vat_code")),
        (_("Conditions"), ("deposit", ("notice_months", "notice_days"), ("position", "is_public"))),
    )


class AllowanceForm(forms.Form):
    resource_kind = forms.ChoiceField(label=_("De quoi"), choices=ResourceKind.choices)
    unit = forms.ChoiceField(label=_("Unité"), choices=TimeUnit.choices)
    units = AmountField(
        label=_("Par mois"), required=False, max_digits=6, help_text=_("Vide : autant qu’on veut.")
    )
    carried_months = _count(
        _("Reporté (mois)"), initial=0, max_value=12, help_text=_("0 : ce qui reste est perdu.")
    )
    beyond = AmountField(
        label=_("Puis, l’unité HT"), required=False, help_text=_("Vide : le tarif de la ressource.")
    )

    def typed(self) -> AllowanceData:
        return AllowanceData(**{name: self.cleaned_data[name] for name in AllowanceData.__dataclass_fields__})
