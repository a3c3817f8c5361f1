"""What is typed about an absence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import DayField
from cae.core.options import OptionField
from entrepreneurs.services.absences import Days
from entrepreneurs.states.absences import KIND_LIST
from people.models import Person


class AbsenceForm(forms.Form):
    """An absence that one asks for."""

    kind = OptionField(KIND_LIST, label=_("Motif"))
    starts_on = DayField(label=_("Premier jour"))
    from_noon = forms.BooleanField(label=_("À partir de midi seulement"), required=False)
    ends_on = DayField(label=_("Dernier jour"))
    to_noon = forms.BooleanField(label=_("Jusqu’à midi seulement"), required=False)
    note = forms.CharField(label=_("Précision"), max_length=300, required=False)

    def typed(self) -> dict[str, Any]:
        """What the service takes."""
        data = dict(self.cleaned_data)
        days = Days(*(data.pop(name) for name in ("starts_on", "ends_on", "from_noon", "to_noon")))
        return {"days": days, **data}


class RecordForm(AbsenceForm):
    """An absence that human resources write down for somebody, accepted at once."""

    person = FoundField(label=_("Personne"), queryset=Person.objects.none())
    field_order = ("person", "kind", "starts_on", "from_noon", "ends_on", "to_noon", "note")

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The word that goes with an answer."""

    answer = forms.CharField(label=_("Un mot"), max_length=300, required=False)
