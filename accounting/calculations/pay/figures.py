"""From what the rules give for a gross to our own figures: rounding, cover by agreement, cadre, the year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from accounting.calculations.pay.reduction import (
    Counted,
    Terms,
    counted_smic,
    reduction_of_month,
)
from accounting.calculations.pay.situations import PayLine, PaySituation, Values
from accounting.calculations.pay.vocabulary import (
    CADRE_PROVIDENT,
    COST,
    EMPLOYEE_HEALTH,
    EMPLOYEE_TOTAL,
    LINES,
    REDUCTION,
    SUPPLEMENT,
    TAXABLE,
)
from cae.core.money import ZERO, cents

# Rates of CSG and CRDS on what the employer pays for cover, and of the forfait social from eleven people on.
_CSG_DEDUCTIBLE = Decimal("0.068")
_CSG_NOT_DEDUCTIBLE = Decimal("0.029")
_SOCIAL_LEVY = Decimal("0.08")
_SOCIAL_LEVY_FROM = 11
_CSG = ("csg_deductible", "csg_not_deductible")


@dataclass(frozen=True, slots=True)
class Figures:
    """A month at one gross: each figure rounded once, but for `whole`, the cost before any reduction."""

    gross: Decimal
    whole: Decimal
    cost: Decimal
    net: Decimal
    taxable: Decimal
    reduction: Decimal
    alone: Decimal
    owed: Decimal
    lines: tuple[PayLine, ...]


@dataclass(frozen=True, slots=True)
class Provident:
    """What cover by agreement adds: its two parts, and the levies on the employer's."""

    employer: Decimal
    employee: Decimal
    social_levy: Decimal
    csg_deductible: Decimal
    csg_not_deductible: Decimal


def provident(gross: Decimal, situation: PaySituation) -> Provident:
    """Gives each part to the cent: the rules know no cover by agreement (design §10)."""
    employer = cents(gross * situation.provident_employer_rate)
    levied = situation.headcount >= _SOCIAL_LEVY_FROM
    return Provident(
        employer=employer,
        employee=cents(gross * situation.provident_employee_rate),
        social_levy=cents(employer * _SOCIAL_LEVY) if levied else ZERO,
        csg_deductible=cents(employer * _CSG_DEDUCTIBLE),
        csg_not_deductible=cents(employer * _CSG_NOT_DEDUCTIBLE),
    )


def figures(
    values: Values, gross: Decimal, situation: PaySituation, year: Iterable[Counted], terms: Terms
) -> Figures:
    """Gives the month: cost with the reduction that the year leaves to it, net, taxable, lines."""
    smic = counted_smic(gross, situation, terms)
    cover = provident(gross, situation)
    employer = cover.employer + cover.social_levy
    employee = cover.employee + cover.csg_deductible + cover.csg_not_deductible
    reduction = reduction_of_month(gross, smic, year, terms)
    # The rules never go below a net of nothing: what is missing is a debt.
    exact = gross - _value(values, EMPLOYEE_TOTAL) - employee
    taxable = (
        _value(values, TAXABLE) - _value(values, CADRE_PROVIDENT) - cover.employee - cover.csg_deductible
    )
    whole = _value(values, COST) + _value(values, REDUCTION) + employer
    return Figures(
        gross=gross,
        whole=whole,
        cost=cents(whole) - reduction,
        net=cents(max(ZERO, exact)),
        # The rules add the cover of a cadre to what is taxed, and floor the net that they tax: undone here.
        taxable=cents(max(ZERO, taxable + min(ZERO, exact))),
        reduction=reduction,
        alone=reduction_of_month(gross, smic, (), terms),
        owed=cents(min(_value(values, EMPLOYEE_HEALTH), max(ZERO, -exact))),
        lines=tuple(_lines(values, cover, paid=gross > 0)),
    )


def _value(values: Values, name: str) -> Decimal:
    return values[name] or Decimal(0)


def _lines(values: Values, cover: Provident, *, paid: bool) -> Iterable[PayLine]:
    """Each contribution rounded alone; those of nothing left out. Unpaid, nobody owes CSG on cover."""
    added = {
        "social_levy": (cover.social_levy, ZERO),
        "csg_deductible": (ZERO, cover.csg_deductible),
        "csg_not_deductible": (ZERO, cover.csg_not_deductible),
    }
    for code, (employer, employee) in LINES.items():
        if code in _CSG and not paid:
            continue
        more = added.get(code, (ZERO, ZERO))
        amount = _value(values, employer) if employer else ZERO
        # The rules count the supplement inside the tax: it is a line of its own.
        if code == "apprenticeship":
            amount -= _value(values, SUPPLEMENT)
        line = PayLine(
            code,
            cents(amount) + more[0],
            cents(_value(values, employee) if employee else ZERO) + more[1],
        )
        if line.employer or line.employee:
            yield line
    if cover.employer or cover.employee:
        yield PayLine("provident", cover.employer, cover.employee)
