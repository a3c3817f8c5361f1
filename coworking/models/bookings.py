"""Bookings: a unit taken from an instant to another, by somebody, at a price (COW-16 to 19)."""

from __future__ import annotations

import uuid
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from coworking.models.billed_once import NOT_DUE_ON_QUOTE
from coworking.models.billing import Charge
from coworking.models.free_time import WITHIN_HOURS
from coworking.models.members import Member, Payer
from coworking.models.places import Place
from coworking.models.plans import Allowance, Plan
from coworking.models.ranges import has_both_ends
from coworking.models.resources import Resource, Unit
from coworking.models.subscriptions import Pass, Subscription
from coworking.states.bookings import BOOKING_SHAPES, HOLDING, BookingState, WaitingState
from coworking.states.members import TimeUnit


class Basket(models.Model):
    """Bookings made together: all of them or none, once for a form sent twice."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="baskets", verbose_name=_("lieu"))
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("panier de réservations")
        verbose_name_plural = _("paniers de réservations")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.place} · {self.created_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("coworking:basket", args=[self.pk])


class BookingSeries(models.Model):
    """The same hours at a rhythm; its dates are bookings like others."""

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="series", verbose_name=_("ressource"))
    rhythm = models.CharField(_("rythme"), max_length=8)
    every = models.PositiveSmallIntegerField(_("tous les"), default=1)
    first = models.DateField(_("première date"))
    last = models.DateField(_("dernière date"))
    starts = models.TimeField(_("de"))
    ends = models.TimeField(_("à"))
    # Later dates are freed unless it is confirmed each quarter; nothing: never asked.
    confirmed_until = models.DateField(_("confirmée jusqu’au"), null=True, blank=True)
    # Its holder was asked to confirm what comes after that day.
    asked_until = models.DateField(null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("série de réservations")
        verbose_name_plural = _("séries de réservations")
        ordering = ["-first", "-pk"]

    def __str__(self) -> str:
        return f"{self.resource} · {self.first}"

    def get_absolute_url(self) -> str:
        return reverse("coworking:booking_series", args=[self.pk])


class BookingRule(models.Model):
    """What a place allows of a resource to the holders of a plan; without plan, to anybody else."""

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="rules", verbose_name=_("ressource"))
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="rules", verbose_name=_("formule")
    )
    # Minutes before the beginning; days before it.
    notice = models.PositiveIntegerField(_("au plus tard (minutes avant)"), default=0)
    opens_days = models.PositiveSmallIntegerField(_("au plus tôt (jours avant)"), null=True, blank=True)
    longest = models.PositiveIntegerField(_("durée maximale (minutes)"), null=True, blank=True)
    weekly = models.PositiveIntegerField(_("par semaine au plus (minutes)"), null=True, blank=True)
    from_hour = models.TimeField(_("à partir de"), null=True, blank=True)
    until_hour = models.TimeField(_("jusqu’à"), null=True, blank=True)
    needs_approval = models.BooleanField(_("demande une validation"), default=False)

    class Meta:
        verbose_name = _("règle de réservation")
        verbose_name_plural = _("règles de réservation")
        ordering = ["resource", "plan"]
        constraints = [
            models.UniqueConstraint(
                name="bookingrule_once", fields=["resource", "plan"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} · {self.plan or '*'}"


class Booking(models.Model):
    """One unit, from an instant to another; `taken` adds what it takes to prepare and to tidy."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="bookings", verbose_name=_("lieu"))
    resource = models.ForeignKey(
        Resource, models.PROTECT, related_name="bookings", verbose_name=_("ressource")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bookings", verbose_name=_("unité"))
    during = DateTimeRangeField(_("pendant"))
    taken = DateTimeRangeField(_("avec préparation"), editable=False)
    # By a member, by a person who is none, by somebody without account, else by the team for the house.
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name=_("coworker"),
    )
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="place_bookings",
        verbose_name=_("personne"),
    )
    name = models.CharField(_("nom"), max_length=160, blank=True)
    email = models.EmailField(_("adresse e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    title = models.CharField(_("objet"), max_length=160, blank=True)
    people = models.PositiveSmallIntegerField(_("personnes"), default=1)
    # By the team, outside the hours of the place.
    off_hours = models.BooleanField(_("hors horaires"), default=False)
    payer = models.ForeignKey(
        Payer, models.PROTECT, null=True, blank=True, related_name="bookings", verbose_name=_("payeur")
    )
    # Excl. tax, of what nothing covers; nothing: not sold, or nothing due.
    price = MoneyField(_("prix HT"), null=True, blank=True)
    # How it was counted, word for word: « 2 h comprises, puis 12,00 € ».
    working = models.CharField(_("calcul"), max_length=300, blank=True)
    charge = models.OneToOneField(
        Charge, models.PROTECT, null=True, related_name="booking", verbose_name=_("dû"), editable=False
    )
    basket = models.ForeignKey(
        Basket, models.PROTECT, null=True, related_name="bookings", verbose_name=_("panier")
    )
    series = models.ForeignKey(
        BookingSeries, models.PROTECT, null=True, related_name="bookings", verbose_name=_("série")
    )
    state = models.CharField(
        _("état"), max_length=9, choices=BookingState, default=BookingState.BOOKED, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    # Its no-show freed what was left of the span.
    freed_from = models.DateTimeField(_("libérée à"), null=True, editable=False)
    # Its holder was reminded of it the day before.
    reminded_on = models.DateField(null=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("réservation")
        verbose_name_plural = _("réservations")
        ordering = ["during", "pk"]
        indexes = [
            GistIndex(fields=["place", "during"], name="booking_in_place"),
            GistIndex(fields=["resource", "taken"], name="booking_of_resource"),
        ]
        constraints = [
            models.CheckConstraint(name="booking_state_known", condition=Q(state__in=BookingState.values)),
            has_both_ends("during", "booking_has_both_ends"),
            models.CheckConstraint(
                name="booking_taken_holds_it", condition=Q(taken__contains=models.F("during"))
            ),
            models.CheckConstraint(
                name="booking_price_positive", condition=Q(price__isnull=True) | Q(price__gt=0)
            ),
            models.CheckConstraint(name="booking_people", condition=Q(people__gte=1)),
            models.CheckConstraint(
                name="booking_by_one_name",
                condition=Q(member__isnull=True, person__isnull=True) | Q(name="", email=""),
            ),
            # Two bookings never share a unit, buffers included, at the same second either.
            ExclusionConstraint(
                name="booking_unit_once",
                expressions=[("unit", RangeOperators.EQUAL), ("taken", RangeOperators.OVERLAPS)],
                condition=Q(state__in=HOLDING),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="booking_kept", operation=pgtrigger.Delete),
            WITHIN_HOURS,
            NOT_DUE_ON_QUOTE,
        ]

    def __str__(self) -> str:
        return self.title or str(self.resource)

    def get_absolute_url(self) -> str:
        return reverse("coworking:booking", args=[self.pk])

    @property
    def scope_id(self) -> int:
        return self.place.scope_id

    @property
    def holder(self) -> str:
        """Who comes: a name to show to the team and to oneself."""
        return str(self.member or self.person or self.name)

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*BOOKING_SHAPES[self.state], self.get_state_display())


class Cover(models.Model):
    """What a booking took of a pass or of what a plan includes; given back when it is cancelled in time."""

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="covers", verbose_name=_("réservation"))
    used_pass = models.ForeignKey(
        Pass, models.PROTECT, null=True, related_name="covers", verbose_name=_("carnet")
    )
    subscription = models.ForeignKey(
        Subscription, models.PROTECT, null=True, related_name="covers", verbose_name=_("abonnement")
    )
    allowance = models.ForeignKey(
        Allowance, models.PROTECT, null=True, related_name="covers", verbose_name=_("part comprise")
    )
    # First day of the month whose allowance was taken.
    month = models.DateField(_("mois"), null=True)
    unit = models.CharField(_("unité"), max_length=8, choices=TimeUnit)
    units = models.DecimalField(_("unités"), max_digits=6, decimal_places=2)
    given_back_at = models.DateTimeField(_("rendue le"), null=True)

    class Meta:
        verbose_name = _("part couverte")
        verbose_name_plural = _("parts couvertes")
        ordering = ["booking", "pk"]
        constraints = [
            models.CheckConstraint(name="cover_positive", condition=Q(units__gt=0)),
            models.CheckConstraint(
                name="cover_by_one",
                condition=Q(
                    used_pass__isnull=False,
                    subscription__isnull=True,
                    allowance__isnull=True,
                    month__isnull=True,
                )
                | Q(
                    used_pass__isnull=True,
                    subscription__isnull=False,
                    allowance__isnull=False,
                    month__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking} · {self.units}"


class WaitingPlace(models.Model):
    """Somebody waits for a span of a resource; freed, it is offered to the first one for a time (COW-19)."""

    resource = models.ForeignKey(
        Resource, models.PROTECT, related_name="waiting", verbose_name=_("ressource")
    )
    during = DateTimeRangeField(_("pendant"))
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="waiting_places", verbose_name=_("personne")
    )
    state = models.CharField(
        _("état"), max_length=7, choices=WaitingState, default=WaitingState.WAITING, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    offered_until = models.DateTimeField(_("proposée jusqu’à"), null=True, editable=False)
    booking = models.OneToOneField(
        Booking, models.PROTECT, null=True, related_name="waited", verbose_name=_("réservation")
    )

    class Meta:
        verbose_name = _("attente d’une ressource")
        verbose_name_plural = _("attentes d’une ressource")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(name="waiting_state_known", condition=Q(state__in=WaitingState.values)),
            has_both_ends("during", "waiting_has_both_ends"),
            models.CheckConstraint(
                name="waiting_offer_ends",
                condition=~Q(state=WaitingState.OFFERED) | Q(offered_until__isnull=False),
            ),
            models.UniqueConstraint(
                name="waiting_once",
                fields=["resource", "person", "during"],
                condition=Q(state__in=[WaitingState.WAITING, WaitingState.OFFERED]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} · {self.person}"
