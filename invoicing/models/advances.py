"""Money given before the expenses, a refund given up, an expense invoiced to a customer (INV-56)."""

from __future__ import annotations

import uuid
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import DecimalField, F, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.money import ZERO
from cae.core.permanence import append_only, no_truncate
from invoicing.models.sight import ALL_SALES_KINDS
from invoicing.states.claims import MAX_PURPOSE, AdvanceOrigin, AdvanceState
from people.selectors import held_kinds, scopes_followed_by
from people.states import RoleKind

_MONEY: DecimalField[Any, Any] = DecimalField(max_digits=12, decimal_places=2)
# The money has left the cooperative.
_PAID_OUT = (AdvanceState.GIVEN, AdvanceState.SETTLED)


def _in_sight(user: Any) -> Q:
    """One's own, those of the activities that one advises, or all by function."""
    kinds = held_kinds(user)
    if ALL_SALES_KINDS & kinds:
        return Q()
    own = Q(person_id=user.person_id)
    if RoleKind.ADVISOR not in kinds:
        return own
    followed = scopes_followed_by(user, kind=RoleKind.ADVISOR)
    return Q() if followed is None else own | Q(activity__scope_id__among=followed)


class AdvanceQuerySet(models.QuerySet["ExpenseAdvance"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(_in_sight(user))

    def with_used(self) -> Self:
        """Adds `used`: what claims and money given back took of it."""
        return self.annotate(used=Coalesce(Sum("uses__amount"), Value(ZERO), output_field=_MONEY))

    def with_person(self) -> Self:
        """Given, and not justified yet."""
        return self.filter(state=AdvanceState.GIVEN)


class ExpenseAdvance(models.Model):
    """Money of an activity that a person holds before spending it; claims use it, what is left comes back."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="expense_advances", verbose_name=_("personne")
    )
    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        related_name="expense_advances",
        verbose_name=_("activité"),
    )
    amount = MoneyField(_("montant"))
    purpose = models.CharField(_("pour quoi"), max_length=MAX_PURPOSE)
    origin = models.CharField(_("origine"), max_length=8, choices=AdvanceOrigin, default=AdvanceOrigin.ASKED)
    # The claim that took back more than it gave.
    overpaid_by = models.ForeignKey(
        "invoicing.ExpenseClaim",
        models.PROTECT,
        null=True,
        related_name="overpaid",
        verbose_name=_("note à l’origine"),
    )
    state = models.CharField(_("état"), max_length=7, choices=AdvanceState, default=AdvanceState.ASKED)
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    needed_on = models.DateField(_("utile pour le"))
    given_on = models.DateField(_("versée le"), null=True, editable=False)
    reason = models.CharField(_("motif du refus"), max_length=250, blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("demandée le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("demandée par")
    )

    objects = AdvanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("avance sur frais")
        verbose_name_plural = _("avances sur frais")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["person", "activity"],
                condition=Q(state=AdvanceState.GIVEN),
                name="expenseadvance_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="expenseadvance_state_known", condition=Q(state__in=AdvanceState.values)
            ),
            models.CheckConstraint(name="expenseadvance_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="expenseadvance_origin",
                condition=Q(origin=AdvanceOrigin.ASKED, overpaid_by__isnull=True)
                | Q(origin=AdvanceOrigin.OVERPAID, overpaid_by__isnull=False),
            ),
            models.CheckConstraint(
                name="expenseadvance_given_when",
                condition=Q(state__in=_PAID_OUT, given_on__isnull=False)
                | (~Q(state__in=_PAID_OUT) & Q(given_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="expenseadvance_refusal_says_why",
                condition=~Q(state=AdvanceState.REFUSED) | ~Q(reason=""),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="expenseadvance_frozen",
                fields=["person", "activity", "amount", "origin", "overpaid_by", "form_key", "created_at"],
            ),
            pgtrigger.Protect(name="expenseadvance_kept", operation=pgtrigger.Delete),
            no_truncate("expenseadvance"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.purpose}"

    def get_absolute_url(self) -> str:
        return reverse("invoicing:advance_detail", args=[self.pk])


class AdvanceUse(models.Model):
    """What a claim, or money given back, took of an advance; negative when it is put back."""

    advance = models.ForeignKey(ExpenseAdvance, models.PROTECT, related_name="uses", verbose_name=_("avance"))
    # None: the person gave money back.
    claim = models.ForeignKey(
        "invoicing.ExpenseClaim",
        models.PROTECT,
        null=True,
        related_name="advance_uses",
        verbose_name=_("note de frais"),
    )
    amount = MoneyField(_("montant"))
    on = models.DateField(_("date"))
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("annule")
    )
    # The money that came back; what a claim uses is in the entry of the claim.
    entry = models.OneToOneField(
        "accounting.Entry", models.PROTECT, null=True, related_name="+", verbose_name=_("écriture")
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("enregistré le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("enregistré par"),
    )

    class Meta:
        verbose_name = _("emploi d’une avance")
        verbose_name_plural = _("emplois d’avances")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="advanceuse_sign",
                condition=Q(reverses__isnull=True, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
            ),
            models.CheckConstraint(name="advanceuse_not_its_own", condition=~Q(reverses=F("pk"))),
            models.CheckConstraint(
                name="advanceuse_one_origin",
                condition=Q(claim__isnull=True, entry__isnull=False)
                | Q(claim__isnull=False, entry__isnull=True),
            ),
        ]
        triggers = append_only("advanceuse")

    def __str__(self) -> str:
        return f"{self.advance} · {self.amount}"


class RefundWaiver(models.Model):
    """The signed sentence by which a person gives up the refund of a claim (abandon de créance)."""

    claim = models.OneToOneField(
        "invoicing.ExpenseClaim", models.PROTECT, related_name="waiver", verbose_name=_("note de frais")
    )
    amount = MoneyField(_("montant abandonné"))
    on = models.DateField(_("date"))
    sentence = models.TextField(_("phrase signée"))
    signature = models.OneToOneField(
        "core.Signature", models.PROTECT, related_name="+", verbose_name=_("signature")
    )
    entry = models.OneToOneField(
        "accounting.Entry", models.PROTECT, related_name="+", verbose_name=_("écriture")
    )
    created_at = models.DateTimeField(_("enregistré le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("abandon de remboursement")
        verbose_name_plural = _("abandons de remboursement")
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(name="refundwaiver_positive", condition=Q(amount__gt=0))]
        triggers = append_only("refundwaiver")

    def __str__(self) -> str:
        return f"{self.claim} · {self.amount}"


class Recharge(models.Model):
    """An expense put on an invoice draft of its customer: once, until the draft is given up."""

    line = models.ForeignKey(
        "invoicing.ExpenseLine", models.PROTECT, related_name="recharges", verbose_name=_("dépense")
    )
    invoice = models.ForeignKey(
        "invoicing.Invoice", models.PROTECT, related_name="recharges", verbose_name=_("facture")
    )
    amount = MoneyField(_("montant HT"))
    created_at = models.DateTimeField(_("ajoutée le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ajoutée par")
    )
    undone_at = models.DateTimeField(_("retirée le"), null=True, editable=False)

    class Meta:
        verbose_name = _("dépense refacturée")
        verbose_name_plural = _("dépenses refacturées")
        ordering = ["line__on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="recharge_once", fields=["line"], condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(name="recharge_positive", condition=Q(amount__gt=0)),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="recharge_frozen", exclude=["undone_at"]),
            pgtrigger.Protect(name="recharge_kept", operation=pgtrigger.Delete),
            no_truncate("recharge"),
        ]

    def __str__(self) -> str:
        return f"{self.line} · {self.invoice}"
