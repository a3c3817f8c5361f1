"""Documents made again at a rhythm, and what was made at each date (INV-25)."""

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

from cae.core.fields import RateField
from cae.core.permanence import append_only, no_truncate
from invoicing.calculations.recurrence import PriceIndex, Rhythm
from invoicing.models.invoices import Invoice
from invoicing.models.purchase_orders import PurchaseOrder
from invoicing.models.quotes import Quote
from invoicing.models.sight import in_sight
from invoicing.states.recurring import (
    MONTHS,
    MOST_INDEX,
    DateOutcome,
    MakingMode,
    Period,
    PlanState,
)

_SOURCES = ("invoice", "quote", "order")


def _only(named: str) -> Q:
    return Q(**{f"{name}__isnull": name != named for name in _SOURCES})


class RecurringPlanQuerySet(models.QuerySet["RecurringPlan"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(in_sight(user))

    def due(self, on: Any) -> Self:
        return self.filter(state=PlanState.ACTIVE, next_on__lte=on)


class RecurringPlan(models.Model):
    """A document made again each month, quarter, half-year or year from a model."""

    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="recurring_plans", verbose_name=_("activité")
    )
    customer = models.ForeignKey(
        "invoicing.Customer",
        models.PROTECT,
        null=True,
        related_name="recurring_plans",
        verbose_name=_("client"),
    )
    title = models.CharField(_("objet"), max_length=160)
    # The model: one of the three.
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, null=True, related_name="recurring_plans", verbose_name=_("facture modèle")
    )
    quote = models.ForeignKey(
        Quote, models.PROTECT, null=True, related_name="recurring_plans", verbose_name=_("devis modèle")
    )
    order = models.ForeignKey(
        PurchaseOrder,
        models.PROTECT,
        null=True,
        related_name="recurring_plans",
        verbose_name=_("commande modèle"),
    )
    every = models.CharField(_("rythme"), max_length=7, choices=Period)
    first_on = models.DateField(_("première date"))
    # The first date that is neither made nor skipped; none once the plan has ended.
    next_on = models.DateField(_("prochaine date"), null=True, editable=False)
    until = models.DateField(_("jusqu’au"), null=True, blank=True)
    mode = models.CharField(_("document fait"), max_length=5, choices=MakingMode, default=MakingMode.DRAFT)
    index_rate = RateField(_("hausse annuelle"), null=True, blank=True)
    index_since = models.DateField(_("prix du"), null=True, blank=True)
    state = models.CharField(
        _("état"), max_length=6, choices=PlanState, default=PlanState.ACTIVE, editable=False
    )
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    # In whose name documents are made, and who is told.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("au nom de")
    )
    # Why the next date could not be made; empty as long as all goes well.
    failure = models.CharField(_("ce qui empêche"), max_length=500, blank=True, editable=False)
    failed_at = models.DateTimeField(_("empêché depuis"), null=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("créé le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("créé par")
    )

    objects = RecurringPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("document récurrent")
        verbose_name_plural = _("documents récurrents")
        ordering = [F("next_on").asc(nulls_last=True), "-pk"]
        indexes = [
            models.Index(
                fields=["next_on"], condition=Q(state=PlanState.ACTIVE), name="recurringplan_to_make"
            )
        ]
        constraints = [
            models.CheckConstraint(name="recurringplan_titled", condition=~Q(title="")),
            models.CheckConstraint(
                name="recurringplan_one_model", condition=_only("invoice") | _only("quote") | _only("order")
            ),
            models.CheckConstraint(
                name="recurringplan_customer_of_sale",
                condition=Q(order__isnull=True, customer__isnull=False)
                | Q(order__isnull=False, customer__isnull=True, mode=MakingMode.DRAFT),
            ),
            models.CheckConstraint(name="recurringplan_every_known", condition=Q(every__in=Period.values)),
            models.CheckConstraint(name="recurringplan_mode_known", condition=Q(mode__in=MakingMode.values)),
            models.CheckConstraint(name="recurringplan_state_known", condition=Q(state__in=PlanState.values)),
            models.CheckConstraint(
                name="recurringplan_next_unless_ended",
                condition=Q(state=PlanState.ENDED, next_on__isnull=True)
                | (~Q(state=PlanState.ENDED) & Q(next_on__isnull=False, next_on__gte=F("first_on"))),
            ),
            models.CheckConstraint(
                name="recurringplan_until_after_first",
                condition=Q(until__isnull=True) | Q(until__gte=F("first_on")),
            ),
            models.CheckConstraint(
                name="recurringplan_index_whole",
                condition=Q(index_rate__isnull=True, index_since__isnull=True)
                | Q(index_rate__gt=0, index_rate__lte=MOST_INDEX, index_since__isnull=False),
            ),
            models.CheckConstraint(
                name="recurringplan_failure_dated",
                condition=Q(failure="", failed_at__isnull=True)
                | (~Q(failure="") & Q(failed_at__isnull=False)),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="recurringplan_model_kept",
                fields=["activity", "invoice", "quote", "order", "created_at", "created_by"],
            ),
            pgtrigger.Protect(name="recurringplan_kept", operation=pgtrigger.Delete),
            no_truncate("recurringplan"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("invoicing:recurring_detail", args=[self.pk])

    @property
    def model(self) -> Invoice | Quote | PurchaseOrder:
        """The document that each date repeats."""
        found = self.invoice or self.quote or self.order
        if found is None:
            raise LookupError("a plan has a model")
        return found

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(self.first_on, MONTHS[self.every], self.until)

    @property
    def price_index(self) -> PriceIndex | None:
        if self.index_rate is None or self.index_since is None:
            return None
        return PriceIndex(self.index_rate, self.index_since)


class RecurringMade(models.Model):
    """What became of one date of a plan: a document, or nothing because of a pause. Never changed."""

    plan = models.ForeignKey(
        RecurringPlan, models.PROTECT, related_name="made", verbose_name=_("document récurrent")
    )
    on = models.DateField(_("date prévue"))
    outcome = models.CharField(_("résultat"), max_length=7, choices=DateOutcome)
    invoice = models.OneToOneField(
        Invoice, models.PROTECT, null=True, related_name="made_by_plan", verbose_name=_("facture")
    )
    quote = models.OneToOneField(
        Quote, models.PROTECT, null=True, related_name="made_by_plan", verbose_name=_("devis")
    )
    order = models.OneToOneField(
        PurchaseOrder, models.PROTECT, null=True, related_name="made_by_plan", verbose_name=_("commande")
    )
    at = models.DateTimeField(_("le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("date d’un document récurrent")
        verbose_name_plural = _("dates des documents récurrents")
        ordering = ["-on"]
        constraints = [
            models.UniqueConstraint(name="recurringmade_once", fields=["plan", "on"]),
            models.CheckConstraint(
                name="recurringmade_says_what",
                condition=Q(outcome=DateOutcome.MADE) & (_only("invoice") | _only("quote") | _only("order"))
                | Q(outcome=DateOutcome.SKIPPED) & _only(""),
            ),
        ]
        triggers = append_only("recurringmade")

    def __str__(self) -> str:
        return f"{self.plan} · {self.on:%d/%m/%Y}"

    @property
    def document(self) -> Invoice | Quote | PurchaseOrder | None:
        return self.invoice or self.quote or self.order
