"""What is said of a training, and what the statement of a year is made of (COW-46, 48, 49)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.permanence import no_truncate
from coworking.models.enrolments import Enrolment
from coworking.models.sessions import TrainingSession
from coworking.states.training import (
    COMPLAINT_SHAPES,
    STATEMENT_SHAPES,
    ComplaintState,
    EvaluationMoment,
    Origin,
    StatementState,
)


class Evaluation(models.Model):
    """What a trainee answers before, at the end and three months later."""

    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="evaluations", verbose_name=_("inscription")
    )
    moment = models.CharField(_("moment"), max_length=6, choices=EvaluationMoment)
    asked_at = models.DateTimeField(_("demandée le"), null=True, editable=False)
    answered_at = models.DateTimeField(_("répondue le"), null=True, editable=False)
    # {code of the question: mark from 1 to 5}
    answers = models.JSONField(_("réponses"), default=dict)
    comment = models.TextField(_("commentaire"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("évaluation d’une formation")
        verbose_name_plural = _("évaluations des formations")
        ordering = ["enrolment", "pk"]
        constraints = [
            models.CheckConstraint(
                name="evaluation_moment_known", condition=Q(moment__in=EvaluationMoment.values)
            ),
            models.CheckConstraint(
                name="evaluation_answered_or_empty",
                condition=Q(answered_at__isnull=False) | Q(answers={}, comment=""),
            ),
            models.UniqueConstraint(name="evaluation_once", fields=["enrolment", "moment"]),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} · {self.get_moment_display()}"


class Complaint(models.Model):
    """What somebody complains of in a session, and what was answered (Qualiopi, indicator 31)."""

    session = models.ForeignKey(
        TrainingSession, models.PROTECT, related_name="complaints", verbose_name=_("session")
    )
    told_by = models.CharField(_("de la part de"), max_length=160)
    told_on = models.DateField(_("reçue le"))
    text = models.TextField(_("réclamation"), max_length=4000)
    answer = models.TextField(_("réponse et suites"), max_length=4000, blank=True)
    state = models.CharField(
        _("état"), max_length=8, choices=ComplaintState, default=ComplaintState.OPEN, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("réclamation sur une formation")
        verbose_name_plural = _("réclamations sur les formations")
        ordering = ["-told_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="complaint_state_known", condition=Q(state__in=ComplaintState.values)
            ),
            models.CheckConstraint(
                name="complaint_answered_in_words",
                condition=Q(state=ComplaintState.OPEN, answer="")
                | Q(state=ComplaintState.ANSWERED) & ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} · {self.told_by}"

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*COMPLAINT_SHAPES[self.state], self.get_state_display())


class LineOrigin(models.Model):
    """Where the money of a line of an invoice of training comes from: frame C of the statement (COW-48)."""

    line = models.OneToOneField(
        "invoicing.InvoiceLine",
        models.CASCADE,
        related_name="training_origin",
        verbose_name=_("ligne de facture"),
    )
    origin = models.CharField(_("origine"), max_length=2, choices=Origin)
    set_at = models.DateTimeField(default=timezone.now, editable=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("origine d’un produit de formation")
        verbose_name_plural = _("origines des produits de formation")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="lineorigin_known", condition=Q(origin__in=Origin.values))]

    def __str__(self) -> str:
        return f"{self.line} · {self.get_origin_display()}"


class QuoteOrigin(models.Model):
    """The same, said on a line of a quote that will not change: the invoice made of it has it (COW-48)."""

    line = models.OneToOneField(
        "invoicing.QuoteLine",
        models.CASCADE,
        related_name="training_origin",
        verbose_name=_("ligne de devis"),
    )
    origin = models.CharField(_("origine"), max_length=2, choices=Origin)
    set_at = models.DateTimeField(default=timezone.now, editable=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("origine d’une formation proposée")
        verbose_name_plural = _("origines des formations proposées")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="quoteorigin_known", condition=Q(origin__in=Origin.values))
        ]

    def __str__(self) -> str:
        return f"{self.line} · {self.get_origin_display()}"


class TrainingStatement(models.Model):
    """The yearly statement of the cooperative, one for all its activities; frozen once it is filed."""

    year = models.PositiveSmallIntegerField(_("année"), unique=True)
    # Frame D: total, of which pay of trainers, of which purchases of training and fees.
    charges_total = MoneyField(_("charges de la formation"), default=Decimal("0.00"))
    charges_pay = MoneyField(_("dont salaires des formateur·rices"), default=Decimal("0.00"))
    charges_purchases = MoneyField(_("dont achats de formation et honoraires"), default=Decimal("0.00"))
    state = models.CharField(
        _("état"), max_length=5, choices=StatementState, default=StatementState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    filed_on = models.DateField(_("déposé le"), null=True, editable=False)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    # What was filed: every frame as it was printed, and its hash.
    figures = models.JSONField(_("chiffres déposés"), null=True, editable=False)
    sha256 = models.CharField(_("empreinte"), max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("bilan pédagogique et financier")
        verbose_name_plural = _("bilans pédagogiques et financiers")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="trainingstatement_state_known", condition=Q(state__in=StatementState.values)
            ),
            models.CheckConstraint(
                name="trainingstatement_filed_whole",
                condition=Q(
                    state=StatementState.DRAFT, filed_on__isnull=True, figures__isnull=True, sha256=""
                )
                | Q(state=StatementState.FILED, filed_on__isnull=False, figures__isnull=False)
                & ~Q(sha256=""),
            ),
            models.CheckConstraint(
                name="trainingstatement_charges_within",
                condition=Q(
                    charges_pay__gte=0,
                    charges_purchases__gte=0,
                    charges_total__gte=models.F("charges_pay") + models.F("charges_purchases"),
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="trainingstatement_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.state = 'filed'"),
            ),
            no_truncate("trainingstatement"),
        ]

    def __str__(self) -> str:
        return f"BPF {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("coworking:statement", args=[self.year])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*STATEMENT_SHAPES[self.state], self.get_state_display())
