"""What is typed of a recurring document."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField, PercentField
from invoicing.calculations.recurrence import after_months
from invoicing.calculations.totals import percent
from invoicing.models import PurchaseOrder, RecurringPlan
from invoicing.services.recurring import Model, PlanContent
from invoicing.states.recurring import MONTHS, MOST_TITLE, MakingMode, Period

_HUNDRED = Decimal(100)


class PlanForm(forms.Form):
    """A plan, new or changed; an order is always made as a draft, so it is not asked how."""

    title = forms.CharField(label=_("Objet"), max_length=MOST_TITLE)
    every = forms.ChoiceField(label=_("Rythme"), choices=Period.choices)
    first_on = DayField(
        label=_("Première date"), help_text=_("Le 31 revient au 31, ou au dernier jour d’un mois plus court.")
    )
    until = DayField(
        label=_("Jusqu’au"),
        required=False,
        help_text=_("Dernier jour où un document se fait ; vide : sans fin."),
    )
    mode = forms.ChoiceField(
        label=_("À chaque date, le document est"), choices=MakingMode.choices, widget=forms.RadioSelect
    )
    index_rate = PercentField(
        label=_("Hausse annuelle des prix (%)"),
        help_text=_("Appliquée à chaque anniversaire ; vide : aucune."),
    )
    index_since = DayField(label=_("Prix du"), required=False, help_text=_("Le jour des prix du modèle."))
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, model: Model, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(model, PurchaseOrder):
            del self.fields["mode"]

    @property
    def key(self) -> UUID:
        key: UUID = self.cleaned_data["form_key"]
        return key

    def content(self) -> PlanContent:
        found = self.cleaned_data
        rate: Decimal | None = found["index_rate"]
        return PlanContent(
            title=found["title"],
            every=found["every"],
            first_on=found["first_on"],
            until=found["until"],
            mode=found.get("mode", MakingMode.DRAFT),
            index_rate=None if rate is None else rate / _HUNDRED,
            index_since=found["index_since"],
        )


def new_plan(model: Model, *, dated: date, today: date) -> dict[str, Any]:
    """What the form offers first: the next monthly date of the model, in draft."""
    first = after_months(dated, MONTHS[Period.MONTH])
    return {
        "title": (model.purpose or str(model))[:MOST_TITLE],
        "every": Period.MONTH,
        "first_on": max(first, today),
        "mode": MakingMode.DRAFT,
        "form_key": uuid4(),
    }


def plan_typed(plan: RecurringPlan) -> dict[str, Any]:
    """The initial values that show a stored plan."""
    names = ("title", "every", "first_on", "until", "mode", "index_since", "form_key", "version")
    rate = None if plan.index_rate is None else percent(plan.index_rate)
    return {name: getattr(plan, name) for name in names} | {"index_rate": rate}
