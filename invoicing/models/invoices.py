"""Invoices and credit notes: drafts that change, then issued documents that never change again."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField, RateField
from cae.core.permanence import no_truncate
from invoicing.calculations.totals import PricedLine, TaxGroup, line_gross, percent
from invoicing.models.sight import in_sight
from invoicing.models.triggers import frozen_document, part_of_draft
from invoicing.states import (
    CreditPart,
    InvoiceKind,
    InvoiceState,
    Operation,
    SaleNature,
    Settlement,
    Unit,
    VatCategory,
    VatDueOn,
)


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(in_sight(user))

    def issued(self) -> Self:
        return self.filter(state=InvoiceState.ISSUED)

    def drafts(self) -> Self:
        return self.filter(state=InvoiceState.DRAFT)

    def invoices(self) -> Self:
        return self.filter(kind=InvoiceKind.INVOICE)

    def with_settlement(self, on: date) -> Self:
        """Adds `paid`, `credited_amount`, `due`, `customer_credit` and `settlement`, as
        calculations/settlement.py says."""
        owed = Q(kind=InvoiceKind.INVOICE, state=InvoiceState.ISSUED)
        begun = ~Q(balance__paid=0) | ~Q(balance__credited=0)
        return self.annotate(
            paid=F("balance__paid"),
            credited_amount=F("balance__credited"),
            due=F("balance__due"),
            customer_credit=F("balance__customer_credit"),
            settlement=Case(
                When(~owed, then=Value("")),
                When(balance__due=0, then=Value(Settlement.SETTLED.value)),
                When(due_on__lt=on, then=Value(Settlement.OVERDUE.value)),
                When(begun, then=Value(Settlement.PARTLY_SETTLED.value)),
                default=Value(Settlement.TO_PAY.value),
                output_field=models.CharField(),
            ),
        )


class Invoice(models.Model):
    """An invoice (facture) or a credit note (avoir). Numbered if and only if issued."""

    kind = models.CharField(_("nature"), max_length=11, choices=InvoiceKind, default=InvoiceKind.INVOICE)
    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="invoices", verbose_name=_("activité")
    )
    customer = models.ForeignKey(
        "invoicing.Customer", models.PROTECT, related_name="invoices", verbose_name=_("client")
    )
    state = models.CharField(_("état"), max_length=9, choices=InvoiceState, default=InvoiceState.DRAFT)
    number = models.CharField(_("numéro"), max_length=35, null=True, unique=True, editable=False)
    issued_on = models.DateField(_("date d’émission"), null=True, editable=False, db_index=True)
    due_on = models.DateField(_("échéance"), null=True, blank=True)
    delivered_on = models.DateField(_("date de la livraison ou de la prestation"), null=True, blank=True)
    purpose = models.CharField(_("objet"), max_length=250, blank=True)
    order_reference = models.CharField(_("numéro de commande"), max_length=100, blank=True)
    operation = models.CharField(
        _("catégorie de l’opération"), max_length=8, choices=Operation, default=Operation.SERVICES
    )
    vat_due_on = models.CharField(_("TVA due sur"), max_length=8, choices=VatDueOn, default=VatDueOn.RECEIPTS)
    credited = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="credit_notes", verbose_name=_("facture d’origine")
    )
    credit_part = models.CharField(_("part annulée"), max_length=5, choices=CreditPart, blank=True)
    credit_reason = models.CharField(_("motif de l’avoir"), max_length=250, blank=True)
    total_excl_tax = MoneyField(_("total HT"), default=Decimal("0.00"))
    total_tax = MoneyField(_("total TVA"), default=Decimal("0.00"))
    total_incl_tax = MoneyField(_("total TTC"), default=Decimal("0.00"))
    # Every fact that the document says, as the typed model of the e-invoice: what the PDF is made from.
    facts = models.JSONField(_("contenu figé"), null=True, editable=False)
    xml_sha256 = models.CharField(_("empreinte des données"), max_length=64, blank=True, editable=False)
    seal = models.CharField(_("sceau"), max_length=64, blank=True, editable=False)
    previous_seal = models.CharField(_("sceau précédent"), max_length=64, blank=True, editable=False)
    pdf = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("PDF archivé")
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Moves at each save of the draft, so that two tabs cannot overwrite each other.
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("créée le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("créée par")
    )

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("facture")
        verbose_name_plural = _("factures")
        ordering = [F("issued_on").desc(nulls_first=True), "-pk"]
        indexes = [models.Index(fields=["activity", "state", "issued_on"], name="invoice_of_activity")]
        constraints = [
            models.CheckConstraint(name="invoice_kind_known", condition=Q(kind__in=InvoiceKind.values)),
            models.CheckConstraint(name="invoice_state_known", condition=Q(state__in=InvoiceState.values)),
            models.CheckConstraint(
                name="invoice_operation_known", condition=Q(operation__in=Operation.values)
            ),
            models.CheckConstraint(name="invoice_vat_due_known", condition=Q(vat_due_on__in=VatDueOn.values)),
            models.CheckConstraint(
                name="invoice_numbered_if_issued",
                condition=Q(
                    state=InvoiceState.ISSUED,
                    number__isnull=False,
                    issued_on__isnull=False,
                    facts__isnull=False,
                    seal__regex="^[0-9a-f]{64}$",
                    xml_sha256__regex="^[0-9a-f]{64}$",
                )
                | (
                    ~Q(state=InvoiceState.ISSUED)
                    & Q(
                        number__isnull=True,
                        issued_on__isnull=True,
                        facts__isnull=True,
                        seal="",
                        previous_seal="",
                        xml_sha256="",
                        pdf__isnull=True,
                    )
                ),
            ),
            models.CheckConstraint(
                name="invoice_due_after_issue",
                condition=Q(issued_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=F("issued_on")),
            ),
            models.CheckConstraint(
                name="invoice_issued_has_due_date",
                condition=~Q(state=InvoiceState.ISSUED, kind=InvoiceKind.INVOICE) | Q(due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="invoice_credit_names_invoice",
                condition=Q(kind=InvoiceKind.INVOICE, credited__isnull=True, credit_part="", credit_reason="")
                | (
                    Q(kind=InvoiceKind.CREDIT_NOTE, credited__isnull=False, credit_part__in=CreditPart.values)
                    & ~Q(credit_reason="")
                ),
            ),
            models.CheckConstraint(
                name="invoice_total_adds_up", condition=Q(total_incl_tax=F("total_excl_tax") + F("total_tax"))
            ),
            models.CheckConstraint(
                name="invoice_issued_positive",
                condition=~Q(state=InvoiceState.ISSUED) | Q(total_incl_tax__gt=0),
            ),
        ]
        triggers = [*frozen_document(), no_truncate("invoice")]

    def __str__(self) -> str:
        return self.number or f"{self.get_state_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("invoicing:invoice_detail", args=[self.pk])

    @property
    def is_credit_note(self) -> bool:
        return self.kind == InvoiceKind.CREDIT_NOTE

    @property
    def is_issued(self) -> bool:
        return self.state == InvoiceState.ISSUED

    @property
    def is_draft(self) -> bool:
        return self.state == InvoiceState.DRAFT


class InvoiceLine(models.Model):
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines", verbose_name=_("facture"))
    position = models.PositiveSmallIntegerField(_("rang"))
    label = models.CharField(_("désignation"), max_length=250)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    quantity = models.DecimalField(_("quantité"), max_digits=12, decimal_places=4)
    unit = models.CharField(_("unité"), max_length=3, choices=Unit, default=Unit.ONE)
    unit_price = models.DecimalField(_("prix unitaire HT"), max_digits=12, decimal_places=4)
    nature = models.CharField(
        _("nature de vente"), max_length=8, choices=SaleNature, default=SaleNature.SERVICES
    )
    discount_rate = RateField(_("remise"), null=True, blank=True)
    discount_amount = MoneyField(_("remise (€)"), null=True, blank=True)
    vat_rate = models.ForeignKey(
        "invoicing.VatRate", models.PROTECT, related_name="+", verbose_name=_("taux de TVA")
    )
    net = MoneyField(_("montant HT"))

    class Meta:
        verbose_name = _("ligne de facture")
        verbose_name_plural = _("lignes de facture")
        ordering = ["invoice_id", "position"]
        constraints = [
            models.UniqueConstraint(name="invoiceline_position_once", fields=["invoice", "position"]),
            models.CheckConstraint(name="invoiceline_unit_known", condition=Q(unit__in=Unit.values)),
            models.CheckConstraint(
                name="invoiceline_nature_known", condition=Q(nature__in=SaleNature.values)
            ),
            models.CheckConstraint(name="invoiceline_price_positive", condition=Q(unit_price__gte=0)),
            models.CheckConstraint(name="invoiceline_quantity_some", condition=~Q(quantity=0)),
            models.CheckConstraint(
                name="invoiceline_one_discount",
                condition=Q(discount_rate__isnull=True) | Q(discount_amount__isnull=True),
            ),
            models.CheckConstraint(
                name="invoiceline_discount_share",
                condition=Q(discount_rate__isnull=True) | Q(discount_rate__gte=0, discount_rate__lte=1),
            ),
            models.CheckConstraint(
                name="invoiceline_discount_positive",
                condition=Q(discount_amount__isnull=True) | Q(discount_amount__gte=0),
            ),
        ]
        triggers = [part_of_draft("invoiceline"), no_truncate("invoiceline")]

    def __str__(self) -> str:
        return self.label

    @property
    def gross(self) -> Decimal:
        """Quantity × price before discount."""
        return line_gross(self.priced)

    @property
    def discount(self) -> Decimal:
        """What the discount takes off, in euros."""
        return self.gross - self.net

    @property
    def priced(self) -> PricedLine:
        return PricedLine(
            quantity=self.quantity,
            unit_price=self.unit_price,
            category=self.vat_rate.category,
            rate=self.vat_rate.rate,
            discount_rate=self.discount_rate,
            discount_amount=self.discount_amount,
        )


class InvoiceTax(models.Model):
    """Base and tax of one category and rate of a document (BG-23)."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="taxes", verbose_name=_("facture"))
    category = models.CharField(_("catégorie"), max_length=2, choices=VatCategory)
    rate = RateField(_("taux"))
    base = MoneyField(_("base HT"))
    tax = MoneyField(_("TVA"))

    class Meta:
        verbose_name = _("TVA d’une facture")
        verbose_name_plural = _("TVA des factures")
        ordering = ["invoice_id", "-rate", "category"]
        constraints = [
            models.UniqueConstraint(name="invoicetax_group_once", fields=["invoice", "category", "rate"]),
            models.CheckConstraint(
                name="invoicetax_category_known", condition=Q(category__in=VatCategory.values)
            ),
        ]
        triggers = [part_of_draft("invoicetax"), no_truncate("invoicetax")]

    def __str__(self) -> str:
        return f"{self.percent} %"

    @property
    def percent(self) -> Decimal:
        return percent(self.rate)

    @property
    def group(self) -> TaxGroup:
        return TaxGroup(self.category, self.rate, self.base, self.tax)
