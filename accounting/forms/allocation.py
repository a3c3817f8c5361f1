"""What is typed about the allocation of a result: parts and key, facts put right, a right, each step."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.calculations.allocation.parts import Facts
from accounting.models import AllocationRight, ResultAllocation
from accounting.services.allocation import MOST_DECISION
from accounting.services.allocation_proposing import MOST_REASON, RightSaid, Wished
from accounting.states.allocation import AllocationLaw
from cae.core.forms import AmountField, DayField, PercentField
from cae.core.money import ZERO

_HUNDRED = Decimal(100)
# What a Scic has none of.
_LABOUR = ("labour", "participation", "by_time", "by_equal", "seniority_step")


def _typed(rate: Decimal) -> Decimal:
    """A fraction as people type it: 31.4 for 0.3140."""
    return (rate * _HUNDRED).normalize() + 0


def _fraction(said: Decimal | None) -> Decimal:
    return (said or ZERO) / _HUNDRED


class PartsForm(forms.Form):
    """Where the result goes; the development fund takes what is left."""

    legal = AmountField(label=_("Réserve légale (€)"), min_value=0)
    labour = AmountField(label=_("Part travail (€)"), min_value=0)
    interest = AmountField(label=_("Intérêt aux parts (€)"), min_value=0)
    participation = AmountField(
        label=_("Dont participation (€)"),
        min_value=0,
        help_text=_("Ce que l’accord de participation prend dans la part travail."),
    )
    by_time = PercentField(
        label=_("Selon le temps de présence (%)"),
        min_value=0,
        max_value=100,
        help_text=_("Ce qui n’est ni selon le temps ni à parts égales suit la rémunération."),
    )
    by_equal = PercentField(label=_("À parts égales (%)"), min_value=0, max_value=100)
    seniority_step = PercentField(
        label=_("Majoration par année d’ancienneté (%)"),
        min_value=0,
        max_value=100,
        help_text=_("L’ancienneté double un droit au plus (loi 78-763 art. 33, 3°)."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, row: ResultAllocation, **kwargs: Any) -> None:
        amounts = {name: getattr(row, name) for name in ("legal", "labour", "interest", "participation")}
        rates = {name: _typed(getattr(row, name)) for name in ("by_time", "by_equal", "seniority_step")}
        super().__init__(*args, initial=amounts | rates | {"version": row.version}, **kwargs)
        if row.law == AllocationLaw.SCIC:
            for name in _LABOUR:
                del self.fields[name]

    def wished(self) -> Wished:
        said = self.cleaned_data
        return Wished(
            labour=said.get("labour") or ZERO,
            interest=said["interest"],
            legal=said["legal"],
            participation=said.get("participation") or ZERO,
            by_time=_fraction(said.get("by_time")),
            by_equal=_fraction(said.get("by_equal")),
            seniority_step=_fraction(said.get("seniority_step")),
        )


class FactsForm(forms.Form):
    """What the books do not know of the year."""

    legal_reserve = AmountField(label=_("Réserve légale au dernier jour (€)"), min_value=0)
    capital = AmountField(label=_("Capital au dernier jour (€)"), min_value=0)
    highest_capital = AmountField(
        label=_("Capital le plus élevé atteint (€)"),
        min_value=0,
        help_text=_("Depuis la création ; la réserve légale d’une Scop s’arrête à ce montant."),
    )
    losses = AmountField(label=_("Pertes antérieures à absorber (€)"), min_value=0)
    kept_out = AmountField(
        label=_("Gains ou subventions non partageables (€)"),
        min_value=0,
        help_text=_(
            "Scop : cessions de parts, d’immeubles, de branches (loi 78-763 art. 32). "
            "Scic : subventions reçues (loi 47-1775 art. 19 nonies)."
        ),
    )
    interest_rate = PercentField(
        label=_("Taux plafond de l’intérêt aux parts (%)"), min_value=0, max_value=100, required=True
    )
    reason = forms.CharField(
        label=_("Pourquoi ces chiffres diffèrent des livres"),
        max_length=MOST_REASON,
        required=False,
        help_text=_("Laissez vide si rien n’en diffère."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, row: ResultAllocation, **kwargs: Any) -> None:
        names = ("legal_reserve", "capital", "highest_capital", "losses", "kept_out")
        known: dict[str, Any] = {name: getattr(row, name) for name in names}
        known |= {
            "interest_rate": _typed(row.interest_rate),
            "reason": row.facts_reason,
            "version": row.version,
        }
        super().__init__(*args, initial=known, **kwargs)
        self.row = row

    def facts(self) -> Facts:
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("reason", "version")}
        said["interest_rate"] = _fraction(said["interest_rate"])
        return replace(self.row.facts, **said)


class RightForm(forms.Form):
    """What is measured of a person, put right."""

    pay = AmountField(label=_("Rémunération brute de l’exercice (€)"), min_value=0)
    days = forms.IntegerField(label=_("Jours de présence"), min_value=0, max_value=731)
    seniority = forms.IntegerField(label=_("Années d’ancienneté"), min_value=0, max_value=80)
    is_entitled = forms.BooleanField(
        label=_("A droit à la part travail"),
        required=False,
        help_text=_(
            "Trois mois de présence dans l’exercice, ou six mois d’ancienneté à sa fin "
            "(loi 78-763 art. 33, 3°)."
        ),
    )
    reason = forms.CharField(label=_("Motif"), max_length=MOST_REASON)

    def __init__(self, *args: Any, row: AllocationRight, **kwargs: Any) -> None:
        names = ("pay", "days", "seniority", "is_entitled", "reason")
        super().__init__(*args, initial={name: getattr(row, name) for name in names}, **kwargs)

    def said(self) -> RightSaid:
        return RightSaid(**self.cleaned_data)


class DecisionForm(forms.Form):
    """The assembly, in words."""

    decision = forms.CharField(
        label=_("Assemblée et résolution"),
        max_length=MOST_DECISION,
        help_text=_("Comme au procès-verbal : « assemblée du 12 juin 2026, résolution n° 3 »."),
    )


class VoteForm(DecisionForm):
    on = DayField(label=_("Votée le"))


class PostForm(forms.Form):
    on = DayField(label=_("Date de l’écriture"))


class AllocationReasonForm(forms.Form):
    reason = forms.CharField(label=_("Motif"), max_length=150)


class AllocationUndoForm(AllocationReasonForm):
    on = DayField(label=_("Date de la contre-passation"))


class PayForm(forms.Form):
    """When it is paid, and what is kept back of it."""

    due_on = DayField(label=_("À verser le"))
    labour_rate = PercentField(
        label=_("Retenue sur la part travail (%)"),
        min_value=0,
        max_value=100,
        required=True,
        help_text=_("CSG et CRDS ; zéro si la paie s’en charge."),
    )
    interest_rate = PercentField(
        label=_("Retenue sur l’intérêt aux parts (%)"),
        min_value=0,
        max_value=100,
        required=True,
        help_text=_("Impôt et prélèvements sociaux."),
    )
    on = DayField(label=_("Date de l’écriture des retenues"))

    def __init__(self, *args: Any, labour: Decimal, interest: Decimal, **kwargs: Any) -> None:
        known = {"labour_rate": _typed(labour), "interest_rate": _typed(interest)}
        super().__init__(*args, initial=known | kwargs.pop("initial", {}), **kwargs)

    def content(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        for name in ("labour_rate", "interest_rate"):
            said[name] = _fraction(said[name])
        return said
