"""What was handed over of an order, note by note, and who signed for it (INV-26)."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.models.signatures import MAX_NAME
from cae.core.permanence import no_truncate
from entrepreneurs.states.trades import Unit
from invoicing.models.documents import SaleLine
from invoicing.models.invoices import Invoice
from invoicing.models.piece_triggers import frozen_delivery
from invoicing.models.purchase_triggers import part_of_open
from invoicing.models.quotes import Quote
from invoicing.models.sight import in_sight
from invoicing.states.pieces import STANDING, DeliveryState


class DeliveryNoteQuerySet(models.QuerySet["DeliveryNote"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(in_sight(user))

    def standing(self) -> Self:
        """Those whose quantities count against the order."""
        return self.filter(state__in=STANDING)


class DeliveryNote(models.Model):
    """A delivery note (bon de livraison) of an accepted quote or of an issued invoice. Numbered and frozen
    once issued; signed, it changes no more."""

    state = models.CharField(
        _("état"), max_length=9, choices=DeliveryState, default=DeliveryState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    number = models.CharField(_("numéro"), max_length=35, null=True, unique=True, editable=False)
    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="delivery_notes", verbose_name=_("activité")
    )
    customer = models.ForeignKey(
        "invoicing.Customer", models.PROTECT, related_name="delivery_notes", verbose_name=_("client")
    )
    quote = models.ForeignKey(
        "invoicing.Quote",
        models.PROTECT,
        null=True,
        related_name="delivery_notes",
        verbose_name=_("devis"),
    )
    invoice = models.ForeignKey(
        "invoicing.Invoice",
        models.PROTECT,
        null=True,
        related_name="delivery_notes",
        verbose_name=_("facture"),
    )
    order_reference = models.CharField(_("numéro de commande"), max_length=100, blank=True)
    delivered_on = models.DateField(_("livré le"))
    address = models.TextField(_("lieu de livraison"), max_length=400, blank=True)
    message = models.TextField(_("message au destinataire"), max_length=2000, blank=True)
    with_prices = models.BooleanField(_("avec les prix"), default=False)
    issued_on = models.DateField(_("émis le"), null=True, editable=False, db_index=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("émis par")
    )
    # All that the note says, once issued: what its PDF is made from, and the hash that the receiver signs.
    facts = models.JSONField(_("contenu figé"), null=True, editable=False)
    content_sha256 = models.CharField(_("empreinte du contenu"), max_length=64, blank=True, editable=False)
    signed_on = models.DateField(_("signé le"), null=True, editable=False)
    signer_name = models.CharField(_("signé par"), max_length=MAX_NAME, blank=True, editable=False)
    signer_function = models.CharField(
        _("fonction du signataire"), max_length=MAX_NAME, blank=True, editable=False
    )
    reserves = models.TextField(_("réserves du destinataire"), max_length=2000, blank=True, editable=False)
    signature = models.OneToOneField(
        "core.Signature", models.PROTECT, null=True, related_name="+", verbose_name=_("signature")
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("noté par")
    )
    scan = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("bon signé sur papier")
    )
    cancel_reason = models.CharField(_("motif de l’annulation"), max_length=250, blank=True, editable=False)
    pdf = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("PDF archivé")
    )
    signed_pdf = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("PDF signé")
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("créé le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("créé par")
    )

    objects = DeliveryNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("bon de livraison")
        verbose_name_plural = _("bons de livraison")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["activity", "state"], name="deliverynote_of_activity")]
        constraints = [
            models.CheckConstraint(
                name="deliverynote_state_known", condition=Q(state__in=DeliveryState.values)
            ),
            models.CheckConstraint(
                name="deliverynote_one_order",
                condition=Q(quote__isnull=False, invoice__isnull=True)
                | Q(quote__isnull=True, invoice__isnull=False),
            ),
            models.CheckConstraint(
                name="deliverynote_numbered_once_issued",
                condition=Q(
                    state__in=STANDING,
                    number__isnull=False,
                    issued_on__isnull=False,
                    facts__isnull=False,
                    content_sha256__regex="^[0-9a-f]{64}$",
                )
                | Q(state=DeliveryState.CANCELLED)
                | Q(state=DeliveryState.DRAFT, number__isnull=True, issued_on__isnull=True),
            ),
            # By the link a signature is made; on paper, somebody notes it.
            models.CheckConstraint(
                name="deliverynote_signed_by_somebody",
                condition=(
                    Q(state=DeliveryState.SIGNED, signed_on__isnull=False)
                    & ~Q(signer_name="")
                    & (
                        Q(signature__isnull=False, noted_by__isnull=True, scan__isnull=True)
                        | Q(signature__isnull=True, noted_by__isnull=False)
                    )
                )
                | (
                    ~Q(state=DeliveryState.SIGNED)
                    & Q(
                        signed_on__isnull=True,
                        signer_name="",
                        signature__isnull=True,
                        noted_by__isnull=True,
                        scan__isnull=True,
                        signed_pdf__isnull=True,
                    )
                ),
            ),
            models.CheckConstraint(
                name="deliverynote_cancelled_says_why",
                condition=Q(state=DeliveryState.CANCELLED) & ~Q(cancel_reason="")
                | ~Q(state=DeliveryState.CANCELLED) & Q(cancel_reason=""),
            ),
        ]
        triggers = [*frozen_delivery(), no_truncate("deliverynote")]

    def __str__(self) -> str:
        return self.number or f"{self.get_state_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("invoicing:delivery_detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == DeliveryState.DRAFT

    @property
    def is_standing(self) -> bool:
        return self.state in STANDING

    @property
    def order(self) -> Quote | Invoice:
        """What was ordered: the quote, or the invoice."""
        found = self.quote or self.invoice
        if found is None:
            raise LookupError("a delivery note is of one order")
        return found


class DeliveryLine(models.Model):
    """How much of a line of the order is handed over."""

    note = models.ForeignKey(
        DeliveryNote, models.PROTECT, related_name="lines", verbose_name=_("bon de livraison")
    )
    position = models.PositiveSmallIntegerField(_("rang"))
    quote_line = models.ForeignKey(
        "invoicing.QuoteLine",
        models.PROTECT,
        null=True,
        related_name="delivered",
        verbose_name=_("ligne du devis"),
    )
    invoice_line = models.ForeignKey(
        "invoicing.InvoiceLine",
        models.PROTECT,
        null=True,
        related_name="delivered",
        verbose_name=_("ligne de la facture"),
    )
    label = models.CharField(_("désignation"), max_length=250)
    quantity = models.DecimalField(_("quantité livrée"), max_digits=12, decimal_places=4)
    unit = models.CharField(_("unité"), max_length=3, choices=Unit, default=Unit.ONE)

    class Meta:
        verbose_name = _("ligne de bon de livraison")
        verbose_name_plural = _("lignes de bon de livraison")
        ordering = ["note", "position"]
        constraints = [
            models.UniqueConstraint(name="deliveryline_position_once", fields=["note", "position"]),
            models.UniqueConstraint(name="deliveryline_quote_line_once", fields=["note", "quote_line"]),
            models.UniqueConstraint(name="deliveryline_invoice_line_once", fields=["note", "invoice_line"]),
            models.CheckConstraint(
                name="deliveryline_one_line",
                condition=Q(quote_line__isnull=False, invoice_line__isnull=True)
                | Q(quote_line__isnull=True, invoice_line__isnull=False),
            ),
            models.CheckConstraint(name="deliveryline_some", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="deliveryline_unit_known", condition=Q(unit__in=Unit.values)),
        ]
        triggers = [
            part_of_open("deliveryline", of="note", table="deliverynote", closed="number"),
            no_truncate("deliveryline"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def sold(self) -> SaleLine:
        """The line of the order."""
        found = self.quote_line or self.invoice_line
        if found is None:
            raise LookupError("a delivery line is of one line of the order")
        return found

    @property
    def ordered(self) -> Decimal:
        return self.sold.quantity
