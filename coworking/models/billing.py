"""What is due to a place, until a run makes documents of it (COW-15)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from coworking.models.members import Payer
from coworking.models.places import Place
from coworking.models.subscriptions import Pass, Subscription
from coworking.states.members import CHARGE_SHAPES, RUN_SHAPES, ChargeKind, ChargeState, RunState
from invoicing.states.sales import InvoiceState

# What was billed stays as it was, but for what is given back of it, unless the draft that bills it was given
# up; who takes that draft up again meanwhile waits.
_BILLED_KEPT = """
    IF OLD.state = 'billed' THEN
        IF to_jsonb(NEW) - ARRAY['to_credit_since', 'to_credit_because', 'credit_id', 'internal_credit_id']
            = to_jsonb(OLD) - ARRAY['to_credit_since', 'to_credit_because', 'credit_id', 'internal_credit_id']
        THEN
            RETURN NEW;
        END IF;
        PERFORM 1 FROM invoicing_invoice
        WHERE NEW.state = 'due' AND id = OLD.invoice_id AND state = 'discarded' FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'pgtrigger: charge % is billed', OLD.id USING ERRCODE =
            'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
"""


class BillingRun(models.Model):
    """The run of a month of a place: what it holds is shown, then made, one document a payer."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="runs", verbose_name=_("lieu"))
    # Its first day.
    month = models.DateField(_("mois"))
    state = models.CharField(
        _("état"), max_length=7, choices=RunState, default=RunState.PREVIEW, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    # Each invoice leaves by e-mail once it is issued, by the run or by those who check.
    sends = models.BooleanField(_("factures envoyées"), default=True, editable=False)
    job = models.ForeignKey("core.Job", models.SET_NULL, null=True, related_name="+", editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("lancée par")
    )

    class Meta:
        verbose_name = _("facturation du mois")
        verbose_name_plural = _("facturations du mois")
        ordering = ["-month", "place"]
        constraints = [
            models.CheckConstraint(name="placerun_state_known", condition=Q(state__in=RunState.values)),
            models.CheckConstraint(name="placerun_of_a_month", condition=Q(month__day=1)),
            models.UniqueConstraint(name="placerun_once", fields=["place", "month"]),
        ]

    def __str__(self) -> str:
        return f"{self.place} · {self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("coworking:billing", args=[self.place_id, f"{self.month:%Y-%m}"])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*RUN_SHAPES[self.state], self.get_state_display())


class Charge(models.Model):
    """One amount due to a place by a payer, excl. tax; billed once. What it is due for points at it."""

    payer = models.ForeignKey(Payer, models.PROTECT, related_name="charges", verbose_name=_("payeur"))
    kind = models.CharField(_("nature"), max_length=12, choices=ChargeKind)
    label = models.CharField(_("libellé"), max_length=200)
    # The day it is due for; the run of its month takes it.
    day = models.DateField(_("du"))
    amount = MoneyField(_("montant HT"))
    vat_code = models.SlugField(_("taux de TVA"), max_length=20, default="normal")
    # How the amount was counted, word for word: « 300,00 € × 12 jours sur 30 ».
    working = models.CharField(_("calcul"), max_length=300, blank=True)
    subscription = models.ForeignKey(
        Subscription,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="charges",
        verbose_name=_("abonnement"),
    )
    sold_pass = models.OneToOneField(
        Pass, models.PROTECT, null=True, blank=True, related_name="charge", verbose_name=_("carnet")
    )
    state = models.CharField(
        _("état"), max_length=6, choices=ChargeState, default=ChargeState.DUE, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    # Somebody looked at it: no run holds it back by itself again.
    is_checked = models.BooleanField(_("vérifiée"), default=False, editable=False)
    run = models.ForeignKey(
        BillingRun, models.PROTECT, null=True, related_name="charges", verbose_name=_("facturation")
    )
    invoice = models.ForeignKey(
        "invoicing.Invoice",
        models.PROTECT,
        null=True,
        related_name="place_charges",
        verbose_name=_("facture"),
    )
    internal_sale = models.ForeignKey(
        "invoicing.InternalSale",
        models.PROTECT,
        null=True,
        related_name="place_charges",
        verbose_name=_("facture interne"),
    )
    # Billed, and to be given back since: the credit note that does it.
    to_credit_since = models.DateTimeField(_("à rendre depuis"), null=True, editable=False)
    to_credit_because = models.CharField(_("rendu parce que"), max_length=250, blank=True, editable=False)
    credit = models.ForeignKey(
        "invoicing.Invoice",
        models.PROTECT,
        null=True,
        related_name="place_charges_back",
        verbose_name=_("avoir"),
    )
    internal_credit = models.ForeignKey(
        "invoicing.InternalCredit",
        models.PROTECT,
        null=True,
        related_name="place_charges_back",
        verbose_name=_("avoir interne"),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("dû")
        verbose_name_plural = _("dus")
        ordering = ["day", "pk"]
        indexes = [models.Index(fields=["payer", "state", "day"], name="charge_by_payer")]
        constraints = [
            models.CheckConstraint(name="charge_kind_known", condition=Q(kind__in=ChargeKind.values)),
            models.CheckConstraint(name="charge_state_known", condition=Q(state__in=ChargeState.values)),
            models.CheckConstraint(name="charge_labelled", condition=~Q(label="")),
            models.CheckConstraint(name="charge_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="charge_billed_by_a_document",
                condition=Q(state=ChargeState.BILLED)
                & (
                    Q(invoice__isnull=False, internal_sale__isnull=True)
                    | Q(invoice__isnull=True, internal_sale__isnull=False)
                )
                | ~Q(state=ChargeState.BILLED) & Q(invoice__isnull=True, internal_sale__isnull=True),
            ),
            models.CheckConstraint(
                name="charge_held_for_a_reason",
                condition=~Q(state__in=[ChargeState.HELD, ChargeState.WAIVED]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="charge_given_back_for_a_reason",
                condition=Q(to_credit_since__isnull=True, credit__isnull=True, internal_credit__isnull=True)
                | Q(to_credit_since__isnull=False) & ~Q(to_credit_because=""),
            ),
            # A month of a subscription is due once, whoever runs it again; given back, it may be due anew.
            models.UniqueConstraint(
                name="charge_subscription_once_a_day",
                fields=["subscription", "kind", "day"],
                condition=Q(subscription__isnull=False, to_credit_since__isnull=True)
                & ~Q(state=ChargeState.WAIVED),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="charge_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="charge_billed_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=_BILLED_KEPT,
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def scope_id(self) -> int:
        return self.payer.place.scope_id

    @property
    def is_to_credit(self) -> bool:
        """Billed, to be given back, and no credit note of it is under way."""
        if self.state != ChargeState.BILLED or self.to_credit_since is None or self.internal_credit_id:
            return False
        return self.credit is None or self.credit.state == InvoiceState.DISCARDED

    @property
    def is_billed_for_good(self) -> bool:
        """Billed, and under no credit note."""
        return self.state == ChargeState.BILLED and (self.to_credit_since is None or self.is_to_credit)

    @property
    def status(self) -> tuple[str, str, Any]:
        if self.is_to_credit:
            return ("warning", "▲", _("À rendre"))
        return (*CHARGE_SHAPES[self.state], self.get_state_display())


class RunDocument(models.Model):
    """An invoice that a run made, for good: its charges leave it when its draft is given up."""

    run = models.ForeignKey(
        BillingRun, models.PROTECT, related_name="documents", verbose_name=_("facturation")
    )
    invoice = models.OneToOneField(
        "invoicing.Invoice", models.PROTECT, related_name="place_document", verbose_name=_("facture")
    )
    sent_at = models.DateTimeField(_("envoyée le"), null=True, editable=False)
    # Why it could not leave: no address, a wrong one.
    unsent_because = models.CharField(_("pas envoyée"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("facture d’un lieu")
        verbose_name_plural = _("factures d’un lieu")
        ordering = ["pk"]
        triggers = [pgtrigger.Protect(name="rundocument_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.invoice)
