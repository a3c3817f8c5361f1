"""What is typed to share a result, and to undo a sharing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField


class PeriodForm(forms.Form):
    start = DayField(label=_("Du"))
    end = DayField(label=_("Au"), help_text=_("Dernier jour du résultat à répartir."))


class UndoForm(forms.Form):
    on = DayField(label=_("Date de la contre-passation"))
    reason = forms.CharField(label=_("Motif"), max_length=150)
