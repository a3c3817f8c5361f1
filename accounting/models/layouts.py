"""How statements are laid out: versions of lines that the accountant chooses, all of them kept."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.states.layouts import LayoutKind, LineSide, LineStyle
from cae.core.permanence import append_only
from people.models.periods import DateSpan


class StatementLayout(models.Model):
    """One version of the lines of a statement. Versions of one layout share their code; the one in force on
    the last day of a statement lays it out, and any other may be asked for."""

    code = models.SlugField(_("code"), max_length=30)
    version = models.PositiveSmallIntegerField(_("version"))
    kind = models.CharField(_("état"), max_length=8, choices=LayoutKind)
    label = models.CharField(_("libellé"), max_length=120)
    valid_from = models.DateField(_("en vigueur depuis"))
    valid_to = models.DateField(_("jusqu’au"), null=True, blank=True)
    reason = models.CharField(_("motif"), max_length=300)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("faite par")
    )
    created_at = models.DateTimeField(_("faite le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("présentation d’état")
        verbose_name_plural = _("présentations d’état")
        ordering = ["kind", "code", "-version"]
        constraints = [
            models.CheckConstraint(name="layout_kind_known", condition=Q(kind__in=LayoutKind.values)),
            models.CheckConstraint(
                name="layout_period", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(name="layout_for_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(name="layout_version_once", fields=["code", "version"]),
            ExclusionConstraint(
                name="layout_one_version_at_a_date",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (DateSpan("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="layout_frozen", exclude=["valid_to"]),
            pgtrigger.Protect(name="layout_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.version})" if self.version > 1 else self.label

    def get_absolute_url(self) -> str:
        return reverse("accounting:layout_detail", args=[self.pk])


class LayoutLine(models.Model):
    """A line of a statement: accounts, or a formula on the codes of other lines; a heading has neither."""

    layout = models.ForeignKey(
        StatementLayout, models.PROTECT, related_name="lines", verbose_name=_("présentation d’état")
    )
    rank = models.PositiveSmallIntegerField(_("rang"))
    code = models.CharField(_("code"), max_length=20)
    label = models.CharField(_("libellé"), max_length=120)
    style = models.CharField(_("aspect"), max_length=8, choices=LineStyle, default=LineStyle.LINE)
    accounts = models.CharField(_("comptes"), max_length=300, blank=True)
    side = models.CharField(_("sens"), max_length=6, choices=LineSide, default=LineSide.CREDIT)
    formula = models.CharField(_("formule"), max_length=300, blank=True)
    in_percent = models.BooleanField(_("en pourcentage"), default=False)

    class Meta:
        verbose_name = _("ligne de présentation")
        verbose_name_plural = _("lignes de présentation")
        ordering = ["layout", "rank"]
        constraints = [
            models.UniqueConstraint(name="layoutline_rank_once", fields=["layout", "rank"]),
            models.UniqueConstraint(name="layoutline_code_once", fields=["layout", "code"]),
            models.CheckConstraint(
                name="layoutline_code_shape", condition=Q(code__regex=r"^[A-Z][A-Z0-9_]{0,19}$")
            ),
            models.CheckConstraint(name="layoutline_style_known", condition=Q(style__in=LineStyle.values)),
            models.CheckConstraint(name="layoutline_side_known", condition=Q(side__in=LineSide.values)),
            models.CheckConstraint(
                name="layoutline_one_content",
                condition=Q(style=LineStyle.HEADING, accounts="", formula="")
                | (~Q(style=LineStyle.HEADING) & ~Q(accounts="") & Q(formula=""))
                | (~Q(style=LineStyle.HEADING) & Q(accounts="") & ~Q(formula="")),
            ),
            models.CheckConstraint(
                name="layoutline_percent_of_formula", condition=Q(in_percent=False) | ~Q(formula="")
            ),
        ]
        triggers = append_only("layoutline")

    def __str__(self) -> str:
        return self.label
