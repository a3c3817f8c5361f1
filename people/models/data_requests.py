"""The data officer’s desk (PEO-39): requests about data, incidents, the register of processing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.states.data_requests import (
    INCIDENT_SHAPES,
    NOTIFY_WITHIN,
    REQUEST_SHAPES,
    DataRequestKind,
    DataRequestState,
    IncidentState,
    LegalBasis,
)


class DataRequest(models.Model):
    """Somebody asks what the law lets them ask; answered within a month (GDPR art. 12(3))."""

    person = models.ForeignKey(
        "people.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="data_requests",
        verbose_name=_("personne"),
    )
    # Somebody without a file here: a customer’s contact, a candidate of long ago.
    asker = models.CharField(_("qui demande, sans fiche"), max_length=160, blank=True)
    kind = models.CharField(_("nature"), max_length=12, choices=DataRequestKind)
    text = models.TextField(_("demande"), max_length=4000)
    received_on = models.DateField(_("reçue le"))
    due_on = models.DateField(_("répondre au plus tard le"), editable=False)
    longer_because = models.CharField(_("motif de la prolongation"), max_length=300, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=DataRequestState, default=DataRequestState.RECEIVED, editable=False
    )
    answer = models.TextField(_("réponse"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("réponse de"),
    )
    answered_at = models.DateTimeField(_("répondu le"), null=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("notée par")
    )
    created_at = models.DateTimeField(_("notée le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("demande sur des données")
        verbose_name_plural = _("demandes sur des données")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DataRequestKind.values), name="datarequest_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DataRequestState.values), name="datarequest_state_known"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, asker="") | (Q(person__isnull=True) & ~Q(asker="")),
                name="datarequest_of_somebody",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("received_on")), name="datarequest_due_after"),
            models.CheckConstraint(
                condition=Q(state=DataRequestState.RECEIVED, answered_at__isnull=True, answer="")
                | (
                    ~Q(state=DataRequestState.RECEIVED)
                    & Q(answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(answer="")
                ),
                name="datarequest_answer_said",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="datarequest_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="datarequest_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("kind", "received_on", "author", "created_at"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.who}"

    def get_absolute_url(self) -> str:
        return reverse("people:data_request", args=[self.pk])

    @property
    def who(self) -> str:
        return self.person.full_name if self.person else self.asker

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*REQUEST_SHAPES[self.state], self.get_state_display())

    def is_late(self, on: date) -> bool:
        return self.state == DataRequestState.RECEIVED and self.due_on < on


class DataIncident(models.Model):
    """A breach of personal data: told to the authority within 72 hours, or written why not (GDPR art. 33)."""

    title = models.CharField(_("intitulé"), max_length=160)
    known_at = models.DateTimeField(_("connu le"))
    facts = models.TextField(_("ce qui s’est passé"), max_length=4000)
    data = models.CharField(_("données concernées"), max_length=300)
    people_count = models.PositiveIntegerField(_("nombre de personnes"), null=True, blank=True)
    risks = models.TextField(_("conséquences probables"), max_length=4000, blank=True)
    measures = models.TextField(_("mesures prises"), max_length=4000, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=IncidentState, default=IncidentState.OPEN, editable=False
    )
    notified_at = models.DateTimeField(_("CNIL prévenue le"), null=True, blank=True)
    late_because = models.CharField(_("motif du retard"), max_length=300, blank=True)
    told_people_on = models.DateField(_("personnes prévenues le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("clos le"), null=True, editable=False)
    conclusion = models.TextField(_("conclusion"), max_length=4000, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("noté par")
    )
    created_at = models.DateTimeField(_("noté le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("incident sur des données")
        verbose_name_plural = _("incidents sur des données")
        ordering = ["-known_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IncidentState.values), name="incident_state_known"),
            models.CheckConstraint(
                condition=~Q(state=IncidentState.NOTIFIED) | Q(notified_at__isnull=False),
                name="incident_notified_at",
            ),
            models.CheckConstraint(
                condition=Q(notified_at__isnull=True) | Q(notified_at__gte=F("known_at")),
                name="incident_notified_after",
            ),
            models.CheckConstraint(
                condition=Q(notified_at__isnull=True)
                | Q(notified_at__lte=F("known_at") + NOTIFY_WITHIN)
                | ~Q(late_because=""),
                name="incident_lateness_said",
            ),
            models.CheckConstraint(
                condition=Q(state=IncidentState.CLOSED, closed_at__isnull=False) & ~Q(conclusion="")
                | (~Q(state=IncidentState.CLOSED) & Q(closed_at__isnull=True)),
                name="incident_closed_with_conclusion",
            ),
        ]
        triggers = [pgtrigger.Protect(name="incident_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("people:incident", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*INCIDENT_SHAPES[self.state], self.get_state_display())

    @property
    def notify_before(self) -> datetime:
        """The end of the 72 hours."""
        return self.known_at + NOTIFY_WITHIN


class Processing(models.Model):
    """A line of the register of processing activities (GDPR art. 30)."""

    name = models.CharField(_("traitement"), max_length=160)
    purpose = models.TextField(_("finalité"), max_length=1000)
    basis = models.CharField(_("base légale"), max_length=20, choices=LegalBasis)
    people = models.CharField(_("personnes concernées"), max_length=300)
    data = models.TextField(_("catégories de données"), max_length=1000)
    recipients = models.TextField(_("destinataires"), max_length=1000)
    retention = models.CharField(_("durée de conservation"), max_length=300)
    security = models.TextField(_("mesures de sécurité"), max_length=1000, blank=True)
    ended_on = models.DateField(_("arrêté le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("traitement de données")
        verbose_name_plural = _("traitements de données")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=LegalBasis.values), name="processing_basis_known"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(ended_on__isnull=True), name="processing_named_once"
            ),
        ]
        triggers = [pgtrigger.Protect(name="processing_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:processing_edit", args=[self.pk])
