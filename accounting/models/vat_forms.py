"""The official VAT form as rows: a new form is a new version, and returns keep theirs."""

from __future__ import annotations

from decimal import Decimal

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounting.states.vat import BoxPart, BoxShape
from cae.core.permanence import no_truncate


class VatForm(models.Model):
    """A version of the form, used by the returns of periods that begin from its date on."""

    code = models.CharField(_("code"), max_length=20)
    label = models.CharField(_("libellé"), max_length=120)
    source = models.CharField(_("source"), max_length=250)
    valid_from = models.DateField(_("en vigueur depuis"))

    class Meta:
        verbose_name = _("formulaire de TVA")
        verbose_name_plural = _("formulaires de TVA")
        ordering = ["code", "-valid_from"]
        constraints = [models.UniqueConstraint(name="vatform_version_once", fields=["code", "valid_from"])]
        triggers = [
            pgtrigger.ReadOnly(name="vatform_frozen", fields=["code", "valid_from"]),
            no_truncate("vatform"),
        ]

    def __str__(self) -> str:
        return self.label


class VatBox(models.Model):
    """A line of the form (case): what it gathers from entries, or what it computes from other lines."""

    form = models.ForeignKey(
        VatForm, models.PROTECT, related_name="boxes", db_index=False, verbose_name=_("formulaire de TVA")
    )
    position = models.PositiveSmallIntegerField(_("rang"))
    code = models.CharField(_("ligne"), max_length=4)
    # As printed beside the box; totals have none.
    number = models.CharField(_("numéro de case"), max_length=6, blank=True)
    label = models.CharField(_("libellé"), max_length=200)
    part = models.CharField(_("cadre"), max_length=10, choices=BoxPart)
    shape = models.CharField(_("colonnes"), max_length=10, choices=BoxShape)
    # The rate whose bases and taxes it gathers, in percent.
    rate = models.DecimalField(_("taux"), max_digits=5, decimal_places=2, null=True)
    # Names of what it gathers (accounting.calculations.vat): « sale », « bought/eu_goods »…
    gathers = ArrayField(models.CharField(max_length=30), verbose_name=_("réunit"), default=list, blank=True)
    # Lines added and taken off (« 16-23 »), never below zero.
    formula = models.CharField(_("calcul"), max_length=120, blank=True)
    # The line that bears it when it would be below zero.
    overflow = models.CharField(_("si elle est négative"), max_length=4, blank=True)

    class Meta:
        verbose_name = _("case de TVA")
        verbose_name_plural = _("cases de TVA")
        ordering = ["form", "position"]
        constraints = [
            models.UniqueConstraint(name="vatbox_code_once", fields=["form", "code"]),
            models.UniqueConstraint(name="vatbox_position_once", fields=["form", "position"]),
            models.UniqueConstraint(name="vatbox_rate_once", fields=["form", "rate"]),
            models.CheckConstraint(name="vatbox_part_known", condition=Q(part__in=BoxPart.values)),
            models.CheckConstraint(name="vatbox_shape_known", condition=Q(shape__in=BoxShape.values)),
            models.CheckConstraint(
                name="vatbox_rate_within",
                condition=Q(rate__isnull=True) | Q(rate__gt=0, rate__lt=Decimal(100)),
            ),
            models.CheckConstraint(
                name="vatbox_computed_or_gathered",
                condition=Q(formula="") | Q(gathers=[], rate__isnull=True),
            ),
        ]
        # Returns point here: a line that changes belongs to another version of the form.
        triggers = [
            pgtrigger.ReadOnly(name="vatbox_frozen", exclude=["label"]),
            no_truncate("vatbox"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"
