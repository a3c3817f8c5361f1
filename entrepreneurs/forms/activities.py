"""What is typed about an activity."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField
from entrepreneurs.models import Activity
from people.models import Person, Scope, Territory
from people.states import ScopeKind


class ActivityForm(forms.ModelForm):
    """How an activity presents itself."""

    class Meta:
        model = Activity
        fields = ("name", "trade", "email", "phone")


class OpenActivityForm(ActivityForm):
    """A new activity, with its people and where it is followed from."""

    people = forms.ModelMultipleChoiceField(
        label=_("Personnes"),
        queryset=Person.objects.none(),
        help_text=_("Une seule, ou plusieurs pour une activité collective."),
    )
    territory = forms.ModelChoiceField(
        label=_("Territoire"), queryset=Territory.objects.none(), required=False
    )
    portfolio = forms.ModelChoiceField(
        label=_("Portefeuille d’accompagnement"), queryset=Scope.objects.none(), required=False
    )
    opened_on = DayField(label=_("Ouverte le"))

    class Meta:
        model = Activity
        fields = ("name", "code", "trade", "email", "phone")

    field_order = ("name", "code", "trade", "people", "email", "phone", "territory", "portfolio", "opened_on")

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = persons  # type: ignore[attr-defined]
        self.fields["territory"].queryset = Territory.objects.all()  # type: ignore[attr-defined]
        self.fields["portfolio"].queryset = Scope.objects.filter(kind=ScopeKind.PORTFOLIO)  # type: ignore[attr-defined]
        self.fields["opened_on"].initial = timezone.localdate
