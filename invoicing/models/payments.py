"""Payments received: append-only; a mistake is corrected by a new row that names the one it takes back
(INV-40)."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField, RateField
from cae.core.permanence import append_only
from invoicing.calculations.totals import percent
from invoicing.models.triggers import coherent_payment
from invoicing.states import PaymentMode, VatCategory


class Payment(models.Model):
    """Money received on an invoice. A row with `reverses` takes the former one back, whole."""

    invoice = models.ForeignKey(
        "invoicing.Invoice", models.PROTECT, related_name="payments", verbose_name=_("facture")
    )
    on = models.DateField(_("date"))
    amount = MoneyField(_("montant"))
    mode = models.CharField(
        _("moyen de paiement"), max_length=12, choices=PaymentMode, default=PaymentMode.TRANSFER
    )
    reference = models.CharField(_("référence"), max_length=100, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("annule le règlement")
    )
    reason = models.CharField(_("motif de l’annulation"), max_length=250, blank=True)
    entry = models.OneToOneField(
        "accounting.Entry", models.PROTECT, related_name="+", verbose_name=_("écriture")
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("enregistré le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("enregistré par"),
    )

    class Meta:
        verbose_name = _("règlement")
        verbose_name_plural = _("règlements")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(name="payment_mode_known", condition=Q(mode__in=PaymentMode.values)),
            models.CheckConstraint(name="payment_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="payment_not_its_own", condition=~Q(reverses=F("pk"))),
            models.CheckConstraint(
                name="payment_reversal_says_why",
                condition=Q(reverses__isnull=True, reason="") | (Q(reverses__isnull=False) & ~Q(reason="")),
            ),
        ]
        triggers = [*append_only("payment"), coherent_payment()]

    def __str__(self) -> str:
        return f"{self.invoice} · {self.amount}"

    @property
    def signed(self) -> Decimal:
        """Negative when the row takes a payment back."""
        return self.amount if self.reverses_id is None else -self.amount


class PaymentTax(models.Model):
    """VAT of one rate that a payment made due (negative: due no more), for VAT on receipts."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="taxes", verbose_name=_("règlement"))
    category = models.CharField(_("catégorie"), max_length=2, choices=VatCategory)
    rate = RateField(_("taux"))
    tax = MoneyField(_("TVA devenue exigible"))

    class Meta:
        verbose_name = _("TVA d’un règlement")
        verbose_name_plural = _("TVA des règlements")
        ordering = ["payment_id", "-rate", "category"]
        constraints = [
            models.UniqueConstraint(name="paymenttax_group_once", fields=["payment", "category", "rate"]),
            models.CheckConstraint(
                name="paymenttax_category_known", condition=Q(category__in=VatCategory.values)
            ),
        ]
        triggers = append_only("paymenttax")

    def __str__(self) -> str:
        return f"{percent(self.rate)} %"

    @property
    def percent(self) -> Decimal:
        return percent(self.rate)
