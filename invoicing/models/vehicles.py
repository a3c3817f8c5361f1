"""Vehicles that a person drives for their activities, their papers, and the dated scale (INV-52)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only
from cae.core.templatetags.formats import quantity
from invoicing.models.sight import ALL_SALES_KINDS
from invoicing.states.claims import VehicleKind, VehiclePaperKind
from people.selectors import held_kinds
from people.selectors.persons import reached_persons
from people.states import RoleKind


def of_persons_in_sight(user: Any, path: str = "person") -> Q:
    """Rows of oneself, of the people one advises, or of all by function."""
    if ALL_SALES_KINDS & held_kinds(user):
        return Q()
    own = Q(**{path: user.person_id}) if user.person_id else Q(pk__in=[])
    if RoleKind.ADVISOR not in held_kinds(user):
        return own
    return own | Q(**{f"{path}__in": reached_persons(user, (RoleKind.ADVISOR,)).values("pk")})


def vehicle_said(facts: Mapping[str, Any]) -> str:
    """« Voiture, 5 CV, électrique », of what a working keeps."""
    words = [str(VehicleKind(facts["kind"]).label)]
    if facts["power"] is not None:
        words.append(gettext("%(power)d CV") % {"power": facts["power"]})
    words += [gettext("électrique")] if facts["electric"] else []
    return ", ".join(words)


def scale_said(year: int, version: int) -> str:
    """« Barème 2026 », « Barème 2026, version 2 »."""
    if version == 1:
        return gettext("Barème %(year)d") % {"year": year}
    return gettext("Barème %(year)d, version %(version)d") % {"year": year, "version": version}


class VehicleQuerySet(models.QuerySet["Vehicle"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(of_persons_in_sight(user))

    def in_use(self) -> Self:
        return self.filter(archived_at=None)


class Vehicle(models.Model):
    """What the scale asks of a vehicle; one of a person, whatever the activity it drives for."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="vehicles", verbose_name=_("personne")
    )
    label = models.CharField(_("nom"), max_length=60)
    kind = models.CharField(_("genre"), max_length=10, choices=VehicleKind, default=VehicleKind.CAR)
    # A moped has none: one scale for all.
    power = models.PositiveSmallIntegerField(_("puissance fiscale (CV)"), null=True, blank=True)
    electric = models.BooleanField(_("électrique"), default=False)
    # Tax on its fuel is recovered whole.
    utility = models.BooleanField(_("utilitaire"), default=False)
    plate = models.CharField(_("immatriculation"), max_length=15)
    archived_at = models.DateTimeField(_("plus utilisé depuis"), null=True, blank=True)
    created_at = models.DateTimeField(_("enregistré le"), default=timezone.now, editable=False)

    objects = VehicleQuerySet.as_manager()

    class Meta:
        verbose_name = _("véhicule")
        verbose_name_plural = _("véhicules")
        ordering = ["label", "pk"]
        constraints = [
            models.CheckConstraint(name="vehicle_kind_known", condition=Q(kind__in=VehicleKind.values)),
            models.CheckConstraint(
                name="vehicle_power_said",
                condition=Q(kind=VehicleKind.MOPED, power__isnull=True)
                | (~Q(kind=VehicleKind.MOPED) & Q(power__gte=1)),
            ),
            models.UniqueConstraint(name="vehicle_plate_once", fields=["person", "plate"]),
        ]
        triggers = [pgtrigger.ReadOnly(name="vehicle_person_frozen", fields=["person"])]

    def __str__(self) -> str:
        return f"{self.label} ({self.plate})"

    def get_absolute_url(self) -> str:
        return reverse("invoicing:vehicle_detail", args=[self.pk])

    @property
    def facts(self) -> str:
        """« Voiture, 5 CV, électrique »."""
        words = vehicle_said(self.kept_facts)
        return ", ".join([words, gettext("utilitaire")]) if self.utility else words

    @property
    def kept_facts(self) -> dict[str, Any]:
        """What the scale asks of it, as the working of an amount keeps it."""
        return {"kind": self.kind, "power": self.power, "electric": self.electric}


