"""Covers of insurance, of one activity or of the whole cooperative, and the claims made on them (ENT-42)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from entrepreneurs.models.activities import Activity
from entrepreneurs.states.covers import ClaimState
from entrepreneurs.states.trades import InsuranceClass
from people.models.periods import Dated, DatedQuerySet, coherent_dates


class Cover(Dated):
    """A guarantee from a day to a day: for some classes of insurance, some trades, or both."""

    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="covers",
        verbose_name=_("activité"),
        help_text=_("Vide : le contrat de la coopérative, pour toutes ses activités."),
    )
    insurer = models.CharField(_("assureur"), max_length=120)
    policy = models.CharField(_("n° de contrat"), max_length=60)
    classes = ArrayField(
        models.CharField(max_length=10, choices=InsuranceClass),
        verbose_name=_("garanties"),
        default=list,
        blank=True,
    )
    trades = models.ManyToManyField(
        "entrepreneurs.Trade", blank=True, related_name="covers", verbose_name=_("métiers nommés au contrat")
    )
    works = models.CharField(_("travaux ou prestations couverts"), max_length=250, blank=True)
    area = models.CharField(_("zone couverte"), max_length=120, blank=True)
    amount = MoneyField(_("montant garanti par sinistre"), null=True, blank=True)
    job_limit = MoneyField(
        _("chantier ou contrat le plus élevé (HT)"),
        null=True,
        blank=True,
        help_text=_("Au-delà, un devis n’est pas couvert."),
    )
    proof = models.ForeignKey(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("attestation")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("notée par")
    )
    recorded_at = models.DateTimeField(_("notée le"), default=timezone.now, editable=False)
    end_reason = models.CharField(_("motif de l’arrêt"), max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("garantie")
        verbose_name_plural = _("garanties")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            coherent_dates("cover_dates_coherent"),
            models.CheckConstraint(
                condition=Q(classes__contained_by=InsuranceClass.values), name="cover_classes_known"
            ),
            models.CheckConstraint(
                condition=(Q(amount__isnull=True) | Q(amount__gt=0))
                & (Q(job_limit__isnull=True) | Q(job_limit__gt=0)),
                name="cover_amounts_positive",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="cover_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="cover_frozen",
                fields=["activity", "insurer", "policy", "classes", "starts_on", "amount", "job_limit"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.insurer} {self.policy}"

    @property
    def holder_url(self) -> str:
        """The page of the activity it protects; the list, for that of the house."""
        if self.activity_id:
            return reverse("entrepreneurs:activity_covers", args=[self.activity_id])
        return reverse("entrepreneurs:cover_list")

    @property
    def class_labels(self) -> list[str]:
        return [str(InsuranceClass(one).label) for one in self.classes]


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: Any) -> ClaimQuerySet:
        """Those of the activities that this person sees."""
        return self.filter(activity__in=Activity.objects.visible_to(user).order_by().values("pk"))


class Claim(models.Model):
    """Something that went wrong and that an insurer may have to pay for (sinistre)."""

    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="claims", verbose_name=_("activité")
    )
    cover = models.ForeignKey(
        Cover,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("garantie"),
    )
    happened_on = models.DateField(_("survenu le"))
    description = models.TextField(_("ce qui est arrivé"), max_length=2000)
    third_party = models.CharField(_("qui a subi le dommage"), max_length=160, blank=True)
    estimate = MoneyField(_("dommage estimé"), null=True, blank=True)
    reference = models.CharField(_("n° de dossier de l’assureur"), max_length=60, blank=True)
    outcome = models.CharField(_("issue"), max_length=300, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=ClaimState, default=ClaimState.DECLARED)
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    declared_on = models.DateField(_("déclaré le"))
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("déclaré par")
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("sinistre")
        verbose_name_plural = _("sinistres")
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ClaimState.values), name="claim_state_known"),
            models.CheckConstraint(condition=Q(declared_on__gte=F("happened_on")), name="claim_told_after"),
            models.CheckConstraint(
                condition=Q(estimate__isnull=True) | Q(estimate__gte=0), name="claim_estimate_positive"
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.CLOSED) | ~Q(outcome=""), name="claim_closed_with_outcome"
            ),
        ]
        triggers = [pgtrigger.Protect(name="claim_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.activity} · {_day(self.happened_on)}"

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:claim_detail", args=[self.pk])


def _day(on: date) -> str:
    return on.strftime("%d/%m/%Y")
