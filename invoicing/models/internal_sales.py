"""What one activity does for another of the same cooperative, and what is given back of it (INV-31)."""

from __future__ import annotations

import uuid
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.permanence import append_only
from invoicing.models.sight import in_sight, scopes_in_sight
from invoicing.states.joint import AGREED, SHOWN_TO_BUYER, InternalState

# Locking the sale makes two credit notes written at once wait for each other.
_CREDIT_WITHIN = """
    PERFORM 1 FROM invoicing_internalsale WHERE id = NEW.sale_id FOR NO KEY UPDATE;
    IF NOT EXISTS (
        SELECT 1 FROM invoicing_internalsale sale
        WHERE sale.id = NEW.sale_id AND sale.state = 'invoiced' AND sale.invoiced_on <= NEW."on"
        AND sale.amount >= NEW.amount + COALESCE((
            SELECT SUM(credit.amount) FROM invoicing_internalcredit credit WHERE credit.sale_id = NEW.sale_id
        ), 0)
    ) THEN
        RAISE EXCEPTION 'pgtrigger: credit notes exceed internal sale %', NEW.sale_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


class InternalSaleQuerySet(models.QuerySet["InternalSale"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the activities in sight: all as a seller, what was proposed as a buyer."""
        if scopes_in_sight(user) is None:
            return self.all()
        bought = in_sight(user, "buyer") & Q(state__in=SHOWN_TO_BUYER)
        return self.filter(in_sight(user, "seller") | bought)


class InternalSale(models.Model):
    """A work agreed between two activities, from the offer to the invoice: one price, no tax, no cash."""

    seller = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="internal_sales", verbose_name=_("vendeuse")
    )
    buyer = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        related_name="internal_purchases",
        verbose_name=_("acheteuse"),
    )
    number = models.CharField(_("numéro"), max_length=35, unique=True, null=True, editable=False)
    title = models.CharField(_("objet"), max_length=160)
    description = models.TextField(_("détail"), max_length=4000, blank=True)
    amount = MoneyField(_("montant"))
    state = models.CharField(
        _("état"), max_length=9, choices=InternalState, default=InternalState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    offered_on = models.DateField(_("proposée le"), null=True, editable=False)
    answered_on = models.DateField(_("réponse le"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("réponse de")
    )
    refusal_reason = models.CharField(_("motif du refus"), max_length=250, blank=True)
    invoiced_on = models.DateField(_("facturée le"), null=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("créée le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("créée par")
    )

    objects = InternalSaleQuerySet.as_manager()

    class Meta:
        verbose_name = _("vente interne")
        verbose_name_plural = _("ventes internes")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="internalsale_state_known", condition=Q(state__in=InternalState.values)
            ),
            models.CheckConstraint(name="internalsale_titled", condition=~Q(title="")),
            models.CheckConstraint(name="internalsale_worth", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="internalsale_between_two", condition=~Q(seller=F("buyer"))),
            models.CheckConstraint(
                name="internalsale_offered",
                condition=Q(offered_on__isnull=False)
                | Q(state__in=[InternalState.DRAFT, InternalState.DISCARDED]),
            ),
            models.CheckConstraint(
                name="internalsale_answered",
                condition=Q(answered_on__isnull=False, state__in=[*AGREED, InternalState.DECLINED])
                | (Q(answered_on__isnull=True) & ~Q(state__in=[*AGREED, InternalState.DECLINED])),
            ),
            models.CheckConstraint(
                name="internalsale_refused_with_reason",
                condition=Q(state=InternalState.DECLINED) & ~Q(refusal_reason="")
                | ~Q(state=InternalState.DECLINED) & Q(refusal_reason=""),
            ),
            models.CheckConstraint(
                name="internalsale_invoiced",
                condition=Q(state=InternalState.INVOICED, number__isnull=False, invoiced_on__isnull=False)
                | (Q(number__isnull=True, invoiced_on__isnull=True) & ~Q(state=InternalState.INVOICED)),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="internalsale_seller_kept", fields=["seller", "created_at", "created_by"]
            ),
            # What the buyer reads, then agrees to, changes no more.
            pgtrigger.Protect(
                name="internalsale_agreed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'draft' AND (OLD.buyer_id, OLD.amount, OLD.title, OLD.description)"
                    " IS DISTINCT FROM (NEW.buyer_id, NEW.amount, NEW.title, NEW.description)"
                ),
            ),
            pgtrigger.Protect(
                name="internalsale_invoiced_for_good",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=InternalState.INVOICED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.title}" if self.number else self.title

    def get_absolute_url(self) -> str:
        return reverse("invoicing:internal_detail", args=[self.pk])

    @property
    def is_agreed(self) -> bool:
        """The buyer accepted it, invoiced or not."""
        return self.state in AGREED


class InternalCredit(models.Model):
    """What the seller gives back of an internal invoice: never changed, never above it."""

    sale = models.ForeignKey(
        InternalSale, models.PROTECT, related_name="credits", verbose_name=_("vente interne")
    )
    number = models.CharField(_("numéro"), max_length=35, unique=True, editable=False)
    on = models.DateField(_("date"))
    amount = MoneyField(_("montant"))
    reason = models.CharField(_("motif"), max_length=250)
    form_key = models.UUIDField(unique=True, editable=False)
    created_at = models.DateTimeField(_("créé le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("créé par")
    )

    class Meta:
        verbose_name = _("avoir interne")
        verbose_name_plural = _("avoirs internes")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(name="internalcredit_worth", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="internalcredit_explained", condition=~Q(reason="")),
        ]
        triggers = [
            *append_only("internalcredit"),
            pgtrigger.Trigger(
                name="internalcredit_within",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_CREDIT_WITHIN,
            ),
        ]

    def __str__(self) -> str:
        return self.number
