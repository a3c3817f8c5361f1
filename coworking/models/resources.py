"""What is booked in a place: rooms, desks, offices, machines, shops; its price; who is trained (COW-03)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from coworking.models.places import Place
from coworking.states.places import FAULT_SHAPES, Equipment, FaultState, ResourceKind, ResourcePublic
from people.models.periods import Dated, DatedQuerySet, coherent_dates

# A room of a day’s steps, a stay of two years.
MOST_STEP, MOST_LENGTH = 24 * 60, 2 * 366 * 24 * 60


class ResourceQuerySet(models.QuerySet["Resource"]):
    def in_use(self) -> ResourceQuerySet:
        return self.filter(archived_at__isnull=True)


class Resource(models.Model):
    """What one chooses to book; each of its units is taken by one booking at a time."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="resources", verbose_name=_("lieu"))
    kind = models.CharField(_("nature"), max_length=8, choices=ResourceKind)
    name = models.CharField(_("nom"), max_length=80)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    seats = models.PositiveSmallIntegerField(
        _("places assises"), default=1, validators=[MinValueValidator(1)]
    )
    equipment = ArrayField(
        models.CharField(max_length=14, choices=Equipment),
        verbose_name=_("équipement"),
        default=list,
        blank=True,
    )
    # Minutes.
    step = models.PositiveIntegerField(
        _("pas (minutes)"), validators=[MinValueValidator(5), MaxValueValidator(MOST_STEP)]
    )
    shortest = models.PositiveIntegerField(_("durée minimale (minutes)"), validators=[MinValueValidator(5)])
    longest = models.PositiveIntegerField(
        _("durée maximale (minutes)"), validators=[MaxValueValidator(MOST_LENGTH)]
    )
    buffer_before = models.PositiveSmallIntegerField(_("préparation avant (minutes)"), default=0)
    buffer_after = models.PositiveSmallIntegerField(_("remise en état après (minutes)"), default=0)
    # Resident desks and offices are used at any hour; closures still hold.
    any_hour = models.BooleanField(_("à toute heure"), default=False)
    needs_training = models.BooleanField(_("demande une habilitation"), default=False)
    needs_approval = models.BooleanField(_("demande une validation"), default=False)
    is_public = models.BooleanField(_("se loue sans adhésion"), default=False)
    # Nobody named: whoever books in the place.
    publics = ArrayField(
        models.CharField(max_length=7, choices=ResourcePublic),
        verbose_name=_("réservée à"),
        default=list,
        blank=True,
    )
    # How long before or after its beginning one arrives, else the unit is freed; nothing: it never is.
    arrival_window = models.PositiveSmallIntegerField(
        _("libérée sans arrivée après (minutes)"), null=True, blank=True
    )
    # Minutes of notice below which a cancellation is due all the same.
    cut_off = models.PositiveIntegerField(_("annulation sans frais jusqu’à (minutes avant)"), default=24 * 60)
    # Where it stands on the plan of the place.
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)
    fault_key = models.CharField(max_length=40, editable=False, unique=True)
    archived_at = models.DateTimeField(_("retirée le"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("ressource")
        verbose_name_plural = _("ressources")
        ordering = ["place", "position", "name", "pk"]
        constraints = [
            models.CheckConstraint(name="resource_kind_known", condition=Q(kind__in=ResourceKind.values)),
            models.CheckConstraint(
                name="resource_equipment_known", condition=Q(equipment__contained_by=Equipment.values)
            ),
            models.CheckConstraint(
                name="resource_publics_known", condition=Q(publics__contained_by=ResourcePublic.values)
            ),
            models.CheckConstraint(name="resource_steps", condition=Q(step__gte=5, step__lte=MOST_STEP)),
            models.CheckConstraint(
                name="resource_lengths",
                condition=Q(shortest__gte=F("step"), longest__gte=F("shortest"), longest__lte=MOST_LENGTH),
            ),
            models.UniqueConstraint(
                name="resource_named_once", fields=["place", "name"], condition=Q(archived_at__isnull=True)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="resource_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="resource_place_kept", fields=["place", "kind"]),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("coworking:resource", args=[self.pk])


class Unit(models.Model):
    """One desk of a pool; the only one of a room."""

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="units", verbose_name=_("ressource"))
    label = models.CharField(_("repère"), max_length=40)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)
    archived_at = models.DateTimeField(_("retirée le"), null=True, editable=False)

    class Meta:
        verbose_name = _("unité")
        verbose_name_plural = _("unités")
        ordering = ["resource", "position", "pk"]
        constraints = [models.UniqueConstraint(name="unit_labelled_once", fields=["resource", "label"])]
        triggers = [pgtrigger.Protect(name="unit_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.label


class TariffQuerySet(models.QuerySet["Tariff"]):
    def in_force(self, on: date) -> TariffQuerySet:
        return self.filter(starts_on__lte=on).order_by("resource_id", "-starts_on").distinct("resource_id")


class Tariff(models.Model):
    """Prices of a resource from a day on, excl. tax: for members of the place, and for others."""

    resource = models.ForeignKey(
        Resource, models.PROTECT, related_name="tariffs", verbose_name=_("ressource")
    )
    starts_on = models.DateField(_("à partir du"))
    vat_code = models.SlugField(_("taux de TVA"), max_length=20, default="normal")
    hour = MoneyField(_("heure, membres"), null=True, blank=True)
    half_day = MoneyField(_("demi-journée, membres"), null=True, blank=True)
    day = MoneyField(_("jour, membres"), null=True, blank=True)
    week = MoneyField(_("semaine, membres"), null=True, blank=True)
    month = MoneyField(_("mois, membres"), null=True, blank=True)
    other_hour = MoneyField(_("heure, autres"), null=True, blank=True)
    other_half_day = MoneyField(_("demi-journée, autres"), null=True, blank=True)
    other_day = MoneyField(_("jour, autres"), null=True, blank=True)
    other_week = MoneyField(_("semaine, autres"), null=True, blank=True)
    other_month = MoneyField(_("mois, autres"), null=True, blank=True)

    objects = TariffQuerySet.as_manager()

    class Meta:
        verbose_name = _("tarif")
        verbose_name_plural = _("tarifs")
        ordering = ["resource", "-starts_on"]
        constraints = [
            models.UniqueConstraint(name="tariff_once_a_day", fields=["resource", "starts_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.resource} · {self.starts_on}"


class Clearance(Dated):
    """A person was trained for a machine: by whom, until when."""

    resource = models.ForeignKey(
        Resource, models.PROTECT, related_name="clearances", verbose_name=_("machine")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="clearances", verbose_name=_("personne")
    )
    trained_by = models.CharField(_("formée par"), max_length=120, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("notée par")
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("habilitation")
        verbose_name_plural = _("habilitations")
        ordering = ["resource", "person", "-starts_on"]
        constraints = [
            coherent_dates("clearance_dates_coherent"),
            models.UniqueConstraint(name="clearance_once_a_day", fields=["resource", "person", "starts_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.resource}"


class Fault(models.Model):
    """What does not work, told by whoever stands before it (COW-07)."""

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="faults", verbose_name=_("ressource"))
    text = models.CharField(_("ce qui ne va pas"), max_length=500)
    told_at = models.DateTimeField(_("signalée le"), default=timezone.now, editable=False)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    state = models.CharField(
        _("état"), max_length=8, choices=FaultState, default=FaultState.TOLD, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    outcome = models.CharField(_("ce qui a été fait"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("panne")
        verbose_name_plural = _("pannes")
        ordering = ["-told_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="fault_state_known", condition=Q(state__in=FaultState.values)),
            models.CheckConstraint(name="fault_told", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*FAULT_SHAPES[self.state], self.get_state_display())
