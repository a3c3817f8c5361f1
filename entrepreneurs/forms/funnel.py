"""What is typed about the figures of the welcome: which applications are counted, what is aimed at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField, ask_later
from cae.core.options import OptionField
from entrepreneurs.selectors.welcome_funnel import advisors_offered
from entrepreneurs.states.applications import REFERRAL, Door
from entrepreneurs.states.stages import TargetKind
from people.models import Person, Territory


class PeriodForm(forms.Form):
    """Which applications are counted."""

    since = DayField(label=_("Reçues du"))
    until = DayField(label=_("au"))
    territory = forms.ModelChoiceField(
        label=_("Territoire"), queryset=Territory.objects.none(), required=False
    )
    source = OptionField(REFERRAL, label=_("Source"), required=False, empty=_("Toutes"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = Territory.objects.all()  # type: ignore[attr-defined]
        self.fields["territory"].empty_label = _("Tous")  # type: ignore[attr-defined]
        # A filter that is not set needs no word.
        ask_later(self, "territory", "source")


class TargetForm(forms.Form):
    """What is aimed at for a year."""

    kind = forms.ChoiceField(label=_("Sorte"), choices=TargetKind.choices)
    year = forms.IntegerField(label=_("Année"), min_value=2000, max_value=2100)
    value = forms.IntegerField(label=_("Nombre"), min_value=0, max_value=9999)
    territory = forms.ModelChoiceField(
        label=_("Territoire"), queryset=Territory.objects.none(), required=False, empty_label=_("Tous")
    )
    door = forms.ChoiceField(
        label=_("Porte d’entrée"), choices=[("", _("Toutes")), *Door.choices], required=False
    )
    advisor = forms.ModelChoiceField(
        label=_("Accompagnateur·rice"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Personne en particulier"),
        help_text=_("Pour des places seulement."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = Territory.objects.all()  # type: ignore[attr-defined]
        self.fields["advisor"].queryset = advisors_offered()  # type: ignore[attr-defined]
