"""What is typed about vehicles, their papers, trips and the scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField, DayField
from entrepreneurs.models import Activity
from invoicing.models import FavouriteTrip, MileageTrip, Vehicle
from invoicing.services.mileage import TripContent
from invoicing.services.vehicles import MAX_PAPER_MB, PaperContent, VehicleContent
from invoicing.states.claims import MAX_PLACE, MAX_PURPOSE, VehicleKind, VehiclePaperKind

_MEGABYTE = 1024 * 1024


class TripForm(forms.Form):
    """One drive; the amount is shown beside while it is typed."""

    activity = forms.ModelChoiceField(
        label=_("Activité"), queryset=Activity.objects.none(), empty_label=_("Choisir…")
    )
    vehicle = forms.ModelChoiceField(
        label=_("Véhicule"), queryset=Vehicle.objects.none(), empty_label=_("Choisir…")
    )
    on = DayField(label=_("Date"))
    start = forms.CharField(label=_("Départ"), max_length=MAX_PLACE)
    arrival = forms.CharField(label=_("Arrivée"), max_length=MAX_PLACE)
    purpose = forms.CharField(
        label=_("Pourquoi"), max_length=MAX_PURPOSE, help_text=_("Client, chantier, rendez-vous.")
    )
    km = AmountField(label=_("Kilomètres d’un aller"), max_digits=5, decimal_places=1)
    returns = forms.BooleanField(label=_("Aller-retour"), required=False)
    back_on = DayField(
        label=_("Retour un autre jour"),
        required=False,
        help_text=_("De la même année ; sinon, saisissez deux trajets."),
    )
    favourite = forms.BooleanField(label=_("Garder comme trajet favori"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    sections = (
        (_("Trajet"), ("activity", ("on", "vehicle"), ("start", "arrival"), "purpose")),
        (_("Distance"), ("km", "returns", "back_on", "favourite")),
    )

    def __init__(
        self, *args: Any, activities: Sequence[Activity], vehicles: Any, fixed: bool = False, **kwargs: Any
    ) -> None:
        """`fixed`: the activity is that of the claim, and is not asked."""
        super().__init__(*args, **kwargs)
        self.activities = list(activities)
        self.fields["vehicle"].queryset = vehicles  # type: ignore[attr-defined]
        if fixed or len(self.activities) == 1:
            del self.fields["activity"]
        else:
            rows = Activity.objects.filter(pk__in=[one.pk for one in self.activities])
            self.fields["activity"].queryset = rows  # type: ignore[attr-defined]

    @property
    def chosen_activity(self) -> Activity:
        """Call it on a valid form only."""
        return self.cleaned_data.get("activity") or self.activities[0]

    def content(self) -> TripContent:
        """What the services take; call it on a valid form only."""
        said = self.cleaned_data
        return TripContent(
            vehicle=said["vehicle"],
            on=said["on"],
            start=said["start"],
            arrival=said["arrival"],
            purpose=said["purpose"],
            km=said["km"],
            returns=said["returns"],
            back_on=said["back_on"],
        )


def trip_typed(trip: MileageTrip) -> dict[str, Any]:
    """The initial values that show a stored trip."""
    return favourite_typed(trip) | {
        "vehicle": trip.vehicle_id,
        "on": trip.on,
        "back_on": trip.back_on,
        "version": trip.line.version,
    }


def favourite_typed(trip: MileageTrip | FavouriteTrip) -> dict[str, Any]:
    """The initial values that write the same trip again."""
    names = ("start", "arrival", "purpose", "km", "returns")
    return {name: getattr(trip, name) for name in names}


class VehicleForm(forms.Form):
    """What the scale asks of a vehicle."""

    label = forms.CharField(label=_("Nom"), max_length=60, help_text=_("« Kangoo », « Vélomoteur bleu »."))
    kind = forms.ChoiceField(label=_("Genre"), choices=VehicleKind.choices, widget=forms.RadioSelect)
    power = forms.IntegerField(
        label=_("Puissance fiscale (CV)"),
        required=False,
        min_value=1,
        max_value=99,
        help_text=_("Repère P.6 de la carte grise ; vide pour un cyclomoteur."),
    )
    plate = forms.CharField(label=_("Immatriculation"), max_length=15)
    electric = forms.BooleanField(
        label=_("Électrique"), required=False, help_text=_("L’indemnité est majorée de 20 %.")
    )
    utility = forms.BooleanField(
        label=_("Utilitaire"), required=False, help_text=_("La TVA de son carburant est récupérée en entier.")
    )

    @staticmethod
    def content_of(typed: dict[str, Any]) -> VehicleContent:
        """What the services take, of what a valid form gives."""
        return VehicleContent(**typed)

    def content(self) -> VehicleContent:
        """Call it on a valid form only."""
        return self.content_of(self.cleaned_data)


def vehicle_typed(vehicle: Vehicle) -> dict[str, Any]:
    names = ("label", "kind", "power", "plate", "electric", "utility")
    return {name: getattr(vehicle, name) for name in names}


class PaperForm(forms.Form):
    """A paper of a vehicle; read no further than what is accepted and one byte more."""

    kind = forms.ChoiceField(label=_("Papier"), choices=VehiclePaperKind.choices, widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("Fichier"),
        max_length=250,
        help_text=_("PDF ou photo, 10 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": ".pdf,image/jpeg,image/png"}),
    )
    valid_from = DayField(
        label=_("Assurance valable du"), required=False, help_text=_("Vide pour une carte grise.")
    )
    valid_until = DayField(label=_("Jusqu’au"), required=False)
    covers_business = forms.BooleanField(
        label=_("Elle couvre les déplacements professionnels"), required=False
    )

    def paper(self) -> PaperContent:
        """What the services take; call it on a valid form only."""
        said = self.cleaned_data
        sent = said["file"]
        return PaperContent(
            kind=said["kind"],
            content=sent.read(MAX_PAPER_MB * _MEGABYTE + 1),
            name=str(sent.name),
            valid_from=said["valid_from"],
            valid_until=said["valid_until"],
            covers_business=said["covers_business"],
        )


def new_key() -> dict[str, Any]:
    """So that the same form sent twice writes once."""
    return {"form_key": uuid4()}
