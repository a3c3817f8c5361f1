"""What shares lose and what is given back: losses borne by the capital, requests in their order (GOV-06)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.permanence import append_only
from governance.models.associates import Associate
from governance.models.shares import OfAssociateQuerySet, ShareClass
from governance.states.register import REFUND_SHAPES, LossCause, RefundState


class CapitalLoss(models.Model):
    """The part of the loss of a year that the shares bear once the reserves took theirs, by a decision; a
    mistake is put right by another row, negative."""

    closed_on = models.DateField(_("exercice clos le"))
    amount = MoneyField(_("perte supportée par le capital (€)"))
    # Nominal value, that day, of what bears it: the capital, and the shares withdrawn and not yet paid.
    whole = MoneyField(_("valeur des parts qui la supportent (€)"))
    decision = models.CharField(_("décision"), max_length=200)
    created_at = models.DateTimeField(_("noté le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("perte supportée par le capital")
        verbose_name_plural = _("pertes supportées par le capital")
        ordering = ["-closed_on", "pk"]
        constraints = [
            models.CheckConstraint(name="capital_loss_of_something", condition=~Q(amount=0) & Q(whole__gt=0)),
        ]
        triggers = append_only("capital_loss")

    def __str__(self) -> str:
        return str(_("perte de l’exercice clos le %(day)s") % {"day": self.closed_on.strftime("%d/%m/%Y")})


class Refund(models.Model):
    """A request for refund: its place in the queue, the value at the closing of the year, when it is due."""

    associate = models.ForeignKey(
        Associate, models.PROTECT, related_name="refunds", verbose_name=_("associé·e")
    )
    share_class = models.ForeignKey(
        ShareClass, models.PROTECT, related_name="refunds", verbose_name=_("parts")
    )
    quantity = models.PositiveIntegerField(_("nombre de parts"))
    # The order of requests is that of the queue (statutes, loi 47-1775 art. 18).
    asked_at = models.DateTimeField(_("demandé le"))
    cause = models.CharField(_("cause"), max_length=16, choices=LossCause, blank=True)
    # Loss of the status, or of a part of the shares when one stays.
    lost_on = models.DateField(_("perte de la qualité le"))
    state = models.CharField(
        _("état"), max_length=10, choices=RefundState, default=RefundState.ASKED, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_on = models.DateField(_("parts annulées le"), null=True, editable=False)
    # Closing of the year of the loss, and the part of its losses that the shares bear.
    valued_on = models.DateField(_("valeur au"), null=True, blank=True)
    losses = MoneyField(_("pertes de l’exercice (€)"), default=Decimal(0))
    later_losses = MoneyField(_("pertes des exercices suivants (€)"), default=Decimal(0))
    # Five years after the loss, unless the assembly decides sooner.
    payable_from = models.DateField(_("à payer à partir du"), null=True, blank=True)
    early_decision = models.CharField(_("décision de payer avant"), max_length=200, blank=True)
    paid_on = models.DateField(_("remboursé le"), null=True, editable=False)
    paid_amount = MoneyField(_("montant remboursé (€)"), null=True, editable=False)
    entry = models.ForeignKey(
        "accounting.Entry", models.PROTECT, null=True, related_name="+", verbose_name=_("écriture")
    )
    cancel_reason = models.CharField(_("motif"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("noté le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    objects = OfAssociateQuerySet.as_manager()

    class Meta:
        verbose_name = _("remboursement de parts")
        verbose_name_plural = _("remboursements de parts")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(name="refund_state_known", condition=Q(state__in=RefundState.values)),
            models.CheckConstraint(name="refund_of_shares", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="refund_losses_positive", condition=Q(losses__gte=0, later_losses__gte=0)
            ),
            models.CheckConstraint(
                name="refund_withdrawn_is_whole",
                condition=~Q(state__in=[RefundState.WITHDRAWN, RefundState.PAID])
                | Q(withdrawn_on__isnull=False, payable_from__isnull=False),
            ),
            models.CheckConstraint(
                name="refund_paid_is_whole",
                condition=Q(state=RefundState.PAID, paid_on__isnull=False, paid_amount__gte=0)
                | ~Q(state=RefundState.PAID) & Q(paid_on__isnull=True, paid_amount__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="refund_kept", operation=pgtrigger.Delete),
            # Its rank in the queue and what it asks never change; nor does what was paid.
            pgtrigger.Protect(
                name="refund_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state = 'paid' AND (OLD.state, OLD.withdrawn_on, OLD.losses, OLD.later_losses,"
                    " OLD.payable_from, OLD.paid_on, OLD.paid_amount, OLD.entry_id) IS DISTINCT FROM"
                    " (NEW.state, NEW.withdrawn_on, NEW.losses, NEW.later_losses, NEW.payable_from,"
                    " NEW.paid_on, NEW.paid_amount, NEW.entry_id) OR (OLD.associate_id,"
                    " OLD.share_class_id, OLD.quantity, OLD.asked_at, OLD.lost_on) IS DISTINCT FROM"
                    " (NEW.associate_id, NEW.share_class_id, NEW.quantity, NEW.asked_at, NEW.lost_on)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Remboursement de %(name)s") % {"name": self.associate})

    def get_absolute_url(self) -> str:
        return reverse("governance:refund_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*REFUND_SHAPES[self.state], self.get_state_display())
