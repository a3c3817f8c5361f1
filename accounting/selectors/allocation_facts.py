"""What the books say of a year whose result is to be allocated: facts, people, holders of capital."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Sum

from accounting.calculations.allocation.law import SCIC, law_of
from accounting.calculations.allocation.people import Stay, stay_in
from accounting.models import Account, FiscalYear, MonthTotal, PayResult
from accounting.selectors.year_end import carried, held_at_end
from accounting.states.allocation import INTEREST_CEILING, AllocationLaw
from accounting.states.books import AccountRole
from accounting.states.payroll import ImportState
from cae.core.facts import facts
from cae.core.models import Cooperative
from cae.core.money import ZERO
from cae.core.settings import value_of
from people.models import Person, StatusPeriod
from people.states.statuses import StatusKind

# Who is employed: associates or not, all have a right to the part travail.
EMPLOYED = (StatusKind.ENTREPRENEUR, StatusKind.STAFF)
CAPITAL_FACT = "share.capital_held"
CAPITAL = (AccountRole.CAPITAL_PAID, AccountRole.CAPITAL_UNPAID)


@dataclass(frozen=True)
class Employee:
    """Somebody who was employed in the year, and what they were paid."""

    person: Person
    stay: Stay
    pay: Decimal


@dataclass(frozen=True)
class Holder:
    """Who holds capital: a person, or an organisation that has a name only."""

    person_id: int | None
    name: str
    capital: Decimal


def law_of_year(year: FiscalYear) -> AllocationLaw:
    """The law of the cooperative on the last day; a Scop until somebody says what it is."""
    row = Cooperative.objects.filter(valid_from__lte=year.ends_on).order_by("-valid_from").first()
    is_scic = row is not None and law_of(row.legal_form) is SCIC
    return AllocationLaw.SCIC if is_scic else AllocationLaw.SCOP


def facts_of_year(year: FiscalYear) -> dict[str, Decimal]:
    """The facts of an allocation as the books have them on the last day."""
    capital, highest = _capital(year.ends_on)
    ceiling: Decimal = value_of(INTEREST_CEILING, on=year.ends_on)
    return {
        "result": result_of_year(year),
        "legal_reserve": max(_credit_of(AccountRole.LEGAL_RESERVE, year.ends_on), ZERO),
        "capital": capital,
        "highest_capital": highest,
        "losses": max(-_credit_of(AccountRole.LOSSES_CARRIED, year.ends_on), ZERO),
        "kept_out": ZERO,
        "interest_rate": ceiling,
    }


def result_of_year(year: FiscalYear) -> Decimal:
    """What classes 6 and 7 hold on the last day, and what closing entries took of them: profit positive."""
    held = sum((row.signed for rows in held_at_end(year).values() for row in rows), ZERO)
    return -(held + sum(carried(year).values(), ZERO))


def results_carried(year: FiscalYear) -> dict[int, Decimal]:
    """What closing entries took to the result of each section: profit positive, none of zero."""
    return {section: -signed for section, signed in carried(year).items() if signed}


def _credit_of(role: AccountRole, until: date) -> Decimal:
    rows = MonthTotal.objects.filter(account__role=role, month__lte=until)
    return rows.aggregate(sum=Sum(F("credit") - F("debit"), default=ZERO))["sum"] or ZERO


def _capital(until: date) -> tuple[Decimal, Decimal]:
    """The capital on a day, and the highest it was at the end of a month."""
    rows = MonthTotal.objects.filter(account__role__in=CAPITAL, month__lte=until).order_by("month")
    standing = highest = ZERO
    moves = rows.values("month").annotate(sum=Sum(F("credit") - F("debit")))
    for moved in moves.values_list("sum", flat=True):
        standing += moved
        highest = max(highest, standing)
    return max(standing, ZERO), highest


def accounts_behind() -> dict[str, list[Account]]:
    """The accounts that each fact is read in."""
    found: dict[str, list[Account]] = defaultdict(list)
    names = {
        AccountRole.LEGAL_RESERVE: ("legal_reserve",),
        AccountRole.LOSSES_CARRIED: ("losses",),
        **dict.fromkeys(CAPITAL, ("capital", "highest_capital")),
    }
    for account in Account.objects.filter(role__in=list(names)).order_by("number"):
        for name in names[AccountRole(account.role or "")]:
            found[name].append(account)
    return dict(found)


def employees_of_year(year: FiscalYear) -> list[Employee]:
    """Whoever was employed on a day of the year, by name; three queries."""
    periods: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    rows = StatusPeriod.objects.filter(kind__in=EMPLOYED, starts_on__lte=year.ends_on)
    for person, start, end in rows.order_by().values_list("person", "starts_on", "ends_on"):
        periods[person].append((start, end))
    stays = {person: stay_in(found, year.span) for person, found in periods.items()}
    kept = {person: stay for person, stay in stays.items() if stay is not None}
    paid = _paid(year)
    people = Person.objects.filter(pk__in=list(kept)).order_by("sort_name", "pk")
    return [Employee(one, kept[one.pk], paid.get(one.pk, ZERO)) for one in people]


def _paid(year: FiscalYear) -> dict[int, Decimal]:
    """The gross of each person, by the payroll journals posted for the months of the year."""
    rows = PayResult.objects.filter(
        received__state=ImportState.POSTED,
        received__month__first__range=(year.starts_on, year.ends_on),
    )
    sums = rows.order_by().values("person").annotate(sum=Sum("gross"))
    return {person: max(total, ZERO) for person, total in sums.values_list("person", "sum")}


def holders_of_capital(year: FiscalYear) -> list[Holder]:
    """Who held shares on the last day, by the register of shares."""
    held = facts(CAPITAL_FACT, (), on=year.ends_on)
    return [Holder(person, name, capital) for (person, name), capital in held.items()]
