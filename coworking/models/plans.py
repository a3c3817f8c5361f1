"""What a place sells by the month or in advance: plans, their prices, what they include (COW-11, COW-12)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from coworking.models.places import Place
from coworking.states.members import PlanKind, TimeUnit
from coworking.states.places import ResourceKind


class PlanQuerySet(models.QuerySet["Plan"]):
    def on_sale(self) -> PlanQuerySet:
        return self.filter(archived_at__isnull=True)


class Plan(models.Model):
    """What one subscribes to in a place, or a pass that one buys there."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="plans", verbose_name=_("lieu"))
    kind = models.CharField(_("nature"), max_length=8, choices=PlanKind)
    name = models.CharField(_("nom"), max_length=80)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    # Of a plan by weekdays: how many one chooses.
    days_a_week = models.PositiveSmallIntegerField(
        _("jours par semaine"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(7)]
    )
    # Of a pass: so many units, used within so many days.
    units = models.PositiveSmallIntegerField(_("unités du carnet"), null=True, blank=True)
    unit = models.CharField(_("unité"), max_length=8, choices=TimeUnit, default=TimeUnit.DAY)
    valid_days = models.PositiveSmallIntegerField(_("à utiliser sous (jours)"), null=True, blank=True)
    users = models.PositiveSmallIntegerField(
        _("personnes"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("Combien d’utilisateurs d’un organisme partagent la formule."),
    )
    deposit = MoneyField(_("dépôt de garantie"), null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(
        _("préavis (mois)"), default=1, validators=[MaxValueValidator(12)]
    )
    notice_days = models.PositiveSmallIntegerField(
        _("préavis (jours)"), default=0, validators=[MaxValueValidator(90)]
    )
    is_public = models.BooleanField(_("sur la page publique"), default=True)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)
    archived_at = models.DateTimeField(_("retirée de la vente le"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("formule")
        verbose_name_plural = _("formules")
        ordering = ["place", "position", "name", "pk"]
        constraints = [
            models.CheckConstraint(name="plan_kind_known", condition=Q(kind__in=PlanKind.values)),
            models.CheckConstraint(name="plan_unit_known", condition=Q(unit__in=TimeUnit.values)),
            models.CheckConstraint(
                name="plan_pass_is_counted",
                condition=Q(kind=PlanKind.PASS, units__gte=1, valid_days__gte=1)
                | ~Q(kind=PlanKind.PASS) & Q(units__isnull=True, valid_days__isnull=True),
            ),
            models.CheckConstraint(
                name="plan_week_is_counted",
                condition=Q(kind=PlanKind.WEEK, days_a_week__gte=1, days_a_week__lte=7)
                | ~Q(kind=PlanKind.WEEK) & Q(days_a_week__isnull=True),
            ),
            models.UniqueConstraint(
                name="plan_named_once", fields=["place", "name"], condition=Q(archived_at__isnull=True)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="plan_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="plan_is_what_it_is", fields=["place", "kind", "unit"]),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("coworking:plan", args=[self.pk])

    @property
    def counted(self) -> str:
        """What a pass holds, in words."""
        return TimeUnit(self.unit).counted(Decimal(self.units or 0))

    @property
    def scope_id(self) -> int:
        return self.place.scope_id


class PlanPriceQuerySet(models.QuerySet["PlanPrice"]):
    def in_force(self, on: date) -> PlanPriceQuerySet:
        return self.filter(starts_on__lte=on).order_by("plan_id", "-starts_on").distinct("plan_id")


class PlanPrice(models.Model):
    """Price of a plan from a day on, excl. tax: for those of the cooperative, and for others."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="prices", verbose_name=_("formule"))
    starts_on = models.DateField(_("à partir du"))
    vat_code = models.SlugField(_("taux de TVA"), max_length=20, default="normal")
    own = MoneyField(_("coopérative"))
    other = MoneyField(_("autres"))

    objects = PlanPriceQuerySet.as_manager()

    class Meta:
        verbose_name = _("prix d’une formule")
        verbose_name_plural = _("prix d’une formule")
        ordering = ["plan", "-starts_on"]
        constraints = [
            models.UniqueConstraint(name="planprice_once_a_day", fields=["plan", "starts_on"]),
            models.CheckConstraint(name="planprice_not_negative", condition=Q(own__gte=0, other__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.starts_on}"


class Allowance(models.Model):
    """What a plan includes each month of a kind of resource, and what comes beyond it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="allowances", verbose_name=_("formule"))
    resource_kind = models.CharField(_("de"), max_length=8, choices=ResourceKind)
    unit = models.CharField(_("unité"), max_length=8, choices=TimeUnit)
    # Nothing: as much as one likes.
    units = models.DecimalField(_("par mois"), max_digits=6, decimal_places=2, null=True, blank=True)
    carried_months = models.PositiveSmallIntegerField(
        _("reportée (mois)"), default=0, validators=[MaxValueValidator(12)]
    )
    # Nothing: the tariff of the resource.
    beyond = MoneyField(_("puis, l’unité HT"), null=True, blank=True)

    class Meta:
        verbose_name = _("part comprise")
        verbose_name_plural = _("parts comprises")
        ordering = ["plan", "resource_kind", "pk"]
        constraints = [
            models.CheckConstraint(
                name="allowance_kind_known", condition=Q(resource_kind__in=ResourceKind.values)
            ),
            models.CheckConstraint(name="allowance_unit_known", condition=Q(unit__in=TimeUnit.values)),
            models.CheckConstraint(
                name="allowance_positive",
                condition=(Q(units__isnull=True) | Q(units__gt=0))
                & (Q(beyond__isnull=True) | Q(beyond__gte=0)),
            ),
            models.UniqueConstraint(name="allowance_once", fields=["plan", "resource_kind"]),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.get_resource_kind_display()}"

    @property
    def counted(self) -> str:
        """What it includes each month, in words; nothing where it is without limit."""
        return "" if self.units is None else TimeUnit(self.unit).counted(self.units)
