"""Money between a customer and an activity: append-only; a mistake is corrected by a new row that names the
one it takes back (INV-40)."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField, RateField
from cae.core.permanence import append_only
from invoicing.calculations.totals import percent
from invoicing.models.sight import in_sight
from invoicing.models.triggers import coherent_payment, coherent_receipt
from invoicing.states.sales import PaymentMode, ReceiptKind, VatCategory


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(in_sight(user))


class Receipt(models.Model):
    """One movement of money with a customer on a day, booked by one entry and shared over invoices.

    A row with `reverses` takes the former one back, whole."""

    kind = models.CharField(_("nature"), max_length=8, choices=ReceiptKind, default=ReceiptKind.RECEIVED)
    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="receipts", verbose_name=_("activité")
    )
    customer = models.ForeignKey(
        "invoicing.Customer", models.PROTECT, related_name="receipts", verbose_name=_("client")
    )
    on = models.DateField(_("date"), db_index=True)
    amount = MoneyField(_("montant"))
    mode = models.CharField(
        _("moyen de paiement"), max_length=12, choices=PaymentMode, default=PaymentMode.TRANSFER
    )
    reference = models.CharField(_("référence"), max_length=100, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("annule l’encaissement")
    )
    reason = models.CharField(_("motif"), max_length=250, blank=True)
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

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("encaissement")
        verbose_name_plural = _("encaissements")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(name="receipt_kind_known", condition=Q(kind__in=ReceiptKind.values)),
            models.CheckConstraint(name="receipt_mode_known", condition=Q(mode__in=PaymentMode.values)),
            models.CheckConstraint(name="receipt_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="receipt_not_its_own", condition=~Q(reverses=F("pk"))),
            models.CheckConstraint(
                name="receipt_reversal_says_why", condition=Q(reverses__isnull=True) | ~Q(reason="")
            ),
        ]
        triggers = [*append_only("receipt"), coherent_receipt()]

    def __str__(self) -> str:
        return f"{self.customer} · {self.amount}"

    def get_absolute_url(self) -> str:
        return reverse("invoicing:receipt_detail", args=[self.pk])

    @property
    def signed(self) -> Decimal:
        """What it brings to the bank account: nothing for a surplus moved or a deposit kept, less for money
        given back."""
        if self.kind in (ReceiptKind.OFFSET, ReceiptKind.DEPOSIT):
            return Decimal("0.00")
        given_back = (self.kind == ReceiptKind.REFUNDED) != (self.reverses_id is not None)
        return -self.amount if given_back else self.amount


class Payment(models.Model):
    """The share of a receipt on one invoice; negative when money leaves the invoice."""

    receipt = models.ForeignKey(
        Receipt, models.PROTECT, related_name="payments", verbose_name=_("encaissement")
    )
    invoice = models.ForeignKey(
        "invoicing.Invoice", models.PROTECT, related_name="payments", verbose_name=_("facture")
    )
    amount = MoneyField(_("montant"))
    # The part of it that went beyond what was due: booked as an advance of the customer (4191).
    advance = MoneyField(_("dont avance"), default=Decimal("0.00"))

    class Meta:
        verbose_name = _("règlement")
        verbose_name_plural = _("règlements")
        ordering = ["receipt__on", "pk"]
        constraints = [
            models.CheckConstraint(name="payment_some", condition=~Q(amount=0)),
            models.CheckConstraint(
                name="payment_advance_within",
                condition=Q(amount__gt=0, advance__gte=0, advance__lte=F("amount"))
                | Q(amount__lt=0, advance__lte=0, advance__gte=F("amount")),
            ),
            models.UniqueConstraint(name="payment_once_an_invoice", fields=["receipt", "invoice"]),
        ]
        triggers = [*append_only("payment"), coherent_payment()]

    def __str__(self) -> str:
        return f"{self.invoice} · {self.amount}"


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
