"""What the team types of events: their kinds, their programme, their series, what is told of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import AmountField, DayField
from coworking.forms.clock import ClockField
from coworking.models import Event, EventKind, Place, Resource
from coworking.models.events import MOST_GUESTS, RHYTHMS
from coworking.selectors.events import places_held_by
from coworking.services.event_kinds import KindData
from coworking.services.event_programme import FieldData, OptionData, PartData, PriceData
from coworking.services.event_series import SeriesData
from coworking.services.events import EventData
from coworking.states.events import Attendance, Audience, FieldKind, MailingTo, NextStep, OptionKind
from coworking.states.places import ResourceKind
from entrepreneurs.states.applications import Door
from people.models import Person, Territory
from people.selectors.persons import persons_offered

ONE, FOLLOWING = "one", "following"


def _text(label: Any, most: int, rows: int, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget, **more)


def _count(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        **({"label": label, "min_value": 1, "max_value": 9999, "required": False} | more)
    )


class KindForm(forms.Form):
    """What an event of this kind asks."""

    name = forms.CharField(label=_("Nom"), max_length=60)
    is_light = forms.BooleanField(label=_("On s’inscrit en un geste"), required=False)
    is_closed = forms.BooleanField(label=_("Réservé aux membres, sauf mention contraire"), required=False)
    has_parts = forms.BooleanField(label=_("Un programme en plusieurs parties"), required=False)
    is_paid = forms.BooleanField(label=_("Des places payantes"), required=False)
    takes_questions = forms.BooleanField(label=_("Des questions envoyées et votées avant"), required=False)
    chooses_next_step = forms.BooleanField(
        label=_("Une suite choisie pour chaque personne"),
        required=False,
        help_text=_("Candidater, être rappelé·e… : la candidature s’ouvre en un clic."),
    )
    minutes = forms.IntegerField(label=_("Durée habituelle (minutes)"), min_value=15, max_value=60 * 24 * 31)
    capacity = _count(_("Places habituelles"), help_text=_("Vide : sans limite."))
    is_active = forms.BooleanField(label=_("Proposé à qui écrit un événement"), required=False)

    def typed(self) -> KindData:
        return KindData(**{name: self.cleaned_data[name] for name in KindData.__dataclass_fields__})


class EventForm(forms.Form):
    """An event: what, when, where, for whom."""

    kind = forms.ModelChoiceField(label=_("Genre"), queryset=EventKind.objects.none())
    title = forms.CharField(label=_("Titre"), max_length=120)
    starts_at = ClockField(label=_("Début"))
    ends_at = ClockField(label=_("Fin"))
    place = forms.ModelChoiceField(
        label=_("Dans un de nos lieux"), queryset=Place.objects.none(), required=False
    )
    venue = forms.CharField(label=_("Ou ailleurs : nom du lieu"), max_length=120, required=False)
    address_line = forms.CharField(label=_("Adresse"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Code postal"), max_length=12, required=False)
    city = forms.CharField(label=_("Ville"), max_length=120, required=False)
    access = _text(_("Venir"), 2000, 2, help_text=_("Transports, parking, étage, accès de plain-pied."))
    video_link = forms.URLField(
        label=_("Lien de visioconférence"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Montré aux seul·es inscrit·es."),
    )
    audience = forms.ChoiceField(
        label=_("Qui peut venir"), choices=Audience.choices, widget=forms.RadioSelect
    )
    territory = forms.ModelChoiceField(
        label=_("Territoire"),
        queryset=Territory.objects.all(),
        required=False,
        help_text=_("À qui il est réservé, ou d’où il est tenu quand ce n’est pas dans un de nos lieux."),
    )
    capacity = _count(_("Places"), help_text=_("Vide : sans limite."))
    guests_most = _count(
        _("Accompagnant·es par personne, au plus"),
        min_value=0,
        max_value=MOST_GUESTS,
        required=True,
        initial=0,
    )
    registers_until = ClockField(label=_("Inscriptions jusqu’au"), required=False)
    has_waiting_list = forms.BooleanField(label=_("Liste d’attente quand c’est complet"), required=False)
    offer_hours = _count(_("Heures pour prendre une place libérée"), max_value=240, required=True, initial=24)
    asks_diet = forms.BooleanField(label=_("Demander le régime alimentaire"), required=False)
    shows_names = forms.BooleanField(label=_("Montrer qui vient, à qui l’accepte"), required=False)
    questions_until = ClockField(label=_("Questions jusqu’au"), required=False)
    summary = forms.CharField(label=_("En une phrase"), max_length=200, required=False)
    text = _text(_("Présentation"), 8000, 6)
    speakers = _text(_("Avec"), 2000, 2, help_text=_("Intervenant·es, une par ligne."))
    language = forms.ChoiceField(label=_("Langue"), choices=settings.LANGUAGES, initial="fr")
    contact_email = forms.EmailField(label=_("Adresse à qui écrire"), max_length=254, required=False)
    sign_minutes = _count(
        _("Pointage ouvert (minutes avant et après)"), min_value=0, max_value=1440, required=True, initial=60
    )

    sections: tuple[Any, ...] = (
        (_("L’événement"), ("kind", "title", ("starts_at", "ends_at"), "summary", "text", "speakers")),
        (_("Où"), ("place", "venue", "address_line", ("postcode", "city"), "access", "video_link")),
        (_("Pour qui"), ("audience", "territory", ("language", "contact_email"))),
        (
            _("Inscriptions"),
            (
                ("capacity", "guests_most"),
                ("registers_until", "questions_until"),
                "has_waiting_list",
                ("offer_hours", "sign_minutes"),
                "asks_diet",
                "shows_names",
            ),
        ),
    )

    def __init__(self, *args: Any, user: Any, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = EventKind.objects.filter(is_active=True)
        places = places_held_by(user)
        if event is not None:
            kinds |= EventKind.objects.filter(pk=event.kind_id)
            places |= Place.objects.filter(pk=event.place_id)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["place"].queryset = places.distinct()  # type: ignore[attr-defined]
        if event is None:
            self.initial.setdefault("has_waiting_list", True)
            self.initial.setdefault("audience", Audience.ANYBODY)

    def typed(self) -> EventData:
        return EventData(**{name: self.cleaned_data[name] for name in EventData.__dataclass_fields__})


class ChangeForm(EventForm):
    """An event of a series says what the change is for."""

    reach = forms.ChoiceField(
        label=_("Changer"),
        choices=[(ONE, _("Cette date seulement")), (FOLLOWING, _("Cette date et les suivantes"))],
        widget=forms.RadioSelect,
        initial=ONE,
    )
    sections = ((_("Dans la série"), ("reach",)), *EventForm.sections)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        if event.series_id is None:
            del self.fields["reach"]


class SeriesForm(EventForm):
    """The same event at a rhythm."""

    rhythm = forms.ChoiceField(label=_("Rythme"), choices=RHYTHMS, initial="monthly")
    every = forms.IntegerField(
        label=_("Une fois sur"), min_value=1, max_value=12, initial=1, help_text=_("2 : une fois sur deux.")
    )
    last_on = DayField(label=_("Jusqu’au"))
    sections = ((_("Série"), (("rhythm", "every"), "last_on")), *EventForm.sections)

    def rhythm_typed(self) -> SeriesData:
        known = self.cleaned_data
        return SeriesData(known["rhythm"], known["last_on"], known["every"])


class CancelForm(forms.Form):
    """Why an event is cancelled."""

    reason = forms.CharField(label=_("Motif"), max_length=300, help_text=_("Les inscrit·es le liront."))
    reach = forms.ChoiceField(
        label=_("Annuler"),
        choices=[(ONE, _("Cette date seulement")), (FOLLOWING, _("Cette date et les suivantes"))],
        widget=forms.RadioSelect,
        initial=ONE,
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if event.series_id is None:
            del self.fields["reach"]


class PartForm(forms.Form):
    """A part of the programme."""

    title = forms.CharField(label=_("Titre"), max_length=120)
    starts_at = ClockField(label=_("Début"))
    ends_at = ClockField(label=_("Fin"))
    text = _text(_("Présentation"), 2000, 3)
    speakers = forms.CharField(label=_("Avec"), max_length=300, required=False)
    room = forms.ModelChoiceField(label=_("Salle"), queryset=Resource.objects.none(), required=False)
    room_name = forms.CharField(label=_("Salle, ailleurs"), max_length=80, required=False)
    capacity = _count(_("Places"), help_text=_("Vide : celles de l’événement."))
    territory = forms.ModelChoiceField(
        label=_("Territoire"),
        queryset=Territory.objects.none(),
        required=False,
        empty_label=_("Pour tout le monde"),
    )
    facilitator = FoundField(
        label=_("Animé par"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Quelqu’un de la coopérative, qui en écrira les résultats."),
    )
    kept_as = PartData

    def __init__(self, *args: Any, event: Event, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["territory"].queryset = Territory.objects.order_by("name")
        fields["facilitator"].queryset = persons_offered(user)
        self.initial.setdefault("starts_at", event.starts_at)
        self.initial.setdefault("ends_at", event.ends_at)
        if event.place_id is None:
            del self.fields["room"]
        else:
            rooms = Resource.objects.in_use().filter(place=event.place_id, kind=ResourceKind.ROOM)
            self.fields["room"].queryset = rooms  # type: ignore[attr-defined]


class PriceForm(forms.Form):
    """A price of a public."""

    label = forms.CharField(label=_("Pour qui"), max_length=80)
    amount = AmountField(label=_("Prix HT"), min_value=0, initial=0)
    quota = _count(_("Places à ce tarif"), help_text=_("Vide : sans limite."))
    members_only = forms.BooleanField(label=_("Réservé aux membres"), required=False)
    kept_as = PriceData

    def __init__(self, *args: Any, event: Event, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class OptionForm(forms.Form):
    """A meal, a night, a ride."""

    kind = forms.ChoiceField(label=_("Nature"), choices=OptionKind.choices)
    label = forms.CharField(label=_("Intitulé"), max_length=120)
    amount = AmountField(label=_("Prix HT"), min_value=0, initial=0)
    capacity = _count(_("Places"), help_text=_("Vide : sans limite."))
    kept_as = OptionData

    def __init__(self, *args: Any, event: Event, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class FieldForm(forms.Form):
    """A question of the form of registration."""

    label = forms.CharField(label=_("Question"), max_length=160)
    kind = forms.ChoiceField(label=_("Réponse"), choices=FieldKind.choices)
    choices = _text(_("Choix proposés"), 2000, 4, help_text=_("Un par ligne, pour « Un choix »."))
    is_required = forms.BooleanField(label=_("Réponse obligatoire"), required=False)
    kept_as = FieldData

    def __init__(self, *args: Any, event: Event, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(held := self.initial.get("choices"), list):
            self.initial["choices"] = "\n".join(held)

    def clean_choices(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.cleaned_data["choices"].splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))


class ResultsForm(forms.Form):
    """What a workshop came to."""

    text = forms.CharField(
        label=_("Ce que l’atelier a donné"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Constats, propositions, ce qui est demandé à la coopérative."),
    )


class NextForm(forms.Form):
    """What follows for somebody who came."""

    step = forms.ChoiceField(label=_("Suite"), choices=NextStep.choices, widget=forms.RadioSelect)
    note = _text(
        _("Ce qui a été dit"),
        3000,
        5,
        help_text=_("Le projet en quelques mots : la candidature le reprendra."),
    )


class OpenForm(forms.Form):
    """By which door the application is opened."""

    door = forms.ChoiceField(label=_("Porte d’entrée"), choices=Door.choices, widget=forms.RadioSelect)


class AnswerForm(forms.Form):
    """What was answered to a question."""

    answer = forms.CharField(
        label=_("Ce qui a été répondu"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )


class AnnounceForm(forms.Form):
    """A mail that tells a public of the event."""

    audience = forms.ChoiceField(label=_("À"), choices=MailingTo.choices, widget=forms.RadioSelect)
    subject = forms.CharField(label=_("Objet"), max_length=160)
    text = forms.CharField(label=_("Message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))


ATTENDANCES = [
    (Attendance.PRESENT, Attendance.PRESENT.label),
    (Attendance.EXCUSED, Attendance.EXCUSED.label),
    (Attendance.ABSENT, Attendance.ABSENT.label),
]
