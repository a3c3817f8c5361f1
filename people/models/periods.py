"""Dated rows of the room: what « in force on » means, for roles and memberships alike."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from cae.core.questions import Given


class DateSpan(Func):
    """`daterange(starts_on, ends_on + 1, '[)')`: both days count, no end means for ever."""

    template = "daterange(%(expressions)s + 1, '[)')"


class DatedQuerySet(models.QuerySet["Dated"]):
    def in_force(self, on: date | Given) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


class Dated(models.Model):
    """A period of whole days. `ends_on` is the last day; the day before `starts_on` means
    « withdrawn before its first whole day », so that a mistake can be taken back at once."""

    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)

    class Meta:
        abstract = True

    def is_in_force(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    @property
    def is_empty(self) -> bool:
        return self.ends_on is not None and self.ends_on < self.starts_on


def coherent_dates(name: str) -> models.CheckConstraint:
    """The constraint that goes with `Dated`."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on") - timedelta(days=1)),
        name=name,
        violation_error_message=_("La fin ne peut pas précéder le début."),
    )
