"""What each activity has of a joint quote, of its documents and of their money (INV-20)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField, RateField
from cae.core.permanence import append_only, no_truncate
from cae.core.questions import GivenKeys
from invoicing.calculations.totals import percent
from invoicing.models.joint_triggers import (
    payment_parts_whole,
    shares_of_open_quote,
    shifts_to_nothing,
    tax_parts_whole,
)
from invoicing.models.sight import scopes_in_sight


class QuoteShare(models.Model):
    """What one activity bears of a joint quote, and its agreement; frozen with the quote."""

    quote = models.ForeignKey(
        "invoicing.Quote", models.PROTECT, related_name="shares", verbose_name=_("devis")
    )
    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="quote_shares", verbose_name=_("activité")
    )
    rate = RateField(_("part"))
    asked_at = models.DateTimeField(_("accord demandé le"), null=True, editable=False)
    agreed_at = models.DateTimeField(_("accord donné le"), null=True, editable=False)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("accord de")
    )

    class Meta:
        verbose_name = _("part d’un devis conjoint")
        verbose_name_plural = _("parts de devis conjoints")
        ordering = ["quote_id", "pk"]
        constraints = [
            models.UniqueConstraint(name="quoteshare_once", fields=["quote", "activity"]),
            models.CheckConstraint(name="quoteshare_share", condition=Q(rate__gt=0, rate__lt=1)),
            models.CheckConstraint(
                name="quoteshare_agreed_by_somebody",
                condition=Q(agreed_by__isnull=True) | Q(agreed_at__isnull=False),
            ),
        ]
        indexes = [
            # Those that wait for an answer, of an activity.
            models.Index(
                fields=["activity"],
                condition=Q(asked_at__isnull=False, agreed_at__isnull=True),
                name="quoteshare_waiting",
            ),
        ]
        triggers = [shares_of_open_quote(), no_truncate("quoteshare")]

    def __str__(self) -> str:
        return f"{self.activity} · {self.percent} %"

    @property
    def percent(self) -> Decimal:
        return percent(self.rate)


def in_shared_sight(user: Any) -> Q:
    """The condition on quotes of which an activity in sight has a share."""
    seen = scopes_in_sight(user)
    return Q() if seen is None else Q(pk__in=_quotes_of(Q(activity__scope_id__among=seen)))


def within_shares() -> Q:
    """The same in a question (models/sight.py `within`)."""
    return Q(pk__in=_quotes_of(Q(activity__scope_id__in=GivenKeys("scopes"))))


def has_share_in_sight(user: Any, quote: Any) -> bool:
    """Tells the same of one quote."""
    return quote.is_joint and type(quote).objects.filter(in_shared_sight(user), pk=quote.pk).exists()


def _quotes_of(condition: Q) -> models.QuerySet[QuoteShare, Any]:
    return QuoteShare.objects.filter(condition).order_by().values("quote")


class LineShare(models.Model):
    """What one activity has of a line of an issued document, before discounts and after."""

    line = models.ForeignKey(
        "invoicing.InvoiceLine", models.PROTECT, related_name="shares", verbose_name=_("ligne")
    )
    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="+", verbose_name=_("activité")
    )
    gross = MoneyField(_("avant remise"))
    net = MoneyField(_("montant HT"))

    class Meta:
        verbose_name = _("part d’une ligne")
        verbose_name_plural = _("parts de lignes")
        ordering = ["line_id", "pk"]
        constraints = [models.UniqueConstraint(name="lineshare_once", fields=["line", "activity"])]
        triggers = append_only("lineshare")

    def __str__(self) -> str:
        return f"{self.activity} · {self.net}"


class TaxShare(models.Model):
    """What one activity has of the base and of the tax of a rate of an issued document."""

    of = models.ForeignKey(
        "invoicing.InvoiceTax", models.PROTECT, related_name="shares", verbose_name=_("TVA de la facture")
    )
    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="tax_shares", verbose_name=_("activité")
    )
    base = MoneyField(_("base HT"))
    tax = MoneyField(_("TVA"))

    class Meta:
        verbose_name = _("part d’une facture conjointe")
        verbose_name_plural = _("parts de factures conjointes")
        ordering = ["of_id", "pk"]
        constraints = [models.UniqueConstraint(name="taxshare_once", fields=["of", "activity"])]
        triggers = [*append_only("taxshare"), tax_parts_whole()]

    def __str__(self) -> str:
        return f"{self.activity} · {self.base}"


class PaidShift(models.Model):
    """Money already received that goes from one activity to another when a credit note settles its invoice:
    what stands is what was paid, for each of them."""

    note = models.ForeignKey(
        "invoicing.Invoice", models.PROTECT, related_name="shifts", verbose_name=_("avoir")
    )
    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="+", verbose_name=_("activité")
    )
    amount = MoneyField(_("montant"))

    class Meta:
        verbose_name = _("encaissement réparti à nouveau")
        verbose_name_plural = _("encaissements répartis à nouveau")
        ordering = ["note_id", "pk"]
        constraints = [models.UniqueConstraint(name="paidshift_once", fields=["note", "activity"])]
        triggers = [*append_only("paidshift"), shifts_to_nothing()]

    def __str__(self) -> str:
        return f"{self.activity} · {self.amount}"


class PaymentShare(models.Model):
    """What one activity has of a payment."""

    payment = models.ForeignKey(
        "invoicing.Payment", models.PROTECT, related_name="shares", verbose_name=_("règlement")
    )
    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="+", verbose_name=_("activité")
    )
    amount = MoneyField(_("montant"))
    advance = MoneyField(_("dont avance"), default=Decimal("0.00"))

    class Meta:
        verbose_name = _("part d’un règlement")
        verbose_name_plural = _("parts de règlements")
        ordering = ["payment_id", "pk"]
        constraints = [models.UniqueConstraint(name="paymentshare_once", fields=["payment", "activity"])]
        triggers = [*append_only("paymentshare"), payment_parts_whole()]

    def __str__(self) -> str:
        return f"{self.activity} · {self.amount}"
