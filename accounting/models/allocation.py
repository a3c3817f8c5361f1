"""The allocation of the result of a year: what was read, what is shared, what each receives (ACC-47)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounting.calculations.allocation.parts import Allocation, Facts
from accounting.calculations.allocation.people import Criterion, Key
from accounting.models.periods import FiscalYear
from accounting.states.allocation import (
    ALLOCATION_SHAPES,
    BOOKED,
    DECIDED,
    AllocationLaw,
    AllocationState,
    ShareKind,
)
from cae.core.fields import MoneyField, RateField
from cae.core.money import ZERO

# What the books say, and somebody may put right with a reason.
FACTS = (
    "result",
    "legal_reserve",
    "capital",
    "highest_capital",
    "losses",
    "kept_out",
    "interest_rate",
)
_FROZEN = (
    *("law", *FACTS, "facts_read", "facts_reason", "absorbed", "legal", "statutory", "labour", "interest"),
    *("participation", "by_pay", "by_time", "by_equal", "seniority_step"),
)
_SQL_OLD, _SQL_NEW = (", ".join(f"{row}.{name}" for name in _FROZEN) for row in ("OLD", "NEW"))
# Rows of a proposal are written anew while it is one, and by nothing afterwards.
_ONLY_PROPOSED = """
    IF EXISTS (
        SELECT 1 FROM accounting_resultallocation
        WHERE id = COALESCE(NEW.allocation_id, OLD.allocation_id) AND state <> 'proposed'
    ) THEN
        RAISE EXCEPTION 'the parts of an allocation move while it is proposed only'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class ResultAllocation(models.Model):
    """Where the result of one year goes."""

    year = models.OneToOneField(
        FiscalYear, models.PROTECT, related_name="allocation", verbose_name=_("exercice comptable")
    )
    law = models.CharField(_("loi"), max_length=4, choices=AllocationLaw)
    result = MoneyField(_("résultat de l’exercice"))
    legal_reserve = MoneyField(_("réserve légale"))
    capital = MoneyField(_("capital"))
    highest_capital = MoneyField(_("capital le plus élevé atteint"))
    losses = MoneyField(_("pertes antérieures"), default=ZERO)
    kept_out = MoneyField(_("gains ou subventions non partageables"), default=ZERO)
    interest_rate = RateField(_("taux plafond de l’intérêt"), default=ZERO)
    # As the books had them when they were read, whatever somebody put right since.
    facts_read = models.JSONField(_("lu dans les livres"), default=dict)
    facts_reason = models.CharField(_("motif de la correction"), max_length=300, blank=True)
    absorbed = MoneyField(_("pertes antérieures absorbées"))
    legal = MoneyField(_("à la réserve légale"))
    statutory = MoneyField(_("au fonds de développement"))
    labour = MoneyField(_("part travail"))
    interest = MoneyField(_("intérêt aux parts"))
    participation = MoneyField(_("dont participation"), default=ZERO)
    by_pay = RateField(_("selon la rémunération"), default=1)
    by_time = RateField(_("selon le temps"), default=0)
    by_equal = RateField(_("à parts égales"), default=0)
    seniority_step = RateField(_("majoration par année d’ancienneté"), default=0)
    # The assembly, as it is written: « assemblée du 12 juin 2026, résolution n° 3 ».
    decision = models.CharField(_("décision"), max_length=200, blank=True)
    voted_on = models.DateField(_("votée le"), null=True, editable=False)
    entry = models.OneToOneField(
        "accounting.Entry",
        models.PROTECT,
        null=True,
        related_name="allocation",
        editable=False,
        verbose_name=_("écriture"),
    )
    due_on = models.DateField(_("à verser le"), null=True, editable=False)
    labour_kept_back = RateField(_("retenue sur la part travail"), default=0, editable=False)
    interest_kept_back = RateField(_("retenue sur l’intérêt"), default=0, editable=False)
    kept_back_entry = models.OneToOneField(
        "accounting.Entry",
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("écriture des retenues"),
    )
    state = models.CharField(
        _("état"), max_length=10, choices=AllocationState, default=AllocationState.PROPOSED, editable=False
    )
    state_since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)
    # Why it came back from a later state.
    state_reason = models.CharField(_("motif"), max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("proposée par")
    )
    created_at = models.DateTimeField(_("proposée le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("affectation du résultat")
        verbose_name_plural = _("affectations du résultat")
        ordering = ["-year__starts_on"]
        constraints = [
            models.CheckConstraint(name="allocation_law", condition=Q(law__in=AllocationLaw.values)),
            models.CheckConstraint(name="allocation_state", condition=Q(state__in=AllocationState.values)),
            models.CheckConstraint(
                name="allocation_whole",
                condition=Q(
                    result=F("absorbed") + F("legal") + F("statutory") + F("labour") + F("interest"),
                ),
            ),
            models.CheckConstraint(
                name="allocation_parts_positive",
                condition=Q(legal__gte=0, statutory__gte=0, labour__gte=0, interest__gte=0)
                & Q(participation__gte=0, participation__lte=F("labour")),
            ),
            models.CheckConstraint(
                name="allocation_facts_positive",
                condition=Q(
                    legal_reserve__gte=0,
                    capital__gte=0,
                    highest_capital__gte=0,
                    losses__gte=0,
                    kept_out__gte=0,
                    interest_rate__gte=0,
                ),
            ),
            models.CheckConstraint(
                name="allocation_key_whole",
                condition=Q(by_pay__gte=0, by_time__gte=0, by_equal__gte=0, seniority_step__gte=0)
                & Q(by_pay=1 - F("by_time") - F("by_equal")),
            ),
            models.CheckConstraint(
                name="allocation_decided",
                condition=Q(state=AllocationState.PROPOSED, voted_on__isnull=True, decision="")
                | Q(state=AllocationState.JOINED, voted_on__isnull=True) & ~Q(decision="")
                | Q(state__in=DECIDED, voted_on__isnull=False) & ~Q(decision=""),
            ),
            models.CheckConstraint(
                name="allocation_booked",
                condition=~Q(state__in=BOOKED) & Q(entry__isnull=True)
                | Q(state__in=BOOKED) & (Q(entry__isnull=False) | Q(result=0)),
            ),
            models.CheckConstraint(
                name="allocation_paid",
                condition=Q(state=AllocationState.PAID, due_on__isnull=False)
                | ~Q(state=AllocationState.PAID)
                & Q(
                    due_on__isnull=True,
                    kept_back_entry__isnull=True,
                    labour_kept_back=0,
                    interest_kept_back=0,
                ),
            ),
            models.CheckConstraint(
                name="allocation_kept_back",
                condition=Q(labour_kept_back__gte=0, labour_kept_back__lt=1)
                & Q(interest_kept_back__gte=0, interest_kept_back__lt=1),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="allocation_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="allocation_year_kept", fields=["year"]),
            pgtrigger.Protect(
                name="allocation_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"OLD.state <> 'proposed' AND ({_SQL_OLD}) IS DISTINCT FROM ({_SQL_NEW})"
                ),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Affectation du résultat, %(year)s") % {"year": self.year}

    def get_absolute_url(self) -> str:
        return reverse("accounting:allocation", args=[f"{self.year.starts_on:%Y-%m}"])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*ALLOCATION_SHAPES[self.state], self.get_state_display())

    @property
    def reserves(self) -> Decimal:
        """What stays in the cooperative for ever."""
        return self.legal + self.statutory

    @property
    def facts(self) -> Facts:
        return Facts(**{name: getattr(self, name) for name in FACTS})

    @property
    def parts(self) -> Allocation:
        return Allocation(
            self.absorbed, self.legal, self.statutory, self.labour, self.interest, self.participation
        )

    @property
    def key(self) -> Key:
        """How much of the part travail each criterion shares."""
        return {
            Criterion.PAY: self.by_pay,
            Criterion.TIME: self.by_time,
            Criterion.EQUAL: self.by_equal,
        }


class AllocationRight(models.Model):
    """What is measured of an employee in the year, as read or as somebody put it right."""

    allocation = models.ForeignKey(
        ResultAllocation,
        models.PROTECT,
        related_name="rights",
        db_index=False,
        verbose_name=_("affectation du résultat"),
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="allocation_rights", verbose_name=_("personne")
    )
    entered_on = models.DateField(_("entrée le"))
    left_on = models.DateField(_("sortie le"), null=True)
    pay = MoneyField(_("rémunération brute"), default=ZERO)
    days = models.PositiveSmallIntegerField(_("jours de présence"), default=0)
    seniority = models.PositiveSmallIntegerField(_("années d’ancienneté"), default=0)
    is_entitled = models.BooleanField(_("a droit à la part travail"))
    # As it was read: {"pay": …, "days": …, "is_entitled": …}.
    read = models.JSONField(_("lu dans les livres"), default=dict)
    reason = models.CharField(_("motif de la correction"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("droit à la part travail")
        verbose_name_plural = _("droits à la part travail")
        ordering = ["allocation", "person"]
        constraints = [
            models.UniqueConstraint(name="allocation_right_once", fields=["allocation", "person"]),
            models.CheckConstraint(name="allocation_right_pay", condition=Q(pay__gte=0)),
            models.CheckConstraint(
                name="allocation_right_dates",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("entered_on")),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="allocation_right_proposed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_ONLY_PROPOSED,
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class AllocationShare(models.Model):
    """What one person, or one organisation that holds shares, receives of a result."""

    allocation = models.ForeignKey(
        ResultAllocation, models.PROTECT, related_name="shares", verbose_name=_("affectation du résultat")
    )
    kind = models.CharField(_("nature"), max_length=8, choices=ShareKind)
    # None for an organisation, which `name` says.
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        related_name="allocation_shares",
        verbose_name=_("personne"),
    )
    name = models.CharField(_("nom"), max_length=200)
    amount = MoneyField(_("montant"))
    # The part travail, criterion by criterion.
    pay_part = MoneyField(_("selon la rémunération"), default=ZERO)
    time_part = MoneyField(_("selon le temps"), default=ZERO)
    equal_part = MoneyField(_("à parts égales"), default=ZERO)
    # What is kept back for the State and social bodies, known once it is paid.
    kept_back = MoneyField(_("retenu"), default=ZERO, editable=False)

    class Meta:
        verbose_name = _("part d’une personne dans un résultat")
        verbose_name_plural = _("parts des personnes dans un résultat")
        ordering = ["allocation", "pk"]
        constraints = [
            models.CheckConstraint(name="allocation_share_kind", condition=Q(kind__in=ShareKind.values)),
            models.CheckConstraint(
                name="allocation_share_amount",
                condition=Q(amount__gt=0, kept_back__gte=0, kept_back__lt=F("amount")) & ~Q(name=""),
            ),
            models.CheckConstraint(
                name="allocation_share_adds_up",
                condition=Q(
                    kind=ShareKind.LABOUR,
                    person__isnull=False,
                    amount=F("pay_part") + F("time_part") + F("equal_part"),
                )
                | Q(kind=ShareKind.INTEREST, pay_part=0, time_part=0, equal_part=0),
            ),
            models.UniqueConstraint(
                name="allocation_share_once",
                fields=["allocation", "kind", "person"],
                condition=Q(person__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="allocation_share_frozen",
                fields=[
                    *("allocation", "kind", "person", "name", "amount"),
                    *("pay_part", "time_part", "equal_part"),
                ],
            ),
            pgtrigger.Trigger(
                name="allocation_share_proposed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                func=_ONLY_PROPOSED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.name}"

    @property
    def net(self) -> Decimal:
        """What is paid."""
        return self.amount - self.kept_back
