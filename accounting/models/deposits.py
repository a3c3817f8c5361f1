"""Deposit slips: cheques or cash taken to the bank together, numbered and printed (ACC-38)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.models.bank import BankAccount
from accounting.models.entries import Entry
from accounting.states.reconciliation import DEPOSIT_SHAPES, DepositKind, DepositState
from cae.core.fields import MoneyField
from cae.core.permanence import no_truncate


class DepositSlip(models.Model):
    """A bordereau de remise: what it holds never changes; given up before the bank has it, it frees it."""

    number = models.CharField(_("numéro"), max_length=30, unique=True)
    kind = models.CharField(_("nature"), max_length=10, choices=DepositKind)
    bank_account = models.ForeignKey(
        BankAccount, models.PROTECT, related_name="deposit_slips", verbose_name=_("compte bancaire")
    )
    on = models.DateField(_("préparé le"))
    total = MoneyField(_("total"))
    count = models.PositiveIntegerField(_("nombre"))
    state = models.CharField(
        _("état"), max_length=10, choices=DepositState, default=DepositState.PREPARED, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    deposited_on = models.DateField(_("remis le"), null=True, editable=False)
    credited_on = models.DateField(_("crédité le"), null=True, editable=False)
    # What moved from cheques to cash or cash in hand to the bank; none when receipts were posted there.
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("écriture")
    )
    document = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("PDF")
    )
    cancel_reason = models.CharField(_("motif"), max_length=300, blank=True, editable=False)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("préparé par")
    )
    # The same page sent twice makes one slip.
    form_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("bordereau de remise")
        verbose_name_plural = _("bordereaux de remise")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(name="depositslip_kind", condition=Q(kind__in=DepositKind.values)),
            models.CheckConstraint(name="depositslip_of_something", condition=Q(total__gt=0, count__gt=0)),
            models.CheckConstraint(
                name="depositslip_state",
                condition=Q(
                    state=DepositState.PREPARED,
                    deposited_on__isnull=True,
                    credited_on__isnull=True,
                    cancel_reason="",
                )
                | Q(
                    state=DepositState.DEPOSITED,
                    deposited_on__isnull=False,
                    credited_on__isnull=True,
                    cancel_reason="",
                )
                | Q(
                    state=DepositState.CREDITED,
                    deposited_on__isnull=False,
                    credited_on__isnull=False,
                    credited_on__gte=models.F("deposited_on"),
                    cancel_reason="",
                )
                | Q(state=DepositState.CANCELLED, deposited_on__isnull=True, credited_on__isnull=True)
                & ~Q(cancel_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="depositslip_kept", operation=pgtrigger.Delete),
            no_truncate("depositslip"),
            pgtrigger.ReadOnly(
                name="depositslip_frozen",
                fields=["number", "kind", "bank_account", "on", "total", "count", "prepared_by", "form_key"],
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("accounting:deposit_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*DEPOSIT_SHAPES[self.state], self.get_state_display())


class DepositItem(models.Model):
    """A cheque, or the cash of one receipt: in one live slip at most."""

    slip = models.ForeignKey(
        DepositSlip, models.PROTECT, related_name="items", verbose_name=_("bordereau de remise")
    )
    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="deposit_items", verbose_name=_("écriture d’encaissement")
    )
    drawer = models.CharField(_("émetteur"), max_length=200)
    reference = models.CharField(_("référence"), max_length=100, blank=True)
    amount = MoneyField(_("montant"))
    is_live = models.BooleanField(_("en cours"), default=True, editable=False)

    class Meta:
        verbose_name = _("valeur remise")
        verbose_name_plural = _("valeurs remises")
        ordering = ["slip", "pk"]
        constraints = [
            models.CheckConstraint(name="deposititem_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(name="deposititem_once", fields=["entry"], condition=Q(is_live=True)),
        ]
        triggers = [
            pgtrigger.Protect(name="deposititem_kept", operation=pgtrigger.Delete),
            no_truncate("deposititem"),
            pgtrigger.ReadOnly(
                name="deposititem_frozen", fields=["slip", "entry", "drawer", "reference", "amount"]
            ),
            pgtrigger.Protect(
                name="deposititem_over",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_live=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.drawer} · {self.amount}"
