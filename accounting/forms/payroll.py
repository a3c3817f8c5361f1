"""What is typed about the pay of a month."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounting.models import PayItem
from accounting.models.payroll import LONGEST_NUMBER
from accounting.services.pay_proposals import MOST_REASON, PayChanges
from cae.core.forms import AmountField
from cae.core.periods import Month
from cae.core.templatetags.formats import day

_ABSENCE = "absence_"


def month_choices(months: Sequence[Month]) -> list[tuple[str, str]]:
    return [(str(month), capfirst(date_format(month.first, "F Y"))) for month in months]


class MonthForm(forms.Form):
    """Of which month the pay is proposed."""

    month = forms.TypedChoiceField(label=_("Mois"), coerce=Month.parse)

    def __init__(self, *args: Any, months: Sequence[Month], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = month_choices(months)  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """The gross that somebody asks for instead, and why."""

    wanted = AmountField(label=_("Brut demandé pour ce mois (€)"))
    reason = forms.CharField(label=_("Pourquoi"), max_length=MOST_REASON)


class ReasonForm(forms.Form):
    """Why a pay, or what came of it, is given up."""

    reason = forms.CharField(label=_("Motif"), max_length=MOST_REASON)


class ReviseForm(forms.Form):
    """What the team changes; what takes from the pay is typed without a sign."""

    advance = AmountField(label=_("Avance sur la part variable (€ brut)"), required=False)
    leaving = AmountField(label=_("Solde de fin de contrat (€ brut)"), required=False)
    daily = AmountField(label=_("Indemnités journalières (€)"), required=False)
    expenses = AmountField(
        label=_("Frais remboursés avec la paie (€)"),
        required=False,
        help_text=_("Les notes de frais approuvées partent par virement : rien à saisir pour elles."),
    )
    shares = AmountField(label=_("Retenue pour parts sociales (€)"), required=False)
    is_covered_elsewhere = forms.BooleanField(label=_("Dispense de mutuelle ce mois-ci"), required=False)
    reason = forms.CharField(label=_("Motif"), max_length=MOST_REASON)

    field_order = ("advance",)

    def __init__(self, *args: Any, absences: Sequence[tuple[PayItem, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields.pop("reason")
        for item, word in absences:
            words = {"word": word, "from": day(item.starts_on), "until": day(item.ends_on)}
            self.fields[f"{_ABSENCE}{item.pk}"] = AmountField(
                label=_("%(word)s du %(from)s au %(until)s : à retirer du brut (€)") % words,
                required=False,
                initial=item.amount,
            )
        self.fields["reason"] = reason

    def typed(self) -> dict[str, Any]:
        """What the service takes."""
        data = dict(self.cleaned_data)
        absences = {
            int(name.removeprefix(_ABSENCE)): data.pop(name) or Decimal(0)
            for name in list(data)
            if name.startswith(_ABSENCE)
        }
        reason, covered = data.pop("reason"), data.pop("is_covered_elsewhere")
        amounts = {name: value or Decimal(0) for name, value in data.items()}
        changes = PayChanges(**amounts, is_covered_elsewhere=covered, absences=absences)
        return {"changes": changes, "reason": reason}


class NumberForm(forms.Form):
    """The number of somebody in the payroll software."""

    number = forms.CharField(
        label=_("Matricule"),
        max_length=LONGEST_NUMBER,
        help_text=_("Celui du logiciel de paie : lettres, chiffres, « _ », « . », « - »."),
    )
