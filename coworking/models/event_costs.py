"""What an event costs and who bears it: shared between those registered, then due to the place (COW-33)."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from coworking.models.billing import Charge
from coworking.models.events import Event, EventPart
from coworking.models.registrations import Registration
from coworking.states.events import CostKey


class EventCost(models.Model):
    """A cost of an event, shared between those registered by a key; euros excl. tax."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="costs", verbose_name=_("événement"))
    label = models.CharField(_("dépense"), max_length=120)
    amount = MoneyField(_("montant HT"))
    key = models.CharField(_("répartie"), max_length=6, choices=CostKey, default=CostKey.SEATS)
    part = models.ForeignKey(
        EventPart, models.PROTECT, null=True, blank=True, related_name="costs", verbose_name=_("partie")
    )
    paid_by = models.CharField(_("payée par"), max_length=160, blank=True)
    # Since when its shares are written and due; until then they follow who registers.
    shared_at = models.DateTimeField(_("répartie le"), null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("frais d’un événement")
        verbose_name_plural = _("frais d’un événement")
        ordering = ["event", "pk"]
        constraints = [
            models.CheckConstraint(name="eventcost_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="eventcost_labelled", condition=~Q(label="")),
            models.CheckConstraint(
                name="eventcost_key_known",
                condition=Q(key=CostKey.PART, part__isnull=False)
                | Q(key__in=(CostKey.SEATS, CostKey.NIGHTS), part__isnull=True),
            ),
            models.UniqueConstraint(name="eventcost_once", fields=["event", "label"]),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="eventcost_kept", fields=["event", "label", "amount", "key", "part"])
        ]

    def __str__(self) -> str:
        return self.label


class EventCostShare(models.Model):
    """What one registration bears of a cost; the shares add up to the cost."""

    cost = models.ForeignKey(EventCost, models.PROTECT, related_name="shares", verbose_name=_("frais"))
    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="cost_shares", verbose_name=_("inscription")
    )
    units = models.PositiveIntegerField(_("unités"))
    amount = MoneyField(_("part HT"))
    charge = models.OneToOneField(
        Charge, models.PROTECT, null=True, related_name="event_share", verbose_name=_("dû")
    )

    class Meta:
        verbose_name = _("part de frais d’un événement")
        verbose_name_plural = _("parts de frais d’un événement")
        ordering = ["cost", "registration"]
        constraints = [
            models.CheckConstraint(name="eventcostshare_some", condition=Q(units__gte=1, amount__gte=0)),
            models.UniqueConstraint(name="eventcostshare_once", fields=["cost", "registration"]),
        ]
        triggers = [pgtrigger.Protect(name="eventcostshare_kept", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.registration} · {self.cost}"