class VehiclePaperQuerySet(models.QuerySet["VehiclePaper"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(of_persons_in_sight(user, "vehicle__person"))

    def holding(self, on: date) -> Self:
        """Those that prove something of a trip of that day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        )


class VehiclePaper(models.Model):
    """A paper of a vehicle: a new one is added, the former stays beside the trips that it covers."""

    vehicle = models.ForeignKey(Vehicle, models.PROTECT, related_name="papers", verbose_name=_("véhicule"))
    kind = models.CharField(_("nature"), max_length=12, choices=VehiclePaperKind)
    document = models.OneToOneField(
        "core.Document", models.PROTECT, related_name="+", verbose_name=_("fichier")
    )
    valid_from = models.DateField(_("valable du"), null=True, blank=True)
    valid_until = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    # Said by whoever brings it; whoever checks the claim opens the paper.
    covers_business = models.BooleanField(_("couvre les déplacements professionnels"), default=False)
    brought_at = models.DateTimeField(_("déposé le"), default=timezone.now, editable=False)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("déposé par")
    )

    objects = VehiclePaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("papier de véhicule")
        verbose_name_plural = _("papiers de véhicules")
        ordering = ["kind", "-valid_until", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="vehiclepaper_kind_known", condition=Q(kind__in=VehiclePaperKind.values)
            ),
            models.CheckConstraint(
                name="vehiclepaper_insurance_covers",
                condition=~Q(kind=VehiclePaperKind.INSURANCE)
                | Q(
                    covers_business=True,
                    valid_from__isnull=False,
                    valid_until__isnull=False,
                    valid_until__gte=F("valid_from"),
                ),
            ),
        ]
        triggers = append_only("vehiclepaper")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.vehicle}"

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or self.valid_until >= day
        )


class MileageScale(models.Model):
    """The scale of one calendar year. A mistake in it is a new version: amounts already given keep theirs,
    and the gap is regularised."""

    year = models.PositiveSmallIntegerField(_("année"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    electric_factor = models.DecimalField(_("coefficient électrique"), max_digits=4, decimal_places=3)
    source = models.CharField(_("source"), max_length=250)
    created_at = models.DateTimeField(_("enregistré le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("enregistré par"),
    )

    class Meta:
        verbose_name = _("barème kilométrique")
        verbose_name_plural = _("barèmes kilométriques")
        ordering = ["-year", "-version"]
        constraints = [
            models.UniqueConstraint(name="mileagescale_version_once", fields=["year", "version"]),
            models.CheckConstraint(
                name="mileagescale_values",
                condition=Q(year__gte=2000, version__gte=1, electric_factor__gte=1),
            ),
        ]
        triggers = append_only("mileagescale")

    def __str__(self) -> str:
        return scale_said(self.year, self.version)


class MileageBand(models.Model):
    """Up to so many kilometres of the year, for vehicles of these powers: a rate, and an amount."""

    scale = models.ForeignKey(MileageScale, models.PROTECT, related_name="bands", verbose_name=_("barème"))
    kind = models.CharField(_("genre"), max_length=10, choices=VehicleKind)
    power_from = models.PositiveSmallIntegerField(_("de (CV)"), default=0)
    power_to = models.PositiveSmallIntegerField(_("à (CV)"), null=True, blank=True)
    up_to_km = models.PositiveIntegerField(_("jusqu’à (km)"), null=True, blank=True)
    rate = models.DecimalField(_("taux (€/km)"), max_digits=6, decimal_places=4)
    plus = models.DecimalField(_("plus (€)"), max_digits=8, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("tranche du barème kilométrique")
        verbose_name_plural = _("tranches du barème kilométrique")
        ordering = ["scale", "kind", "power_from", F("up_to_km").asc(nulls_last=True)]
        constraints = [
            models.CheckConstraint(name="mileageband_kind_known", condition=Q(kind__in=VehicleKind.values)),
            models.CheckConstraint(name="mileageband_values", condition=Q(rate__gt=0, plus__gte=0)),
            models.CheckConstraint(
                name="mileageband_powers",
                condition=Q(power_to__isnull=True) | Q(power_to__gte=F("power_from")),
            ),
            models.UniqueConstraint(
                name="mileageband_once",
                fields=["scale", "kind", "power_from", "up_to_km"],
                nulls_distinct=False,
            ),
        ]
        triggers = append_only("mileageband")

    def __str__(self) -> str:
        return f"{self.scale} · {self.get_kind_display()} · {self.rate}"

    @property
    def power_said(self) -> str:
        """« 4 CV », « 7 CV et plus », « toutes puissances »."""
        if self.power_to is None:
            if not self.power_from:
                return gettext("toutes puissances")
            return gettext("%(power)d CV et plus") % {"power": self.power_from}
        if self.power_from == self.power_to:
            return gettext("%(power)d CV") % {"power": self.power_to}
        if not self.power_from:
            return gettext("jusqu’à %(power)d CV") % {"power": self.power_to}
        return gettext("de %(low)d à %(high)d CV") % {"low": self.power_from, "high": self.power_to}

    @property
    def reach_said(self) -> str:
        """« jusqu’à 5 000 km », « au-delà »."""
        if self.up_to_km is None:
            return gettext("au-delà")
        return gettext("jusqu’à %(km)s km") % {"km": quantity(self.up_to_km)}

    def is_of_power(self, power: int | None) -> bool:
        return self.power_from <= (power or 0) and (self.power_to is None or (power or 0) <= self.power_to)


class FavouriteTrip(models.Model):
    """A trip that a person makes again and again."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="favourite_trips", verbose_name=_("personne")
    )
    start = models.CharField(_("départ"), max_length=120)
    arrival = models.CharField(_("arrivée"), max_length=120)
    purpose = models.CharField(_("motif"), max_length=200)
    km = models.DecimalField(_("kilomètres (aller)"), max_digits=5, decimal_places=1)
    returns = models.BooleanField(_("aller-retour"), default=True)

    class Meta:
        verbose_name = _("trajet favori")
        verbose_name_plural = _("trajets favoris")
        ordering = ["start", "arrival", "purpose"]
        constraints = [
            models.UniqueConstraint(
                name="favouritetrip_once", fields=["person", "start", "arrival", "purpose"]
            ),
            models.CheckConstraint(name="favouritetrip_km_positive", condition=Q(km__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.start} → {self.arrival}"
