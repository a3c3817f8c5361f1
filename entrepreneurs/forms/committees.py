"""What is typed about an admission committee."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField, ask_later
from cae.core.options import OptionField
from entrepreneurs.forms.welcome import text_area
from entrepreneurs.models import Application
from entrepreneurs.selectors.committees import seats_offered
from entrepreneurs.states.committees import REASON_LIST, VOICES_OF, DecisionMode, Fit, Verdict, Voice
from people.models import Territory, User

_DECIDED = (Verdict.ACCEPTED, Verdict.POSTPONED, Verdict.REFUSED, Verdict.REDIRECTED, Verdict.POOLED)


class _Seats(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: User) -> str:  # type: ignore[override]
        return obj.get_full_name()


class _Chair(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:  # type: ignore[override]
        return obj.get_full_name()


class CommitteeForm(forms.Form):
    """A day, those who sit, how they decide."""

    held_on = DayField(label=_("Date"))
    place = forms.CharField(label=_("Lieu"), max_length=160, required=False)
    mode = forms.ChoiceField(label=_("Décision par"), choices=DecisionMode.choices, widget=forms.RadioSelect)
    territory = forms.ModelChoiceField(
        label=_("Territoire"), queryset=Territory.objects.none(), required=False, empty_label=_("Tous")
    )
    chair = _Chair(label=_("Qui anime"), queryset=User.objects.none())
    members = _Seats(label=_("Qui siège"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple)
    agenda = text_area(_("Autres points à l’ordre du jour"), required=False, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = Territory.objects.all()  # type: ignore[attr-defined]
        self.fields["chair"].queryset = seats_offered()  # type: ignore[attr-defined]
        self.fields["members"].queryset = seats_offered()  # type: ignore[attr-defined]


class _Candidates(forms.ModelChoiceField):
    """One looks for somebody by name."""

    def label_from_instance(self, obj: Application) -> str:  # type: ignore[override]
        facts = (obj.full_name, obj.trade_label, obj.reference)
        return " · ".join(fact for fact in facts if fact)


class AddFileForm(forms.Form):
    """An application for the agenda."""

    application = _Candidates(label=_("Candidature"), queryset=Application.objects.none())

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["application"].queryset = offered  # type: ignore[attr-defined]


class VoiceForm(forms.Form):
    """The voice of a member."""

    voice = forms.ChoiceField(label=_("Votre voix"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Ce qui la motive"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, mode: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voice"].choices = [(value, Voice(value).label) for value in VOICES_OF[mode]]  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """What the committee decides of one file."""

    fit = forms.ChoiceField(
        label=_("Au regard de l’objet de la coopérative"), choices=Fit.choices, widget=forms.RadioSelect
    )
    verdict = forms.ChoiceField(
        label=_("Décision"), choices=[(one.value, one.label) for one in _DECIDED], widget=forms.RadioSelect
    )
    reason_code = OptionField(
        REASON_LIST,
        label=_("Motif"),
        required=False,
        help_text=_("Demandé pour toute décision autre qu’une acceptation."),
    )
    reason = text_area(_("Explication"), required=False, help_text=_("Ces mots partent à la personne."))
    conditions = text_area(
        _("Conditions"),
        required=False,
        rows=3,
        help_text=_("Ce que la personne fait avant d’entrer ; elle le lit aussi."),
    )
    again_on = DayField(label=_("À reprendre le"), required=False, help_text=_("Demandé pour un report."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_later(self, "reason_code", "again_on")
