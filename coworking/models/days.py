"""The day of a place: who is there, who is awaited (COW-22, COW-23)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coworking.models.bookings import Booking
from coworking.models.members import Member
from coworking.models.places import Place
from coworking.states.days import ArrivalWay


class Presence(models.Model):
    """Somebody of the house or of a place is there from an instant, perhaps to another."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="presences", verbose_name=_("lieu"))
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="presences", verbose_name=_("personne")
    )
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, related_name="presences", verbose_name=_("coworker")
    )
    # The first one of the day that it answers.
    booking = models.OneToOneField(
        Booking, models.PROTECT, null=True, related_name="presence", verbose_name=_("réservation")
    )
    way = models.CharField(_("notée"), max_length=5, choices=ArrivalWay)
    arrived_at = models.DateTimeField(_("arrivée"), default=timezone.now)
    left_at = models.DateTimeField(_("départ"), null=True, blank=True)
    # Nobody said that they left: closed at the end of the hours.
    left_unsaid = models.BooleanField(_("départ non noté"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("présence dans un lieu")
        verbose_name_plural = _("présences dans un lieu")
        ordering = ["-arrived_at", "-pk"]
        indexes = [models.Index(fields=["place", "arrived_at"], name="presence_in_place")]
        constraints = [
            models.CheckConstraint(name="presence_way_known", condition=Q(way__in=ArrivalWay.values)),
            models.CheckConstraint(
                name="presence_ends_after",
                condition=Q(left_at__isnull=True, left_unsaid=False) | Q(left_at__gte=F("arrived_at")),
            ),
            models.UniqueConstraint(
                name="presence_open_once", fields=["place", "person"], condition=Q(left_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.place}"


class Visitor(models.Model):
    """Somebody announced, or come to the door; the name is erased after the delay of the place."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="visitors", verbose_name=_("lieu"))
    booking = models.ForeignKey(
        Booking,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="guests",
        verbose_name=_("réservation"),
    )
    # Whom they come to see, told when they come.
    host = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visitors",
        verbose_name=_("vient voir"),
    )
    name = models.CharField(_("nom"), max_length=160, blank=True)
    email = models.EmailField(_("adresse e-mail"), max_length=254, blank=True)
    firm = models.CharField(_("organisme"), max_length=120, blank=True)
    expected_at = models.DateTimeField(_("attendue"))
    arrived_at = models.DateTimeField(_("arrivée"), null=True, blank=True)
    left_at = models.DateTimeField(_("départ"), null=True, blank=True)
    rules_accepted = models.BooleanField(_("règles du lieu acceptées"), default=False)
    cancelled_at = models.DateTimeField(_("annulée le"), null=True, editable=False)
    erased_at = models.DateTimeField(_("effacée le"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("visiteur")
        verbose_name_plural = _("visiteurs")
        ordering = ["expected_at", "pk"]
        indexes = [models.Index(fields=["place", "expected_at"], name="visitor_in_place")]
        constraints = [
            models.CheckConstraint(
                name="visitor_named_until_erased",
                condition=~Q(name="") & Q(erased_at__isnull=True)
                | Q(name="", email="", firm="", erased_at__isnull=False),
            ),
            models.CheckConstraint(
                name="visitor_leaves_after",
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("arrived_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("visiteur effacé"))


class AlertMark(models.Model):
    """What becomes of something to know in a place: somebody sees to it, or it is put aside until a day."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="alert_marks", verbose_name=_("lieu"))
    # Names what happened, and when: the next time has another.
    key = models.CharField(_("alerte"), max_length=60)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("suivie par")
    )
    until = models.DateField(_("mise de côté jusqu’au"), null=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("suite d’une alerte")
        verbose_name_plural = _("suites d’alertes")
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(name="alertmark_once", fields=["place", "key"]),
            models.CheckConstraint(
                name="alertmark_taken_or_aside",
                condition=Q(taken_by__isnull=False, until__isnull=True)
                | Q(taken_by__isnull=True, until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} · {self.key}"

    @property
    def is_aside(self) -> bool:
        return self.until is not None

    def is_alive(self, today: date) -> bool:
        """What was put aside is so until its day comes."""
        return self.until is None or today < self.until
