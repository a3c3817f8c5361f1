"""The cash that a section keeps, and who may let it go below, until when (ACC-33)."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
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
