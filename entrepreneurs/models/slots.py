"""When an advisor receives, and the days when nobody is received (ENT-52)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from entrepreneurs.calculations.slots import Opening
from entrepreneurs.states.meetings import MeetingMode, MeetingPurpose
from people.models import Dated, DatedQuerySet, coherent_dates

SHORTEST, LONGEST = 10, 240


class Availability(Dated):
    """A range of time cut into slots: each week on a weekday from a day to a day, or on one day only."""

    advisor = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="availabilities", verbose_name=_("accompagnateur·rice")
    )
    weekday = models.PositiveSmallIntegerField(
        _("jour de la semaine"), null=True, blank=True, choices=list(WEEKDAYS.items())
    )
    opens_at = models.TimeField(_("de"))
    closes_at = models.TimeField(_("à"))
    slot_minutes = models.PositiveSmallIntegerField(_("durée d’un rendez-vous (minutes)"), default=60)
    place = models.CharField(_("lieu"), max_length=160, blank=True)
    link = models.URLField(_("lien de visioconférence"), blank=True, max_length=300)
    by_phone = models.BooleanField(_("par téléphone aussi"), default=False)
    purposes = ArrayField(
        models.CharField(max_length=20, choices=MeetingPurpose),
        verbose_name=_("pour"),
        help_text=_("Les motifs pour lesquels ces créneaux se réservent."),
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("plage de rendez-vous")
        verbose_name_plural = _("plages de rendez-vous")
        ordering = ["weekday", "starts_on", "opens_at", "pk"]
        constraints = [
            coherent_dates("availability_dates_coherent"),
            models.CheckConstraint(
                name="availability_weekday_known",
                condition=Q(weekday__isnull=True) | Q(weekday__range=(0, 6)),
            ),
            models.CheckConstraint(
                name="availability_closes_later", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="availability_slot_length", condition=Q(slot_minutes__range=(SHORTEST, LONGEST))
            ),
            models.CheckConstraint(
                name="availability_says_where", condition=~Q(place="") | ~Q(link="") | Q(by_phone=True)
            ),
            models.CheckConstraint(name="availability_says_why", condition=Q(purposes__len__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.day_words} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"

    @property
    def day_words(self) -> str:
        return f"{self.starts_on:%d/%m/%Y}" if self.weekday is None else str(self.get_weekday_display())

    @property
    def modes(self) -> tuple[str, ...]:
        """The ways to meet that these slots offer, the first proposed first."""
        offered = (
            (MeetingMode.PLACE, bool(self.place)),
            (MeetingMode.VIDEO, bool(self.link)),
            (MeetingMode.PHONE, self.by_phone),
        )
        return tuple(str(mode) for mode, is_offered in offered if is_offered)

    @property
    def opening(self) -> Opening:
        weekly = self.weekday is not None
        return Opening(
            starts=self.opens_at,
            ends=self.closes_at,
            minutes=self.slot_minutes,
            weekday=self.weekday,
            day=None if weekly else self.starts_on,
            first_day=self.starts_on if weekly else None,
            last_day=self.ends_on if weekly else None,
        )


class ClosedDays(Dated):
    """Days when an advisor is away, or the whole team when nobody is named."""

    advisor = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="closed_days",
        verbose_name=_("accompagnateur·rice"),
    )
    label = models.CharField(_("intitulé"), max_length=120, help_text=_("Congés, formation, pont…"))

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("jours sans rendez-vous")
        verbose_name_plural = _("jours sans rendez-vous")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="closeddays_end", condition=Q(ends_on__isnull=False, ends_on__gte=F("starts_on"))
            )
        ]

    def __str__(self) -> str:
        return self.label
