"""What is typed when a passage to the CESA is decided (ENT-30)."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField
from entrepreneurs.states.passages import PassageOutcome


class PassageForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Décision"), choices=PassageOutcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Motif"),
        required=False,
        max_length=500,
        widget=forms.Textarea,
        help_text=_("Obligatoire pour une dérogation ou un report."),
    )
    decided_on = DayField(label=_("Décidé le"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = timezone.localdate
