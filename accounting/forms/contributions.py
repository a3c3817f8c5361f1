"""What the accountant types about contributions: who has which scale, who is exempt, why one is undone."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.models import ContributionScale
from accounting.states.contributions import Situation, WaivedPart
from cae.core.forms import DayField
from entrepreneurs.models import Activity


class ReasonForm(forms.Form):
    """Why something is undone."""

    reason = forms.CharField(label=_("Motif"), max_length=200)


class AssignmentForm(forms.Form):
    """The scale of an activity from a date."""

    activity = forms.ModelChoiceField(label=_("Activité"), queryset=Activity.objects.order_by("sort_name"))
    scale = forms.ModelChoiceField(
        label=_("Barème"), queryset=ContributionScale.objects.filter(valid_to=None)
    )
    starts_on = DayField(
        label=_("À partir du"),
        help_text=_("Le premier jour d’un mois, pour un barème prélevé chaque mois."),
    )
    reason = forms.CharField(
        label=_("Motif"), max_length=200, help_text=_("Contrat signé, vote, changement de statut…")
    )


class ExemptionForm(forms.Form):
    """What lightens the contribution of an activity for a time."""

    activity = forms.ModelChoiceField(label=_("Activité"), queryset=Activity.objects.order_by("sort_name"))
    situation = forms.ChoiceField(label=_("Situation"), choices=Situation.choices)
    waives = forms.MultipleChoiceField(
        label=_("Parts dispensées par cette décision"),
        choices=WaivedPart.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("En plus de ce que le barème prévoit déjà pour cette situation."),
    )
    starts_on = DayField(label=_("Du"))
    ends_on = DayField(label=_("Au"), required=False)
    decided_by = forms.CharField(
        label=_("Décidé par"), max_length=200, help_text=_("CSE, cogérance, commission… et la date.")
    )
    reason = forms.CharField(label=_("Motif"), max_length=300)
    sections = [
        ("", ("activity", "situation", "waives", ("starts_on", "ends_on"))),
        (_("Décision"), ("decided_by", "reason")),
    ]


class EndForm(forms.Form):
    """The last day of something."""

    ends_on = DayField(label=_("Dernier jour"))


class AdvanceForm(forms.Form):
    """Whose months of floor are asked in advance, and when."""

    activity = forms.ModelChoiceField(label=_("Activité"), queryset=Activity.objects.order_by("sort_name"))
    on = DayField(label=_("Date"))
