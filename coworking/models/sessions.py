"""A course held on dates: where, by whom, for how many; its half-days (COW-43)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.contrib.postgres.fields.ranges import DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from coworking.calculations.training_statement import exact_hours, hours_between
from coworking.models.courses import CourseVersion
from coworking.models.places import Place
from coworking.models.trainers import Trainer
from coworking.states.training import SEATED, SESSION_SHAPES, SessionState


class TrainingSession(models.Model):
    """A course held on dates; of the cooperative, or sold by an activity."""

    course = models.ForeignKey(
        CourseVersion, models.PROTECT, related_name="sessions", verbose_name=_("formation")
    )
    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="training_sessions",
        verbose_name=_("vendue par l’activité"),
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="training_sessions",
        verbose_name=_("lieu de la coopérative"),
    )
    elsewhere = models.CharField(_("autre adresse"), max_length=200, blank=True)
    is_remote = models.BooleanField(_("à distance"), default=False)
    remote_link = models.URLField(_("lien de visioconférence"), max_length=300, blank=True)
    territories = models.ManyToManyField(
        "people.Territory", blank=True, related_name="+", verbose_name=_("territoires")
    )
    capacity = models.PositiveSmallIntegerField(_("places"), default=12)
    budget_excl_tax = MoneyField(_("budget HT"), default=Decimal("0.00"))
    practical = models.TextField(_("informations pratiques"), max_length=4000, blank=True)
    # What we entrust to another body (frame F-2), what another entrusts to us (frame G).
    entrusted_to = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confiée à l’organisme"),
    )
    entrusted_by = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confiée par l’organisme"),
    )
    # Whose papers, sheets and invoices are those of this session (INV-10, INV-11).
    deal = models.ForeignKey(
        "invoicing.Deal",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="training_sessions",
        verbose_name=_("affaire"),
    )
    state = models.CharField(
        _("état"), max_length=9, choices=SessionState, default=SessionState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    cancel_reason = models.CharField(_("motif de l’annulation"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("session de formation")
        verbose_name_plural = _("sessions de formation")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="trainingsession_state_known", condition=Q(state__in=SessionState.values)
            ),
            models.CheckConstraint(name="trainingsession_seats", condition=Q(capacity__gte=1)),
            models.CheckConstraint(
                name="trainingsession_budget_positive", condition=Q(budget_excl_tax__gte=0)
            ),
            models.CheckConstraint(
                name="trainingsession_one_way",
                condition=Q(entrusted_to__isnull=True) | Q(entrusted_by__isnull=True),
            ),
            models.CheckConstraint(
                name="trainingsession_cancelled_says_why",
                condition=Q(state=SessionState.CANCELLED) & ~Q(cancel_reason="")
                | ~Q(state=SessionState.CANCELLED) & Q(cancel_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.course.title

    def get_absolute_url(self) -> str:
        return reverse("coworking:session", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*SESSION_SHAPES[self.state], self.get_state_display())

    @property
    def where(self) -> str:
        """One line: the place, another address, or the distance."""
        if self.is_remote:
            return str(_("à distance"))
        return str(self.place) if self.place_id else self.elsewhere

    @property
    def seats_taken(self) -> int:
        return self.enrolments.filter(state__in=SEATED).count()


class HalfDay(models.Model):
    """A morning, an afternoon or an evening of a session."""

    session = models.ForeignKey(
        TrainingSession, models.PROTECT, related_name="half_days", verbose_name=_("session")
    )
    starts_at = models.DateTimeField(_("de"))
    ends_at = models.DateTimeField(_("à"))
    trainer = models.ForeignKey(
        Trainer, models.PROTECT, related_name="half_days", verbose_name=_("formateur·rice")
    )

    class Meta:
        verbose_name = _("demi-journée")
        verbose_name_plural = _("demi-journées")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(name="halfday_ends_after", condition=Q(ends_at__gt=F("starts_at"))),
            ExclusionConstraint(
                name="halfday_once",
                expressions=[
                    ("session", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_at",
                            "ends_at",
                            RangeBoundary(),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        there = timezone.localtime(self.starts_at)
        return f"{self.session} · {there:%d/%m/%Y %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("coworking:half_day", args=[self.pk])

    @property
    def hours(self) -> Decimal:
        return hours_between(self.starts_at, self.ends_at)

    @property
    def exact_hours(self) -> Decimal:
        """To be added up."""
        return exact_hours(self.starts_at, self.ends_at)
