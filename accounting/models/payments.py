"""What is paid by transfer: orders, lots of orders, and what was sent of each (INV-57)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.calculations.payment_orders import LONGEST_NAME, LONGEST_TEXT
from accounting.states.books import AccountRole
from accounting.states.payments import (
    BATCH_SHAPES,
    LINE_SHAPES,
    ORDER_SHAPES,
    BatchState,
    LineState,
    OrderState,
)
from cae.core.banks import LONGEST_BIC, LONGEST_IBAN, end_of
from cae.core.fields import MoneyField

_IBAN = r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"
_BIC = r"^([A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?)?$"
# In a lot, or as good as paid: this line takes the order.
LIVE_LINES = (LineState.PENDING, LineState.SETTLED)


class PaymentOrder(models.Model):
    """One transfer to come. Whatever it pays (`source`) has one order alive, so that it is paid once."""

    name = models.CharField(_("bénéficiaire"), max_length=LONGEST_NAME)
    iban = models.CharField(_("IBAN"), max_length=LONGEST_IBAN)
    bic = models.CharField(_("BIC"), max_length=LONGEST_BIC, blank=True)
    amount = MoneyField(_("montant"))
    section = models.ForeignKey(
        "accounting.AnalyticAccount",
        models.PROTECT,
        related_name="payment_orders",
        verbose_name=_("payé par"),
    )
    # The role debited when the bank has paid; the bank is credited.
    account = models.CharField(_("compte soldé"), max_length=30, choices=AccountRole)
    # As the beneficiary reads it on their statement.
    label = models.CharField(_("libellé"), max_length=LONGEST_TEXT)
    due_on = models.DateField(_("à payer le"), db_index=True)
    source_type = models.ForeignKey(
        ContentType, models.PROTECT, related_name="+", verbose_name=_("nature de la pièce")
    )
    source_id = models.PositiveBigIntegerField(_("identifiant de la pièce"))
    source = GenericForeignKey("source_type", "source_id")
    state = models.CharField(
        _("état"), max_length=10, choices=OrderState, default=OrderState.PLANNED, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    # Somebody let it go though the cash of its section does not cover it.
    cleared_reason = models.CharField(_("motif de la levée"), max_length=300, blank=True, editable=False)
    cleared_at = models.DateTimeField(_("retenue levée le"), null=True, editable=False)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    # Whoever put its bank details right after a rejection releases no lot that holds it.
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    withdrawn_reason = models.CharField(_("motif du retrait"), max_length=300, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("demandé par")
    )
    created_at = models.DateTimeField(_("demandé le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("ordre de paiement")
        verbose_name_plural = _("ordres de paiement")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="payment_order_waiting")]
        constraints = [
            models.CheckConstraint(name="payment_order_state", condition=Q(state__in=OrderState.values)),
            models.CheckConstraint(name="payment_order_account", condition=Q(account__in=AccountRole.values)),
            models.CheckConstraint(name="payment_order_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="payment_order_payee",
                condition=Q(iban__regex=_IBAN, bic__regex=_BIC) & ~Q(name="") & ~Q(label=""),
            ),
            models.CheckConstraint(
                name="payment_order_cleared_why",
                condition=Q(cleared_at__isnull=True, cleared_by__isnull=True, cleared_reason="")
                | Q(cleared_at__isnull=False, cleared_by__isnull=False) & ~Q(cleared_reason=""),
            ),
            models.CheckConstraint(
                name="payment_order_withdrawn_why",
                condition=~Q(state=OrderState.WITHDRAWN) | ~Q(withdrawn_reason=""),
            ),
            models.UniqueConstraint(
                name="payment_order_source_once",
                fields=["source_type", "source_id"],
                condition=~Q(state=OrderState.WITHDRAWN),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="payment_order_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="payment_order_over",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=[OrderState.SETTLED, OrderState.WITHDRAWN]),
            ),
            pgtrigger.ReadOnly(
                name="payment_order_frozen",
                fields=["amount", "section", "account", "label", "source_type", "source_id", "created_by"],
            ),
            # Where the money goes changes after a rejection, and at no other time.
            pgtrigger.Protect(
                name="payment_order_payee_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'rejected' AND (OLD.name, OLD.iban, OLD.bic)"
                    " IS DISTINCT FROM (NEW.name, NEW.iban, NEW.bic)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("accounting:payment_detail", args=[self.pk])

    @property
    def reference(self) -> str:
        """What the bank gives back with what it paid."""
        return f"ORD-{self.pk:06d}"

    @property
    def iban_end(self) -> str:
        return end_of(self.iban)

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*ORDER_SHAPES[self.state], self.get_state_display())


class PaymentBatch(models.Model):
    """A virement groupé: orders sent in one file, prepared by one person and released by another."""

    execution_on = models.DateField(_("exécution le"))
    state = models.CharField(
        _("état"), max_length=10, choices=BatchState, default=BatchState.PREPARED, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    total = MoneyField(_("total"))
    count = models.PositiveIntegerField(_("nombre d’ordres"))
    # The account that pays, as it was that day.
    debtor_name = models.CharField(_("payé par"), max_length=LONGEST_NAME)
    debtor_iban = models.CharField(_("IBAN débité"), max_length=LONGEST_IBAN)
    debtor_bic = models.CharField(_("BIC débité"), max_length=LONGEST_BIC, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("préparé par")
    )
    prepared_at = models.DateTimeField(_("préparé le"), default=timezone.now, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("validé par")
    )
    released_at = models.DateTimeField(_("validé le"), null=True, editable=False)
    signature = models.OneToOneField(
        "core.Signature", models.PROTECT, null=True, related_name="+", editable=False
    )
    document = models.OneToOneField(
        "core.Document",
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("fichier de virement"),
    )
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    cancel_reason = models.CharField(_("motif"), max_length=300, blank=True, editable=False)
    # The same page sent twice makes one lot.
    form_key = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        verbose_name = _("virement groupé")
        verbose_name_plural = _("virements groupés")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="payment_batch_state", condition=Q(state__in=BatchState.values)),
            models.CheckConstraint(
                name="payment_batch_of_something",
                condition=Q(total__gt=0, count__gt=0) | Q(state=BatchState.CANCELLED),
            ),
            models.CheckConstraint(
                name="payment_batch_two_people",
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="payment_batch_released_whole",
                condition=Q(
                    state__in=[BatchState.RELEASED, BatchState.DONE],
                    released_by__isnull=False,
                    released_at__isnull=False,
                    signature__isnull=False,
                    document__isnull=False,
                )
                | Q(
                    state__in=[BatchState.PREPARED, BatchState.CANCELLED],
                    released_by__isnull=True,
                    released_at__isnull=True,
                    signature__isnull=True,
                    document__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="payment_batch_cancelled_why",
                condition=~Q(state=BatchState.CANCELLED)
                | Q(cancelled_by__isnull=False) & ~Q(cancel_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="payment_batch_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="payment_batch_frozen",
                fields=[
                    "execution_on",
                    "debtor_name",
                    "debtor_iban",
                    "debtor_bic",
                    "prepared_by",
                    "prepared_at",
                ],
            ),
            # Once released, a lot is what its file says: only that it is done is noted.
            pgtrigger.Protect(
                name="payment_batch_sent",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'prepared' AND to_jsonb(OLD.*) - ARRAY['state', 'state_since']"
                    " IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY['state', 'state_since']"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(_("lot n° %(number)s") % {"number": self.pk})

    def get_absolute_url(self) -> str:
        return reverse("accounting:batch_detail", args=[self.pk])

    @property
    def reference(self) -> str:
        """The number of the message sent to the bank, which refuses it twice."""
        return f"LOT-{self.pk:06d}"

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*BATCH_SHAPES[self.state], self.get_state_display())


class PaymentLine(models.Model):
    """An order in a lot: what is sent of it that day, and what became of it."""

    batch = models.ForeignKey(
        PaymentBatch, models.PROTECT, related_name="lines", db_index=False, verbose_name=_("virement groupé")
    )
    order = models.ForeignKey(
        PaymentOrder, models.PROTECT, related_name="lines", verbose_name=_("ordre de paiement")
    )
    name = models.CharField(_("bénéficiaire"), max_length=LONGEST_NAME)
    iban = models.CharField(_("IBAN"), max_length=LONGEST_IBAN)
    bic = models.CharField(_("BIC"), max_length=LONGEST_BIC, blank=True)
    amount = MoneyField(_("montant"))
    label = models.CharField(_("libellé"), max_length=LONGEST_TEXT)
    state = models.CharField(
        _("état"), max_length=10, choices=LineState, default=LineState.PENDING, editable=False
    )
    settled_on = models.DateField(_("payé le"), null=True, editable=False)
    entry = models.OneToOneField(
        "accounting.Entry", models.PROTECT, null=True, related_name="+", verbose_name=_("écriture")
    )
    # Why the bank gave it back, or why it left the lot.
    reason = models.CharField(_("motif"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("ligne de virement groupé")
        verbose_name_plural = _("lignes de virement groupé")
        ordering = ["batch", "pk"]
        constraints = [
            models.UniqueConstraint(name="payment_line_once_in_batch", fields=["batch", "order"]),
            models.UniqueConstraint(
                name="payment_line_one_live", fields=["order"], condition=Q(state__in=LIVE_LINES)
            ),
            models.CheckConstraint(name="payment_line_state", condition=Q(state__in=LineState.values)),
            models.CheckConstraint(name="payment_line_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="payment_line_outcome",
                condition=Q(state=LineState.PENDING, settled_on__isnull=True, entry__isnull=True, reason="")
                | Q(state=LineState.SETTLED, settled_on__isnull=False, entry__isnull=False, reason="")
                | Q(
                    state__in=[LineState.REJECTED, LineState.DROPPED],
                    settled_on__isnull=True,
                    entry__isnull=True,
                )
                & ~Q(reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="payment_line_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="payment_line_over",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'pending'"),
            ),
            pgtrigger.ReadOnly(
                name="payment_line_frozen",
                fields=["batch", "order", "name", "iban", "bic", "amount", "label"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.label}"

    @property
    def iban_end(self) -> str:
        return end_of(self.iban)

    @property
    def is_at_bank(self) -> bool:
        """Its lot is released, and what the bank did of it is not known."""
        return self.state == LineState.PENDING and self.batch.state == BatchState.RELEASED

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*LINE_SHAPES[self.state], self.get_state_display())
