"""What a quote and an invoice have in common: heading, lines, taxes, and who has the document since when."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField, RateField
from entrepreneurs.states.trades import Unit
from invoicing.calculations.totals import PricedLine, TaxGroup, line_gross, percent
from invoicing.states.sales import Operation, SaleNature, VatCategory, VatDueOn


class SaleDocument(models.Model):
    """Heading of a document of an activity; its totals are those of its lines (services/writing.py)."""

    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="%(class)ss", verbose_name=_("activité")
    )
    customer = models.ForeignKey(
        "invoicing.Customer", models.PROTECT, related_name="%(class)ss", verbose_name=_("client")
    )
    purpose = models.CharField(_("objet"), max_length=250, blank=True)
    order_reference = models.CharField(_("numéro de commande"), max_length=100, blank=True)
    operation = models.CharField(
        _("catégorie de l’opération"), max_length=8, choices=Operation, default=Operation.SERVICES
    )
    vat_due_on = models.CharField(_("TVA due sur"), max_length=8, choices=VatDueOn, default=VatDueOn.RECEIPTS)
    # On the whole document, over every rate: a share kept as typed, or an amount before tax, never both.
    discount_rate = RateField(_("remise sur le total"), null=True, blank=True)
    discount_amount = MoneyField(_("remise sur le total (€ HT)"), null=True, blank=True)
    internal_note = models.TextField(_("note interne"), max_length=4000, blank=True)
    total_excl_tax = MoneyField(_("total HT"), default=Decimal("0.00"))
    total_tax = MoneyField(_("total TVA"), default=Decimal("0.00"))
    total_incl_tax = MoneyField(_("total TTC"), default=Decimal("0.00"))
    # Paid in the name of the customer: owed besides the sale, in none of its totals.
    disbursed = MoneyField(_("débours"), default=Decimal("0.00"), editable=False)
    # Every fact that the document says, once it changes no more: what its PDF is made from.
    facts = models.JSONField(_("contenu figé"), null=True, editable=False)
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    # Who took the document to check it, while it waits for the team.
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("relu par")
    )
    correction = models.TextField(_("correction demandée"), max_length=4000, blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Moves at each save of the draft, so that two tabs cannot overwrite each other.
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("créée le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("créée par")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_operation_known", condition=Q(operation__in=Operation.values)
            ),
            models.CheckConstraint(
                name="%(class)s_vat_due_known", condition=Q(vat_due_on__in=VatDueOn.values)
            ),
            models.CheckConstraint(
                name="%(class)s_one_discount",
                condition=Q(discount_rate__isnull=True) | Q(discount_amount__isnull=True),
            ),
            models.CheckConstraint(
                name="%(class)s_discount_share",
                condition=Q(discount_rate__isnull=True) | Q(discount_rate__gte=0, discount_rate__lte=1),
            ),
            models.CheckConstraint(
                name="%(class)s_discount_positive",
                condition=Q(discount_amount__isnull=True) | Q(discount_amount__gte=0),
            ),
            models.CheckConstraint(
                name="%(class)s_total_adds_up",
                condition=Q(total_incl_tax=models.F("total_excl_tax") + models.F("total_tax")),
            ),
            models.CheckConstraint(name="%(class)s_disbursed_some", condition=Q(disbursed__gte=0)),
        ]

    @property
    def to_pay(self) -> Decimal:
        """What the document asks for: the sale, and what was paid in the name of the customer."""
        return self.total_incl_tax + self.disbursed


class SaleLine(models.Model):
    """One line; a `group_title` opens a group that lasts until the next title."""

    position = models.PositiveSmallIntegerField(_("rang"))
    group_title = models.CharField(_("titre du groupe"), max_length=250, blank=True)
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
    item = models.ForeignKey(
        "invoicing.CatalogueItem",
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("article du catalogue"),
    )
    net = MoneyField(_("montant HT"))
    # Of a document shared line by line: the activity that does it, alone.
    borne_by = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, null=True, related_name="+", verbose_name=_("porté par")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(class)s_unit_known", condition=Q(unit__in=Unit.values)),
            models.CheckConstraint(name="%(class)s_nature_known", condition=Q(nature__in=SaleNature.values)),
            models.CheckConstraint(name="%(class)s_price_positive", condition=Q(unit_price__gte=0)),
            models.CheckConstraint(name="%(class)s_quantity_some", condition=~Q(quantity=0)),
            models.CheckConstraint(
                name="%(class)s_one_discount",
                condition=Q(discount_rate__isnull=True) | Q(discount_amount__isnull=True),
            ),
            models.CheckConstraint(
                name="%(class)s_discount_share",
                condition=Q(discount_rate__isnull=True) | Q(discount_rate__gte=0, discount_rate__lte=1),
            ),
            models.CheckConstraint(
                name="%(class)s_discount_positive",
                condition=Q(discount_amount__isnull=True) | Q(discount_amount__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def variant_of(self) -> str:
        """The choice of which this line opens a variant; of a quote only."""
        return ""

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


class SaleTax(models.Model):
    """Base and tax of one category and rate of a document (BG-23)."""

    category = models.CharField(_("catégorie"), max_length=2, choices=VatCategory)
    rate = RateField(_("taux"))
    base = MoneyField(_("base HT"))
    tax = MoneyField(_("TVA"))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_category_known", condition=Q(category__in=VatCategory.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} %"

    @property
    def percent(self) -> Decimal:
        return percent(self.rate)

    @property
    def group(self) -> TaxGroup:
        return TaxGroup(self.category, self.rate, self.base, self.tax)
