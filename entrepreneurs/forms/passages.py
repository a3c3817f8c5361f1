"""What is typed when a passage to the CESA is decided (ENT-30)."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField, ask_later
from entrepreneurs.selectors.passages import Rule
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
    # The figures that stand beside the form: the decision keeps these, or is refused.
    shown = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = timezone.localdate
        ask_later(self, "reason")

    @property
    def read_on(self) -> date:
        """The day whose figures stand beside the form: the one typed, unless it is no day or is to come."""
        today = timezone.localdate()
        typed = self.cleaned_data.get("decided_on") if self.is_bound else None
        return min(typed or today, today)

    def show(self, rule: Rule) -> None:
        """Draws the form beside these figures."""
        self.initial["shown"] = rule.seal
        if self.is_bound:
            typed: Any = self.data.copy()
            typed["shown"] = rule.seal
            self.data = typed
