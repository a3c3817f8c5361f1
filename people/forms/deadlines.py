"""What is typed about a date that no other page makes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import DayField
from people.models import Person
from people.states.deadlines import KINDS_BY_HAND


class DateForm(forms.Form):
    """A date of a person, written by human resources."""

    person = FoundField(label=_("Personne"), queryset=Person.objects.none())
    kind = forms.ChoiceField(label=_("Nature"), choices=[(kind.value, kind.label) for kind in KINDS_BY_HAND])
    due_on = DayField(
        label=_("Dernier jour"),
        help_text=_(
            "Le dernier jour où l’on peut encore agir. Une date déjà notée de cette nature est remplacée."
        ),
    )

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]
