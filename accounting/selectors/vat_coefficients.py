"""Coefficients of deduction: those in force, what the returns of a year say of sales and deductions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from accounting.calculations.vat import ADJUSTMENT, DEDUCTED_ROLES
from accounting.models import AnalyticAccount, VatCoefficient, VatCounted, VatReturn
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
    # What is said of a line replaces what it says. Fixed assets sold are in neither term (art. 206-III-3).
    rows = rows.annotate(kind=Coalesce("line__vat_ruling__kind", "line__vat_kind")).exclude(
        kind=VatKind.ASSET
    )
    exempt = Q(kind=VatKind.EXEMPT) | Q(kind="", line__account__role=AccountRole.REVENUE_TRAINING)
    sums = rows.aggregate(whole=Sum("base", default=ZERO), exempt=Sum("base", filter=exempt, default=ZERO))
    return Turnover(sums["whole"] - sums["exempt"], sums["whole"])


@dataclass(frozen=True)
class Deductions:
    """VAT of the costs of a section over a year: all of it, and what was deducted."""

    whole: Decimal
    deducted: Decimal


def _deducted(section: Any, year: Any) -> QuerySet[VatCounted]:
    """The costs of a section and year that returns have deducted, but what a final coefficient changed."""
    return VatCounted.objects.filter(
        line__analytic=section, line__account__role__in=DEDUCTED_ROLES, line__on__year=year
    ).exclude(line__vat_kind=ADJUSTMENT)


def deductions_of(section: AnalyticAccount, year: int) -> Deductions:
    sums = _deducted(section, year).aggregate(
        whole=Sum(F("line__debit") - F("line__credit"), default=ZERO), deducted=Sum("tax", default=ZERO)
    )
    return Deductions(sums["whole"], sums["deducted"])


def is_applied(section: AnalyticAccount, year: int) -> bool:
    """A return has counted deductions of this section and year."""
    return _deducted(section, year).exists()


def returns_of(section: AnalyticAccount, year: int) -> QuerySet[VatReturn]:
    """The returns of a year, and later ones that count costs of it that came late."""
    late = Q(pk__in=_deducted(section, year).values("vat_return"))
    return VatReturn.objects.filter(Q(starts_on__year=year) | late).order_by("starts_on")


def put_right_since(vat_return: VatReturn) -> VatCoefficient | None:
    """A final coefficient that put right what a return deducted, once it was filed: counted again, its lines
    would be deducted at that coefficient twice."""
    deducted = _deducted(OuterRef("section"), OuterRef("year")).filter(vat_return=vat_return)
    rows = VatCoefficient.objects.filter(
        Exists(deducted), stage=CoefficientStage.FINAL, decided_at__gt=vat_return.state_since
    )
    return rows.select_related("section").first()


def sections_offered() -> QuerySet[AnalyticAccount]:
    """The shared services first, then activities by name."""
    first = Case(When(kind=AnalyticKind.SHARED, then=Value(0)), default=Value(1))
    return AnalyticAccount.objects.exclude(kind=AnalyticKind.PERSON).order_by(first, "sort_label")
