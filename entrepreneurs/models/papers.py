"""A paper asked from a person about something: an application, a contract, a trade, a deal (ENT-21)."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entrepreneurs.states.papers import LOOKS, MISSING_PAPERS, SETTLED_PAPERS, PaperState
from people.selectors.persons import reached_persons
from people.states import RoleKind

# The functions that ask for papers and check them, for the people within reach of their role.
CHECKER_KINDS: tuple[str, ...] = (
    RoleKind.ADVISOR,
    RoleKind.HUMAN_RESOURCES,
    RoleKind.CO_MANAGER,
    RoleKind.ADMINISTRATOR,
)


class PaperQuerySet(models.QuerySet["DocumentRequest"]):
    def missing(self) -> Self:
        """What waits for the person who was asked."""
        return self.filter(state__in=MISSING_PAPERS)

    def to_check(self) -> Self:
        return self.filter(state=PaperState.RECEIVED)

    def unsettled(self) -> Self:
        return self.exclude(state__in=SETTLED_PAPERS)

    def holding(self, on: date) -> Self:
        """Accepted, and still valid on a day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), state=PaperState.ACCEPTED)

    def checked_by(self, user: Any) -> Self:
        """Those of the people within reach of a role that checks papers."""
        return self.filter(person__in=reached_persons(user, CHECKER_KINDS).values("pk"))


class DocumentRequest(models.Model):
    """One paper asked; the file that answers is linked to it. A draft application has no person yet."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="papers", verbose_name=_("personne")
    )
    kind = models.CharField(_("nature"), max_length=40)
    # What the proof must show, where the kind is not enough (« BP coiffure »).
    precision = models.CharField(_("précision"), max_length=160, blank=True)
    about_type = models.CharField(_("objet"), max_length=80)
    about_id = models.CharField(_("identifiant"), max_length=40)
    about_label = models.CharField(_("concerne"), max_length=200)
    state = models.CharField(_("état"), max_length=8, choices=PaperState, default=PaperState.ASKED)
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    asked_on = models.DateField(_("demandée le"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("demandée par")
    )
    due_on = models.DateField(_("attendue pour le"), null=True, blank=True)
    reminded_on = models.DateField(_("relancée le"), null=True, blank=True)
    document = models.ForeignKey(
        "core.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("fichier")
    )
    valid_until = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("vérifiée par")
    )
    # Why it was refused, or why one does without it.
    reason = models.CharField(_("motif"), max_length=250, blank=True)
    # A paper that was accepted elsewhere and still holds: it is not asked twice.
    reuses = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reprend")
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("document demandé")
        verbose_name_plural = _("documents demandés")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["about_type", "about_id"], name="paper_about"),
            models.Index(fields=["state", "due_on"], name="paper_waiting"),
        ]
        constraints = [
            models.CheckConstraint(name="paper_state_known", condition=Q(state__in=PaperState.values)),
            models.UniqueConstraint(
                fields=["about_type", "about_id", "person", "kind", "precision"],
                name="paper_asked_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="paper_brought_has_a_file",
                condition=~Q(state__in=[PaperState.RECEIVED, PaperState.ACCEPTED])
                | Q(document__isnull=False),
            ),
            models.CheckConstraint(
                name="paper_refused_or_waived_says_why",
                condition=~Q(state__in=[PaperState.REFUSED, PaperState.WAIVED]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.precision}".strip()

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:paper_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, str]:
        """Tone, shape and word."""
        return (*LOOKS[self.state], str(self.get_state_display()))

    @property
    def is_missing(self) -> bool:
        return self.state in MISSING_PAPERS
