"""Legal dates, written in the transaction of the fact that makes them, and what was told of each (ENT-33)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.kept_words import translated
from people.states.deadlines import CLOCKS, HOUSE_KINDS, SENSITIVE_KINDS, DeadlineKind, NoticeState


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def open(self) -> DeadlineQuerySet:
        return self.filter(closed_at__isnull=True)

    def without_sensitive(self) -> DeadlineQuerySet:
        return self.exclude(kind__in=SENSITIVE_KINDS)


class Deadline(models.Model):
    """One date, about one thing, of a person, of an activity or of the cooperative itself."""

    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deadlines",
        verbose_name=_("personne"),
    )
    scope = models.ForeignKey(
        "people.Scope",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deadlines",
        verbose_name=_("périmètre"),
    )
    kind = models.CharField(_("nature"), max_length=20, choices=DeadlineKind)
    about_type = models.CharField(max_length=80, editable=False)
    about_id = models.CharField(max_length=40, editable=False)
    # Where the fact is read: the page of what the date is about.
    page = models.CharField(max_length=200, blank=True, editable=False)
    due_on = models.DateField(_("dernier jour"))
    # What it is about, in no language; and as the house says it, for the search and the order.
    words = models.JSONField(_("mots"), editable=False)
    house_label = models.CharField(_("intitulé"), max_length=200, editable=False)
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("écrite par"),
    )
    set_at = models.DateTimeField(_("écrite le"), default=timezone.now, editable=False)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("échéance")
        verbose_name_plural = _("échéances")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(closed_at__isnull=True), name="deadline_open_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["about_type", "about_id", "kind"], name="deadline_once_about"),
            models.CheckConstraint(condition=Q(kind__in=DeadlineKind.values), name="deadline_kind_known"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(scope__isnull=False) | Q(kind__in=sorted(HOUSE_KINDS)),
                name="deadline_of_somebody",
            ),
        ]
        triggers = [pgtrigger.Protect(name="deadline_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        """What the journal may say: nothing of health, means or right to stay."""
        return gettext("Échéance réservée") if self.is_sensitive else self.label

    def get_absolute_url(self) -> str:
        return self.page

    @property
    def label(self) -> str:
        """What it is about, in the language of who reads."""
        return translated(self.words)

    @property
    def is_sensitive(self) -> bool:
        return self.kind in SENSITIVE_KINDS

    @property
    def owner(self) -> Any:
        """The function that answers for it."""
        return CLOCKS[self.kind].owner.label

    @property
    def whose(self) -> Any:
        """The person, else the activity, else the cooperative."""
        return self.person or self.scope or gettext("La coopérative")

    @property
    def place(self) -> Any:
        """Where it is followed from."""
        return getattr(self.whose, "territory", None)

    def days_left(self, on: date) -> int:
        return (self.due_on - on).days


class DeadlineNotice(models.Model):
    """A notice whose day has come: told, or passed over for a nearer one. Once each, whatever the workers."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="notices", verbose_name=_("échéance"))
    # A date that moves has its notices again.
    due_on = models.DateField(_("dernier jour"))
    step = models.CharField(_("délai"), max_length=5)
    state = models.CharField(_("état"), max_length=8, choices=NoticeState)
    at = models.DateTimeField(_("le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("avis d’échéance")
        verbose_name_plural = _("avis d’échéances")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["deadline", "due_on", "step"], name="deadline_notice_once"),
            models.CheckConstraint(
                condition=Q(state__in=NoticeState.values), name="deadline_notice_state_known"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="deadline_notice_kept", operation=pgtrigger.Delete | pgtrigger.Update)
        ]

    def __str__(self) -> str:
        return f"{self.deadline} · {self.step}"
