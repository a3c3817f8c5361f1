"""The cash that a section keeps, what somebody plans or supposes of the next months, what was told of them
(ACC-31 to 33)."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.states.treasury import MOST_LATER_DAYS, PlanKind, PlanRhythm
from cae.core.fields import MoneyField
from cae.core.permanence import append_only
from people.models.periods import Dated, DatedQuerySet, DateSpan, coherent_dates

_SECTION = "accounting.AnalyticAccount"


class CashFloor(Dated):
    """The lowest cash of a section between two dates. Only its end is given later; another amount is
    another row."""

    section = models.ForeignKey(
        _SECTION, models.PROTECT, related_name="cash_floors", verbose_name=_("section analytique")
    )
    amount = MoneyField(_("trésorerie à garder"))
    reason = models.CharField(_("motif"), max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("fixé par")
    )
    created_at = models.DateTimeField(_("fixé le"), default=timezone.now, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("plancher de trésorerie")
        verbose_name_plural = _("planchers de trésorerie")
        ordering = ["section", "-starts_on", "-pk"]
        constraints = [
            coherent_dates("cash_floor_dates_coherent"),
            models.CheckConstraint(name="cash_floor_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(name="cash_floor_says_why", condition=~Q(reason="")),
            ExclusionConstraint(
                name="cash_floor_once_at_a_date",
                expressions=[
                    ("section", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="cash_floor_frozen", exclude=["ends_on"]),
            pgtrigger.Protect(name="cash_floor_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} {self.amount}"


class FloorExcess(Dated):
    """A section may go below its floor, down to an amount, which may be negative, until a day."""

    section = models.ForeignKey(
        _SECTION, models.PROTECT, related_name="floor_excesses", verbose_name=_("section analytique")
    )
    amount = MoneyField(_("descendre jusqu’à"))
    reason = models.CharField(_("motif"), max_length=200)
    allowed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("autorisé par")
    )
    created_at = models.DateTimeField(_("autorisé le"), default=timezone.now, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("dépassement du plancher")
        verbose_name_plural = _("dépassements du plancher")
        ordering = ["section", "-starts_on", "-pk"]
        constraints = [
            coherent_dates("floor_excess_dates_coherent"),
            models.CheckConstraint(name="floor_excess_ends", condition=Q(ends_on__isnull=False)),
            models.CheckConstraint(name="floor_excess_says_why", condition=~Q(reason="")),
            ExclusionConstraint(
                name="floor_excess_once_at_a_date",
                expressions=[
                    ("section", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="floor_excess_frozen", exclude=["ends_on"]),
            pgtrigger.Protect(name="floor_excess_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} {self.amount}"


class CashPlan(Dated):
    """A flow that no document tells (a loan, a charge of the shared services): once, or at a rhythm. Only its
    end is given later; another amount is another row."""

    section = models.ForeignKey(
        _SECTION, models.PROTECT, related_name="cash_plans", verbose_name=_("section analytique")
    )
    kind = models.CharField(_("nature"), max_length=10, choices=PlanKind)
    label = models.CharField(_("libellé"), max_length=120)
    # What comes in is positive, what leaves negative.
    amount = MoneyField(_("montant"))
    rhythm = models.CharField(_("rythme"), max_length=10, choices=PlanRhythm, default=PlanRhythm.ONCE)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("prévu par")
    )
    created_at = models.DateTimeField(_("prévu le"), default=timezone.now, editable=False)
    form_key = models.UUIDField(unique=True, null=True, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("flux prévu à la main")
        verbose_name_plural = _("flux prévus à la main")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            coherent_dates("cash_plan_dates_coherent"),
            models.CheckConstraint(name="cash_plan_kind_known", condition=Q(kind__in=PlanKind.values)),
            models.CheckConstraint(name="cash_plan_rhythm_known", condition=Q(rhythm__in=PlanRhythm.values)),
            models.CheckConstraint(name="cash_plan_named", condition=~Q(label="")),
            models.CheckConstraint(name="cash_plan_of_something", condition=~Q(amount=0)),
            models.CheckConstraint(
                name="cash_plan_once_ends", condition=~Q(rhythm=PlanRhythm.ONCE) | Q(ends_on__isnull=False)
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="cash_plan_frozen", exclude=["ends_on"]),
            pgtrigger.Protect(name="cash_plan_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.label


class ForecastScenario(models.Model):
    """What somebody supposes, kept under a name: customers pay later, pay is another amount."""

    # Nothing: the whole cooperative.
    section = models.ForeignKey(
        _SECTION,
        models.PROTECT,
        null=True,
        related_name="forecast_scenarios",
        verbose_name=_("section analytique"),
    )
    name = models.CharField(_("nom"), max_length=80)
    later_days = models.PositiveSmallIntegerField(_("retard des clients, en jours"), default=0)
    # Nothing: pay as it is forecast.
    pay = MoneyField(_("coût de la paie par mois"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("gardé par")
    )
    created_at = models.DateTimeField(_("gardé le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("scénario de prévision")
        verbose_name_plural = _("scénarios de prévision")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="scenario_named_once", fields=["section", "name"], nulls_distinct=False
            ),
            models.CheckConstraint(name="scenario_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="scenario_days_possible", condition=Q(later_days__lte=MOST_LATER_DAYS)
            ),
            models.CheckConstraint(
                name="scenario_pay_not_negative", condition=Q(pay__isnull=True) | Q(pay__gte=0)
            ),
            models.CheckConstraint(
                name="scenario_changes_something", condition=Q(later_days__gt=0) | Q(pay__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ForecastAlert(models.Model):
    """What was told of a section in a month: when its cash goes below what it keeps. Once a month."""

    section = models.ForeignKey(
        _SECTION, models.PROTECT, related_name="forecast_alerts", verbose_name=_("section analytique")
    )
    month = models.DateField(_("mois de l’alerte"))
    told_on = models.DateField(_("signalée le"))
    # The first day of the month that ends below.
    below_in = models.DateField(_("sous le plancher en"))
    amount = MoneyField(_("trésorerie prévue"))
    floor = MoneyField(_("trésorerie à garder"))

    class Meta:
        verbose_name = _("alerte de trésorerie")
        verbose_name_plural = _("alertes de trésorerie")
        ordering = ["-told_on", "-pk"]
        constraints = [
            models.UniqueConstraint(name="forecast_alert_once", fields=["section", "month"]),
            models.CheckConstraint(name="forecast_alert_of_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="forecast_alert_below", condition=Q(amount__lt=0) | Q(amount__lt=F("floor"))
            ),
        ]
        triggers = append_only("forecast_alert")

    def __str__(self) -> str:
        return f"{self.section_id} {self.month:%m/%Y}"
