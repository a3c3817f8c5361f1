"""Coefficients of deduction: those in force, what the returns of a year say of sales and deductions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, F, Q, QuerySet, Sum, Value, When

from accounting.calculations.vat import ADJUSTMENT, DEDUCTED_ROLES
from accounting.models import AnalyticAccount, VatCoefficient, VatCounted
from accounting.states.books import AccountRole, AnalyticKind
from accounting.states.vat import CoefficientStage, VatKind
from cae.core.money import ZERO


def vat_coefficients() -> QuerySet[VatCoefficient]:
    return VatCoefficient.objects.select_related("section", "entry__journal", "decided_by__person")


def coefficients_in_force() -> Mapping[tuple[int, int], Decimal]:
    """(section, year) → the share deducted: the final one once it is known."""
    # « final » comes after « provisional »: it has the last word.
    order = {CoefficientStage.PROVISIONAL: 0, CoefficientStage.FINAL: 1}
    rows = sorted(VatCoefficient.objects.all(), key=lambda row: order[CoefficientStage(row.stage)])
    return {(row.section_id, row.year): row.value for row in rows}


@dataclass(frozen=True)
class Turnover:
    """Sales counted in the returns of a year."""

    taxed: Decimal
    whole: Decimal


def turnover_of(year: int) -> Turnover:
    """What the returns of a year count as sales: exempt ones give no right to deduct, the others do."""
    rows = VatCounted.objects.filter(vat_return__starts_on__year=year, operation__isnull=False).exclude(
        line__account__role=AccountRole.VAT_REVERSE
    )
    exempt = (
        Q(line__vat_ruling__kind=VatKind.EXEMPT)
        | Q(line__vat_ruling__isnull=True, line__vat_kind=VatKind.EXEMPT)
        | Q(
            line__vat_ruling__isnull=True,
            line__vat_kind="",
            line__account__role=AccountRole.REVENUE_TRAINING,
        )
    )
    sums = rows.aggregate(whole=Sum("base", default=ZERO), exempt=Sum("base", filter=exempt, default=ZERO))
    return Turnover(sums["whole"] - sums["exempt"], sums["whole"])


@dataclass(frozen=True)
class Deductions:
    """VAT of the costs of a section over a year: all of it, and what was deducted."""

    whole: Decimal
    deducted: Decimal


def deductions_of(section: AnalyticAccount, year: int) -> Deductions:
    rows = VatCounted.objects.filter(
        line__analytic=section, line__account__role__in=DEDUCTED_ROLES, line__on__year=year
    ).exclude(line__vat_kind=ADJUSTMENT)
    sums = rows.aggregate(
        whole=Sum(F("line__debit") - F("line__credit"), default=ZERO), deducted=Sum("tax", default=ZERO)
    )
    return Deductions(sums["whole"], sums["deducted"])


def is_applied(section: AnalyticAccount, year: int) -> bool:
    """A return has counted deductions of this section and year."""
    return VatCounted.objects.filter(
        line__analytic=section, line__account__role__in=DEDUCTED_ROLES, line__on__year=year
    ).exists()


def sections_offered() -> QuerySet[AnalyticAccount]:
    """The shared services first, then activities by name."""
    first = Case(When(kind=AnalyticKind.SHARED, then=Value(0)), default=Value(1))
    return AnalyticAccount.objects.exclude(kind=AnalyticKind.PERSON).order_by(first, "sort_label")
