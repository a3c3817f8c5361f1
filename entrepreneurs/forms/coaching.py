"""What is typed about meetings, reports, contacts, alerts and slots."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField, MomentField, refuse_far
from cae.core.options import OptionField, OptionsField
from entrepreneurs.models import FundedAction
from entrepreneurs.models.slots import LONGEST, SHORTEST
from entrepreneurs.services.reports import NewAction, ReportContent
from entrepreneurs.states.meetings import MeetingMode, MeetingPurpose
from entrepreneurs.states.referents import FUNCTIONS
from entrepreneurs.states.reports import MAX_SAID, THEMES
from people.models import Person

# A report decides so many actions; the plan takes the others.
ACTIONS = 3
_TIME = {"type": "time"}


def _minutes(**kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(min_value=1, max_value=LONGEST, label=_("Durée (minutes)"), **kwargs)


class ReportForm(forms.Form):
    """A report in one page: what was said has the cursor; everything else has a value already."""

    said = forms.CharField(
        label=_("Ce qui s’est dit"),
        help_text=_("Partagé avec la personne, qui peut y répondre."),
        max_length=MAX_SAID,
        widget=forms.Textarea(attrs={"rows": 7, "autofocus": True}),
    )
    themes = OptionsField(THEMES, label=_("Thèmes"))
    decisions = forms.CharField(
        label=_("Décisions"), required=False, max_length=MAX_SAID, widget=forms.Textarea(attrs={"rows": 2})
    )
    private = forms.CharField(
        label=_("Partie privée"),
        help_text=_("Vous seul·e la lisez, avec l’accompagnateur·rice en titre ; jamais la personne."),
        required=False,
        max_length=MAX_SAID,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    next_at = MomentField(label=_("Prochain rendez-vous"), required=False)
    met_on = DayField(label=_("Rencontre du"))
    mode = forms.ChoiceField(label=_("Manière"), choices=MeetingMode.choices)
    minutes = _minutes()
    funded_by = forms.ModelChoiceField(
        label=_("Heures comptées pour"),
        queryset=FundedAction.objects.none(),
        required=False,
        empty_label=_("Aucune action financée"),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, funded: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funded_by"].queryset = funded  # type: ignore[attr-defined]
        for rank in range(1, ACTIONS + 1):
            self.fields[f"action_{rank}"] = forms.CharField(
                label=_("Action %(rank)d") % {"rank": rank}, required=False, max_length=200
            )
            self.fields[f"due_{rank}"] = DayField(label=_("Pour le"), required=False)
            self.fields[f"mine_{rank}"] = forms.BooleanField(label=_("C’est à moi"), required=False)

    @property
    def sections(self) -> list[tuple[Any, list[Any]]]:
        """What is typed each time first; what has a value already last."""
        actions = [(f"action_{rank}", f"due_{rank}", f"mine_{rank}") for rank in range(1, ACTIONS + 1)]
        return [
            ("", ["said", "decisions", "private"]),
            (_("Actions"), actions),
            (_("Repères"), ["themes", "next_at", ("met_on", "mode", "minutes"), "funded_by"]),
        ]

    def content(self) -> ReportContent:
        found = self.cleaned_data
        actions = [
            NewAction(found[f"action_{rank}"], found[f"due_{rank}"], found[f"mine_{rank}"])
            for rank in range(1, ACTIONS + 1)
            if found[f"action_{rank}"].strip()
        ]
        names = ("met_on", "mode", "minutes", "said", "themes", "decisions", "private", "funded_by")
        return ReportContent(**{name: found[name] for name in names}, actions=actions)


class TextForm(forms.Form):
    """One text alone: an addendum, a private note, a reason, a remark."""

    text = forms.CharField(max_length=MAX_SAID, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, label: Any, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].required = label, required


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Motif"), max_length=300)


class MuteForm(ReasonForm):
    """Until when an alert keeps silent."""

    until = DayField(label=_("Jusqu’au"))
    field_order = ("until", "reason")


class MeetingForm(forms.Form):
    """A meeting agreed with the person, slots or not."""

    purpose = forms.ChoiceField(label=_("Motif"), choices=MeetingPurpose.choices, initial="follow_up")
    starts_at = MomentField(label=_("Quand"))
    minutes = _minutes(initial=60)
    mode = forms.ChoiceField(label=_("Manière"), choices=MeetingMode.choices)
    place = forms.CharField(label=_("Lieu"), max_length=160, required=False)
    link = forms.URLField(
        label=_("Lien de visioconférence"), max_length=300, required=False, assume_scheme="https"
    )
    note = forms.CharField(label=_("À aborder"), max_length=500, required=False)


class SlotForm(forms.Form):
    """A slot chosen among those offered; its instant is checked again by the service."""

    advisor = forms.IntegerField()
    starts_at = forms.CharField()
    mode = forms.ChoiceField(choices=[("", ""), *MeetingMode.choices], required=False)
    note = forms.CharField(max_length=500, required=False)

    def clean_starts_at(self) -> datetime:
        try:
            found = datetime.fromisoformat(self.cleaned_data["starts_at"])
        except ValueError:
            raise forms.ValidationError(_("Ce créneau n’existe pas.")) from None
        refuse_far(found)
        return found if timezone.is_aware(found) else timezone.make_aware(found)


class OfferForm(forms.Form):
    """A range of slots."""

    weekday = forms.TypedChoiceField(
        label=_("Chaque semaine, le"),
        choices=[("", _("Non, un seul jour")), *WEEKDAYS.items()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    starts_on = DayField(label=_("À partir du"), help_text=_("Ou le jour lui-même, pour un seul jour."))
    opens_at = forms.TimeField(label=_("De"), widget=forms.TimeInput(attrs=_TIME))
    closes_at = forms.TimeField(label=_("À"), widget=forms.TimeInput(attrs=_TIME))
    slot_minutes = forms.IntegerField(
        label=_("Durée d’un rendez-vous (minutes)"), min_value=SHORTEST, max_value=LONGEST, initial=60
    )
    purposes = forms.MultipleChoiceField(
        label=_("Pour"),
        choices=MeetingPurpose.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=["follow_up", "yearly_interview", "first_interview"],
    )
    place = forms.CharField(label=_("Lieu"), max_length=160, required=False)
    link = forms.URLField(
        label=_("Lien de visioconférence"), max_length=300, required=False, assume_scheme="https"
    )
    by_phone = forms.BooleanField(label=_("Par téléphone aussi"), required=False)
    sections = [
        ("", [("weekday", "starts_on"), ("opens_at", "closes_at", "slot_minutes"), "purposes"]),
        (_("Comment on se rencontre"), ["place", "link", "by_phone"]),
    ]


class ClosedDaysForm(forms.Form):
    starts_on = DayField(label=_("Du"))
    ends_on = DayField(label=_("Au"))
    label = forms.CharField(label=_("Pourquoi"), max_length=120)
    everybody = forms.BooleanField(label=_("Toute l’équipe"), required=False)

    def __init__(self, *args: Any, may_close_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_close_all:
            del self.fields["everybody"]


class ReferentForm(forms.Form):
    advisor = forms.ModelChoiceField(label=_("Personne de l’équipe"), queryset=Person.objects.none())
    function = OptionField(FUNCTIONS, label=_("Pour"))
    starts_on = DayField(label=_("À partir du"))

    def __init__(self, *args: Any, team: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["advisor"].queryset = team  # type: ignore[attr-defined]
