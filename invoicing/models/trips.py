"""Trips by one's own vehicle, each a line of a claim, and what puts a year right (INV-52)."""

from __future__ import annotations

from typing import Any, Self

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from invoicing.models.expense_sight import seen_claims
from invoicing.models.vehicles import scale_said, vehicle_said
from invoicing.states.claims import MAX_PLACE, MAX_PURPOSE
from invoicing.states.expenses import ClaimState, LineDecision


class OfVehicleYearQuerySet(models.QuerySet[Any]):
    """Trips and adjustments: both are a line of a claim."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(seen_claims(user, "line__claim__"))

    def counted(self) -> Self:
        """What was refused counts for nothing."""
        return self.exclude(line__decision=LineDecision.REFUSED)

    def open(self) -> Self:
        """Still with its author: its amount follows the others."""
        return self.filter(line__claim__state=ClaimState.DRAFT)

    def handed_in(self) -> Self:
        return self.exclude(line__claim__state=ClaimState.DRAFT)


class MileageTrip(models.Model):
    """One drive of a day. Its amount stands on its line, with the working that gave it."""

    vehicle = models.ForeignKey(
        "invoicing.Vehicle", models.PROTECT, related_name="trips", verbose_name=_("véhicule")
    )
    line = models.OneToOneField(
        "invoicing.ExpenseLine", models.PROTECT, related_name="trip", verbose_name=_("ligne")
    )
    on = models.DateField(_("date"))
    # When one comes back another day: of the same year, whose kilometres it counts with.
    back_on = models.DateField(_("retour le"), null=True, blank=True)
    start = models.CharField(_("départ"), max_length=MAX_PLACE)
    arrival = models.CharField(_("arrivée"), max_length=MAX_PLACE)
    purpose = models.CharField(_("motif"), max_length=MAX_PURPOSE)
    km = models.DecimalField(_("kilomètres (aller)"), max_digits=5, decimal_places=1)
    returns = models.BooleanField(_("aller-retour"), default=False)
    # Both ways when one comes back: what the year counts.
    total_km = models.DecimalField(_("kilomètres"), max_digits=6, decimal_places=1)
    # Scale, band, kilometres of the year before and after, as they were when the amount was computed.
    working = models.JSONField(_("calcul"), encoder=DjangoJSONEncoder, default=dict)

    objects = OfVehicleYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("trajet")
        verbose_name_plural = _("trajets")
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["vehicle", "on"], name="mileagetrip_of_year")]
        constraints = [
            models.CheckConstraint(name="mileagetrip_km_positive", condition=Q(km__gt=0)),
            models.CheckConstraint(
                name="mileagetrip_total_km",
                condition=Q(returns=False, total_km=F("km")) | Q(returns=True, total_km=F("km") * 2),
            ),
            models.CheckConstraint(
                name="mileagetrip_of_one_year",
                condition=Q(back_on__isnull=True)
                | (
                    Q(returns=True, back_on__gte=F("on"))
                    & Q(Exact(ExtractYear("back_on"), ExtractYear("on")))
                ),
            ),
            models.CheckConstraint(
                name="mileagetrip_says_where", condition=~Q(start="") & ~Q(arrival="") & ~Q(purpose="")
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="mileagetrip_of_line", fields=["line"])]

    def __str__(self) -> str:
        return self.said

    def get_absolute_url(self) -> str:
        return reverse("invoicing:trip_detail", args=[self.pk])

    @property
    def scale_said(self) -> str:
        """The scale that gave the amount."""
        return scale_said(self.working["scale_year"], self.working["version"])

    @property
    def vehicle_said(self) -> str:
        """The vehicle as it was when the amount was computed."""
        return vehicle_said(self.working["vehicle"])

    @property
    def said(self) -> str:
        """« Lyon → Vienne, aller-retour »."""
        places = f"{self.start} → {self.arrival}"
        return gettext("%(places)s, aller-retour") % {"places": places} if self.returns else places


class MileageAdjustment(models.Model):
    """A line that gives or takes back what the year of a vehicle lacks for trips already handed in."""

    vehicle = models.ForeignKey(
        "invoicing.Vehicle", models.PROTECT, related_name="adjustments", verbose_name=_("véhicule")
    )
    line = models.OneToOneField(
        "invoicing.ExpenseLine", models.PROTECT, related_name="adjustment", verbose_name=_("ligne")
    )
    year = models.PositiveSmallIntegerField(_("année"))
    # Kilometres handed in, what they are worth, what they gave.
    working = models.JSONField(_("calcul"), encoder=DjangoJSONEncoder, default=dict)

    objects = OfVehicleYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("régularisation kilométrique")
        verbose_name_plural = _("régularisations kilométriques")
        ordering = ["year", "pk"]
        indexes = [models.Index(fields=["vehicle", "year"], name="mileageadjust_of_year")]
        constraints = [
            models.CheckConstraint(name="mileageadjust_year", condition=Q(year__gte=2000)),
        ]
        triggers = [pgtrigger.ReadOnly(name="mileageadjust_of_line", fields=["line", "vehicle", "year"])]

    def __str__(self) -> str:
        return f"{self.vehicle} · {self.year}"

    @property
    def scale_said(self) -> str:
        return scale_said(self.working["scale_year"], self.working["version"])

    @property
    def vehicle_said(self) -> str:
        return vehicle_said(self.working["vehicle"])
