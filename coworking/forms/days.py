"""What is typed on the day of a place: who comes, for whom, when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import DayField
from coworking.forms.clock import ClockField
from coworking.services.visitors import VisitorData
from people.models import Person


class ArrivalForm(forms.Form):
    """Who has come."""

    person = FoundField(label=_("Qui arrive"), queryset=Person.objects.none())

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]


class AsideForm(forms.Form):
    """Until when something is put aside."""

    until = DayField(label=_("Jusqu’au"), help_text=_("Elle revient ce jour-là."))


class VisitForm(forms.Form):
    """A visit announced by the team."""

    name = forms.CharField(label=_("Nom"), max_length=160)
    firm = forms.CharField(label=_("Organisme"), max_length=120, required=False)
    email = forms.EmailField(label=_("Adresse e-mail"), required=False)
    host = FoundField(label=_("Vient voir"), queryset=Person.objects.none(), required=False)
    expected_at = ClockField(label=_("Attendue"))

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = persons  # type: ignore[attr-defined]

    def typed(self) -> VisitorData:
        found = self.cleaned_data
        return VisitorData(found["name"], found["firm"], found["email"], found["host"])


class WalkInForm(forms.Form):
    """Somebody at the door, who types on the tablet."""

    name = forms.CharField(label=_("Votre nom"), max_length=160)
    firm = forms.CharField(label=_("Organisme"), max_length=120, required=False)
    asked_for = forms.CharField(label=_("Qui venez-vous voir ?"), max_length=160, required=False)
    rules_accepted = forms.BooleanField(label=_("J’accepte les règles du lieu"), required=False)

    def __init__(self, *args: Any, has_rules: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_rules:
            del self.fields["rules_accepted"]

    def typed(self, host: Person | None) -> VisitorData:
        found = self.cleaned_data
        return VisitorData(
            found["name"],
            found["firm"],
            host=host,
            asked_for=found["asked_for"],
            rules_accepted=bool(found.get("rules_accepted")),
        )
