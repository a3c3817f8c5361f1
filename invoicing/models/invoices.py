"""Invoices and credit notes: drafts that change, then issued documents that never change again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField, RateField
from cae.core.permanence import no_truncate
from cae.core.plain import PlainText
from cae.core.questions import Given
from invoicing.models.documents import SaleDocument, SaleLine, SaleTax
from invoicing.models.sight import in_sight
from invoicing.models.triggers import frozen_document, part_of_draft
from invoicing.states.parts import MAX_RETENTION, InvoicePart
from invoicing.states.sales import CreditPart, InvoiceKind, InvoiceState, Settlement


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(in_sight(user))

    def issued(self) -> Self:
        return self.filter(state=InvoiceState.ISSUED)

    def drafts(self) -> Self:
        return self.filter(state=InvoiceState.DRAFT)

    def invoices(self) -> Self:
        return self.filter(kind=InvoiceKind.INVOICE)

    def overdue(self, on: date | Given) -> Self:
        """Issued, past their due date and not settled: what the settlement says, in plain conditions, since
        PostgreSQL cannot tell how many rows bear a word that it works out."""
        late = self.issued().invoices().with_settlement(on).filter(due_on__lt=on, balance__due__gt=0)
        return late.exclude(_only_released_is_due(on))

    def with_settlement(self, on: date | Given) -> Self:
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
                When(balance__due=0, balance__lost__gt=0, then=Value(Settlement.WRITTEN_OFF.value)),
                When(balance__due=0, then=Value(Settlement.SETTLED.value)),
                When(_only_released_is_due(on), then=Value(Settlement.PARTLY_SETTLED.value)),
                When(due_on__lt=on, then=Value(Settlement.OVERDUE.value)),
                When(begun, then=Value(Settlement.PARTLY_SETTLED.value)),
                default=Value(Settlement.TO_PAY.value),
                output_field=models.CharField(),
            ),
        )


def _only_released_is_due(on: date | Given) -> Q:
    """All but the retention was paid, and the retention, released, has a due date of its own."""
    return Q(retained__gt=0, release__due_on__gte=on, balance__due__lte=F("retained"))


class Invoice(SaleDocument):
    """An invoice (facture) or a credit note (avoir). Numbered if and only if issued."""

    kind = models.CharField(_("nature"), max_length=11, choices=InvoiceKind, default=InvoiceKind.INVOICE)
    state = models.CharField(_("état"), max_length=9, choices=InvoiceState, default=InvoiceState.DRAFT)
    number = models.CharField(_("numéro"), max_length=35, null=True, unique=True, editable=False)
    issued_on = models.DateField(_("date d’émission"), null=True, editable=False, db_index=True)
    due_on = models.DateField(_("échéance"), null=True, blank=True)
    delivered_on = models.DateField(_("date de la livraison ou de la prestation"), null=True, blank=True)
    quote = models.ForeignKey(
        "invoicing.Quote", models.PROTECT, null=True, related_name="invoices", verbose_name=_("devis")
    )
    part = models.CharField(
        _("partie du devis"), max_length=8, choices=InvoicePart, default=InvoicePart.WHOLE, editable=False
    )
    instalment = models.ForeignKey(
        "invoicing.QuoteInstalment",
        models.PROTECT,
        null=True,
        related_name="invoices",
        verbose_name=_("échéance"),
    )
    situation = models.PositiveSmallIntegerField(_("situation n°"), null=True, editable=False)
    # What the customer keeps until it is released: due later, never a discount.
    retention_rate = RateField(_("retenue de garantie"), null=True, editable=False)
    retained = MoneyField(_("montant retenu"), default=Decimal("0.00"), editable=False)
    retained_until = models.DateField(_("libération prévue le"), null=True, editable=False)
    credited = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="credit_notes", verbose_name=_("facture d’origine")
    )
    credit_part = models.CharField(_("part annulée"), max_length=5, choices=CreditPart, blank=True)
    credit_reason = models.CharField(_("motif de l’avoir"), max_length=250, blank=True)
    xml_sha256 = models.CharField(_("empreinte des données"), max_length=64, blank=True, editable=False)
    seal = models.CharField(_("sceau"), max_length=64, blank=True, editable=False)
    previous_seal = models.CharField(_("sceau précédent"), max_length=64, blank=True, editable=False)
    pdf = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("PDF archivé")
    )

    objects = InvoiceQuerySet.as_manager()

    class Meta(SaleDocument.Meta):
        verbose_name = _("facture")
        verbose_name_plural = _("factures")
        ordering = [F("issued_on").desc(nulls_first=True), "-pk"]
        indexes = [
            models.Index(fields=["activity", "state", "issued_on"], name="invoice_of_activity"),
            # The few that are not numbered yet, among all that were: drafts to finish, documents to check.
            models.Index(
                fields=["state", "activity"],
                condition=Q(state__in=[InvoiceState.DRAFT, InvoiceState.SUBMITTED]),
                name="invoice_waiting",
            ),
            # The first page of everybody's list, however long it is.
            models.Index(F("issued_on").desc(nulls_first=True), F("id").desc(), name="invoice_in_order"),
            # A part of the number or an amount, for the search everywhere.
            GinIndex(fields=["number"], opclasses=["gin_trgm_ops"], name="invoice_found"),
            GinIndex(OpClass(PlainText("order_reference"), name="gin_trgm_ops"), name="invoice_ordered"),
            models.Index(fields=["total_incl_tax"], name="invoice_incl_tax"),
            models.Index(fields=["total_excl_tax"], name="invoice_excl_tax"),
        ]
        constraints = [
            *SaleDocument.Meta.constraints,
            models.CheckConstraint(name="invoice_kind_known", condition=Q(kind__in=InvoiceKind.values)),
            models.CheckConstraint(name="invoice_state_known", condition=Q(state__in=InvoiceState.values)),
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
            models.CheckConstraint(name="invoice_part_known", condition=Q(part__in=InvoicePart.values)),
            models.CheckConstraint(
                name="invoice_part_of_quote",
                condition=Q(part=InvoicePart.WHOLE) | Q(kind=InvoiceKind.INVOICE, quote__isnull=False),
            ),
            models.CheckConstraint(
                name="invoice_situation_numbered",
                condition=Q(part=InvoicePart.PROGRESS, situation__isnull=False)
                | (~Q(part=InvoicePart.PROGRESS) & Q(situation__isnull=True)),
            ),
            # What is left of a quote is known once what is being prepared is issued or given up.
            models.UniqueConstraint(
                name="invoice_one_part_prepared",
                fields=["quote"],
                condition=Q(state__in=[InvoiceState.DRAFT, InvoiceState.SUBMITTED])
                & ~Q(part=InvoicePart.WHOLE),
            ),
            models.CheckConstraint(
                name="invoice_retained_by_rate",
                condition=Q(retention_rate__isnull=True, retained=0)
                | Q(
                    part__in=[InvoicePart.PROGRESS, InvoicePart.BALANCE],
                    retention_rate__gt=0,
                    retention_rate__lte=MAX_RETENTION,
                    retained__gte=0,
                    retained__lte=F("total_incl_tax"),
                ),
            ),
            models.CheckConstraint(
                name="invoice_retained_until_known",
                condition=~Q(state=InvoiceState.ISSUED)
                | Q(retained=0, retained_until__isnull=True)
                | Q(retained__gt=0, retained_until__gte=F("issued_on")),
            ),
            # A credit note may give back disbursements alone.
            models.CheckConstraint(
                name="invoice_issued_positive",
                condition=~Q(state=InvoiceState.ISSUED)
                | Q(total_incl_tax__gt=0)
                | Q(kind=InvoiceKind.CREDIT_NOTE, total_incl_tax=0, disbursed__gt=0),
            ),
            models.CheckConstraint(
                name="invoice_part_disburses_nothing", condition=Q(part=InvoicePart.WHOLE) | Q(disbursed=0)
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
    def is_part(self) -> bool:
        """One of the documents in which a quote is invoiced: its amounts come from the quote."""
        return self.part != InvoicePart.WHOLE

    @property
    def is_issued(self) -> bool:
        return self.state == InvoiceState.ISSUED

    @property
    def is_draft(self) -> bool:
        return self.state == InvoiceState.DRAFT

    @property
    def is_submitted(self) -> bool:
        return self.state == InvoiceState.SUBMITTED


class InvoiceLine(SaleLine):
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines", verbose_name=_("facture"))
    # The earlier part of the quote that this line takes off.
    deducts = models.ForeignKey(
        Invoice, models.PROTECT, null=True, related_name="deductions", verbose_name=_("facture déduite")
    )
    # Of a situation: the line of the quote, and the share of it that is reached.
    quote_line = models.ForeignKey(
        "invoicing.QuoteLine",
        models.PROTECT,
        null=True,
        related_name="invoiced",
        verbose_name=_("ligne du devis"),
    )
    reached = RateField(_("avancement"), null=True)

    class Meta(SaleLine.Meta):
        verbose_name = _("ligne de facture")
        verbose_name_plural = _("lignes de facture")
        ordering = ["invoice_id", "position"]
        constraints = [
            *SaleLine.Meta.constraints,
            models.UniqueConstraint(name="invoiceline_position_once", fields=["invoice", "position"]),
            models.CheckConstraint(
                name="invoiceline_reached_share",
                condition=Q(reached__isnull=True)
                | Q(reached__gte=0, reached__lte=1, quote_line__isnull=False),
            ),
        ]
        triggers = [part_of_draft("invoiceline", of="invoice"), no_truncate("invoiceline")]


class InvoiceTax(SaleTax):
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="taxes", verbose_name=_("facture"))

    class Meta(SaleTax.Meta):
        verbose_name = _("TVA d’une facture")
        verbose_name_plural = _("TVA des factures")
        ordering = ["invoice_id", "-rate", "category"]
        constraints = [
            *SaleTax.Meta.constraints,
            models.UniqueConstraint(name="invoicetax_group_once", fields=["invoice", "category", "rate"]),
        ]
        triggers = [part_of_draft("invoicetax", of="invoice"), no_truncate("invoicetax")]
