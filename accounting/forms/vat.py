"""What is typed about VAT: a period, what the tax office answered, what a line is, why a filing is undone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.models import AnalyticAccount
from accounting.selectors.vat_coefficients import sections_offered
from accounting.services.vat_coefficients import Ratio
from accounting.services.vat_returns import MOST_REASON, MOST_REFERENCE, Filing
from accounting.services.vat_rulings import Ruling
from accounting.states.vat import REVERSE_KINDS, CoefficientStage, VatKind
from cae.core.forms import AmountField, DayField, PercentField

# What a final coefficient changes says so by itself.
RULED_KINDS = [kind for kind in VatKind if kind != VatKind.ADJUSTMENT]


class PeriodForm(forms.Form):
    """A day of the period to declare: its month or its quarter follows from the rhythm."""

    month = DayField(
        label=_("Un jour de la période"),
        help_text=_("La période est le mois ou le trimestre de ce jour, selon le réglage de la TVA."),
    )


class FilingForm(forms.Form):
    """What the tax office answered to the filing."""

    filed_on = DayField(label=_("Déposée le"))
    reference = forms.CharField(
        label=_("Numéro d’enregistrement"),
        max_length=MOST_REFERENCE,
        help_text=_("Celui que rend impots.gouv.fr après le dépôt."),
    )
    proof = forms.FileField(
        label=_("Accusé de dépôt"), required=False, help_text=_("PDF ou image, 10 Mo au plus.")
    )

    def filing(self) -> Filing:
        """What the service takes; call it on a valid form only."""
        sent = self.cleaned_data["proof"]
        proof = (sent.name, sent.read()) if sent else None
        return Filing(self.cleaned_data["filed_on"], self.cleaned_data["reference"], proof)


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Motif"), max_length=MOST_REASON)


class RulingForm(forms.Form):
    """What a line is for the statement."""

    is_out = forms.BooleanField(
        label=_("Hors déclaration"),
        required=False,
        help_text=_("La ligne n’entre dans aucune case : solde d’ouverture, virement entre comptes de TVA."),
    )
    rate = PercentField(label=_("Taux de TVA (%)"), help_text=_("0 pour une vente sans taxe."))
    kind = forms.ChoiceField(
        label=_("Nature"),
        required=False,
        choices=[("", _("Sans particularité")), *((one.value, one.label) for one in RULED_KINDS)],
    )
    reason = forms.CharField(label=_("Motif"), max_length=MOST_REASON)

    def ruling(self) -> Ruling:
        """What the service takes; call it on a valid form only."""
        return Ruling(**self.cleaned_data)


class AssessForm(forms.Form):
    """The tax that the cooperative owes in place of a supplier."""

    kind = forms.ChoiceField(
        label=_("Pourquoi la coopérative doit la taxe"),
        choices=[(kind.value, kind.label) for kind in REVERSE_KINDS],
    )
    rate = PercentField(label=_("Taux de TVA (%)"), required=True, initial=Decimal("20.00"))
    recovery = PercentField(
        label=_("Part déduite (%)"),
        required=True,
        initial=Decimal("100.00"),
        help_text=_("Ce qui n’est pas déduit rejoint le coût."),
    )
    on = DayField(label=_("Date"))

    def told(self) -> dict[str, Any]:
        """What the service takes; call it on a valid form only."""
        return self.cleaned_data | {"recovery": self.cleaned_data["recovery"] / 100}


class CoefficientForm(forms.Form):
    """The coefficient of a section for a year, from the sales that it is taken from."""

    year = forms.IntegerField(label=_("Année"), min_value=2000, max_value=2100)
    section = forms.ModelChoiceField(
        label=_("Section"),
        queryset=AnalyticAccount.objects.none(),
        empty_label=None,
        help_text=_("Les coûts des services communs servent à toutes les ventes."),
    )
    stage = forms.ChoiceField(label=_("Étape"), choices=CoefficientStage.choices)
    taxed = AmountField(label=_("Ventes qui ouvrent droit à déduction (€ HT)"))
    whole = AmountField(label=_("Toutes les ventes (€ HT)"))
    on = DayField(
        label=_("Date"), help_text=_("Un coefficient définitif passe sa régularisation à cette date.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["section"].queryset = sections_offered()

    def told(self) -> dict[str, Any]:
        """What the service takes; call it on a valid form only."""
        typed = dict(self.cleaned_data)
        ratio = Ratio(typed.pop("taxed"), typed.pop("whole"))
        return typed | {"ratio": ratio}
