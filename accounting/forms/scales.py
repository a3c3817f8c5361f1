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
from accounting.models import ContributionScale, CostKind
from accounting.states.contributions import ScaleTaking, ScaleTurnover, Situation, WaivedPart
from cae.core.forms import AmountField, DayField

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

# What is typed, what it needs to mean something, and how it is asked for.
_TOGETHER = (
    ("floor_cape", "floor_per", _("Dites si ce plancher vaut par mois ou par an.")),
    ("floor_cesa", "floor_per", _("Dites si ce plancher vaut par mois ou par an.")),
    ("floor_per", "floor_cesa|floor_cape", _("Donnez le montant du plancher.")),
    ("floor_first_months", "floor_per", _("Dites si ce plancher vaut par mois ou par an.")),
    ("floor_first_amount", "floor_first_months", _("Dites pendant combien de mois.")),
    ("floor_per_person", "floor_per", _("Dites si ce plancher vaut par mois ou par an.")),
    ("advance_cape", "floor_per", _("Une avance se compte en mois de plancher : dites lequel.")),
    ("cap_associate", "cap_amount", _("Donnez le plafond de toutes les activités.")),
    ("cap_pro_rata", "cap_amount", _("Donnez le plafond par an.")),
    ("franchise_waives", "franchise_months", _("Dites combien de premiers mois en sont dispensés.")),
    ("franchise_months", "franchise_waives", _("Dites ce dont ces premiers mois sont dispensés.")),
)
_FOLDS = {
    "fixed": ("fixed_cape", "fixed_cesa"),
    "floor": (
        "floor_per",
        "floor_cape",
        "floor_cesa",
        "floor_first_months",
        "floor_first_amount",
        "floor_per_person",
        "advance_cape",
    ),
    "cap": ("cap_amount", "cap_associate", "cap_pro_rata"),
    "eased": (
        "franchise_months",
        "franchise_waives",
        *(f"exempt_{situation}" for situation in _EASED),
    ),
    "internal": ("internal_rate",),
}


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

    # The box that is said to be wrong when the tiers do not follow one another.
    ordered = "up_to"

    @property
    def is_written(self) -> bool:
        return self.cleaned_data.get("up_to") is not None or self.cleaned_data.get("rate") is not None

    def clean(self) -> None:
        if self.cleaned_data.get("up_to") is not None and self.cleaned_data.get("rate", 0) is None:
            self.add_error("rate", _("Donnez le taux de cette tranche : 0 si elle ne donne rien."))


class PointForm(forms.Form):
    """A point of a curve."""

    base = _amount(_("Base de l’année"))
    amount = _amount(_("Contribution"))

    ordered = "base"

    @property
    def is_written(self) -> bool:
        return self.cleaned_data.get("base") is not None or self.cleaned_data.get("amount") is not None

    def clean(self) -> None:
        for name, other in (("base", "amount"), ("amount", "base")):
            if self.cleaned_data.get(name) is not None and self.cleaned_data.get(other, 0) is None:
                self.add_error(other, _("Un point a une base et une contribution : 0 si elle est nulle."))


TierSet: type[BaseFormSet[Any]] = formset_factory(TierForm, extra=ROWS, max_num=ROWS)
PointSet: type[BaseFormSet[Any]] = formset_factory(PointForm, extra=ROWS, max_num=ROWS)


class ScaleForm(forms.Form):
    """All that a scale says but its tiers or points, which are rows."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=30,
        help_text=_("Un mot sans espace, qui reste d’une version à l’autre : « tranches »."),
    )
    label = forms.CharField(label=_("Libellé"), max_length=120)
    valid_from = DayField(label=_("En vigueur à partir du"))
    is_default = forms.BooleanField(label=_("Donner ce barème aux nouvelles activités"), required=False)
    assembly = forms.CharField(label=_("Assemblée"), max_length=120, initial=_("Assemblée générale"))
    decided_on = DayField(label=_("Votée le"))
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
    rate = _percent(_("Taux"), required=True)
    window = forms.ChoiceField(label=_("Cumul sur"), choices=_WINDOWS)
    above_last = forms.ChoiceField(
        label=_("Après le dernier point"),
        choices=[(Edge.KEEP, _("Le même montant")), (Edge.EXTEND, _("La même pente"))],
        initial=Edge.KEEP,
    )
    spread = forms.ChoiceField(
        label=_("Prélevé"),
        choices=[
            (Spread.MONTHLY, _("Chaque mois, ramené à l’année")),
            (Spread.YEAR_END, _("En fin d’année")),
        ],
        initial=Spread.MONTHLY,
    )
    internal_rate = _percent(_("Taux des ventes internes"))
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

    def __init__(
        self, *args: Any, kind: str, version: ContributionScale | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.version = Kind(kind), version
        if version is not None:
            self.fields["code"].widget = forms.HiddenInput()
        if self.kind != Kind.FLAT:
            del self.fields["rate"]
        if self.kind != Kind.CURVE:
            del self.fields["above_last"], self.fields["spread"]
        if self.kind in _ONLY_WINDOW:
            del self.fields["window"]

    def clean_code(self) -> str:
        """A new version is prepared from its page: two scales do not become one by a name typed twice."""
        code: str = self.cleaned_data["code"]
        if self.version is not None:
            return self.version.code
        if not self.fields["code"].required:
            return code
        former = ContributionScale.objects.filter(code=code).order_by("-version").first()
        if former is not None:
            raise forms.ValidationError(
                _("Ce code est celui de « %(label)s » : préparez-en une nouvelle version depuis sa page.")
                % {"label": former.label}
            )
        return code

    def clean(self) -> None:
        """Nothing that is typed is left aside: a figure that means nothing alone is asked about."""
        said = self.cleaned_data
        for name, needed, sentence in _TOGETHER:
            written = said.get(name) not in (None, "", [], False)
            if written and needed not in self.errors and not any(said.get(one) for one in needed.split("|")):
                self.add_error(needed.split("|")[0], sentence)
        amounts = (said.get("floor_cape"), said.get("floor_cesa"))
        if said.get("floor_first_months") and all(amounts) and len(set(amounts)) > 1:
            self.add_error(
                "floor_cesa", _("Avec des premiers mois à part, le plancher est le même en CAPE et en CESA.")
            )

    @property
    def folds(self) -> dict[str, bool]:
        """Which of the folded parts are open: those that say something, or where something is wrong."""
        return {
            fold: any(self[name].value() or self[name].errors for name in names)
            for fold, names in _FOLDS.items()
        }

    @property
    def base(self) -> list[BoundField]:
        """What is counted, and when it is taken."""
        return [self[name] for name in ("turnover", "minus", "taken_on")]

    @property
    def vote(self) -> list[BoundField]:
        """Its name, since when, who decided: what a trial does without."""
        names = ("label", "code", "valid_from", "assembly", "decided_on", "resolution", "is_default")
        return [self[name] for name in names if not self[name].is_hidden]


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
