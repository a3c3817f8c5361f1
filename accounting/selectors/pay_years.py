"""What a financial year of an activity comes to for each of those it pays, from the books (ACC-29)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from accounting.calculations.payroll.year_end import YearFigures, shared_between
from accounting.models import (
    AnalyticAccount,
    EntryLine,
    PayProposal,
    RetainedResultAgreement,
    YearEndRegularisation,
)
from accounting.selectors.pay_means import sections_of_people
from accounting.selectors.periods import year_span
from accounting.states.books import AccountKind, AccountRole, JournalCode
from accounting.states.payroll import ImportState, PayState, RetainedState, YearEndState
from cae.core import permissions
from cae.core.facts import Source
from cae.core.money import ZERO
from cae.core.periods import Month, Span
from cae.core.questions import Given
from entrepreneurs.models import Activity, Contract
from entrepreneurs.states.contracts import ContractKind
from people.models import Person

_CONTRIBUTION = Q(account__role__in=[AccountRole.INTERNAL_CHARGE, AccountRole.INTERNAL_INCOME])
_PAY = Q(entry__journal__code=JournalCode.PAY)


@dataclass(frozen=True)
class PersonYear:
    """One person in one activity, with what the books say of the year."""

    person: Person
    activity: Activity
    figures: YearFigures

    @property
    def pk(self) -> str:
        """What names it in a job."""
        return f"{self.person.pk}-{self.activity.pk}"

    def __str__(self) -> str:
        return f"{self.person} · {self.activity}"


def years_of_people(year: Span, only: Iterable[str] | None = None) -> list[PersonYear]:
    """Each person paid by an activity in the year, by name; a flat number of questions. Those whose balance
    waits and whom the books no longer pay are among them: their balance is to become nothing."""
    costs, carried, waiting = _pay_costs(year), _carried(year), _waiting(year)
    people = _people(year, costs)
    whole = _sums(list(people), year)
    figures = dict.fromkeys(waiting, YearFigures())
    for activity, keys in people.items():
        parts = shared_between(whole[activity], len(keys))
        for person, part in zip(sorted(keys), parts, strict=True):
            figures[person, activity] = replace(part, real_cost=costs.get((person, activity), ZERO))
    figures = {key: replace(one, carried=carried.get(key, ZERO)) for key, one in figures.items()}
    persons = Person.objects.in_bulk({person for person, _activity in figures})
    activities = Activity.objects.in_bulk({activity for _person, activity in figures})
    found = [
        PersonYear(persons[key[0]], activities[key[1]], one)
        for key, one in figures.items()
        # Somebody may have been salaried where nothing was sold, spent or paid yet.
        if one != YearFigures() or key in waiting
    ]
    wanted = None if only is None else set(only)
    rows = [one for one in found if wanted is None or one.pk in wanted]
    return sorted(rows, key=lambda one: (one.person.sort_name, one.activity.sort_name))


def _waiting(year: Span) -> set[tuple[int, int]]:
    """Whose balance was computed, and not decided yet."""
    rows = YearEndRegularisation.objects.filter(starts_on=year.starts_on, state=YearEndState.COMPUTED)
    return set(rows.values_list("person", "activity"))


def _pay_costs(year: Span) -> dict[tuple[int, int], Decimal]:
    """The real cost of each person in each activity, as the payroll journals posted it."""
    rows = EntryLine.objects.order_by().filter(
        on__range=(year.starts_on, year.ends_on),
        account__kind=AccountKind.EXPENSE,
        analytic__activity__isnull=False,
        entry__pay_result__received__state=ImportState.POSTED,
    )
    sums = rows.values("entry__pay_result__person", "analytic__activity").annotate(
        sum=Sum(F("debit") - F("credit"))
    )
    return {
        (person, activity): total
        for person, activity, total in sums.values_list(
            "entry__pay_result__person", "analytic__activity", "sum"
        )
    }


def _people(year: Span, costs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    """Who is paid by which activity: by what was posted, by the contracts that name one, and by the
    activities that those whose contract names none exercised."""
    found: dict[int, set[int]] = defaultdict(set)
    for person, activity in costs:
        found[activity].add(person)
    rows = Contract.objects.binding().with_days().filter(kind=ContractKind.CESA, starts_on__lte=year.ends_on)
    unnamed: set[int] = set()
    for contract in rows:
        if contract.last_day is not None and contract.last_day < year.starts_on:
            continue
        if contract.activity_id:
            found[contract.activity_id].add(contract.person_id)
        else:
            unnamed.add(contract.person_id)
    months = Month.of(year.starts_on).until(Month.of(year.ends_on))
    for month in months if unnamed else ():
        for person, sections in sections_of_people(sorted(unnamed), month).items():
            for section in sections:
                if section.activity_id:
                    found[section.activity_id].add(person)
    return dict(found)


def _sums(activities: Sequence[int], year: Span) -> dict[int, YearFigures]:
    rows = EntryLine.objects.order_by().filter(
        ~Q(entry__journal__code=JournalCode.OPENING),
        analytic__activity__in=activities,
        on__range=(year.starts_on, year.ends_on),
    )
    signed = F("credit") - F("debit")
    income = Q(account__kind=AccountKind.INCOME) & ~_CONTRIBUTION
    expense = Q(account__kind=AccountKind.EXPENSE) & ~_CONTRIBUTION & ~_PAY
    found = rows.values("analytic__activity").annotate(
        turnover=Sum(signed, filter=income, default=ZERO),
        costs=Sum(-signed, filter=expense, default=ZERO),
        contribution=Sum(-signed, filter=_CONTRIBUTION, default=ZERO),
    )
    sums = {
        row["analytic__activity"]: YearFigures(row["turnover"], row["costs"], row["contribution"])
        for row in found
    }
    return {key: sums.get(key, YearFigures()) for key in activities}


def _carried(year: Span) -> dict[tuple[int, int], Decimal]:
    """What the latest year before this one left to recover: what an earlier one left is in its balance."""
    rows = YearEndRegularisation.objects.filter(ends_on__lt=year.starts_on).order_by("ends_on")
    latest = {(row.person_id, row.activity_id): row for row in rows}
    return {key: row.balance for key, row in latest.items() if row.state == YearEndState.CARRIED}


def years_listed(user: Any) -> QuerySet[YearEndRegularisation]:
    rows = YearEndRegularisation.objects.visible_to(user)
    return rows.select_related("person", "activity", "paid_with__month")


def own_years(user: Any) -> QuerySet[YearEndRegularisation]:
    rows = YearEndRegularisation.objects.filter(person_id=user.person_id)
    return rows.select_related("person", "activity", "paid_with__month").order_by("-ends_on")


def agreement_of(row: YearEndRegularisation) -> RetainedResultAgreement | None:
    """The one alive, to sign or signed."""
    rows = RetainedResultAgreement.objects.filter(year=row).exclude(state=RetainedState.DROPPED)
    return rows.select_related("signature", "year__person", "year__activity").first()


def agreements() -> QuerySet[RetainedResultAgreement]:
    return RetainedResultAgreement.objects.select_related("year__person", "year__activity", "signature")


def pay_to_add_to(row: YearEndRegularisation) -> PayProposal | None:
    """The latest pay of the person that is still to accept: the balance may join it."""
    rows = PayProposal.objects.filter(person=row.person_id, state=PayState.PROPOSED)
    return rows.select_related("month", "person").order_by("-month__first").first()


def section_of_year(row: YearEndRegularisation) -> AnalyticAccount:
    return AnalyticAccount.objects.get(activity=row.activity_id)


def awaits_assembly(year: Span) -> bool:
    """Some balances of a year wait for the assembly, and no agreement about them is still to sign."""
    computed = YearEndRegularisation.objects.filter(starts_on=year.starts_on, state=YearEndState.COMPUTED)
    unsigned = RetainedResultAgreement.objects.filter(year__in=computed, state=RetainedState.TO_SIGN)
    return computed.exists() and not unsigned.exists()


def years_due() -> QuerySet[YearEndRegularisation]:
    """Balances to pay with a pay to come."""
    return YearEndRegularisation.objects.filter(state=YearEndState.DUE)


def to_sign(person_id: int | Given) -> QuerySet[RetainedResultAgreement]:
    return RetainedResultAgreement.objects.filter(state=RetainedState.TO_SIGN, year__person=person_id)


def year_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each balance that an act is about, for who reads pay."""
    if not permissions.can(user, "accounting.view_pay"):
        return {}
    rows = YearEndRegularisation.objects.filter(pk__in=keys).select_related("person", "activity")
    return {str(row.pk): Source(str(row), row.get_absolute_url()) for row in rows}


def years_over(today: date, *, count: int = 3) -> list[Span]:
    """The years of the books that are over, the latest first."""
    found: list[Span] = []
    year = year_span(today)
    for _rank in range(count):
        year = year_span(year.starts_on - timedelta(days=1))
        found.append(year)
    return found
