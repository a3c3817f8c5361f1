"""A supplier's invoice or credit note: lines, taxes as printed, what each section bears (INV-47, INV-49)."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField, RateField
from cae.core.permanence import no_truncate
from invoicing.calculations.totals import percent
from invoicing.models.purchase_triggers import frozen_purchase, part_of_open
from invoicing.models.sight import in_sight, scopes_in_sight
from invoicing.states.purchases import (
    EURO,
    OPEN,
    POSTED,
    DisputeKind,
    PurchaseKind,
    PurchaseState,
)


class PurchaseQuerySet(models.QuerySet["Purchase"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the activities in sight, and those that a section in sight bears a part of."""
        if scopes_in_sight(user) is None:
            return self
        borne = PurchaseShare.objects.filter(in_sight(user, "section__activity"), purchase=OuterRef("pk"))
        return self.filter(in_sight(user) | Exists(borne))


class Purchase(models.Model):
    """What a supplier asks for (achat); a credit note has positive amounts that go the other way."""

    kind = models.CharField(_("nature"), max_length=11, choices=PurchaseKind, default=PurchaseKind.INVOICE)
    state = models.CharField(
        _("état"), max_length=8, choices=PurchaseState, default=PurchaseState.RECEIVED, editable=False
    )
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    supplier = models.ForeignKey(
        "invoicing.Supplier", models.PROTECT, related_name="purchases", verbose_name=_("fournisseur")
    )
    # Nothing: a common cost, whose shares say who bears it.
    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="purchases",
        verbose_name=_("activité"),
    )
    number = models.CharField(_("numéro de la facture"), max_length=60)
    # Its letters and digits alone: what tells that one comes twice.
    number_key = models.CharField(max_length=60, editable=False)
    on = models.DateField(_("datée du"), db_index=True)
    due_on = models.DateField(_("échéance"))
    received_on = models.DateField(_("reçue le"))
    purpose = models.CharField(_("objet"), max_length=250, blank=True)
    currency = models.CharField(_("devise"), max_length=3, default=EURO)
    currency_note = models.CharField(_("montant dans cette devise"), max_length=100, blank=True)
    order = models.ForeignKey(
        "invoicing.PurchaseOrder",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="purchases",
        verbose_name=_("commande fournisseur"),
    )
    advanced_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="advanced_purchases",
        verbose_name=_("avancée par"),
    )
    split_key = models.ForeignKey(
        "invoicing.SplitKey",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="purchases",
        verbose_name=_("clé de répartition"),
    )
    total_net = MoneyField(_("total HT"))
    total_tax = MoneyField(_("total TVA"))
    total_gross = MoneyField(_("total TTC"))
    # The account that the document asks to be paid on; payment goes to the confirmed one.
    iban_seen = models.CharField(_("IBAN de la facture"), max_length=34, blank=True)
    # What does not add up in a file that was read: [code, written, found, where].
    doubts = models.JSONField(_("points à vérifier"), default=list, editable=False)
    document = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("fichier")
    )
    was_read = models.BooleanField(_("lue par la machine"), default=False, editable=False)
    reason_code = models.CharField(_("motif"), max_length=20, blank=True, editable=False)
    reason = models.CharField(_("précision"), max_length=500, blank=True, editable=False)
    dispute_kind = models.CharField(
        _("sorte de litige"), max_length=3, choices=DisputeKind, blank=True, editable=False
    )
    entry = models.OneToOneField(
        "accounting.Entry", models.PROTECT, null=True, related_name="+", verbose_name=_("écriture")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("approuvé par")
    )
    approved_at = models.DateTimeField(_("approuvé le"), null=True, editable=False)
    paid_on = models.DateField(_("payé le"), null=True, editable=False)
    # A credit note: the invoice whose payment it lowers.
    imputed_on = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="imputed", verbose_name=_("imputé sur")
    )
    note = models.TextField(_("note interne"), max_length=2000, blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("enregistré le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("enregistré par"),
    )

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("achat")
        verbose_name_plural = _("achats")
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["activity", "state", "on"], name="purchase_of_activity"),
            models.Index(fields=["state", "due_on"], name="purchase_due"),
        ]
        constraints = [
            models.CheckConstraint(name="purchase_kind_known", condition=Q(kind__in=PurchaseKind.values)),
            models.CheckConstraint(name="purchase_state_known", condition=Q(state__in=PurchaseState.values)),
            models.CheckConstraint(name="purchase_numbered", condition=~Q(number="") & ~Q(number_key="")),
            # A refused document may come back, corrected, under its number.
            models.UniqueConstraint(
                F("supplier"),
                F("number_key"),
                ExtractYear("on"),
                name="purchase_once",
                condition=~Q(state=PurchaseState.REFUSED),
            ),
            models.CheckConstraint(
                name="purchase_totals_agree", condition=Q(total_gross=F("total_net") + F("total_tax"))
            ),
            models.CheckConstraint(name="purchase_of_money", condition=Q(total_gross__gt=0)),
            models.CheckConstraint(name="purchase_due_after_date", condition=Q(due_on__gte=F("on"))),
            models.CheckConstraint(
                name="purchase_posted_whole",
                condition=Q(
                    state__in=POSTED,
                    entry__isnull=False,
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                )
                | ~Q(state__in=POSTED) & Q(entry__isnull=True, approved_at__isnull=True),
            ),
            models.CheckConstraint(
                name="purchase_answer_says_why",
                condition=~Q(state__in=[PurchaseState.DISPUTED, PurchaseState.REFUSED]) | ~Q(reason_code=""),
            ),
            models.CheckConstraint(
                name="purchase_paid_dated",
                condition=Q(state=PurchaseState.PAID, paid_on__isnull=False)
                | ~Q(state=PurchaseState.PAID) & Q(paid_on__isnull=True),
            ),
            models.CheckConstraint(
                name="purchase_credit_imputed",
                condition=Q(imputed_on__isnull=True)
                | Q(kind=PurchaseKind.CREDIT_NOTE, state=PurchaseState.PAID) & ~Q(imputed_on=F("pk")),
            ),
            models.CheckConstraint(name="purchase_currency_shape", condition=Q(currency__regex="^[A-Z]{3}$")),
            models.CheckConstraint(
                name="purchase_foreign_says_how_much", condition=Q(currency=EURO) | ~Q(currency_note="")
            ),
        ]
        triggers = [*frozen_purchase(), no_truncate("purchase")]

    def __str__(self) -> str:
        return f"{self.supplier} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("invoicing:purchase_detail", args=[self.pk])

    @property
    def is_credit_note(self) -> bool:
        return self.kind == PurchaseKind.CREDIT_NOTE

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_posted(self) -> bool:
        return self.state in POSTED

    def is_overdue(self, on: date) -> bool:
        return self.state not in (PurchaseState.PAID, PurchaseState.REFUSED) and self.due_on < on


