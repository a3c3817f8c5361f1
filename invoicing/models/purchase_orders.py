"""What an activity orders from a supplier, and what came of it (INV-46)."""

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

from cae.core.fields import MoneyField, RateField
from cae.core.permanence import append_only, no_truncate
from entrepreneurs.states.trades import Unit
from invoicing.calculations.totals import percent
from invoicing.models.purchase_triggers import frozen_order, part_of_open
from invoicing.models.sight import in_sight
from invoicing.states.purchases import NUMBERED_ORDERS, PurchaseOrderState


class PurchaseOrderQuerySet(models.QuerySet["PurchaseOrder"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(in_sight(user))


class PurchaseOrder(models.Model):
    """An order to a supplier (commande fournisseur). Numbered and frozen once approved."""

    state = models.CharField(
        _("état"),
        max_length=9,
        choices=PurchaseOrderState,
        default=PurchaseOrderState.DRAFT,
        editable=False,
    )
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    number = models.CharField(_("numéro"), max_length=35, null=True, unique=True, editable=False)
    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="purchase_orders", verbose_name=_("activité")
    )
    supplier = models.ForeignKey(
        "invoicing.Supplier", models.PROTECT, related_name="orders", verbose_name=_("fournisseur")
    )
    # What was sold, and for which this is bought.
    quote = models.ForeignKey(
        "invoicing.Quote",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="purchase_orders",
        verbose_name=_("devis concerné"),
    )
    purpose = models.CharField(_("objet"), max_length=250)
    wanted_on = models.DateField(_("souhaitée pour le"), null=True, blank=True)
    delivery_address = models.TextField(_("adresse de livraison"), max_length=400, blank=True)
    message = models.TextField(_("message au fournisseur"), max_length=2000, blank=True)
    internal_note = models.TextField(_("note interne"), max_length=2000, blank=True)
    total_net = MoneyField(_("total HT"), default=Decimal("0.00"))
    total_tax = MoneyField(_("total TVA"), default=Decimal("0.00"))
    total_gross = MoneyField(_("total TTC"), default=Decimal("0.00"))
    approved_on = models.DateField(_("approuvée le"), null=True, editable=False, db_index=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("approuvée par")
    )
    sent_at = models.DateTimeField(_("envoyée le"), null=True, editable=False)
    closed_reason = models.CharField(_("motif de la fin"), max_length=250, blank=True, editable=False)
    pdf = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("PDF archivé")
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("créée le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("créée par")
    )

    objects = PurchaseOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("commande fournisseur")
        verbose_name_plural = _("commandes fournisseurs")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["activity", "state"], name="purchaseorder_of_activity")]
        constraints = [
            models.CheckConstraint(
                name="purchaseorder_state_known", condition=Q(state__in=PurchaseOrderState.values)
            ),
            models.CheckConstraint(name="purchaseorder_says_what", condition=~Q(purpose="")),
            models.CheckConstraint(
                name="purchaseorder_numbered_once_approved",
                condition=Q(
                    state__in=NUMBERED_ORDERS,
                    number__isnull=False,
                    approved_on__isnull=False,
                    approved_by__isnull=False,
                )
                | Q(state=PurchaseOrderState.CANCELLED)
                | Q(
                    state__in=[PurchaseOrderState.DRAFT, PurchaseOrderState.SUBMITTED],
                    number__isnull=True,
                    approved_on__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="purchaseorder_sent_dated",
                condition=~Q(state=PurchaseOrderState.SENT) | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="purchaseorder_cancelled_says_why",
                condition=~Q(state=PurchaseOrderState.CANCELLED) | ~Q(closed_reason=""),
            ),
        ]
        triggers = [*frozen_order(), no_truncate("purchaseorder")]

    def __str__(self) -> str:
        return self.number or self.purpose

    def get_absolute_url(self) -> str:
        return reverse("invoicing:purchase_order_detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == PurchaseOrderState.DRAFT


class PurchaseOrderLine(models.Model):
    """What is ordered, how many, at which price before tax."""

    order = models.ForeignKey(
        PurchaseOrder, models.PROTECT, related_name="lines", verbose_name=_("commande fournisseur")
    )
    position = models.PositiveSmallIntegerField(_("rang"))
    label = models.CharField(_("désignation"), max_length=250)
    reference = models.CharField(_("référence du fournisseur"), max_length=80, blank=True)
    quantity = models.DecimalField(_("quantité"), max_digits=11, decimal_places=4)
    unit = models.CharField(_("unité"), max_length=3, choices=Unit, default=Unit.ONE)
    unit_price = models.DecimalField(_("prix unitaire HT"), max_digits=11, decimal_places=4)
    rate = RateField(_("taux de TVA"))
    net = MoneyField(_("HT"))

    class Meta:
        verbose_name = _("ligne de commande fournisseur")
        verbose_name_plural = _("lignes de commande fournisseur")
        ordering = ["order", "position"]
        constraints = [
            models.UniqueConstraint(name="purchaseorderline_position_once", fields=["order", "position"]),
            models.CheckConstraint(name="purchaseorderline_some", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="purchaseorderline_priced", condition=Q(unit_price__gte=0)),
            models.CheckConstraint(
                name="purchaseorderline_rate_within", condition=Q(rate__gte=0) & Q(rate__lte=1)
            ),
            models.CheckConstraint(name="purchaseorderline_unit_known", condition=Q(unit__in=Unit.values)),
        ]
        triggers = [
            part_of_open("purchaseorderline", of="order", table="purchaseorder", closed="number"),
            no_truncate("purchaseorderline"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def percent(self) -> Decimal:
        return percent(self.rate)


class PurchaseDelivery(models.Model):
    """What came in on a day. Never changed: a mistake is taken back by another with quantities below zero."""

    order = models.ForeignKey(
        PurchaseOrder, models.PROTECT, related_name="deliveries", verbose_name=_("commande fournisseur")
    )
    on = models.DateField(_("reçue le"))
    reference = models.CharField(_("bon de livraison"), max_length=100, blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_at = models.DateTimeField(_("enregistrée le"), default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("enregistrée par"),
    )

    class Meta:
        verbose_name = _("livraison reçue")
        verbose_name_plural = _("livraisons reçues")
        ordering = ["-on", "-pk"]
        triggers = append_only("purchasedelivery")

    def __str__(self) -> str:
        return f"{self.order} · {self.on:%d/%m/%Y}"


class PurchaseDeliveryLine(models.Model):
    delivery = models.ForeignKey(
        PurchaseDelivery, models.PROTECT, related_name="lines", verbose_name=_("livraison reçue")
    )
    line = models.ForeignKey(
        PurchaseOrderLine, models.PROTECT, related_name="received", verbose_name=_("ligne de commande")
    )
    quantity = models.DecimalField(_("quantité reçue"), max_digits=11, decimal_places=4)

    class Meta:
        verbose_name = _("ligne de livraison reçue")
        verbose_name_plural = _("lignes de livraison reçue")
        ordering = ["delivery", "line__position"]
        constraints = [
            models.UniqueConstraint(name="purchasedeliveryline_once", fields=["delivery", "line"]),
            models.CheckConstraint(name="purchasedeliveryline_some", condition=~Q(quantity=0)),
        ]
        triggers = append_only("purchasedeliveryline")

    def __str__(self) -> str:
        return f"{self.line} · {self.quantity.normalize():f}"
