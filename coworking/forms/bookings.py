"""What is typed to find what is free, to book it, to move it."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import DayField
from coworking.calculations.rhythms import Rhythm
from coworking.calculations.stretches import Stretch
from coworking.models import Member, Place, Resource
from coworking.selectors.series import SeriesPlan
from coworking.services.booking_checks import stretch_on
from coworking.services.guests import Guest
from coworking.states.places import ResourceKind

RHYTHMS = (
    ("", gettext_lazy("Une seule fois")),
    (Rhythm.DAILY, gettext_lazy("Chaque jour")),
    (Rhythm.WEEKLY, gettext_lazy("Chaque semaine")),
    (Rhythm.MONTHLY, gettext_lazy("Chaque mois, le même jour de la semaine")),
)


class HourField(forms.TimeField):
    """An hour of the clock, typed or picked: « 9:00 », « 9h30 »."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"input_formats": ["%H:%M", "%Hh%M", "%Hh", "%H:%M:%S"]} | kwargs))

    def to_python(self, value: Any) -> Any:
        # The end of a day is its midnight.
        return time(0) if value in ("24:00", "24h") else super().to_python(value)


class SpanForm(forms.Form):
    """A day, from an hour to another, perhaps of a later day."""

    day = DayField(label=gettext_lazy("Date"))
    starts = HourField(label=gettext_lazy("De"), required=False)
    ends = HourField(label=gettext_lazy("À"), required=False)
    last = DayField(label=gettext_lazy("Jusqu’au"), required=False)

    def wanted(self) -> Stretch | None:
        """The span; none while no hours are typed. Raises Refused for one that is not."""
        found = self.cleaned_data
        starts, ends = found["starts"], found["ends"]
        if starts is None and ends is None:
            if found["last"] is None:
                return None
            starts = ends = time(0)
        return stretch_on(found["day"], starts or time(0), ends or time(0), found["last"])


class FindForm(SpanForm):
    """What is looked for: a place, a day, people; hours if one knows them."""

    place = forms.ModelChoiceField(
        label=gettext_lazy("Lieu"), queryset=Place.objects.none(), empty_label=None
    )
    people = forms.IntegerField(
        label=gettext_lazy("Personnes"), min_value=1, max_value=500, initial=1, required=False
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Quoi"),
        choices=[("", gettext_lazy("Tout")), *ResourceKind.choices],
        required=False,
    )
    field_order = ("day", "place", "starts", "ends", "last", "people", "kind")

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]


class BookForm(SpanForm):
    """What is booked, checked before it is: what is typed stays whatever is refused."""

    resources = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Ressources"),
        queryset=Resource.objects.none(),
        widget=forms.MultipleHiddenInput,
    )
    title = forms.CharField(
        label=gettext_lazy("Objet"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Ce que le planning affiche à l’équipe et à vous."),
    )
    people = forms.IntegerField(label=gettext_lazy("Personnes"), min_value=1, max_value=500, initial=1)
    guests = forms.CharField(
        label=gettext_lazy("Invité·es"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Un nom par ligne, suivi de l’adresse e-mail si vous la connaissez."),
    )
    rhythm = forms.ChoiceField(label=gettext_lazy("Rythme"), choices=RHYTHMS, required=False)
    every = forms.IntegerField(
        label=gettext_lazy("Tous les"), min_value=1, max_value=52, initial=1, required=False
    )
    until = DayField(label=gettext_lazy("Série jusqu’au"), required=False)
    member = forms.ModelChoiceField(
        label=gettext_lazy("Pour"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=gettext_lazy("Moi-même"),
    )
    off_rules = forms.BooleanField(
        label=gettext_lazy("Passer outre les règles et les horaires"), required=False
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    shown = forms.DecimalField(widget=forms.HiddenInput, required=False, max_digits=12, decimal_places=2)

    def __init__(self, *args: Any, resources: Any, members: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resources"].queryset = resources  # type: ignore[attr-defined]
        if not self.data.get("last"):
            self.fields["last"].widget = forms.HiddenInput()
        if members is None:
            del self.fields["member"], self.fields["off_rules"]
        else:
            self.fields["member"].queryset = members  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("rhythm") and found.get("until") is None:
            self.add_error("until", _("Dites jusqu’à quand la série dure."))
        if found.get("rhythm") and len(found.get("resources") or ()) > 1:
            self.add_error("rhythm", _("Une série se réserve une ressource à la fois."))
        return found

    def guests_typed(self) -> tuple[Guest, ...]:
        return tuple(map(_guest, filter(str.strip, self.cleaned_data["guests"].splitlines())))

    def plan(self) -> SeriesPlan | None:
        """The series, if one is asked."""
        found = self.cleaned_data
        if not found["rhythm"] or found["until"] is None:
            return None
        return SeriesPlan(
            rhythm=Rhythm(found["rhythm"]),
            first=found["day"],
            last=found["until"],
            starts=found["starts"] or time(0),
            ends=found["ends"] or time(0),
            every=found["every"] or 1,
        )


def _guest(line: str) -> Guest:
    """« Ana Ruiz ana@exemple.fr » or a name alone."""
    words = line.replace("<", " ").replace(">", " ").replace(",", " ").replace(";", " ").split()
    email = next((word for word in words if "@" in word), "")
    return Guest(" ".join(word for word in words if word != email), email)


class MoveForm(SpanForm):
    """Another time, another resource of the place."""

    resource = forms.ModelChoiceField(
        label=gettext_lazy("Ressource"), queryset=Resource.objects.none(), empty_label=None
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    shown = forms.DecimalField(widget=forms.HiddenInput, required=False, max_digits=12, decimal_places=2)
    field_order = ("resource", "day", "starts", "ends", "last")

    def __init__(self, *args: Any, resources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resource"].queryset = resources  # type: ignore[attr-defined]
        for name in ("starts", "ends"):
            self.fields[name].required = True


class CancelForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=300, required=False)
    forgiven = forms.BooleanField(
        label=gettext_lazy("Sans frais, bien que le délai soit passé"), required=False
    )

    def __init__(self, *args: Any, may_forgive: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_forgive:
            del self.fields["forgiven"]


class RefuseForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=300)


class GuestForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Nom"), max_length=160)
    email = forms.EmailField(label=gettext_lazy("Adresse e-mail"), max_length=254, required=False)
