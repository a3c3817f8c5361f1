"""What is typed to simulate a pay: the figure that one knows, the month, what is proper to the person."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounting.calculations.pay.situations import Target, TargetKind
from cae.core.forms import AmountField, PercentField
from cae.core.periods import Month
from people.models import Person

KINDS = (
    (TargetKind.GROSS.value, _("Salaire brut")),
    (TargetKind.COST.value, _("Coût pour l’activité")),
    (TargetKind.NET.value, _("Net avant impôt")),
    (TargetKind.NET_AFTER.value, _("Net après impôt")),
)
_MOST = Decimal(100_000)
_FULL_TIME = Decimal(35)


def month_choices(months: list[Month]) -> list[tuple[str, str]]:
    """« 2026-11 », « novembre 2026 »."""
    return [(str(month), date_format(month.first, "F Y")) for month in months]


class SimulationForm(forms.Form):
    """Sent by GET: an address says the whole simulation, and nothing is kept."""

    known = forms.ChoiceField(label=_("Je connais le"), choices=KINDS, initial=TargetKind.NET.value)
    amount = AmountField(label=_("Montant du mois (€)"), min_value=0, max_value=_MOST)
    month = forms.ChoiceField(label=_("Mois"))
    person = forms.ModelChoiceField(
        label=_("Personne"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Sans nommer personne"),
        help_text=_("Sa rémunération depuis janvier compte dans la réduction générale."),
    )
    rate = PercentField(
        label=_("Prélèvement à la source (%)"),
        min_value=0,
        max_value=100,
        help_text=_("Votre taux, pour connaître le net après impôt : il est sur votre dernier bulletin."),
    )
    exempt = forms.BooleanField(label=_("Dispense de mutuelle"), required=False)
    cadre = forms.BooleanField(label=_("Statut cadre"), required=False)
    hours = AmountField(
        label=_("Heures par semaine"),
        min_value=1,
        max_value=_FULL_TIME,
        required=False,
        help_text=_("Pour l’équipe salariée ; un entrepreneur salarié n’a pas d’horaire : laissez vide."),
    )
    alone = forms.BooleanField(label=_("Ce mois seul, sans l’année"), required=False)

    def __init__(
        self, *args: Any, months: list[Month], people: Any = None, hours: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = month_choices(months)  # type: ignore[attr-defined]
        if people is None:
            del self.fields["person"]
        else:
            self.fields["person"].queryset = people  # type: ignore[attr-defined]
        if not hours:
            del self.fields["hours"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("known") == TargetKind.NET_AFTER and data.get("rate") is None and "rate" in data:
            self.add_error("rate", _("Donnez votre taux de prélèvement pour partir du net après impôt."))
        return data

    @property
    def target(self) -> Target:
        return Target(TargetKind(self.cleaned_data["known"]), self.cleaned_data["amount"])

    @property
    def chosen_month(self) -> Month:
        return Month.parse(self.cleaned_data["month"])

    @property
    def withholding_rate(self) -> Decimal | None:
        rate: Decimal | None = self.cleaned_data["rate"]
        return None if rate is None else rate / 100


class MonthForm(forms.Form):
    """From which month on a version of the rules is used."""

    first_month = forms.ChoiceField(
        label=_("Premier mois"), help_text=_("Les mois d’avant gardent leurs règles.")
    )

    def __init__(self, *args: Any, months: list[Month], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_month"].choices = month_choices(months)  # type: ignore[attr-defined]


class OverrideEndForm(forms.Form):
    """Until which month a correction of the rules is used, and why no longer."""

    last_month = forms.ChoiceField(label=_("Dernier mois"))
    reason = forms.CharField(label=_("Motif"), max_length=300)

    def __init__(self, *args: Any, months: list[Month], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_month"].choices = month_choices(months)  # type: ignore[attr-defined]
