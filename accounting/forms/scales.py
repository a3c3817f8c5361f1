"""A scale as an assembly voted it: one form for each shape, read into the rules that compute."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseFormSet, BoundField, formset_factory
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from accounting.calculations.contribution.scales import Contract, Edge, Kind, Spread, Window
from accounting.models import CostKind
from accounting.states import ScaleTaking, ScaleTurnover, Situation, WaivedPart
from cae.core.forms import AmountField

ROWS = 7
SHAPES = (
    (Kind.FLAT, _("Taux unique")),
    (Kind.SLICES, _("Tranches")),
    (Kind.WHOLE_BASE, _("Palier atteint")),
    (Kind.CUMULATIVE, _("Cumul depuis l’entrée")),
    (Kind.CURVE, _("Courbe")),
)
_WINDOWS = [
    (Window.YEAR, _("L’année")),
    (Window.MONTH, _("Le mois")),
    (Window.DOCUMENT, _("Le document")),
    (Window.ENTRY, _("Depuis l’entrée")),
]
_ONLY_WINDOW = {Kind.CUMULATIVE: Window.ENTRY, Kind.CURVE: Window.YEAR}
_EASED = (Situation.MINIMA_SOCIAUX, Situation.SICK_LEAVE, Situation.PARENTAL_LEAVE)
_HUNDRED = Decimal(100)


def _amount(label: Any, **details: Any) -> AmountField:
    return AmountField(label=label, min_value=Decimal(0), required=False, **details)


def _percent(label: Any, **details: Any) -> AmountField:
    return AmountField(
        label=label, min_value=Decimal(0), max_value=_HUNDRED, **({"required": False} | details)
    )


def _parts(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=WaivedPart.choices, widget=forms.CheckboxSelectMultiple, required=False
    )


class TierForm(forms.Form):
    """A slice or a level; both boxes empty, the row is not there."""

    up_to = _amount(_("Jusqu’à, compris"))
    rate = _percent(_("Taux, en %"))

    @property
    def is_written(self) -> bool:
        return self.cleaned_data.get("up_to") is not None or self.cleaned_data.get("rate") is not None


class PointForm(forms.Form):
    """A point of a curve."""

    base = _amount(_("Base de l’année"))
    amount = _amount(_("Contribution"))

    @property
    def is_written(self) -> bool:
        return self.cleaned_data.get("base") is not None or self.cleaned_data.get("amount") is not None


TierSet: type[BaseFormSet[Any]] = formset_factory(TierForm, extra=ROWS, max_num=ROWS)
PointSet: type[BaseFormSet[Any]] = formset_factory(PointForm, extra=ROWS, max_num=ROWS)


class ScaleForm(forms.Form):
    """All that a scale says but its tiers or points, which are rows."""

    code = forms.SlugField(
        label=_("Code"), max_length=30, help_text=_("Le même code ouvre une nouvelle version du barème.")
    )
    label = forms.CharField(label=_("Libellé"), max_length=120)
    valid_from = forms.DateField(label=_("En vigueur à partir du"), widget=forms.DateInput)
    is_default = forms.BooleanField(label=_("Donner ce barème aux nouvelles activités"), required=False)
    assembly = forms.CharField(label=_("Assemblée"), max_length=120, initial=_("Assemblée générale"))
    decided_on = forms.DateField(label=_("Votée le"), widget=forms.DateInput)
    resolution = forms.CharField(label=_("Résolution"), max_length=60, required=False)
    turnover = forms.ChoiceField(
        label=_("Ventes comptées"),
        choices=ScaleTurnover.choices,
        widget=forms.RadioSelect,
        initial=ScaleTurnover.INVOICED,
    )
    minus = forms.ModelMultipleChoiceField(
        label=_("Charges déduites"),
        queryset=CostKind.objects.filter(enters_base=True),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    taken_on = forms.ChoiceField(
        label=_("Prélèvement"),
        choices=ScaleTaking.choices,
        widget=forms.RadioSelect,
        initial=ScaleTaking.MONTH,
    )
    rate = _percent(_("Taux, en %"), required=True)
    window = forms.ChoiceField(label=_("Cumul sur"), choices=_WINDOWS)
    above_last = forms.ChoiceField(
        label=_("Après le dernier point"),
        choices=[(Edge.KEEP, _("Le même montant")), (Edge.EXTEND, _("La même pente"))],
    )
    spread = forms.ChoiceField(
        label=_("Prélevé"),
        choices=[
            (Spread.MONTHLY, _("Chaque mois, ramené à l’année")),
            (Spread.YEAR_END, _("En fin d’année")),
        ],
    )
    internal_rate = _percent(_("Ventes internes, taux en %"))
    fixed_cape = _amount(_("En CAPE, par mois"))
    fixed_cesa = _amount(_("En CESA, par mois"))
    floor_per = forms.ChoiceField(
        label=_("Plancher"),
        choices=[("", _("Aucun")), (Window.MONTH, _("Par mois")), (Window.YEAR, _("Par an"))],
        required=False,
    )
    floor_cape = _amount(_("En CAPE"))
    floor_cesa = _amount(_("En CESA"))
    floor_first_months = forms.IntegerField(
        label=_("Premiers mois à un autre montant"), min_value=1, max_value=120, required=False
    )
    floor_first_amount = _amount(_("Montant de ces premiers mois"))
    floor_per_person = forms.BooleanField(label=_("Par personne"), required=False)
    advance_cape = forms.IntegerField(
        label=_("Mois demandés d’avance en CAPE"), min_value=1, max_value=12, required=False
    )
    cap_amount = _amount(_("Plafond par an"))
    cap_associate = _amount(_("Plafond des associé·es"))
    cap_pro_rata = forms.BooleanField(label=_("Au prorata des mois de présence"), required=False)
    franchise_months = forms.IntegerField(
        label=_("Nombre de premiers mois dispensés"), min_value=1, max_value=120, required=False
    )
    franchise_waives = _parts(_("Dispensés de"))
    year_starts = forms.TypedChoiceField(
        label=_("L’année commence en"), choices=list(MONTHS.items()), coerce=int, initial=1
    )
    exempt_minima_sociaux = _parts(_("Minima sociaux"))
    exempt_sick_leave = _parts(_("Arrêt maladie"))
    exempt_parental_leave = _parts(_("Congé parental"))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = Kind(kind)
        if self.kind != Kind.FLAT:
            del self.fields["rate"]
        if self.kind != Kind.CURVE:
            del self.fields["above_last"], self.fields["spread"]
        if self.kind in _ONLY_WINDOW:
            del self.fields["window"]

    @property
    def heads(self) -> list[tuple[Any, list[BoundField]]]:
        """The sections that come before the rows of the shape."""
        named = (
            (_("Barème"), ("label", "code", "valid_from", "is_default")),
            (_("Décision"), ("assembly", "decided_on", "resolution")),
            (_("Base"), ("turnover", "minus", "taken_on")),
        )
        return [(title, [self[name] for name in names]) for title, names in named]


def rules_of(form: ScaleForm, rows: list[dict[str, Any]], training: list[dict[str, Any]]) -> dict[str, Any]:
    """The rules that a valid form describes; `rows` are its tiers or points, `training` the tiers of sales of
    training."""
    said = form.cleaned_data
    rules: dict[str, Any] = {
        "base": {"turnover": said["turnover"], "minus": [kind.code for kind in said["minus"]]},
        "shape": _shape(form, rows),
        "taken_on": said["taken_on"],
        "year_starts": said["year_starts"],
    }
    own = _categories(said, training)
    parts = {
        "per_category": own,
        "fixed_per_month": _by_contract(said["fixed_cape"], said["fixed_cesa"]),
        "floor": _floor(said),
        "cap": _cap(said),
        "franchise": _franchise(said),
        "exemptions": {
            situation: said[f"exempt_{situation}"] for situation in _EASED if said[f"exempt_{situation}"]
        },
    }
    return rules | {name: part for name, part in parts.items() if part}


def _shape(form: ScaleForm, rows: list[dict[str, Any]]) -> dict[str, Any]:
    said = form.cleaned_data
    shape: dict[str, Any] = {"kind": form.kind, "window": said.get("window") or _ONLY_WINDOW[form.kind]}
    if form.kind == Kind.FLAT:
        return shape | {"rate": _rate(said["rate"])}
    if form.kind == Kind.CURVE:
        points = [[str(row["base"] or 0), str(row["amount"] or 0)] for row in rows]
        return shape | {"points": points, "above_last": said["above_last"], "spread": said["spread"]}
    return shape | {"levels" if form.kind == Kind.WHOLE_BASE else "slices": _tiers(rows)}


def _categories(said: Mapping[str, Any], training: list[dict[str, Any]]) -> dict[str, Any]:
    own: dict[str, Any] = {}
    if training:
        own["training"] = {"kind": Kind.SLICES, "window": Window.YEAR, "slices": _tiers(training)}
    if said["internal_rate"] is not None:
        window = Window.DOCUMENT if said["taken_on"] == ScaleTaking.DOCUMENT else Window.YEAR
        own["internal"] = {"kind": Kind.FLAT, "window": window, "rate": _rate(said["internal_rate"])}
    return own


def _tiers(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "up_to": None if row["up_to"] is None else str(row["up_to"]),
            "rate": _rate(row["rate"] or Decimal(0)),
        }
        for row in rows
    ]


def _rate(percent: Decimal) -> str:
    return str(percent / _HUNDRED)


def _by_contract(cape: Decimal | None, cesa: Decimal | None) -> Any:
    if not cape and not cesa:
        return None
    if cape == cesa:
        return str(cape)
    amounts = {Contract.CAPE: cape, Contract.CESA: cesa}
    return {contract: str(amount) for contract, amount in amounts.items() if amount}


def _floor(said: Mapping[str, Any]) -> dict[str, Any] | None:
    amount = _by_contract(said["floor_cape"], said["floor_cesa"])
    if not said["floor_per"] or amount is None:
        return None
    if said["floor_first_months"]:
        amount = [
            {"up_to_month": said["floor_first_months"], "amount": str(said["floor_first_amount"] or 0)},
            {"up_to_month": None, "amount": str(said["floor_cesa"] or said["floor_cape"])},
        ]
    floor: dict[str, Any] = {"per": said["floor_per"], "amount": amount}
    if said["floor_per_person"]:
        floor["per_person"] = True
    if said["advance_cape"]:
        floor["advance_months"] = {Contract.CAPE: said["advance_cape"]}
    return floor


def _cap(said: Mapping[str, Any]) -> dict[str, Any] | None:
    if said["cap_amount"] is None:
        return None
    own = said["cap_associate"]
    return {
        "per": Window.YEAR,
        "amount": str(said["cap_amount"]),
        "associate_amount": None if own is None else str(own),
        "pro_rata": said["cap_pro_rata"],
    }


def _franchise(said: Mapping[str, Any]) -> dict[str, Any] | None:
    if not said["franchise_months"]:
        return None
    return {"months": said["franchise_months"], "waives": said["franchise_waives"]}
