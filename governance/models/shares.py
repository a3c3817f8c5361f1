"""Shares: classes, subscriptions, payments, movements that never change (GOV-02, GOV-05)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cae.core.fields import MoneyField
from cae.core.permanence import append_only
from governance.models.associates import Associate
from governance.states.register import (
    SUBSCRIPTION_SHAPES,
    MovementKind,
    PaymentPlan,
    PaymentWay,
    SubscriptionState,
)


class ShareClass(models.Model):
    """A class of shares with its nominal value, which never changes once a share of it exists."""

    code = models.SlugField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("nom"), max_length=80)
    nominal = MoneyField(_("valeur nominale (€)"))
    is_active = models.BooleanField(_("proposée à la souscription"), default=True)
    article = models.CharField(_("article des statuts"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("catégorie de parts")
        verbose_name_plural = _("catégories de parts")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="share_class_worth_something", condition=Q(nominal__gt=0)),
        ]
        triggers = [pgtrigger.ReadOnly(name="share_class_frozen", fields=["code", "nominal"])]

    def __str__(self) -> str:
        return self.name


class OfAssociateQuerySet(models.QuerySet[Any]):
    """Rows of an associate, seen by those who see the associate."""

    def visible_to(self, user: Any) -> OfAssociateQuerySet:
        return self.filter(associate__in=Associate.objects.visible_to(user).order_by().values("pk"))


class Subscription(models.Model):
    """A bulletin de souscription: so many shares, signed, then freed at once, in parts or from pay."""

    associate = models.ForeignKey(
        Associate, models.PROTECT, related_name="subscriptions", verbose_name=_("associé·e")
    )
    share_class = models.ForeignKey(
        ShareClass, models.PROTECT, related_name="subscriptions", verbose_name=_("parts")
    )
    quantity = models.PositiveIntegerField(_("nombre de parts"))
    # That of the class, kept with what was signed.
    nominal = MoneyField(_("valeur nominale (€)"))
    plan = models.CharField(_("libération"), max_length=10, choices=PaymentPlan, default=PaymentPlan.AT_ONCE)
    # Of each part, or held on each month of pay; nothing when all is paid at once.
    part_amount = MoneyField(_("montant de chaque versement (€)"), null=True, blank=True)
    first_due_on = models.DateField(_("premier versement le"))
    state = models.CharField(
        _("état"), max_length=10, choices=SubscriptionState, default=SubscriptionState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    signed_on = models.DateField(_("signé le"), null=True, editable=False)
    signature = models.ForeignKey(
        "core.Signature", models.PROTECT, null=True, related_name="+", editable=False
    )
    content_sha256 = models.CharField(_("empreinte"), max_length=64, blank=True, editable=False)
    paid_on = models.DateField(_("libérée le"), null=True, editable=False)
    bulletin = models.OneToOneField(
        "core.Document",
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("bulletin"),
    )
    certificate = models.OneToOneField(
        "core.Document",
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("attestation"),
    )
    cancel_reason = models.CharField(_("motif"), max_length=300, blank=True)
    # Codes of the limits that it breaks and that whoever prepared it accepted, with their eyes open.
    accepted_limits = models.JSONField(default=list, editable=False)
    # Signed on paper: where the original is.
    paper_note = models.CharField(_("original sur papier"), max_length=200, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("ouverte le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    objects = OfAssociateQuerySet.as_manager()

    class Meta:
        verbose_name = _("souscription de parts")
        verbose_name_plural = _("souscriptions de parts")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="subscription_state_known", condition=Q(state__in=SubscriptionState.values)
            ),
            models.CheckConstraint(name="subscription_of_shares", condition=Q(quantity__gt=0, nominal__gt=0)),
            models.CheckConstraint(
                name="subscription_plan_whole",
                condition=Q(plan=PaymentPlan.AT_ONCE, part_amount__isnull=True)
                | Q(plan__in=[PaymentPlan.IN_PARTS, PaymentPlan.ON_PAY], part_amount__gt=0),
            ),
            models.CheckConstraint(
                name="subscription_signed_is_dated",
                condition=~Q(state__in=[SubscriptionState.SIGNED, SubscriptionState.PAID])
                | Q(signed_on__isnull=False) & (Q(signature__isnull=False) | ~Q(paper_note="")),
            ),
            models.CheckConstraint(
                name="subscription_paid_is_dated",
                condition=Q(state=SubscriptionState.PAID, paid_on__isnull=False)
                | ~Q(state=SubscriptionState.PAID) & Q(paid_on__isnull=True),
            ),
            models.CheckConstraint(
                name="subscription_cancelled_says_why",
                condition=~Q(state=SubscriptionState.CANCELLED) | ~Q(cancel_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="subscription_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="subscription_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'draft' AND (OLD.associate_id, OLD.share_class_id, OLD.quantity,"
                    " OLD.nominal, OLD.plan, OLD.part_amount, OLD.first_due_on, OLD.signed_on,"
                    " OLD.signature_id, OLD.content_sha256, OLD.paper_note) IS DISTINCT FROM"
                    " (NEW.associate_id, NEW.share_class_id, NEW.quantity, NEW.nominal, NEW.plan,"
                    " NEW.part_amount, NEW.first_due_on, NEW.signed_on, NEW.signature_id,"
                    " NEW.content_sha256, NEW.paper_note)"
                ),
            ),
        ]

    def __str__(self) -> str:
        sentence = ngettext("%(count)d part de %(name)s", "%(count)d parts de %(name)s", self.quantity)
        return sentence % {"count": self.quantity, "name": self.associate}

    def get_absolute_url(self) -> str:
        return reverse("governance:subscription_detail", args=[self.pk])

    @property
    def amount(self) -> Decimal:
        """Euros to free in all."""
        return self.quantity * self.nominal

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*SUBSCRIPTION_SHAPES[self.state], self.get_state_display())


class SharePayment(models.Model):
    """Money that frees subscribed shares; a mistake is reversed by another row."""

    subscription = models.ForeignKey(
        Subscription, models.PROTECT, related_name="payments", verbose_name=_("souscription")
    )
    on = models.DateField(_("le"))
    # Negative in the row that reverses another.
    amount = MoneyField(_("montant (€)"))
    way = models.CharField(_("moyen"), max_length=8, choices=PaymentWay)
    note = models.CharField(_("précision"), max_length=200, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("annule")
    )
    entry = models.ForeignKey(
        "accounting.Entry", models.PROTECT, null=True, related_name="+", verbose_name=_("écriture")
    )
    created_at = models.DateTimeField(_("noté le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("libération de parts")
        verbose_name_plural = _("libérations de parts")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(name="share_payment_way_known", condition=Q(way__in=PaymentWay.values)),
            models.CheckConstraint(
                name="share_payment_sign",
                condition=Q(reverses__isnull=True, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
            ),
        ]
        triggers = append_only("share_payment", words=("note",))

    def __str__(self) -> str:
        return f"{self.amount} €"


class ShareMovement(models.Model):
    """A dated movement of shares, never edited: what somebody owns on a day is the sum of those before."""

    kind = models.CharField(_("nature"), max_length=12, choices=MovementKind)
    on = models.DateField(_("le"), db_index=True)
    share_class = models.ForeignKey(
        ShareClass, models.PROTECT, related_name="movements", verbose_name=_("parts")
    )
    quantity = models.PositiveIntegerField(_("nombre de parts"))
    giver = models.ForeignKey(
        Associate, models.PROTECT, null=True, related_name="shares_given", verbose_name=_("de")
    )
    receiver = models.ForeignKey(
        Associate, models.PROTECT, null=True, related_name="shares_received", verbose_name=_("à")
    )
    subscription = models.ForeignKey(
        Subscription, models.PROTECT, null=True, related_name="movements", verbose_name=_("souscription")
    )
    refund = models.ForeignKey(
        "governance.Refund",
        models.PROTECT,
        null=True,
        related_name="movements",
        verbose_name=_("remboursement"),
    )
    # The decision or the deed: « agrément du 12/03/2026 ».
    decision = models.CharField(_("décision ou acte"), max_length=200, blank=True)
    # A wrong movement is undone by one of the same kind, the other way round.
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("annule")
    )
    entry = models.ForeignKey(
        "accounting.Entry", models.PROTECT, null=True, related_name="+", verbose_name=_("écriture")
    )
    created_at = models.DateTimeField(_("noté le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("mouvement de parts sociales")
        verbose_name_plural = _("mouvements de parts sociales")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(name="movement_kind_known", condition=Q(kind__in=MovementKind.values)),
            models.CheckConstraint(name="movement_of_shares", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="movement_has_its_sides",
                condition=Q(kind=MovementKind.TRANSFER, giver__isnull=False, receiver__isnull=False)
                & ~Q(giver=F("receiver"))
                | Q(
                    reverses__isnull=True, kind=MovementKind.ISSUE, giver__isnull=True, receiver__isnull=False
                )
                | Q(
                    reverses__isnull=True,
                    kind__in=[MovementKind.CANCELLATION, MovementKind.WITHDRAWAL],
                    giver__isnull=False,
                    receiver__isnull=True,
                )
                | Q(
                    reverses__isnull=False,
                    kind=MovementKind.ISSUE,
                    giver__isnull=False,
                    receiver__isnull=True,
                )
                | Q(
                    reverses__isnull=False,
                    kind__in=[MovementKind.CANCELLATION, MovementKind.WITHDRAWAL],
                    giver__isnull=True,
                    receiver__isnull=False,
                ),
            ),
        ]
        triggers = append_only("movement")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.quantity}"
