"""What is typed to close or reopen a month, and to open a year."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.services.periods import MOST_REASON
from cae.core.forms import DayField


class CloseForm(forms.Form):
    """Whoever closes says that they saw what is pointed at."""

    looked = forms.BooleanField(
        label=_("J’ai regardé les points signalés : ils ne changent rien."), required=False
    )


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=_("Motif"),
        max_length=MOST_REASON,
        help_text=_("Gardé avec le mois : ce qui manquait, ou ce qui était faux."),
    )


class YearForm(forms.Form):
    """A year of another length than the usual one."""

    starts_on = DayField(label=_("Premier jour"))
    ends_on = DayField(label=_("Dernier jour"))
