"""The monthly claim of a person for an activity, line by line (note de frais, INV-51)."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, Count, DecimalField, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField, RateField
from cae.core.money import ZERO
from cae.core.periods import Month
from cae.core.permanence import no_truncate
from invoicing.calculations.totals import percent
from invoicing.models.expense_sight import seen_claims
from invoicing.states.expenses import (
    BOOKED_CLAIMS,
    MAX_GUESTS,
    MAX_LINE_LABEL,
    MAX_REASON,
    ClaimState,
    LineDecision,
    PaidWith,
)

# The shared lock makes a line written during the approval wait, then see the claim booked.
_OF_OPEN_CLAIM = """
    IF TG_OP <> 'INSERT' THEN
        PERFORM 1 FROM invoicing_expenseclaim WHERE id = OLD.claim_id FOR KEY SHARE;
        IF EXISTS (
            SELECT 1 FROM invoicing_expenseclaim
            WHERE id = OLD.claim_id AND state NOT IN ('draft', 'submitted')
        ) THEN
            RAISE EXCEPTION 'pgtrigger: line of a claim that is booked'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
    END IF;
    PERFORM 1 FROM invoicing_expenseclaim WHERE id = NEW.claim_id FOR KEY SHARE;
    IF EXISTS (
        SELECT 1 FROM invoicing_expenseclaim
        WHERE id = NEW.claim_id AND state NOT IN ('draft', 'submitted')
    ) THEN
        RAISE EXCEPTION 'pgtrigger: line of a claim that is booked'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


def _sum_of(condition: Q) -> Coalesce:
    """The amounts of the lines that hold: those refused count for nothing."""
    kept = condition & ~Q(lines__decision=LineDecision.REFUSED)
    amounts = Sum(Case(When(kept, then=F("lines__amount")), default=Value(ZERO), output_field=_MONEY))
    return Coalesce(amounts, Value(ZERO), output_field=_MONEY)


_MONEY: DecimalField[Any, Any] = DecimalField(max_digits=12, decimal_places=2)


