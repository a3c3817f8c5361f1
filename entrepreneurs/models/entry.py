"""The checklist of an entry: its lines as they stood that day, who ticked each and when (ENT-20)."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entrepreneurs.models.papers import CHECKER_KINDS
from entrepreneurs.states.entry import Ball, EntryFact, EntryKind
from people.selectors.persons import reached_persons
from people.states import RoleKind

READER_KINDS: tuple[str, ...] = (*CHECKER_KINDS, RoleKind.ACCOUNTANT)


class ChecklistQuerySet(models.QuerySet["EntryChecklist"]):
    def visible_to(self, user: Any) -> Self:
        """Gives one's own, and those of the people within reach."""
        own = Q(person=user.person_id) if getattr(user, "person_id", None) else Q(pk__in=[])
        return self.filter(own | Q(person__in=reached_persons(user, READER_KINDS).values("pk")))

    def open(self) -> Self:
        return self.filter(closed_on__isnull=True)


class EntryChecklist(models.Model):
    """What remains to be done for somebody to come in."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="entry_checklists", verbose_name=_("personne")
    )
    application = models.OneToOneField(
        "entrepreneurs.Application",
        models.PROTECT,
        null=True,
        related_name="checklist",
        verbose_name=_("candidature"),
    )
    kind = models.CharField(_("entrée"), max_length=10, choices=EntryKind)
    opened_on = models.DateField(_("ouverte le"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ouverte par")
    )
    closed_on = models.DateField(_("close le"), null=True, blank=True)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        verbose_name = _("liste d’entrée")
        verbose_name_plural = _("listes d’entrée")
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="checklist_kind_known", condition=Q(kind__in=EntryKind.values)),
            models.UniqueConstraint(
                fields=["person"], condition=Q(closed_on__isnull=True), name="checklist_one_open_per_person"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Entrée de %(person)s") % {"person": self.person})

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:entry", args=[self.pk])


class EntryLine(models.Model):
    """One thing to do, whose ball it is, and what ticks it."""

    checklist = models.ForeignKey(
        EntryChecklist, models.CASCADE, related_name="lines", verbose_name=_("liste")
    )
    code = models.CharField(_("ligne"), max_length=20)
    position = models.PositiveSmallIntegerField(_("rang"))
    ball = models.CharField(_("à qui de jouer"), max_length=16, choices=Ball)
    fact = models.CharField(_("fait"), max_length=16, choices=EntryFact, blank=True)
    done_at = models.DateTimeField(_("fait le"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("fait par")
    )
    note = models.CharField(_("remarque"), max_length=250, blank=True)
    waits_since = models.DateTimeField(_("attend depuis"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("ligne d’entrée")
        verbose_name_plural = _("lignes d’entrée")
        ordering = ["checklist", "position"]
        constraints = [
            models.UniqueConstraint(fields=["checklist", "code"], name="entryline_once"),
            models.CheckConstraint(name="entryline_ball_known", condition=Q(ball__in=Ball.values)),
            models.CheckConstraint(name="entryline_fact_known", condition=Q(fact__in=EntryFact.values)),
            # A fact ticks a line without anybody's hand; a hand always has a name.
            models.CheckConstraint(
                name="entryline_hand_is_named",
                condition=Q(done_by__isnull=True) | Q(done_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code
