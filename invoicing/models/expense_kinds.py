"""What an expense is spent on, and the dated rule of each kind: VAT given back, limits, flat amounts (INV-51,
INV-53)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField, RateField
from cae.core.permanence import no_truncate
from invoicing.calculations.totals import percent
from invoicing.states.expenses import ExpenseWay, FlatUnit, LimitPer
from people.models.periods import DateSpan


class ExpenseKindQuerySet(models.QuerySet["ExpenseKind"]):
    def offered_on(self, day: date) -> Self:
        """Those that have a rule that day: a kind without rule says neither its VAT nor its amount."""
        ruled = ExpenseRule.objects.in_force(day).filter(kind=OuterRef("pk"))
        return self.filter(Exists(ruled))


class ExpenseKind(models.Model):
    """A kind of expense: where it is booked, what it asks for."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    label = models.CharField(_("libellé"), max_length=80)
    way = models.CharField(_("montant"), max_length=7, choices=ExpenseWay, default=ExpenseWay.ACTUAL)
    account = models.ForeignKey(
        "accounting.Account", models.PROTECT, related_name="+", verbose_name=_("compte")
    )
    # Else that of the account: it says whether the cost enters the base of the contribution.
    cost_kind = models.ForeignKey(
        "accounting.CostKind",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("nature de charge"),
    )
    needs_voucher = models.BooleanField(_("justificatif demandé"), default=True)
    # Meals, gifts, nights of somebody else: who was there is part of the proof.
    needs_guests = models.BooleanField(_("personnes demandées"), default=False)
    # Proposed when the expense is partly private, as a telephone.
    usual_share = RateField(_("part professionnelle proposée"), default=Decimal(1))
    position = models.PositiveSmallIntegerField(_("rang"), default=100)

    objects = ExpenseKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("nature de dépense")
        verbose_name_plural = _("natures de dépense")
        ordering = ["position", "label"]
        constraints = [
            models.CheckConstraint(name="expensekind_way_known", condition=Q(way__in=ExpenseWay.values)),
            models.CheckConstraint(
                name="expensekind_share", condition=Q(usual_share__gt=0, usual_share__lte=1)
            ),
        ]
        triggers = [
            # Lines already booked keep their meaning.
            pgtrigger.ReadOnly(name="expensekind_frozen", fields=["code", "way"]),
            pgtrigger.Protect(name="expensekind_kept", operation=pgtrigger.Delete),
            no_truncate("expensekind"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("invoicing:expense_kind_detail", args=[self.pk])

    @property
    def said(self) -> str:
        """The label in the language of the reader, as long as it is one of ours."""
        return gettext(self.label)

    @property
    def is_flat(self) -> bool:
        return self.way == ExpenseWay.FLAT

    @property
    def is_mileage(self) -> bool:
        return self.way == ExpenseWay.MILEAGE

    @property
    def booked_as(self) -> Any:
        """The nature of cost of its lines: its own, else that of its account; or nothing."""
        return self.cost_kind or self.account.cost_kind

    @property
    def enters_base(self) -> bool:
        """A scale on the margin may take it off the turnover (« entre dans la base »)."""
        found = self.booked_as
        return found is not None and bool(found.enters_base)


class ExpenseRuleQuerySet(models.QuerySet["ExpenseRule"]):
    def in_force(self, on: date) -> Self:
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class ExpenseRule(models.Model):
    """What holds for a kind over a period; a value that changes is a new row, this one is given its end."""

    kind = models.ForeignKey(ExpenseKind, models.PROTECT, related_name="rules", verbose_name=_("nature"))
    valid_from = models.DateField(_("en vigueur depuis"))
    valid_to = models.DateField(_("jusqu’au"), null=True, blank=True)
    vat_recovery = RateField(_("part de TVA récupérable"))
    limit_amount = MoneyField(_("plafond"), null=True, blank=True)
    limit_per = models.CharField(_("plafond compté"), max_length=5, choices=LimitPer, blank=True)
    flat_amount = MoneyField(_("forfait"), null=True, blank=True)
    flat_unit = models.CharField(_("forfait donné par"), max_length=5, choices=FlatUnit, blank=True)
    source = models.CharField(_("source"), max_length=200)
    # Nobody of the trade has read it against its source yet: the page says so.
    to_confirm = models.BooleanField(_("à confirmer"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("écrite par")
    )

    objects = ExpenseRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("règle de dépense")
        verbose_name_plural = _("règles de dépense")
        ordering = ["kind_id", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="expenserule_recovery", condition=Q(vat_recovery__gte=0, vat_recovery__lte=1)
            ),
            models.CheckConstraint(
                name="expenserule_limit_whole",
                condition=Q(limit_amount__isnull=True, limit_per="")
                | Q(limit_amount__gt=0, limit_per__in=LimitPer.values),
            ),
            models.CheckConstraint(
                name="expenserule_flat_whole",
                condition=Q(flat_amount__isnull=True, flat_unit="")
                | Q(flat_amount__gt=0, flat_unit__in=FlatUnit.values),
            ),
            models.CheckConstraint(name="expenserule_says_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="expenserule_period",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            ExclusionConstraint(
                name="expenserule_one_at_a_date",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    (DateSpan("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="expenserule_frozen", exclude=["valid_to", "to_confirm"]),
            pgtrigger.Protect(name="expenserule_kept", operation=pgtrigger.Delete),
            no_truncate("expenserule"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.valid_from:%d/%m/%Y}"

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def percent(self) -> Decimal:
        """The part of VAT given back, as printed: 80."""
        return percent(self.vat_recovery)