class ExpenseClaimQuerySet(models.QuerySet["ExpenseClaim"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(seen_claims(user))

    def with_totals(self) -> Self:
        """Adds `total`, `to_refund` (what one paid oneself) and `line_count` in the same question."""
        return self.annotate(
            total=_sum_of(Q()),
            to_refund=_sum_of(Q(lines__paid_with=PaidWith.OWN)),
            line_count=Count("lines"),
        )


class ExpenseClaim(models.Model):
    """What a person spent for an activity, put forward in a month; made by itself at its first line."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="expense_claims", verbose_name=_("personne")
    )
    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        related_name="expense_claims",
        verbose_name=_("activité"),
    )
    # The first day of the month.
    month = models.DateField(_("mois"))
    state = models.CharField(_("état"), max_length=9, choices=ClaimState, default=ClaimState.DRAFT)
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    submitted_on = models.DateField(_("soumise le"), null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("soumise par")
    )
    # Who took the claim to check it.
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("vérifiée par")
    )
    correction = models.TextField(_("correction demandée"), max_length=4000, blank=True)
    approved_on = models.DateField(_("approuvée le"), null=True, editable=False)
    created_at = models.DateTimeField(_("commencée le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("commencée par")
    )

    objects = ExpenseClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("note de frais")
        verbose_name_plural = _("notes de frais")
        ordering = ["-month", "-pk"]
        indexes = [
            models.Index(fields=["activity", "month"], name="expenseclaim_of_activity"),
            models.Index(
                fields=["state_since"],
                condition=Q(state=ClaimState.SUBMITTED),
                name="expenseclaim_to_check",
            ),
        ]
        constraints = [
            models.CheckConstraint(name="expenseclaim_state_known", condition=Q(state__in=ClaimState.values)),
            models.CheckConstraint(name="expenseclaim_first_day", condition=Q(month__day=1)),
            models.UniqueConstraint(name="expenseclaim_once_a_month", fields=["person", "activity", "month"]),
            models.CheckConstraint(
                name="expenseclaim_submitted_when",
                condition=Q(state=ClaimState.DRAFT) | Q(submitted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="expenseclaim_approved_when",
                condition=Q(state__in=BOOKED_CLAIMS, approved_on__isnull=False)
                | (~Q(state__in=BOOKED_CLAIMS) & Q(approved_on__isnull=True)),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="expenseclaim_born_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.state <> 'draft'"),
                func="""
                    RAISE EXCEPTION 'pgtrigger: a claim is born a draft'
                        USING ERRCODE = 'integrity_constraint_violation';
                """,
            ),
            pgtrigger.ReadOnly(name="expenseclaim_whose", fields=["activity", "month"]),
            pgtrigger.Protect(name="expenseclaim_kept", operation=pgtrigger.Delete),
            no_truncate("expenseclaim"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.month_said}"

    def get_absolute_url(self) -> str:
        return reverse("invoicing:claim_detail", args=[self.pk])

    @property
    def month_said(self) -> str:
        return date_format(self.month, "F Y")

    @property
    def of_month(self) -> Month:
        return Month.of(self.month)

    @property
    def is_draft(self) -> bool:
        return self.state == ClaimState.DRAFT

    @property
    def is_submitted(self) -> bool:
        return self.state == ClaimState.SUBMITTED

    @property
    def is_booked(self) -> bool:
        return self.state in BOOKED_CLAIMS


class ExpenseLine(models.Model):
    """One expense. `gross` and `tax` are those of the receipt; `amount` is what the activity takes of it."""

    claim = models.ForeignKey(
        ExpenseClaim, models.PROTECT, related_name="lines", verbose_name=_("note de frais")
    )
    kind = models.ForeignKey(
        "invoicing.ExpenseKind", models.PROTECT, related_name="lines", verbose_name=_("nature")
    )
    on = models.DateField(_("date"))
    label = models.CharField(_("libellé"), max_length=MAX_LINE_LABEL)
    # How many meals, nights, days or months of a flat allowance.
    quantity = models.DecimalField(_("quantité"), max_digits=7, decimal_places=2, null=True, blank=True)
    gross = MoneyField(_("montant TTC"))
    tax = MoneyField(_("dont TVA"), default=ZERO)
    business_share = RateField(_("part professionnelle"), default=Decimal(1))
    # From the three above (calculations/expenses.py): what the activity bears, and the VAT it gets back.
    amount = MoneyField(_("montant retenu"))
    deductible = MoneyField(_("TVA récupérable"), default=ZERO)
    # The part of the VAT that the rule of the kind gave back that day.
    recovery = RateField(_("part de TVA récupérable"), default=ZERO)
    paid_with = models.CharField(_("payé avec"), max_length=11, choices=PaidWith, default=PaidWith.OWN)
    voucher = models.ForeignKey(
        "invoicing.Voucher",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name=_("justificatif"),
    )
    missing_reason = models.CharField(
        _("pourquoi il n’y a pas de justificatif"), max_length=MAX_REASON, blank=True
    )
    # Whom the expense is invoiced to.
    customer = models.ForeignKey(
        "invoicing.Customer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="expense_lines",
        verbose_name=_("client à qui refacturer"),
    )
    # The grant that pays it; judged when the claim is approved.
    fund = models.ForeignKey(
        "accounting.Fund",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("payée par la subvention"),
    )
    guests = models.CharField(_("personnes présentes, société"), max_length=MAX_GUESTS, blank=True)
    decision = models.CharField(
        _("décision"), max_length=9, choices=LineDecision, default=LineDecision.PENDING
    )
    reason = models.CharField(_("motif"), max_length=MAX_REASON, blank=True)
    # Ticked by whoever checks: the receipt was opened and says the same.
    receipt_seen = models.BooleanField(_("justificatif vu"), default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("décidée par")
    )
    # What the author had written, once somebody corrects it.
    claimed = models.JSONField(_("avant correction"), null=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Moves at each save, so that two tabs cannot overwrite each other.
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("saisie le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("saisie par")
    )

    class Meta:
        verbose_name = _("ligne de note de frais")
        verbose_name_plural = _("lignes de note de frais")
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["on", "gross"], name="expenseline_twins")]
        constraints = [
            models.CheckConstraint(name="expenseline_paid_known", condition=Q(paid_with__in=PaidWith.values)),
            models.CheckConstraint(
                name="expenseline_decision_known", condition=Q(decision__in=LineDecision.values)
            ),
            # Below zero: a trip put right, which never has any tax.
            models.CheckConstraint(
                name="expenseline_tax_within",
                condition=Q(tax=0) | Q(tax__gt=0, tax__lt=F("gross")),
            ),
            models.CheckConstraint(
                name="expenseline_deductible_within",
                condition=Q(deductible__gte=0, deductible__lte=F("tax")),
            ),
            models.CheckConstraint(
                name="expenseline_share", condition=Q(business_share__gt=0, business_share__lte=1)
            ),
            models.CheckConstraint(
                name="expenseline_recovery", condition=Q(recovery__gte=0, recovery__lte=1)
            ),
            models.CheckConstraint(
                name="expenseline_amount_within",
                condition=Q(gross__gte=0, amount__gte=0, amount__lte=F("gross"))
                | Q(gross__lt=0, amount=F("gross")),
            ),
            models.CheckConstraint(name="expenseline_says_what", condition=~Q(label="")),
            models.CheckConstraint(
                name="expenseline_says_why",
                condition=~Q(decision__in=[LineDecision.CORRECTED, LineDecision.REFUSED]) | ~Q(reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="expenseline_of_open_claim",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_OF_OPEN_CLAIM,
            ),
            no_truncate("expenseline"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return f"{self.claim.get_absolute_url()}#ligne-{self.pk}"

    @property
    def cost(self) -> Decimal:
        """What the activity bears once the VAT is back."""
        return self.amount - self.deductible

    @property
    def counts(self) -> bool:
        return self.decision != LineDecision.REFUSED

    @property
    def is_to_refund(self) -> bool:
        return self.counts and self.paid_with == PaidWith.OWN

    @property
    def share_percent(self) -> Decimal:
        return percent(self.business_share)


class ExpenseFavourite(models.Model):
    """A line that comes back, kept to be written again in one press (INV-55)."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="expense_favourites", verbose_name=_("personne")
    )
    name = models.CharField(_("nom"), max_length=80)
    kind = models.ForeignKey(
        "invoicing.ExpenseKind", models.PROTECT, related_name="+", verbose_name=_("nature")
    )
    label = models.CharField(_("libellé"), max_length=MAX_LINE_LABEL)
    quantity = models.DecimalField(_("quantité"), max_digits=7, decimal_places=2, null=True, blank=True)
    gross = MoneyField(_("montant TTC"), null=True, blank=True)
    tax = MoneyField(_("dont TVA"), null=True, blank=True)
    business_share = RateField(_("part professionnelle"), default=Decimal(1))
    paid_with = models.CharField(_("payé avec"), max_length=11, choices=PaidWith, default=PaidWith.OWN)
    guests = models.CharField(_("personnes présentes, société"), max_length=MAX_GUESTS, blank=True)
    created_at = models.DateTimeField(_("gardée le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("dépense favorite")
        verbose_name_plural = _("dépenses favorites")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="expensefavourite_paid_known", condition=Q(paid_with__in=PaidWith.values)
            ),
            models.CheckConstraint(
                name="expensefavourite_share", condition=Q(business_share__gt=0, business_share__lte=1)
            ),
            models.UniqueConstraint(name="expensefavourite_once_a_name", fields=["person", "name"]),
        ]

    def __str__(self) -> str:
        return self.name
