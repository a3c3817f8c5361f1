"""What a member holds: subscriptions with their pauses and deposit, passes (COW-11, COW-12, COW-14)."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.money import ZERO
from coworking.models.held_money import HeldMoney
from coworking.models.members import Member, Payer
from coworking.models.places import Place
from coworking.models.plans import Plan
from coworking.models.resources import Unit
from coworking.states.members import DEPOSIT_SHAPES, SUBSCRIPTION_SHAPES, DepositState, SubscriptionState
from people.models.periods import Dated, DatedQuerySet, DateSpan, coherent_dates


class Subscription(Dated):
    """A plan held by a member from a day on, paid by somebody."""

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="subscriptions", verbose_name=_("coworker")
    )
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="subscriptions", verbose_name=_("formule"))
    # Asked from outside without a customer yet: named when it is accepted.
    payer = models.ForeignKey(
        Payer, models.PROTECT, null=True, blank=True, related_name="subscriptions", verbose_name=_("payeur")
    )
    # Of a plan by weekdays: those chosen (0: Monday).
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name=_("jours choisis")
    )
    # The desk or office of a resident.
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="subscriptions", verbose_name=_("poste")
    )
    # Agreed for this one; nothing: the price of the plan in force.
    agreed_price = MoneyField(_("prix convenu HT"), null=True, blank=True)
    agreed_because = models.CharField(_("motif du prix convenu"), max_length=200, blank=True)
    state = models.CharField(
        _("état"), max_length=7, choices=SubscriptionState, default=SubscriptionState.ASKED, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    ending_asked_on = models.DateField(_("fin demandée le"), null=True, editable=False)
    end_reason = models.CharField(_("motif de la fin"), max_length=300, blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("abonnement")
        verbose_name_plural = _("abonnements")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            coherent_dates("placesubscription_dates_coherent"),
            models.CheckConstraint(
                name="placesubscription_state_known", condition=Q(state__in=SubscriptionState.values)
            ),
            models.CheckConstraint(
                name="placesubscription_is_paid_by_somebody",
                condition=Q(payer__isnull=False)
                | Q(state__in=[SubscriptionState.ASKED, SubscriptionState.REFUSED]),
            ),
            models.CheckConstraint(
                name="placesubscription_agreed_for_a_reason",
                condition=Q(agreed_price__isnull=True, agreed_because="")
                | Q(agreed_price__gte=0) & ~Q(agreed_because=""),
            ),
            models.CheckConstraint(
                name="placesubscription_weekdays_known",
                condition=Q(weekdays__contained_by=[0, 1, 2, 3, 4, 5, 6]),
            ),
            ExclusionConstraint(
                name="placesubscription_once_at_a_time",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    ("plan", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state=SubscriptionState.REFUSED),
            ),
            # Two residents do not share a desk.
            ExclusionConstraint(
                name="placesubscription_desk_once",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state=SubscriptionState.REFUSED),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="placesubscription_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="placesubscription_is_what_it_is", fields=["member", "plan"]),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.member}"

    def get_absolute_url(self) -> str:
        return reverse("coworking:subscription", args=[self.pk])

    @property
    def scope_id(self) -> int:
        return self.member.place.scope_id

    @property
    def absences_to_come(self) -> list[Any]:
        """When its desk is left to others, from today on."""
        today = timezone.localdate()
        return [one for one in self.absences.all() if one.ends_on and one.ends_on >= today]

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*SUBSCRIPTION_SHAPES[self.state], self.get_state_display())


class Pause(Dated):
    """Days on which a subscription is neither used nor due."""

    subscription = models.ForeignKey(
        Subscription, models.PROTECT, related_name="pauses", verbose_name=_("abonnement")
    )
    reason = models.CharField(_("motif"), max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause d’un abonnement")
        verbose_name_plural = _("pauses d’un abonnement")
        ordering = ["subscription", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="pause_has_an_end", condition=Q(ends_on__isnull=False, ends_on__gte=F("starts_on"))
            ),
            ExclusionConstraint(
                name="pause_once_at_a_time",
                expressions=[
                    ("subscription", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscription} · {self.starts_on}"


class Deposit(HeldMoney):
    """Money held for somebody until they leave: a debt of the place, not a sale."""

    subscription = models.OneToOneField(
        Subscription, models.PROTECT, related_name="deposit", verbose_name=_("abonnement")
    )
    amount = MoneyField(_("montant"))
    state = models.CharField(
        _("état"), max_length=8, choices=DepositState, default=DepositState.ASKED, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    received_on = models.DateField(_("reçu le"), null=True, blank=True)
    ended_on = models.DateField(_("rendu ou gardé le"), null=True, blank=True)
    kept_because = models.CharField(_("motif"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("dépôt de garantie d’un abonnement")
        verbose_name_plural = _("dépôts de garantie d’un abonnement")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="deposit_state_known", condition=Q(state__in=DepositState.values)),
            models.CheckConstraint(name="deposit_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="deposit_kept_for_a_reason",
                condition=~Q(state=DepositState.KEPT) | ~Q(kept_because=""),
            ),
            models.CheckConstraint(
                name="deposit_posted_once_received",
                condition=Q(entry__isnull=True) | ~Q(state=DepositState.ASKED),
            ),
            models.CheckConstraint(
                name="deposit_kept_is_due",
                condition=Q(charge__isnull=True, receipt__isnull=True)
                | Q(charge__isnull=False, entry__isnull=False, state=DepositState.KEPT),
            ),
        ]

    def __str__(self) -> str:
        return str(self.subscription)

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*DEPOSIT_SHAPES[self.state], self.get_state_display())

    def get_absolute_url(self) -> str:
        return self.subscription.get_absolute_url()

    @property
    def place(self) -> Place:
        return self.subscription.member.place

    @property
    def number(self) -> str:
        """What names it in the books and at the bank."""
        return f"DG-{self.pk}"

    @property
    def party(self) -> str:
        payer = self.subscription.payer
        outside = payer is not None and not payer.is_inside
        return str(payer if outside else self.subscription.member.person)

    @property
    def kept(self) -> Decimal:
        return self.amount if self.state == DepositState.KEPT else ZERO


class Pass(models.Model):
    """Hours, half-days or days bought in advance by a member, used until a day."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="passes", verbose_name=_("coworker"))
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="passes", verbose_name=_("formule"))
    payer = models.ForeignKey(Payer, models.PROTECT, related_name="passes", verbose_name=_("payeur"))
    bought_on = models.DateField(_("acheté le"))
    until = models.DateField(_("à utiliser jusqu’au"))
    units = models.DecimalField(_("unités"), max_digits=6, decimal_places=2)
    # Kept beside the uses, so that two bookings at once cannot take the same unit.
    left = models.DecimalField(_("restent"), max_digits=6, decimal_places=2)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("carnet")
        verbose_name_plural = _("carnets")
        ordering = ["until", "pk"]
        constraints = [
            models.CheckConstraint(name="pass_left", condition=Q(left__gte=0, left__lte=F("units"))),
            models.CheckConstraint(name="pass_dates", condition=Q(until__gte=F("bought_on"))),
        ]
        triggers = [pgtrigger.Protect(name="pass_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.plan} · {self.member}"
