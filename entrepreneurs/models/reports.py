"""What was said at a meeting: a part shared with the person, and a private row that only its coach reads."""

from __future__ import annotations

import uuid
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only, unless_words_go
from entrepreneurs.models.contracts import unchanged
from entrepreneurs.models.referents import COACHING_WRITERS, Referent, coached_persons
from entrepreneurs.models.slots import LONGEST
from entrepreneurs.states.meetings import MeetingMode
from entrepreneurs.states.referents import COACH
from entrepreneurs.states.reports import ReportState
from people.selectors import held_kinds
from people.states import RoleKind

# What both have read: not one of these columns changes once it is shared.
_SHARED_COLUMNS = (
    "person_id",
    "author_id",
    "met_on",
    "mode",
    "minutes",
    "themes",
    "said",
    "decisions",
    "state",
)
# What goes from a shared report when the file of its person is erased.
WORDS = ("said", "decisions")


class ReportQuerySet(models.QuerySet["MeetingReport"]):
    """Questions about reports."""

    def visible_to(self, user: Any) -> ReportQuerySet:
        """Shared ones: the person, and those who follow the person. A draft: its author alone."""
        own = getattr(user, "person_id", None)
        shared = Q(state=ReportState.SHARED, person__in=coached_persons(user))
        if own is None:
            return self.filter(shared)
        return self.filter(shared | Q(state=ReportState.SHARED, person=own) | Q(author=own))


class MeetingReport(models.Model):
    """One report, of a meeting that was booked or of one that was not."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="meeting_reports", verbose_name=_("personne")
    )
    author = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="reports_written", verbose_name=_("rédigé par")
    )
    meeting = models.OneToOneField(
        "entrepreneurs.Meeting",
        models.PROTECT,
        null=True,
        related_name="report",
        verbose_name=_("rendez-vous"),
    )
    met_on = models.DateField(_("rencontre du"))
    mode = models.CharField(_("manière"), max_length=5, choices=MeetingMode)
    minutes = models.PositiveSmallIntegerField(_("durée (minutes)"))
    # Codes of an option list (entrepreneurs.report_theme).
    themes = ArrayField(models.CharField(max_length=40), verbose_name=_("thèmes"), default=list, blank=True)
    said = models.TextField(_("ce qui s’est dit"))
    decisions = models.TextField(_("décisions"), blank=True)
    next_meeting = models.ForeignKey(
        "entrepreneurs.Meeting",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("prochain rendez-vous"),
    )
    funded_by = models.ForeignKey(
        "entrepreneurs.FundedAction",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("action financée"),
    )
    state = models.CharField(
        _("état"), max_length=6, choices=ReportState, default=ReportState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    pdf = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("PDF"), editable=False
    )
    # Same key, same click: a form sent twice writes one report.
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("écrit le"), default=timezone.now, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("compte rendu")
        verbose_name_plural = _("comptes rendus")
        ordering = ["-met_on", "-pk"]
        indexes = [models.Index(fields=["person", "met_on"], name="report_person")]
        constraints = [
            models.CheckConstraint(name="report_state_known", condition=Q(state__in=ReportState.values)),
            models.CheckConstraint(name="report_mode_known", condition=Q(mode__in=MeetingMode.values)),
            models.CheckConstraint(name="report_length", condition=Q(minutes__range=(1, LONGEST))),
            models.CheckConstraint(
                name="report_shared_says_something", condition=Q(state=ReportState.DRAFT) | ~Q(said="")
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="report_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"{unchanged(_SHARED_COLUMNS, [ReportState.SHARED])} AND {unless_words_go(WORDS)}"
                ),
            ),
            pgtrigger.Protect(
                name="report_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=ReportState.SHARED),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Compte rendu du %(day)s") % {"day": f"{self.met_on:%d/%m/%Y}"})

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:report_detail", args=[self.pk])

    @property
    def is_shared(self) -> bool:
        return self.state == ReportState.SHARED


class ReportAddendum(models.Model):
    """What corrects or completes a shared report, which itself never changes."""

    report = models.ForeignKey(
        MeetingReport, models.PROTECT, related_name="addenda", verbose_name=_("compte rendu")
    )
    author = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", verbose_name=_("rédigé par")
    )
    text = models.TextField(_("complément"))
    created_at = models.DateTimeField(_("écrit le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("complément de compte rendu")
        verbose_name_plural = _("compléments de comptes rendus")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="addendum_says_something", condition=~Q(text=""))]
        triggers = append_only("reportaddendum", words=("text",))

    def __str__(self) -> str:
        return str(self.report)


class PrivateNoteQuerySet(models.QuerySet["PrivateNote"]):
    def visible_to(self, user: Any) -> PrivateNoteQuerySet:
        """Its author, and whoever coaches the person today: advisors both, within reach of the person. Nobody
        else, whatever the role; never the person of whom it speaks."""
        own = getattr(user, "person_id", None)
        if own is None or RoleKind.ADVISOR not in held_kinds(user):
            return self.none()
        coached = Referent.objects.in_force(timezone.localdate()).filter(advisor=own, function=COACH)
        return self.filter(
            Q(author=own) | Q(report__person__in=coached.values("person")),
            report__person__in=coached_persons(user, kinds=COACHING_WRITERS),
        ).exclude(report__person=own)


class PrivateNote(models.Model):
    """What the advisor keeps for the follow-up: a row of its own, that no page of the report reads."""

    report = models.OneToOneField(
        MeetingReport, models.PROTECT, related_name="private_note", verbose_name=_("compte rendu")
    )
    author = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", verbose_name=_("rédigée par")
    )
    text = models.TextField(_("partie privée"))
    written_at = models.DateTimeField(_("écrite le"), default=timezone.now)

    objects = PrivateNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note privée")
        verbose_name_plural = _("notes privées")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="privatenote_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return str(_("Note privée n° %(pk)s") % {"pk": self.pk})
