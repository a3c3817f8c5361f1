"""What is typed about a yearly interview: its headings, a signature, a word (ENT-54)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField
from entrepreneurs.states.interviews import InterviewHeading
from entrepreneurs.states.reports import MAX_SAID


class InterviewForm(forms.Form):
    """The eight headings, which may be written in several times."""

    held_on = DayField(label=_("Entretien du"), required=False)
    wants_amendment = forms.BooleanField(
        label=_("De nouveaux objectifs appellent un avenant au contrat"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in InterviewHeading:
            self.fields[str(one)] = forms.CharField(
                label=one.label,
                required=False,
                max_length=MAX_SAID,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    field_order = ("held_on",)

    def texts(self) -> dict[str, str]:
        return {str(one): self.cleaned_data.get(str(one), "") for one in InterviewHeading}


class SigningForm(forms.Form):
    # What was read when the page was opened: nothing else is signed.
    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)
    typed = forms.CharField(
        label=_("Votre nom, en guise de signature"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class WhyForm(forms.Form):
    reason = forms.CharField(label=_("Pourquoi"), max_length=300)
