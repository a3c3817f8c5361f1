"""What is typed about what is booked: resources, units, prices, training, faults."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import AmountField, DayField
from coworking.models import Resource
from coworking.services.faults import ClearanceData
from coworking.services.resources import MOST_UNITS, PRICES, ResourceData, TariffData
from coworking.states.places import Equipment, ResourceKind, ResourcePublic
from invoicing.models import VatRate
from people.models import Person


def _minutes(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(**({"label": label, "min_value": 0, "max_value": 1_054_080} | more))


def _price(label: Any) -> AmountField:
    return AmountField(label=label, min_value=0, required=False)


class ResourceForm(forms.Form):
    """A room, a pool of desks, an office, a machine, a shop; what is empty follows its kind."""

    name = forms.CharField(label=_("Nom"), max_length=80)
    description = forms.CharField(
        label=_("Description"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    seats = forms.IntegerField(label=_("Places assises"), min_value=1, max_value=2000, initial=1)
    equipment = forms.MultipleChoiceField(
        label=_("Équipement"),
        choices=Equipment.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    step = _minutes(
        _("Pas (minutes)"),
        required=False,
        help_text=_("Vide : un quart d’heure pour une salle, une demi-journée pour un poste."),
    )
    shortest = _minutes(_("Durée minimale (minutes)"), required=False)
    longest = _minutes(_("Durée maximale (minutes)"), required=False)
    buffer_before = _minutes(_("Préparation avant (minutes)"), initial=0, max_value=1440)
    buffer_after = _minutes(_("Remise en état après (minutes)"), initial=0, max_value=1440)
    any_hour = forms.BooleanField(label=_("À toute heure"), required=False)
    needs_training = forms.BooleanField(label=_("Demande une habilitation"), required=False)
    needs_approval = forms.BooleanField(label=_("Demande une validation"), required=False)
    is_public = forms.BooleanField(
        label=_("Se loue sans adhésion"),
        required=False,
        help_text=_("Proposée sur la page publique du lieu."),
    )
    publics = forms.MultipleChoiceField(
        label=_("Réservée à"),
        choices=ResourcePublic.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rien de coché : coworkers du lieu et personnes de la coopérative."),
    )
    arrival_window = _minutes(
        _("Libérée sans arrivée après (minutes)"),
        required=False,
        max_value=1440,
        help_text=_("Vide : jamais."),
    )
    cut_off = _minutes(_("Annulation sans frais jusqu’à (minutes avant)"), initial=1440)
    position = forms.IntegerField(label=_("Ordre"), min_value=0, max_value=999, initial=0)
    sections: tuple[Any, ...] = (
        (_("La ressource"), ("name", "description", ("seats", "position"), "equipment")),
        (_("Durées"), ("step", ("shortest", "longest"), ("buffer_before", "buffer_after"), "any_hour")),
        (
            _("Conditions"),
            ("publics", "is_public", "needs_training", "needs_approval", ("arrival_window", "cut_off")),
        ),
    )

    def typed(self) -> ResourceData:
        return ResourceData(**{name: self.cleaned_data[name] for name in ResourceData.__dataclass_fields__})


class NewResourceForm(ResourceForm):
    """The same, with what never changes: its kind; and its first units."""

    kind = forms.ChoiceField(label=_("Nature"), choices=ResourceKind.choices)
    units = forms.IntegerField(
        label=_("Unités"),
        min_value=1,
        max_value=MOST_UNITS,
        initial=1,
        help_text=_("Douze pour douze postes qui se réservent l’un pour l’autre ; une seule pour une salle."),
    )
    sections = (
        (_("La ressource"), (("kind", "units"), "name", "description", ("seats", "position"), "equipment")),
        *ResourceForm.sections[1:],
    )


def resource_initial(resource: Resource) -> dict[str, Any]:
    return {name: getattr(resource, name) for name in ResourceData.__dataclass_fields__}


class UnitsForm(forms.Form):
    """More units: numbered, or each by its mark."""

    labels = forms.CharField(
        label=_("Repères"),
        max_length=4000,
        required=False,
        help_text=_("Un par ligne : « Fenêtre », « Près de l’entrée ». Vide : numérotées à la suite."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    units = forms.IntegerField(
        label=_("Ou combien"), min_value=1, max_value=MOST_UNITS, required=False, initial=1
    )

    def typed(self) -> list[str] | int:
        labels = [line for line in self.cleaned_data["labels"].splitlines() if line.strip()]
        return labels or self.cleaned_data["units"] or 0


class TariffForm(forms.Form):
    """Prices excl. tax from a day on, for members and for others side by side."""

    starts_on = DayField(label=_("À partir du"), initial=timezone.localdate)
    vat_code = forms.ChoiceField(label=_("TVA"))
    hour = _price(_("Heure, membres"))
    other_hour = _price(_("Heure, autres"))
    half_day = _price(_("Demi-journée, membres"))
    other_half_day = _price(_("Demi-journée, autres"))
    day = _price(_("Jour, membres"))
    other_day = _price(_("Jour, autres"))
    week = _price(_("Semaine, membres"))
    other_week = _price(_("Semaine, autres"))
    month = _price(_("Mois, membres"))
    other_month = _price(_("Mois, autres"))
    sections = (
        (_("Quand"), (("starts_on", "vat_code"),)),
        (
            _("Prix hors taxes ; vide : ne se vend pas ainsi"),
            tuple((name, f"other_{name}") for name in PRICES[: len(PRICES) // 2]),
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rates = VatRate.objects.in_force(timezone.localdate())
        self.fields["vat_code"].choices = [(rate.code, rate.said) for rate in rates]  # type: ignore[attr-defined]
        self.initial.setdefault("vat_code", "normal")

    def typed(self) -> TariffData:
        return TariffData(**{name: self.cleaned_data[name] for name in TariffData.__dataclass_fields__})


class ClearanceForm(forms.Form):
    person = FoundField(label=_("Personne"), queryset=Person.objects.none())
    starts_on = DayField(label=_("Formée le"), initial=timezone.localdate)
    ends_on = DayField(label=_("Valable jusqu’au"), required=False, help_text=_("Vide : sans terme."))
    trained_by = forms.CharField(label=_("Par"), max_length=120, required=False)

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]

    def typed(self) -> ClearanceData:
        return ClearanceData(**{name: self.cleaned_data[name] for name in ClearanceData.__dataclass_fields__})


class FaultForm(forms.Form):
    text = forms.CharField(
        label=_("Ce qui ne va pas"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
