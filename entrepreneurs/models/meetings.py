"""A meeting of the path: two people, a time, a way to meet; the database keeps its time for it (ENT-52)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entrepreneurs.models.referents import coached_persons
from entrepreneurs.states.meetings import SHAPES, TAKING, MeetingMode, MeetingPurpose, MeetingState


class TimeSpan(Func):
    """`tstzrange(starts_at, ends_at)`: the end is outside, so that meetings may follow each other."""

    function = "tstzrange"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions about meetings."""

    def visible_to(self, user: Any) -> MeetingQuerySet:
        """One's own, on either side of the table, and those of the people one follows."""
        own = getattr(user, "person_id", None)
        mine = Q(person=own) | Q(advisor=own) if own else Q(pk__in=[])
        return self.filter(mine | Q(person__in=coached_persons(user)))


class Meeting(models.Model):
    """Somebody of the team and a person of the path, or a candidate who has only an application."""

    advisor = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="meetings_given", verbose_name=_("accompagnateur·rice")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="meetings", verbose_name=_("personne")
    )
    application = models.ForeignKey(
        "entrepreneurs.Application",
        models.PROTECT,
        null=True,
        related_name="meetings",
        verbose_name=_("candidature"),
    )
    purpose = models.CharField(_("motif"), max_length=20, choices=MeetingPurpose)
    mode = models.CharField(_("manière"), max_length=5, choices=MeetingMode)
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    place = models.CharField(_("lieu"), max_length=160, blank=True)
    link = models.URLField(_("lien de visioconférence"), blank=True, max_length=300)
    note = models.CharField(_("à aborder"), max_length=500, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=MeetingState, default=MeetingState.BOOKED, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    cancel_reason = models.CharField(_("motif de l’annulation"), max_length=300, blank=True)
    booked_by = models.ForeignKey(
        "people.User", models.PROTECT, null=True, related_name="+", verbose_name=_("réservé par")
    )
    booked_at = models.DateTimeField(_("réservé le"), default=timezone.now, editable=False)
    reminded_at = models.DateTimeField(_("rappelé le"), null=True, editable=False)
    # How often it moved: calendars keep the latest of the same name (RFC 5545, SEQUENCE).
    revision = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rendez-vous")
        verbose_name_plural = _("rendez-vous")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["advisor", "starts_at"], name="meeting_advisor"),
            models.Index(fields=["person", "starts_at"], name="meeting_person"),
        ]
        constraints = [
            models.CheckConstraint(name="meeting_state_known", condition=Q(state__in=MeetingState.values)),
            models.CheckConstraint(name="meeting_mode_known", condition=Q(mode__in=MeetingMode.values)),
            models.CheckConstraint(
                name="meeting_purpose_known", condition=Q(purpose__in=MeetingPurpose.values)
            ),
            models.CheckConstraint(
                name="meeting_with_somebody",
                condition=Q(person__isnull=False) | Q(application__isnull=False),
            ),
            models.CheckConstraint(name="meeting_ends_later", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="meeting_cancelled_with_reason",
                condition=Q(state=MeetingState.CANCELLED) & ~Q(cancel_reason="")
                | ~Q(state=MeetingState.CANCELLED) & Q(cancel_reason=""),
            ),
            ExclusionConstraint(
                name="meeting_one_at_a_time",
                expressions=[
                    ("advisor", RangeOperators.EQUAL),
                    (TimeSpan("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=TAKING),
            ),
            ExclusionConstraint(
                name="meeting_one_place_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (TimeSpan("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=TAKING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {timezone.localtime(self.starts_at):%d/%m/%Y %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:meeting_detail", args=[self.pk])

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at

    @property
    def minutes(self) -> int:
        return int(self.length.total_seconds() // 60)

    @property
    def join_link(self) -> str:
        """Where one joins a meeting by video that still stands; empty otherwise."""
        stands = self.mode == MeetingMode.VIDEO and self.state == MeetingState.BOOKED
        return self.link if stands else ""

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*SHAPES[self.state], self.get_state_display())

    @property
    def who(self) -> str:
        """The name of whoever comes."""
        return str(self.person or self.application)
