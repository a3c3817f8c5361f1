"""The certificate of a month or of a year that was closed: written once, each sealed after the one before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.states.periods import ClosingKind
from cae.core.fields import MoneyField
from cae.core.periods import Month
from cae.core.permanence import append_only


class Closing(models.Model):
    """What the books held when a period was closed, and what they had held since their beginning."""

    number = models.PositiveIntegerField(_("numéro"), unique=True)
    kind = models.CharField(_("période"), max_length=10, choices=ClosingKind)
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"), db_index=True)
    entry_count = models.PositiveBigIntegerField(_("écritures"))
    total = MoneyField(_("total des débits, égal à celui des crédits"), max_digits=18)
    perpetual_count = models.PositiveBigIntegerField(_("écritures depuis l’origine"))
    perpetual_total = MoneyField(_("total perpétuel"), max_digits=18)
    # Of each journal that moved: code, count, total, first and last numbers, last seal.
    journals = models.JSONField(_("journaux"), default=list)
    # What was pointed at and accepted by whoever closed, in the words shown.
    remarks = models.JSONField(_("points acceptés"), default=list)
    seal = models.CharField(_("sceau"), max_length=64, unique=True)
    previous_seal = models.CharField(_("sceau précédent"), max_length=64, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("close par")
    )
    closed_at = models.DateTimeField(_("close le"), default=timezone.now)

    class Meta:
        verbose_name = _("clôture")
        verbose_name_plural = _("clôtures")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(name="closing_kind", condition=Q(kind__in=ClosingKind.values)),
            models.CheckConstraint(name="closing_number", condition=Q(number__gte=1)),
            models.CheckConstraint(name="closing_order", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(name="closing_sealed", condition=Q(seal__regex="^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="closing_totals",
                condition=Q(total__gte=0, perpetual_total__gte=F("total"))
                & Q(perpetual_count__gte=F("entry_count")),
            ),
            models.CheckConstraint(
                name="closing_chained",
                condition=Q(number=1, previous_seal="")
                | Q(number__gt=1, previous_seal__regex="^[0-9a-f]{64}$"),
            ),
        ]
        triggers = append_only("closing")

    def __str__(self) -> str:
        return f"{ClosingKind(self.kind).label} {self.span_label}"

    @property
    def span_label(self) -> str:
        """« 09/2026 », or the two days of a year."""
        if self.kind == ClosingKind.MONTH:
            return f"{self.starts_on:%m/%Y}"
        return f"{self.starts_on:%d/%m/%Y} – {self.ends_on:%d/%m/%Y}"

    @property
    def month(self) -> Month:
        return Month.of(self.starts_on)
