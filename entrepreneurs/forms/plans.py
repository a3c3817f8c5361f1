"""What is typed of an action plan (ENT-55)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField
from entrepreneurs.models import PlanGoal
from entrepreneurs.selectors.referents import coaches_of
from entrepreneurs.services import plans
from entrepreneurs.states.plans import GoalKind, GoalState
from people.models import Person


class GoalForm(forms.Form):
    label = forms.CharField(label=_("Objectif"), max_length=plans.LONGEST_LABEL)
    kind = forms.ChoiceField(label=_("Sorte"), choices=GoalKind.choices)
    due_on = DayField(label=_("Pour le"), required=False)


class ActionForm(forms.Form):
    label = forms.CharField(label=_("Action"), max_length=plans.LONGEST_LABEL)
    goal = forms.ModelChoiceField(
        label=_("Pour l’objectif"),
        queryset=PlanGoal.objects.none(),
        required=False,
        empty_label=_("Aucun"),
    )
    owner = forms.ModelChoiceField(label=_("Par"), queryset=Person.objects.none())
    due_on = DayField(label=_("Pour le"), required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        owners = [person.pk, *(one.pk for one in coaches_of(person, today))]
        self.fields["owner"].queryset = Person.objects.filter(pk__in=owners)  # type: ignore[attr-defined]
        self.fields["owner"].initial = person.pk
        self.fields["goal"].queryset = PlanGoal.objects.filter(  # type: ignore[attr-defined]
            person=person, state=GoalState.OPEN
        )
