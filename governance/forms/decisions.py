"""What is typed about decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import DayField
from governance.models import Body
from governance.selectors.decisions import bodies_offered
from governance.services.decisions import DecisionData, FollowUp
from people.models import Person


class FollowUpForm(forms.Form):
    """Who does it, by when."""

    owner = FoundField(label=_("Confiée à"), queryset=Person.objects.none(), required=False)
    due_on = DayField(label=_("Pour le"), required=False)

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = persons  # type: ignore[attr-defined]

    def typed(self) -> Any:
        return FollowUp(owner=self.cleaned_data["owner"], due_on=self.cleaned_data["due_on"])


class DecisionForm(FollowUpForm):
    """A decision that no vote here wrote."""

    on = DayField(label=_("Décidée le"))
    body = forms.ModelChoiceField(label=_("Par"), queryset=Body.objects.none())
    title = forms.CharField(label=_("Décision"), max_length=200, help_text=_("En une ligne."))
    text = forms.CharField(
        label=_("Texte"), max_length=20000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    field_order = ("on", "body", "title", "text", "owner", "due_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies_offered()  # type: ignore[attr-defined]

    def typed(self) -> DecisionData:
        return DecisionData(**{name: self.cleaned_data[name] for name in DecisionData.__dataclass_fields__})


class OutcomeForm(forms.Form):
    """What was done, or why it will not be."""

    outcome = forms.CharField(
        label=_("En quelques mots"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
