"""The years of the books and their months: what is closed receives no entry, what is locked stays closed."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounting.states.periods import PERIOD_SHAPES, YEAR_SHAPES, PeriodState, YearState
from cae.core.periods import Month, Span
from cae.core.permanence import no_truncate

_SPAN = Func(
    F("starts_on"),
    F("ends_on"),
    RangeBoundary(inclusive_lower=True, inclusive_upper=True),
    function="DATERANGE",
    output_field=DateRangeField(),
)


class FiscalYear(models.Model):
    """A year of the books (exercice): whole months, none in two years."""

    starts_on = models.DateField(_("premier jour"), unique=True)
    ends_on = models.DateField(_("dernier jour"))
    state = models.CharField(
        _("état"), max_length=10, choices=YearState, default=YearState.OPEN, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("exercice comptable")
        verbose_name_plural = _("exercices comptables")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(name="fiscal_year_state", condition=Q(state__in=YearState.values)),
            models.CheckConstraint(
                name="fiscal_year_order", condition=Q(starts_on__day=1, ends_on__gt=F("starts_on"))
            ),
            ExclusionConstraint(
                name="fiscal_year_no_overlap", expressions=[(_SPAN, RangeOperators.OVERLAPS)]
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="fiscal_year_closed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=YearState.CLOSED),
            ),
            pgtrigger.Protect(name="fiscal_year_kept", operation=pgtrigger.Delete),
            no_truncate("fiscal_year"),
        ]

    def __str__(self) -> str:
        if (self.starts_on.month, self.ends_on.month) == (1, 12) and self.starts_on.year == self.ends_on.year:
            return gettext("exercice %(year)d") % {"year": self.starts_on.year}
        return gettext("exercice du %(start)s au %(end)s") % {
            "start": self.starts_on.strftime("%d/%m/%Y"),
            "end": self.ends_on.strftime("%d/%m/%Y"),
        }

    def get_absolute_url(self) -> str:
        return reverse("accounting:month_list") + f"?exercice={self.starts_on:%Y-%m}"

    @property
    def span(self) -> Span:
        return Span(self.starts_on, self.ends_on)

    @property
    def status(self) -> tuple[str, str, str]:
        """Tone, sign and word."""
        return (*YEAR_SHAPES[self.state], str(YearState(self.state).label))


class Period(models.Model):
    """An accounting month (mois comptable). A month without a row is open, unless a later one is closed."""

    year = models.ForeignKey(
        FiscalYear, models.PROTECT, related_name="periods", verbose_name=_("exercice comptable")
    )
    starts_on = models.DateField(_("premier jour"), unique=True)
    state = models.CharField(
        _("état"), max_length=10, choices=PeriodState, default=PeriodState.OPEN, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    # Whoever did the last move.
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    reopened_reason = models.CharField(
        _("motif de la réouverture"), max_length=300, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("mois comptable")
        verbose_name_plural = _("mois comptables")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(name="period_state", condition=Q(state__in=PeriodState.values)),
            models.CheckConstraint(name="period_whole_month", condition=Q(starts_on__day=1)),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="period_frozen", fields=["year", "starts_on"]),
            pgtrigger.Protect(
                name="period_locked",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=PeriodState.LOCKED),
            ),
            pgtrigger.Protect(name="period_kept", operation=pgtrigger.Delete),
            no_truncate("period"),
        ]

    def __str__(self) -> str:
        return date_format(self.starts_on, "F Y")

    def get_absolute_url(self) -> str:
        return reverse("accounting:month_detail", args=[str(self.month)])

    @property
    def month(self) -> Month:
        return Month.of(self.starts_on)

    @property
    def status(self) -> tuple[str, str, str]:
        """Tone, sign and word."""
        return (*PERIOD_SHAPES[self.state], str(PeriodState(self.state).label))
