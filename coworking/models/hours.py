"""When a place is open, and when nothing is booked there (COW-01)."""

from __future__ import annotations

from datetime import date, time

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coworking.models.free_time import NOTHING_BOOKED
from coworking.models.places import Place
from coworking.models.ranges import has_both_ends
from coworking.models.resources import Resource


class WeekQuerySet(models.QuerySet["Week"]):
    def in_force(self, on: date) -> WeekQuerySet:
        """The last one of each place that began by that day."""
        return self.filter(starts_on__lte=on).order_by("place_id", "-starts_on").distinct("place_id")


class Week(models.Model):
    """The hours of a place from a day on, until the next ones."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="weeks", verbose_name=_("lieu"))
    starts_on = models.DateField(_("à partir du"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    objects = WeekQuerySet.as_manager()

    class Meta:
        verbose_name = _("semaine d’ouverture")
        verbose_name_plural = _("semaines d’ouverture")
        ordering = ["place", "-starts_on"]
        constraints = [models.UniqueConstraint(name="week_once_a_day", fields=["place", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.place} · {self.starts_on}"


class OpeningHours(models.Model):
    """Open on a weekday from one hour to another; midnight as an end is that of the day’s end."""

    week = models.ForeignKey(Week, models.CASCADE, related_name="hours", verbose_name=_("semaine"))
    weekday = models.PositiveSmallIntegerField(_("jour"), validators=[MaxValueValidator(6)])
    opens = models.TimeField(_("de"))
    closes = models.TimeField(_("à"))

    class Meta:
        verbose_name = _("plage d’ouverture")
        verbose_name_plural = _("plages d’ouverture")
        ordering = ["week", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(name="hours_weekday_known", condition=Q(weekday__lte=6)),
            models.CheckConstraint(
                name="hours_end_after_beginning", condition=Q(closes__gt=F("opens")) | Q(closes=time(0))
            ),
            models.UniqueConstraint(name="hours_once", fields=["week", "weekday", "opens"]),
        ]

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


class Closure(models.Model):
    """A span during which nothing is booked: of the whole place, or of one resource."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="closures", verbose_name=_("lieu"))
    resource = models.ForeignKey(
        Resource,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="closures",
        verbose_name=_("ressource"),
        help_text=_("Vide : tout le lieu."),
    )
    during = DateTimeRangeField(_("pendant"))
    reason = models.CharField(_("motif"), max_length=160)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("fermeture")
        verbose_name_plural = _("fermetures")
        ordering = ["place", "during"]
        constraints = [
            has_both_ends("during", "closure_has_both_ends"),
            models.CheckConstraint(name="closure_explained", condition=~Q(reason="")),
            ExclusionConstraint(
                name="closure_once",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    (Coalesce("resource", 0), RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [NOTHING_BOOKED]

    def __str__(self) -> str:
        return self.reason
