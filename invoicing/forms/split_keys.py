"""What is typed about a key: its name, a weight a section; the rules stand in the services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.models import AnalyticAccount
from cae.core.forms import AmountField, DayField
from invoicing.forms.fields import typed
from invoicing.services.purchase_inputs import KeyContent
from invoicing.states.purchases import SplitKind


class WeightsForm(forms.Form):
    """A box a section: left empty, the section bears nothing."""

    starts_on = DayField(label=_("À partir du"))

    def __init__(
        self,
        *args: Any,
        sections: Sequence[AnalyticAccount],
        weights: Mapping[int, Decimal] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered = list(sections)
        for section in self.offered:
            self.fields[f"weight_{section.pk}"] = AmountField(
                label=section.label,
                required=False,
                decimal_places=4,
                max_digits=12,
                min_value=Decimal(0),
                initial=typed((weights or {}).get(section.pk)),
            )

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [self[f"weight_{section.pk}"] for section in self.offered]

    def weights(self) -> tuple[tuple[AnalyticAccount, Decimal], ...]:
        pairs = ((section, self.cleaned_data.get(f"weight_{section.pk}")) for section in self.offered)
        return tuple((section, weight) for section, weight in pairs if weight)


class KeyForm(WeightsForm):
    name = forms.CharField(label=_("Nom"), max_length=80, help_text=_("« Loyer de l’atelier »."))
    kind = forms.ChoiceField(
        label=_("Selon"), choices=SplitKind.choices, widget=forms.RadioSelect, initial=SplitKind.AREA
    )
    note = forms.CharField(label=_("Remarque"), max_length=250, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def content(self) -> KeyContent:
        found = self.cleaned_data
        return KeyContent(name=found["name"], kind=found["kind"], note=found["note"], weights=self.weights())

    @property
    def key(self) -> UUID:
        key: UUID = self.cleaned_data["form_key"]
        return key
