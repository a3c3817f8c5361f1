"""Bodies, mandates, the book of decisions (GOV-12, 13, 16)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.models.assemblies import Assembly
from governance.models.resolutions import Resolution
from governance.states.bodies import DECISION_SHAPES, BodyKind, DecisionState, Electorate, MandateEnd


class Body(models.Model):
    """What decides or watches: its seats, its terms, how it decides, how often it meets."""

    name = models.CharField(_("nom"), max_length=120, unique=True)
    kind = models.CharField(_("nature"), max_length=11, choices=BodyKind)
    purpose = models.TextField(_("rôle"), max_length=2000, blank=True)
    seats_least = models.PositiveSmallIntegerField(_("sièges, au moins"), default=1)
    seats_most = models.PositiveSmallIntegerField(_("sièges, au plus"), null=True, blank=True)
    term_months = models.PositiveSmallIntegerField(_("durée d’un mandat (mois)"), null=True, blank=True)
    # How many mandates in a row, the first included; nothing: no limit.
    terms_most = models.PositiveSmallIntegerField(_("mandats de suite, au plus"), null=True, blank=True)
    electorate = models.CharField(
        _("élu par, selon les statuts"), max_length=14, choices=Electorate, default=Electorate.ASSOCIATES
    )
    quorum = models.CharField(_("quorum"), max_length=120, blank=True)
    majority = models.CharField(_("majorité"), max_length=120, blank=True)
    rhythm = models.CharField(_("réunions"), max_length=120, blank=True)
    article = models.CharField(_("article des statuts"), max_length=80, blank=True)
    handover_days = models.PositiveSmallIntegerField(_("jours de passation"), default=30)
    is_active = models.BooleanField(_("en service"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("organe")
        verbose_name_plural = _("organes")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="body_kind_known", condition=Q(kind__in=BodyKind.values)),
            models.CheckConstraint(
                name="body_seats", condition=Q(seats_most__isnull=True) | Q(seats_most__gte=F("seats_least"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("governance:body_detail", args=[self.pk])


class Mandate(models.Model):
    """Somebody in a body, from a day to a day, by which vote."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="mandates", verbose_name=_("organe"))
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="mandates", verbose_name=_("personne")
    )
    role = models.CharField(_("fonction"), max_length=80)
    starts_on = models.DateField(_("du"))
    # The last day of the term.
    ends_on = models.DateField(_("au"))
    ended_on = models.DateField(_("fini le"), null=True, blank=True)
    end_cause = models.CharField(_("fin"), max_length=14, choices=MandateEnd, blank=True)
    end_note = models.CharField(_("précision"), max_length=300, blank=True)
    # 1 for a first mandate, 2 for its renewal…
    term = models.PositiveSmallIntegerField(_("mandat n°"), default=1)
    # Order in which seats come up for renewal, and the day they are handed over.
    rotation = models.PositiveSmallIntegerField(_("rang de renouvellement"), null=True, blank=True)
    handover_on = models.DateField(_("passation le"), null=True, blank=True)
    powers = models.TextField(_("pouvoirs"), max_length=1000, blank=True)
    resolution = models.ForeignKey(
        Resolution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("résolution"),
    )
    decision = models.CharField(_("décision"), max_length=200)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("mandat")
        verbose_name_plural = _("mandats")
        ordering = ["body", "-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(name="mandate_dates", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="mandate_ended_says_how",
                condition=Q(ended_on__isnull=True, end_cause="")
                | Q(ended_on__isnull=False, end_cause__in=MandateEnd.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.role}"

    def get_absolute_url(self) -> str:
        """It is read on the page of its body."""
        return reverse("governance:body_detail", args=[self.body_id])

    @property
    def last_day(self) -> Any:
        return self.ended_on or self.ends_on


class Decision(models.Model):
    """A line of the book of decisions: what was decided, by whom it is done, by when, what became of it."""

    on = models.DateField(_("le"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions", verbose_name=_("organe"))
    assembly = models.ForeignKey(
        Assembly, models.PROTECT, null=True, related_name="decisions", verbose_name=_("assemblée")
    )
    resolution = models.OneToOneField(
        Resolution, models.PROTECT, null=True, related_name="decision", verbose_name=_("résolution")
    )
    title = models.CharField(_("décision"), max_length=200)
    text = models.TextField(_("texte"), max_length=20000, blank=True)
    owner = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("confiée à"),
    )
    due_on = models.DateField(_("pour le"), null=True, blank=True)
    state = models.CharField(
        _("état"), max_length=7, choices=DecisionState, default=DecisionState.TO_DO, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    outcome = models.TextField(_("ce qui a été fait"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(name="decision_state_known", condition=Q(state__in=DecisionState.values)),
            models.CheckConstraint(
                name="decision_dropped_says_why",
                condition=~Q(state=DecisionState.DROPPED) | ~Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("governance:decision_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*DECISION_SHAPES[self.state], self.get_state_display())
