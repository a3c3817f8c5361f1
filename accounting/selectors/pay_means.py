"""Who is paid for a month, on which sections, and what these can pay: a flat number of questions (ACC-23)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounting.calculations.payroll.proposing import Means, fixed_of_month, shared_means
from accounting.models import AnalyticAccount, EntryLine, PayItem
from accounting.selectors.floors import floors_of
from accounting.selectors.ledger import contribution_of_month, sales_of_month
from accounting.selectors.payments import cash_left
from accounting.states.payroll import COMING_STATES, GROSS_KINDS
from cae.core.money import ZERO, share
from cae.core.periods import Month
from entrepreneurs.models import Activity, Contract, ContractTerms
from entrepreneurs.states.contracts import ContractKind, TermsState
from people.models import PersonScope
from people.states import WRITING_PARTS

# What is owed to people, to social bodies and to the State.
_OWED = Q(account__number__startswith="42") | Q(account__number__startswith="43")
_OWED |= Q(account__number__startswith="44")


@dataclass(frozen=True)
class Payee:
    """Somebody salaried in the month: their contract, its fixed part, the sections that pay."""

    contract: Contract
    fixed: Decimal
    sections: tuple[AnalyticAccount, ...]

    @property
    def pk(self) -> int:
        return self.contract.person_id

    def __str__(self) -> str:
        return str(self.contract.person)

    @property
    def main(self) -> AnalyticAccount:
        """That of the activity of the contract, or else the first."""
        named = [one for one in self.sections if one.activity_id == self.contract.activity_id]
        return (named or list(self.sections))[0]


def salaried_contracts(month: Month) -> QuerySet[Contract]:
    """The CESA that bind somebody on a day of the month at least, by name; a person has one at a time."""
    rows = Contract.objects.binding().with_days().filter(kind=ContractKind.CESA, starts_on__lte=month.last)
    rows = rows.alias(last=Coalesce("ended_on", "ends_on"))
    rows = rows.filter(Q(last__isnull=True) | Q(last__gte=month.first))
    return rows.select_related("person", "activity").order_by("person__sort_name", "person_id", "starts_on")


def payees(month: Month, only: Iterable[int] | None = None) -> list[Payee]:
    """Those who are salaried in the month, with what their clauses say on its last day under contract."""
    asked = salaried_contracts(month)
    if only is not None:
        asked = asked.filter(person__in=list(only))
    rows = list(asked)
    # Two contracts that follow each other within a month are one pay, under the latter, which bears the days
    # of both.
    latest = {contract.person_id: contract for contract in rows}
    fixed, sections = _fixed_parts(rows, month), sections_of_people(list(latest), month)
    return [Payee(one, fixed[key], tuple(sections.get(key, ()))) for key, one in latest.items()]


def _fixed_parts(contracts: Sequence[Contract], month: Month) -> dict[int, Decimal]:
    """The fixed part of each person, for the days under each of their contracts."""
    rows = ContractTerms.objects.filter(
        contract__in=contracts, state=TermsState.SIGNED, starts_on__lte=month.last
    )
    found = {row.contract_id: row.fixed_part for row in rows.order_by("starts_on", "number")}
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for one in contracts:
        sums[one.person_id] += fixed_of_month(found.get(one.pk) or ZERO, month, one.starts_on, one.last_day)
    return sums


def sections_of_people(persons: Sequence[int], month: Month) -> dict[int, list[AnalyticAccount]]:
    """The sections of the activities that these people exercise, and their own if they have one."""
    held = PersonScope.objects.filter(person__in=persons, part__in=WRITING_PARTS, starts_on__lte=month.last)
    held = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=month.first))
    scopes: dict[int, list[int]] = defaultdict(list)
    for person, scope in held.order_by("starts_on", "pk").values_list("person_id", "scope_id"):
        scopes[scope].append(person)
    activities = Activity.objects.filter(scope__in=list(scopes), opened_on__lte=month.last)
    keys = activities.exclude(closed_on__lt=month.first).order_by("opened_on", "pk")
    people = {key: scopes[scope] for key, scope in keys.values_list("pk", "scope_id")}
    rows = AnalyticAccount.objects.filter(Q(activity__in=list(people)) | Q(person__in=persons))
    found: dict[int, list[AnalyticAccount]] = defaultdict(list)
    for section in rows.select_related("activity").order_by("kind", "code"):
        owners = people[section.activity_id] if section.activity_id else [section.person_id or 0]
        for owner in owners:
            if section not in found[owner]:
                found[owner].append(section)
    return dict(found)


def means_of(rows: Sequence[Payee], month: Month, on: date) -> dict[int, list[Means]]:
    """What each of these people may count upon in each section, by person. Salaried people of one activity
    share it equally; whoever comes after a pay of the month counts upon what it leaves."""
    sections = {section.pk: section for row in rows for section in row.sections}
    whole = _whole_means(list(sections.values()), month, on)
    together: dict[int, int] = defaultdict(int)
    for row in rows:
        for section in row.sections:
            together[section.pk] += 1
    proposed = _simulated(list(sections), proposal__month__first=month.first)

    def part(row: Payee, section: int) -> Means:
        others = sum((cost for person, cost in proposed[section].items() if person != row.pk), ZERO)
        return _left_by(others, shared_means(whole[section], together[section]), whole[section])

    return {row.pk: [part(row, one.pk) for one in row.sections] for row in rows}


def _left_by(others: Decimal, mine: Means, whole: Means) -> Means:
    """An equal share, never more than what the pay of others leaves of the whole."""
    beyond = mine.available - (whole.available - others) if others else ZERO
    return replace(mine, owed=mine.owed + min(max(beyond, ZERO), max(mine.available, ZERO)))


def _whole_means(sections: Sequence[AnalyticAccount], month: Month, on: date) -> dict[int, Means]:
    keys = [section.pk for section in sections]
    activities = [section.activity_id for section in sections if section.activity_id]
    day = min(on, month.last)
    sales, given = sales_of_month(activities, day), contribution_of_month(activities, day)
    cash, owed, coming = cash_left(sections, on), owed_by(keys, on), coming_pay(keys, month)
    floors = floors_of(sections, on)
    return {
        section.pk: Means(
            section.pk,
            came_in=sales.get(section.activity_id or 0, ZERO),
            contributed=given.get(section.activity_id or 0, ZERO),
            cash=cash.get(section.pk, ZERO),
            owed=owed.get(section.pk, ZERO) + coming.get(section.pk, ZERO),
            floor=floors.get(section.pk, ZERO),
        )
        for section in sections
    }


def owed_by(sections: Sequence[int], on: date) -> dict[int, Decimal]:
    """What these sections owe to people, social bodies and the State; what these owe them counts for
    nothing."""
    rows = EntryLine.objects.order_by().filter(_OWED, analytic__among=list(sections), on__lte=on)
    sums = rows.values("analytic").annotate(sum=Sum(F("credit") - F("debit"))).values_list("analytic", "sum")
    return {key: max(total, ZERO) for key, total in sums}


def coming_pay(sections: Sequence[int], month: Month) -> dict[int, Decimal]:
    """The simulated cost of the pay of earlier months that is not in the books yet, by section."""
    found = _simulated(sections, proposal__month__first__lt=month.first)
    return {section: sum(costs.values(), ZERO) for section, costs in found.items()}


def _simulated(sections: Sequence[int], **months: date) -> dict[int, dict[int, Decimal]]:
    """The simulated cost of what is not in the books yet, by section, then by person."""
    rows = PayItem.objects.filter(
        kind__in=GROSS_KINDS, amount__gt=0, proposal__state__in=COMING_STATES, **months
    )
    persons: dict[int, int] = {}
    costs: dict[int, Decimal] = {}
    items: dict[int, list[tuple[int, Decimal]]] = defaultdict(list)
    wanted = rows.filter(proposal__items__section__in=list(sections)).distinct()
    for item in wanted.select_related("proposal").order_by("pk"):
        costs[item.proposal_id] = item.proposal.cost
        persons[item.proposal_id] = item.proposal.person_id
        items[item.proposal_id].append((item.section_id, item.amount))
    found: dict[int, dict[int, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for key, parts in items.items():
        shares = share(costs[key], [amount for _section, amount in parts])
        for (section, _amount), part in zip(parts, shares, strict=True):
            found[section][persons[key]] += part
    return found
