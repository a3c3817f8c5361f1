"""The coefficient of deduction of a section for a year: provisional, then final (CGI ann. II art. 206)."""

from __future__ import annotations

from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.states.vat import CoefficientStage
from cae.core.fields import MoneyField, RateField
from cae.core.permanence import no_truncate


class VatCoefficient(models.Model):
    """Which share of its VAT a section deducts over a year; without one, it deducts all."""

    section = models.ForeignKey(
        "accounting.AnalyticAccount",
        models.PROTECT,
        related_name="vat_coefficients",
        verbose_name=_("section analytique"),
    )
    year = models.PositiveSmallIntegerField(_("année"))
    stage = models.CharField(_("étape"), max_length=12, choices=CoefficientStage)
    # Sales that give the right to deduct, over all sales.
    taxed = MoneyField(_("ventes qui ouvrent droit à déduction"))
    whole = MoneyField(_("toutes les ventes"))
    value = RateField(_("coefficient"))
    # What the final one changes for the year; none when it changes nothing.
    entry = models.OneToOneField(
        "accounting.Entry", models.PROTECT, null=True, related_name="+", verbose_name=_("régularisation")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("décidé par")
    )
    decided_at = models.DateTimeField(_("décidé le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("coefficient de déduction")
        verbose_name_plural = _("coefficients de déduction")
        ordering = ["-year", "section__code", "stage"]
        constraints = [
            models.UniqueConstraint(name="vatcoefficient_once", fields=["section", "year", "stage"]),
            models.CheckConstraint(
                name="vatcoefficient_stage", condition=Q(stage__in=CoefficientStage.values)
            ),
            models.CheckConstraint(
                name="vatcoefficient_value",
                condition=Q(
                    value__gte=0, value__lte=1, taxed__gte=0, taxed__lte=F("whole"), whole__gt=Decimal(0)
                ),
            ),
            models.CheckConstraint(
                name="vatcoefficient_final_posts",
                condition=Q(entry__isnull=True) | Q(stage=CoefficientStage.FINAL),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="vatcoefficient_final_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__stage=CoefficientStage.FINAL),
            ),
            no_truncate("vatcoefficient"),
        ]

    def __str__(self) -> str:
        return f"{self.section} · {self.year}"