class PurchaseLine(models.Model):
    """One line as printed, and what the cooperative makes of it: account, VAT recovered, who bears it."""

    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="lines", verbose_name=_("achat"))
    position = models.PositiveSmallIntegerField(_("rang"))
    label = models.CharField(_("désignation"), max_length=250)
    quantity = models.DecimalField(_("quantité"), max_digits=11, decimal_places=4, null=True, blank=True)
    net = MoneyField(_("HT"))
    rate = RateField(_("taux de TVA"))
    # Nothing: the accountant chooses it before approving.
    account = models.ForeignKey(
        "accounting.Account",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("compte de charge"),
    )
    recovery = RateField(_("part de TVA récupérée"), default=Decimal(1))
    # Nothing: spread like the whole purchase.
    section = models.ForeignKey(
        "accounting.AnalyticAccount",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("supportée par"),
    )
    # The grant that pays it; judged when the purchase is approved.
    fund = models.ForeignKey(
        "accounting.Fund",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("payée par la subvention"),
    )
    order_line = models.ForeignKey(
        "invoicing.PurchaseOrderLine",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invoiced",
        verbose_name=_("ligne de commande"),
    )

    class Meta:
        verbose_name = _("ligne d’achat")
        verbose_name_plural = _("lignes d’achat")
        ordering = ["purchase", "position"]
        constraints = [
            models.UniqueConstraint(name="purchaseline_position_once", fields=["purchase", "position"]),
            models.CheckConstraint(
                name="purchaseline_rate_within", condition=Q(rate__gte=0) & Q(rate__lte=1)
            ),
            models.CheckConstraint(
                name="purchaseline_recovery_within", condition=Q(recovery__gte=0) & Q(recovery__lte=1)
            ),
        ]
        triggers = [
            part_of_open("purchaseline", of="purchase", table="purchase", closed="entry_id"),
            no_truncate("purchaseline"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def percent(self) -> Decimal:
        return percent(self.rate)


class PurchaseTax(models.Model):
    """VAT of one rate, as the document prints it."""

    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="taxes", verbose_name=_("achat"))
    rate = RateField(_("taux"))
    base = MoneyField(_("base HT"))
    tax = MoneyField(_("TVA"))

    class Meta:
        verbose_name = _("TVA d’un achat")
        verbose_name_plural = _("TVA des achats")
        ordering = ["purchase", "-rate"]
        constraints = [
            models.UniqueConstraint(name="purchasetax_rate_once", fields=["purchase", "rate"]),
            models.CheckConstraint(name="purchasetax_rate_within", condition=Q(rate__gte=0) & Q(rate__lte=1)),
        ]
        triggers = [
            part_of_open("purchasetax", of="purchase", table="purchase", closed="entry_id"),
            no_truncate("purchasetax"),
        ]

    def __str__(self) -> str:
        return f"{percent(self.rate)} %"

    @property
    def percent(self) -> Decimal:
        return percent(self.rate)


class PurchaseShare(models.Model):
    """What one section bears of a purchase, and what is paid from it."""

    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="shares", verbose_name=_("achat"))
    section = models.ForeignKey(
        "accounting.AnalyticAccount",
        models.PROTECT,
        related_name="purchase_shares",
        verbose_name=_("section analytique"),
    )
    # Nothing: only the lines that name the section.
    weight = models.DecimalField(_("poids"), max_digits=12, decimal_places=4, null=True, blank=True)
    net = MoneyField(_("HT"), default=Decimal("0.00"))
    tax = MoneyField(_("TVA"), default=Decimal("0.00"))
    gross = MoneyField(_("TTC"), default=Decimal("0.00"))

    class Meta:
        verbose_name = _("part d’achat")
        verbose_name_plural = _("parts d’achat")
        ordering = ["purchase", "section__label", "pk"]
        constraints = [
            models.UniqueConstraint(name="purchaseshare_section_once", fields=["purchase", "section"]),
            models.CheckConstraint(
                name="purchaseshare_weighs", condition=Q(weight__isnull=True) | Q(weight__gt=0)
            ),
            models.CheckConstraint(name="purchaseshare_totals_agree", condition=Q(gross=F("net") + F("tax"))),
        ]
        triggers = [
            part_of_open("purchaseshare", of="purchase", table="purchase", closed="entry_id"),
            no_truncate("purchaseshare"),
        ]

    def __str__(self) -> str:
        return f"{self.purchase} · {self.section}"
