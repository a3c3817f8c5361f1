"""What is typed of a test phase: figures counted, goals, the advisor’s word (ENT-32)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField
from entrepreneurs.states.follow_ups import Measure


class CountForm(forms.Form):
    """What the person counted."""

    measure = forms.ChoiceField(
        label=_("Mesure"),
        help_text=_("Ventes, marge et trésorerie viennent des livres."),
    )
    month = DayField(label=_("Mois (un de ses jours)"))
    amount = AmountField(label=_("Compté"))

    def offer(self, measures: tuple[str, ...]) -> None:
        """What the books do not know of this person."""
        choices = [(one, Measure(one).label) for one in measures]
        self.fields["measure"].choices = choices  # type: ignore[attr-defined]
        if Measure.MARGIN in measures:
            self.fields["measure"].help_text = ""


class AimForm(forms.Form):
    measure = forms.ChoiceField(label=_("Mesure"), choices=Measure.choices)
    month = DayField(label=_("Début de la période"))
    amount = AmountField(label=_("Objectif"))


class NoteForm(forms.Form):
    month = DayField(label=_("Début de la période"))
    text = forms.CharField(label=_("Avis"), widget=forms.Textarea(attrs={"rows": 3}))
