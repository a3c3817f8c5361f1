"""What is typed of the costs of an event."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField
from coworking.models import Event, EventPart
from coworking.services.event_costs import EventCostData
from coworking.states.events import CostKey


class EventCostForm(forms.Form):
    """A cost, and how it is shared."""

    label = forms.CharField(
        label=_("Dépense"), max_length=120, help_text=_("Repas, salle, car : lu par chaque inscrit·e.")
    )
    amount = AmountField(label=_("Montant HT"), min_value=0)
    key = forms.ChoiceField(
        label=_("Répartie"), choices=CostKey.choices, widget=forms.RadioSelect, initial=CostKey.SEATS
    )
    part = forms.ModelChoiceField(
        label=_("Partie"),
        queryset=EventPart.objects.none(),
        required=False,
        help_text=_("Si la dépense ne concerne que celles et ceux qui la suivent."),
    )
    paid_by = forms.CharField(label=_("Payée par"), max_length=160, required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].queryset = event.parts.all()  # type: ignore[attr-defined]

    def typed(self) -> EventCostData:
        return EventCostData(**self.cleaned_data)
