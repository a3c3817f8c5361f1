"""A trade: what people do, under which rules; its rows fill forms and documents by themselves (ENT-41)."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import RateField
from cae.core.plain import plain_column
from entrepreneurs.states.trades import InsuranceClass, TradeFamily, Unit


class TradeQuerySet(models.QuerySet["Trade"]):
    def open_on(self, day: date) -> TradeQuerySet:
        """Gives the trades that may be chosen on a day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=day), opened_on__lte=day)


class Trade(models.Model):
    """A line of the list of trades. Closed by a date, never deleted: activities keep theirs."""

    name = models.CharField(_("nom"), max_length=80)
    family = models.CharField(_("famille"), max_length=10, choices=TradeFamily, default=TradeFamily.OTHER)
    definition = models.TextField(
        _("définition"),
        max_length=1000,
        blank=True,
        help_text=_("Ce que l’on fait, et ce que l’on ne fait pas."),
    )
    is_regulated = models.BooleanField(_("métier réglementé"), default=False)
    authority = models.CharField(
        _("autorité ou texte"),
        max_length=160,
        blank=True,
        help_text=_("Pour un métier réglementé : qui l’autorise, ou quel texte l’encadre."),
    )
    proofs = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("justificatifs demandés"),
        default=list,
        blank=True,
        help_text=_("Pièces qu’une personne montre avant d’exercer ce métier."),
    )
    insurance_class = models.CharField(
        _("assurance"), max_length=10, choices=InsuranceClass, default=InsuranceClass.CIVIL
    )
    needs_cover = models.BooleanField(
        _("assurance exigée avant tout devis"),
        default=False,
        help_text=_("Un devis sans garantie en vigueur attend la réponse de l’équipe."),
    )
    vat_hint = models.CharField(
        _("TVA"),
        max_length=250,
        blank=True,
        help_text=_("Le taux habituel et ses exceptions, en une phrase."),
    )
    usual_vat = RateField(
        _("taux de TVA habituel"),
        null=True,
        blank=True,
        help_text=_("Proposé sur chaque nouvelle ligne de devis ou de facture ; vide : le taux normal."),
    )
    notice_hint = models.CharField(
        _("mentions"), max_length=250, blank=True, help_text=_("Ce que devis et factures doivent porter.")
    )
    unit = models.CharField(_("unité habituelle"), max_length=3, choices=Unit, default=Unit.ONE)
    opened_on = models.DateField(_("ouvert le"), default=timezone.localdate)
    closed_on = models.DateField(_("fermé le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    sort_name = plain_column("name", max_length=80)

    objects = TradeQuerySet.as_manager()

    class Meta:
        verbose_name = _("métier")
        verbose_name_plural = _("métiers")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sort_name"], name="trade_name_once"),
            models.CheckConstraint(condition=Q(family__in=TradeFamily.values), name="trade_family_known"),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="trade_unit_known"),
            models.CheckConstraint(
                condition=Q(insurance_class__in=InsuranceClass.values), name="trade_insurance_known"
            ),
            models.CheckConstraint(
                condition=Q(usual_vat__isnull=True) | Q(usual_vat__gte=0, usual_vat__lt=1),
                name="trade_vat_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(is_regulated=False) | ~Q(authority=""),
                name="trade_regulated_by_somebody",
                violation_error_message=_("Dites quelle autorité ou quel texte encadre ce métier."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="trade_closed_after_opened",
            ),
        ]
        triggers = [pgtrigger.Protect(name="trade_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:trade_detail", args=[self.pk])
