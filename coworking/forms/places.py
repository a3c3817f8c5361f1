"""What is typed about a place, its hours, its closures, its pictures and its agreements."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import AmountField, DayField
from coworking.calculations.hours import Opening
from coworking.calculations.hours_typed import openings_typed, said_openings
from coworking.calculations.stretches import NoSuchHour, moment
from coworking.models import Place, Resource, Week
from coworking.selectors.opening import ZONE, openings_of
from coworking.services.agreements import AgreementData, Paper
from coworking.services.hours import ClosureData
from coworking.services.places import PlaceData
from coworking.states.places import PlaceHold, PlaceKind, ZoneKind
from entrepreneurs.models import Activity
from people.models import Organisation, Territory


def _text(label: Any, most: int, **more: Any) -> forms.CharField:
    rows = more.pop("rows", 0)
    widget = {"widget": forms.Textarea(attrs={"rows": rows})} if rows else {}
    return forms.CharField(**({"label": label, "max_length": most, "required": False} | widget | more))


def _coordinate(label: Any, most: int) -> forms.DecimalField:
    return AmountField(
        label=label,
        max_digits=8,
        decimal_places=5,
        min_value=-most,
        max_value=most,
        required=False,
    )


class PlaceForm(forms.Form):
    """A place as its public page and the team know it."""

    name = forms.CharField(label=_("Nom"), max_length=80)
    summary = _text(_("En une phrase"), 200, help_text=_("Ce que la liste des lieux en dit."))
    kind = forms.ChoiceField(label=_("Nature"), choices=PlaceKind.choices)
    zone = forms.ChoiceField(label=_("Zone"), choices=ZoneKind.choices)
    hold = forms.ChoiceField(label=_("Tenu par"), choices=PlaceHold.choices)
    host = FoundField(
        label=_("Organisme d’accueil ou partenaire"),
        queryset=Organisation.objects.filter(is_archived=False),
        required=False,
    )
    territory = forms.ModelChoiceField(
        label=_("Territoire"), queryset=Territory.objects.all(), required=False, empty_label=_("Aucun")
    )
    activity = FoundField(
        label=_("Activité qui facture"),
        queryset=Activity.objects.all(),
        required=False,
        help_text=_("Celle dont les livres reçoivent ce que le lieu vend. Vide : il ne vend rien."),
    )
    address_line = _text(_("Adresse"), 200)
    address_line2 = _text(_("Complément"), 200)
    postcode = _text(_("Code postal"), 12)
    city = _text(_("Commune"), 120)
    latitude = _coordinate(_("Latitude"), 90)
    longitude = _coordinate(_("Longitude"), 180)
    access = _text(_("Venir"), 2000, rows=4, help_text=_("Train, bus, stationnement, accès de plain-pied."))
    email = forms.EmailField(label=_("Adresse e-mail"), max_length=254, required=False)
    phone = _text(_("Téléphone"), 30)
    presentation = _text(_("Présentation"), 4000, rows=8)
    charter = _text(_("Règles du lieu"), 8000, rows=8)
    area = AmountField(label=_("Surface (m²)"), max_digits=7, decimal_places=1, min_value=0, required=False)
    is_public = forms.BooleanField(label=_("A une page publique"), required=False, initial=True)
    slug = _text(_("Adresse de la page"), 80, help_text=_("Vide : elle est faite du nom."))
    visitor_days = forms.IntegerField(
        label=_("Jours après lesquels le nom d’un visiteur est effacé"),
        min_value=0,
        max_value=365,
        initial=30,
    )
    seat_agreement = _text(
        _("Agrément de domiciliation"),
        60,
        help_text=_("Numéro et date de l’agrément préfectoral. Vide : aucune entreprise n’y a son siège."),
    )
    sections = (
        (_("Le lieu"), ("name", "summary", ("kind", "zone"), "hold", "host", "territory", "activity")),
        (
            _("Y venir"),
            (
                "address_line",
                "address_line2",
                ("postcode", "city"),
                ("latitude", "longitude"),
                "access",
                ("email", "phone"),
            ),
        ),
        (_("Page publique"), ("is_public", "slug", "presentation", "charter")),
        (_("Pour l’équipe"), ("area", "visitor_days", "seat_agreement")),
    )

    def typed(self) -> PlaceData:
        return PlaceData(**{name: self.cleaned_data[name] for name in PlaceData.__dataclass_fields__})


def place_initial(place: Place) -> dict[str, Any]:
    """What the form shows of a place."""
    held = {name: getattr(place, name) for name in PlaceData.__dataclass_fields__}
    return held | {"territory": place.scope.territory}


class OpenForm(forms.Form):
    on = DayField(label=_("Ouvert à partir du"), initial=timezone.localdate)


class CloseForm(forms.Form):
    on = DayField(label=_("Dernier jour d’ouverture"), initial=timezone.localdate)
    reason = forms.CharField(label=_("Motif"), max_length=300)


class WeekForm(forms.Form):
    """The hours of the seven days, each as one types it."""

    starts_on = DayField(label=_("À partir du"), initial=timezone.localdate)

    def __init__(self, *args: Any, week: Week | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held: dict[int, list[Opening]] = {}
        for one in openings_of(week):
            held.setdefault(one.weekday, []).append(one)
        for rank, label in WEEKDAYS.items():
            self.fields[f"day_{rank}"] = forms.CharField(
                label=label,
                max_length=80,
                required=False,
                initial=said_openings(sorted(held.get(rank, []))),
                help_text=_("« 9h-12h30, 14h-18h » ; vide : fermé.") if rank == 0 else "",
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

        self.fields["keeps_booked"] = forms.BooleanField(
            label=_("Garder les réservations qui tombent hors de ces horaires"), required=False
        )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        self.openings: list[Opening] = []
        for rank in WEEKDAYS:
            try:
                self.openings += openings_typed(typed.get(f"day_{rank}", ""), rank)
            except ValueError as fault:
                words = gettext("« %(part)s » n’est pas compris : écrivez par exemple « 9h-12h30 ».")
                self.add_error(f"day_{rank}", words % {"part": fault})
        return typed


class ClosureForm(forms.Form):
    """Whole days, or from an hour to another."""

    reason = forms.CharField(
        label=_("Motif"), max_length=160, help_text=_("Affiché à qui voudrait venir : « Congés d’été ».")
    )
    resource = forms.ModelChoiceField(
        label=_("Quoi"), queryset=Resource.objects.none(), required=False, empty_label=_("Tout le lieu")
    )
    first_day = DayField(label=_("Du"), initial=timezone.localdate)
    first_hour = forms.TimeField(
        label=_("à"),
        required=False,
        help_text=_("Vide : dès le matin."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    last_day = DayField(label=_("Au"), required=False, help_text=_("Vide : le même jour."))
    last_hour = forms.TimeField(
        label=_("à"),
        required=False,
        help_text=_("Vide : jusqu’au soir."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    cancel = forms.BooleanField(
        label=_("Annuler les réservations de ce temps et prévenir chacun"),
        required=False,
        help_text=_("Rien n’est dû de ce qui est annulé ainsi."),
    )
    sections = (
        (
            _("Fermeture"),
            ("reason", "resource", ("first_day", "first_hour"), ("last_day", "last_hour"), "cancel"),
        ),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resource"].queryset = place.resources.in_use()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        first = typed.get("first_day")
        if first is None or self.errors:
            return typed
        last = typed.get("last_day") or first
        at, until = typed.get("first_hour") or time(0), typed.get("last_hour")
        morrow = last + timedelta(days=1)
        self.starts = self._instant("first_hour", first, at)
        self.ends = self._instant("last_hour", last if until else morrow, until or time(0))
        return typed

    def _instant(self, field: str, day: Any, at: time) -> datetime:
        try:
            return moment(day, at, ZONE)
        except NoSuchHour:
            words = gettext("Cette heure n’existe pas ce jour-là : l’heure d’été commence.")
            self.add_error(field, words)
            return timezone.now()

    def typed(self) -> ClosureData:
        return ClosureData(self.starts, self.ends, self.cleaned_data["reason"], self.cleaned_data["resource"])


class PhotoForm(forms.Form):
    file = forms.FileField(
        label=_("Photo"),
        help_text=_("JPEG ou PNG, 10 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    text = forms.CharField(
        label=_("Ce que l’image montre"),
        max_length=200,
        help_text=_(
            "Lu à voix haute à qui ne la voit pas : « La grande salle, douze bureaux sous la verrière »."
        ),
    )


class AgreementForm(forms.Form):
    """What binds us to a host, or opens a partner’s place."""

    organisation = FoundField(label=_("Avec"), queryset=Organisation.objects.filter(is_archived=False))
    starts_on = DayField(label=_("Du"), initial=timezone.localdate)
    ends_on = DayField(label=_("Au"), required=False, help_text=_("Vide : sans terme."))
    audience = _text(_("Qui peut venir"), 300, help_text=_("« Entrepreneur·es de la coopérative »."))
    days_a_month = forms.IntegerField(
        label=_("Jours compris par mois"), min_value=0, max_value=3000, required=False
    )
    price_excl_tax = AmountField(label=_("Prix mensuel HT"), min_value=0, required=False)
    note = _text(_("Remarques"), 2000, rows=3)
    paper = forms.FileField(
        label=_("Convention signée"), help_text=_("PDF ou photo, 10 Mo au plus."), required=False
    )
    sections = (
        (
            _("Convention"),
            (
                "organisation",
                ("starts_on", "ends_on"),
                "audience",
                ("days_a_month", "price_excl_tax"),
                "note",
            ),
        ),
        (_("Pièce"), ("paper",)),
    )

    def typed(self) -> AgreementData:
        return AgreementData(**{name: self.cleaned_data[name] for name in AgreementData.__dataclass_fields__})

    def paper_typed(self) -> Paper | None:
        return paper_of(self, "paper")


def paper_of(form: forms.Form, name: str) -> Paper | None:
    """The file brought with a form, if any."""
    brought = form.cleaned_data.get(name)
    return Paper(brought.read(), brought.name) if brought else None
