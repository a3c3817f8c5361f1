"""Contracts of customers, read by the team before they are signed, and the clauses it proposes (INV-19)."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from invoicing.models.sight import in_sight
from invoicing.states.deals import ANSWERED_REVIEWS, PointVerdict, ReviewState, ReviewSubject


class ContractClause(models.Model):
    """A text of the library, proposed in the place of a clause that does not suit."""

    subject = models.CharField(_("sujet"), max_length=11, choices=ReviewSubject)
    title = models.CharField(_("titre"), max_length=120)
    text = models.TextField(_("texte"), max_length=4000)
    advice = models.CharField(_("quand la proposer"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    archived_at = models.DateTimeField(_("archivée le"), null=True, editable=False)

    class Meta:
        verbose_name = _("clause type")
        verbose_name_plural = _("clauses types")
        ordering = ["subject", "title"]
        constraints = [
            models.CheckConstraint(
                name="contractclause_subject_known", condition=Q(subject__in=ReviewSubject.values)
            ),
            models.CheckConstraint(name="contractclause_says", condition=~Q(title="") & ~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("invoicing:clause_detail", args=[self.pk])

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class ContractReviewQuerySet(models.QuerySet["ContractReview"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(in_sight(user))

    def waiting(self) -> Self:
        return self.filter(state=ReviewState.ASKED)


class ContractReview(models.Model):
    """A contract that a customer wants signed, and what the team answers."""

    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="contract_reviews", verbose_name=_("activité")
    )
    customer = models.ForeignKey(
        "invoicing.Customer", models.PROTECT, related_name="contract_reviews", verbose_name=_("client")
    )
    deal = models.ForeignKey(
        "invoicing.Deal",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("affaire"),
    )
    quote = models.ForeignKey(
        "invoicing.Quote",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("devis"),
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("remplace")
    )
    title = models.CharField(_("intitulé"), max_length=160)
    document = models.OneToOneField(
        "core.Document", models.PROTECT, related_name="+", verbose_name=_("contrat")
    )
    amount = MoneyField(_("montant du contrat (€ HT)"), null=True, blank=True)
    sign_by = models.DateField(_("à signer avant le"), null=True, blank=True)
    question = models.TextField(_("ce qui inquiète"), max_length=2000, blank=True)
    state = models.CharField(_("état"), max_length=12, choices=ReviewState, default=ReviewState.ASKED)
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    answer = models.TextField(_("réponse"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("relu par")
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_at = models.DateTimeField(_("demandée le"), default=timezone.now, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("demandée par")
    )

    objects = ContractReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("relecture de contrat")
        verbose_name_plural = _("relectures de contrats")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="contractreview_state_known", condition=Q(state__in=ReviewState.values)
            ),
            models.CheckConstraint(name="contractreview_titled", condition=~Q(title="")),
            models.CheckConstraint(
                name="contractreview_amount_positive",
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
            ),
            models.CheckConstraint(
                name="contractreview_answered_by_someone",
                condition=Q(state__in=ANSWERED_REVIEWS, answered_by__isnull=False)
                | (~Q(state__in=ANSWERED_REVIEWS) & Q(answered_by__isnull=True, answer="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("invoicing:review_detail", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.state == ReviewState.ASKED


class ReviewPoint(models.Model):
    """What the team says of one subject of a contract."""

    review = models.ForeignKey(
        ContractReview, models.PROTECT, related_name="points", verbose_name=_("relecture de contrat")
    )
    subject = models.CharField(_("sujet"), max_length=11, choices=ReviewSubject)
    verdict = models.CharField(_("avis"), max_length=8, choices=PointVerdict)
    words = models.TextField(_("remarque"), max_length=2000, blank=True)
    # The text proposed, as it stood that day: the library may change.
    proposed = models.TextField(_("clause proposée"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("point d’un contrat")
        verbose_name_plural = _("points des contrats")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="reviewpoint_once", fields=["review", "subject"]),
            models.CheckConstraint(
                name="reviewpoint_subject_known", condition=Q(subject__in=ReviewSubject.values)
            ),
            models.CheckConstraint(
                name="reviewpoint_verdict_known", condition=Q(verdict__in=PointVerdict.values)
            ),
            models.CheckConstraint(
                name="reviewpoint_fault_explained",
                condition=Q(verdict=PointVerdict.GOOD) | ~Q(words="") | ~Q(proposed=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} · {self.get_verdict_display()}"
