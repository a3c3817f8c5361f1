"""What becomes of an e-invoice once issued, and the files that go to the approved platform or come from it
(INV-35, INV-48)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.permanence import append_only, no_truncate
from invoicing.states.exchange import (
    MAX_COMMENT,
    WITH_REASON,
    Direction,
    EInvoiceCode,
    MessageKind,
    MessageState,
    StatusOrigin,
)
from invoicing.states.reasons import labels_of


class EInvoiceStatus(models.Model):
    """One step in the life of an issued document or of a purchase. Never changed: another follows it."""

    invoice = models.ForeignKey(
        "invoicing.Invoice",
        models.PROTECT,
        null=True,
        related_name="einvoice_statuses",
        verbose_name=_("facture"),
    )
    purchase = models.ForeignKey(
        "invoicing.Purchase",
        models.PROTECT,
        null=True,
        related_name="einvoice_statuses",
        verbose_name=_("achat"),
    )
    code = models.CharField(_("statut"), max_length=3, choices=EInvoiceCode)
    reasons = ArrayField(models.CharField(max_length=20), verbose_name=_("motifs"), default=list, blank=True)
    comment = models.TextField(_("précision"), max_length=MAX_COMMENT, blank=True)
    # Money received or sent, tax included; what was taken back is below zero.
    amount = MoneyField(_("montant"), null=True)
    # [{"rate": "20.00", "amount": "120.00"}]: what the tax office reads (BR-FR-CDV-14).
    by_rate = models.JSONField(_("par taux"), default=list)
    at = models.DateTimeField(_("le"), db_index=True)
    origin = models.CharField(_("origine"), max_length=8, choices=StatusOrigin)
    payment = models.OneToOneField(
        "invoicing.Payment",
        models.PROTECT,
        null=True,
        related_name="einvoice_status",
        verbose_name=_("règlement"),
    )
    # The message of the platform in which it came.
    arrived_in = models.ForeignKey(
        "invoicing.ExchangeMessage",
        models.PROTECT,
        null=True,
        related_name="statuses",
        verbose_name=_("message reçu"),
    )
    created_at = models.DateTimeField(_("enregistré le"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("enregistré par"),
    )

    class Meta:
        verbose_name = _("statut de facture électronique")
        verbose_name_plural = _("statuts de facture électronique")
        # The order in which they came to be known: that in which each was judged.
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="einvoicestatus_one_document",
                condition=Q(invoice__isnull=False, purchase__isnull=True)
                | Q(invoice__isnull=True, purchase__isnull=False, payment__isnull=True),
            ),
            models.CheckConstraint(
                name="einvoicestatus_code_known", condition=Q(code__in=EInvoiceCode.values)
            ),
            models.CheckConstraint(
                name="einvoicestatus_origin_known", condition=Q(origin__in=StatusOrigin.values)
            ),
            models.CheckConstraint(
                name="einvoicestatus_says_why", condition=~Q(code__in=WITH_REASON) | ~Q(reasons=[])
            ),
            models.CheckConstraint(
                name="einvoicestatus_says_how_much",
                condition=Q(code=EInvoiceCode.COLLECTED, amount__isnull=False)
                | Q(code=EInvoiceCode.PAYMENT_SENT)
                | (~Q(code=EInvoiceCode.COLLECTED) & Q(amount__isnull=True)),
            ),
            models.CheckConstraint(name="einvoicestatus_some_money", condition=~Q(amount=0)),
            models.CheckConstraint(
                name="einvoicestatus_arrived_from_platform",
                condition=Q(origin=StatusOrigin.PLATFORM, arrived_in__isnull=False)
                | (~Q(origin=StatusOrigin.PLATFORM) & Q(arrived_in__isnull=True)),
            ),
            models.UniqueConstraint(
                name="einvoicestatus_once_a_message", fields=["arrived_in", "invoice", "code"]
            ),
            models.UniqueConstraint(
                name="einvoicestatus_once_a_message_in", fields=["arrived_in", "purchase", "code"]
            ),
        ]
        indexes = [
            models.Index(fields=["invoice", "code"], name="einvoicestatus_of_invoice"),
            models.Index(fields=["purchase", "code"], name="einvoicestatus_of_purchase"),
        ]
        triggers = append_only("einvoicestatus")

    def __str__(self) -> str:
        return f"{self.document} · {self.get_code_display()}"

    @property
    def document(self) -> Any:
        """The invoice issued or the purchase that it is about."""
        return self.invoice or self.purchase

    @property
    def reason_words(self) -> list[str]:
        return labels_of(self.reasons)


class ExchangeMessage(models.Model):
    """One file to hand to the platform, or one that came from it."""

    direction = models.CharField(_("sens"), max_length=3, choices=Direction)
    kind = models.CharField(_("nature"), max_length=8, choices=MessageKind)
    state = models.CharField(_("état"), max_length=9, choices=MessageState)
    name = models.CharField(_("fichier"), max_length=200)
    # Of the bytes that came, or that left.
    sha256 = models.CharField(_("empreinte"), max_length=64, blank=True)
    # The document that leaves; of a message that came, the one it speaks of.
    invoice = models.ForeignKey(
        "invoicing.Invoice",
        models.PROTECT,
        null=True,
        related_name="exchange_messages",
        verbose_name=_("facture"),
    )
    # The status that leaves.
    status = models.OneToOneField(
        EInvoiceStatus, models.PROTECT, null=True, related_name="message", verbose_name=_("statut")
    )
    # The file that came, as it was.
    document = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("fichier reçu")
    )
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    next_attempt_at = models.DateTimeField(_("prochain essai"), null=True)
    # Why it is in error, or why it was set aside: one sentence.
    error = models.CharField(_("ce qui ne va pas"), max_length=500, blank=True)
    # When it was handed over, or taken in.
    done_at = models.DateTimeField(_("traité le"), null=True)
    by_hand = models.BooleanField(_("déposé à la main"), default=False)
    created_at = models.DateTimeField(_("créé le"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("créé par")
    )

    class Meta:
        verbose_name = _("message d’échange")
        verbose_name_plural = _("messages d’échange")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="exchange_direction_known", condition=Q(direction__in=Direction.values)
            ),
            models.CheckConstraint(name="exchange_kind_known", condition=Q(kind__in=MessageKind.values)),
            models.CheckConstraint(name="exchange_state_known", condition=Q(state__in=MessageState.values)),
            models.CheckConstraint(
                name="exchange_out_carries_one",
                condition=Q(direction=Direction.IN, status__isnull=True)
                | Q(
                    direction=Direction.OUT,
                    kind=MessageKind.INVOICE,
                    invoice__isnull=False,
                    status__isnull=True,
                    document__isnull=True,
                )
                | Q(
                    direction=Direction.OUT,
                    kind=MessageKind.STATUS,
                    status__isnull=False,
                    document__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="exchange_state_of_direction",
                condition=Q(direction=Direction.OUT) & ~Q(state=MessageState.TAKEN)
                | Q(
                    direction=Direction.IN,
                    state__in=(MessageState.TAKEN, MessageState.FAILED, MessageState.SET_ASIDE),
                ),
            ),
            # What came and was taken in is kept as it was; a file too big to be read stays at the platform.
            models.CheckConstraint(
                name="exchange_taken_kept",
                condition=~Q(state=MessageState.TAKEN) | Q(document__isnull=False),
            ),
            models.CheckConstraint(
                name="exchange_done_dated",
                condition=~Q(state__in=(MessageState.SENT, MessageState.TAKEN)) | Q(done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="exchange_trouble_says_why",
                condition=~Q(state__in=(MessageState.FAILED, MessageState.SET_ASIDE)) | ~Q(error=""),
            ),
            models.CheckConstraint(
                name="exchange_hash", condition=Q(sha256="") | Q(sha256__regex="^[0-9a-f]{64}$")
            ),
            # Two workers, or the same file twice: one message.
            models.UniqueConstraint(
                name="exchange_bytes_once",
                fields=["sha256"],
                condition=Q(direction=Direction.IN) & ~Q(sha256=""),
            ),
            models.UniqueConstraint(
                name="exchange_invoice_once",
                fields=["invoice"],
                condition=Q(direction=Direction.OUT, kind=MessageKind.INVOICE),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state=MessageState.WAITING),
                name="exchange_waiting",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="exchange_kept", operation=pgtrigger.Delete),
            no_truncate("exchangemessage"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("invoicing:exchange_message", args=[self.pk])

    @property
    def is_out(self) -> bool:
        return self.direction == Direction.OUT

    @property
    def about(self) -> Any:
        """The document it is about: its own, or that of its status."""
        return self.invoice or (self.status.document if self.status else None)
