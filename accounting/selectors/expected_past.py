"""What the past and the calendar teach of the next months: what is owed in whole, pay, costs, habits,
contribution. Section by section, in a flat number of questions (ACC-31)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Min, OuterRef, Q, Subquery, Sum

from accounting.calculations.contribution.planning import plan
from accounting.calculations.contribution.scales import Turnover
from accounting.calculations.treasury.habits import PaidInvoice, PastCost, usual_delay
from accounting.calculations.treasury.planning import PastPay
from accounting.models import (
    ContributionRun,
    ContributionScale,
    EntryLine,
    LetteredLine,
    MonthTotal,
    PayItem,
    TaxDeadline,
)
from accounting.selectors.histories import histories, scales_of_activities
from accounting.selectors.tax_deadlines import deadlines_open
from accounting.selectors.treasury import balances_by_account
from accounting.states.books import BETWEEN_ACTIVITIES, AccountRole, JournalCode
from accounting.states.payroll import COMING_STATES, GROSS_KINDS
from accounting.states.vat import DeadlineState
from accounting.vat_form import VAT_RULES
from cae.core.money import ZERO, share
from cae.core.periods import Month, after_months
from entrepreneurs.models import Activity

# Days of the month after, where nobody made the deadlines of the year yet.
_DSN, _DSN_DAY, _VAT_DAY = "dsn", 15, 24
# Goods, services bought and other costs of the trade; pay, taxes and what goes between activities are apart.
_COSTS = Q(account__number__startswith="60") | Q(account__number__startswith="61")
_COSTS |= Q(account__number__startswith="62")
_MONTHS = 6
# Habits are those of the last two years.
_HABIT_MONTHS = 24


_LINES = (
    ("5", "cash"),
    ("421", "pay"),
    ("42", "social"),
    ("43", "social"),
    ("442", "social"),
    ("44", "tax"),
    ("181", "link"),
)


@dataclass
class Owed:
    """What a section owes in whole, by whom it is owed to: negative when it owes."""

    cash: Decimal = ZERO
    pay: Decimal = ZERO
    social: Decimal = ZERO
    tax: Decimal = ZERO
    pending_tax: Decimal = ZERO
    link: Decimal = ZERO


def owed_in_whole(keys: Sequence[int], on: date) -> dict[int, Owed]:
    """The cash, and what no document dates: pay, social bodies, the State, the shared services."""
    found: dict[int, Owed] = {key: Owed() for key in keys}
    for section, number, role, balance in balances_by_account(keys, on):
        name = _line_of(number, role)
        if name:
            setattr(found[section], name, getattr(found[section], name) + balance)
    return found


def _line_of(number: str, role: str | None) -> str:
    """Grants to receive have their instalments; people who spent have their claims."""
    if role == AccountRole.VAT_PENDING:
        return "pending_tax"
    if number.startswith(("441", "425")):
        return ""
    return next((name for prefix, name in _LINES if number.startswith(prefix)), "")


@dataclass(frozen=True)
class Calendar:
    """When a body is paid: the deadlines made (end of their period, day), else a day of the month after."""

    made: tuple[tuple[date, date], ...]
    day: int

    def next_after(self, today: date) -> date:
        """The next day on which it is paid."""
        due = next((due for _ends, due in self.made if due >= today), None)
        this = today.replace(day=self.day)
        return due or (this if this >= today else self._after(today))

    def of(self, on: date) -> date:
        """The day on which it is paid what is born on a day."""
        due = next((due for ends, due in self.made if ends >= on), None)
        return due or self._after(on)

    def _after(self, on: date) -> date:
        return Month.of(on).next().first.replace(day=self.day)


def calendars() -> tuple[Calendar, Calendar]:
    """Those of social bodies, then of VAT."""
    rows = TaxDeadline.objects.filter(rule__code__in=[_DSN, *VAT_RULES.values()], is_paid=True)
    rows = rows.exclude(state=DeadlineState.DROPPED).order_by("ends_on")
    made = list(rows.values_list("rule__code", "ends_on", "due_on"))
    social = tuple((ends, due) for code, ends, due in made if code == _DSN)
    vat = tuple((ends, due) for code, ends, due in made if code != _DSN)
    return Calendar(social, _DSN_DAY), Calendar(vat, _VAT_DAY)


def taxes_dated(on: date) -> list[TaxDeadline]:
    """Other declarations whose amount somebody typed: those of VAT and of social bodies are in the books."""
    rows = deadlines_open().filter(amount__gt=0, is_paid=True)
    return list(rows.exclude(rule__code__in=[_DSN, *VAT_RULES.values()]).order_by("due_on", "pk"))


def past_pay(keys: Sequence[int], today: date) -> dict[int, PastPay]:
    """The cost of pay booked in the last months, and that of proposals not in the books yet. Pay posted ahead
    of its day, at the end of a month, is still to come: its cost is known, as that of a proposal is."""
    this = Month.of(today).first
    start = after_months(this, -3)
    among = Q(analytic__among=list(keys), account__number__startswith="64")
    whole = MonthTotal.objects.filter(among, month__gte=start, month__lt=this, is_opening=False)
    begun = EntryLine.objects.filter(among, on__gte=this).exclude(entry__journal__code=JournalCode.OPENING)
    booked: dict[int, dict[Month, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    coming: dict[int, dict[Month, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for rows, day in ((whole, "month"), (begun, "on")):
        summed = rows.order_by().values("analytic", day).annotate(cost=Sum(F("debit") - F("credit")))
        for key, on, cost in summed.values_list("analytic", day, "cost"):
            (booked if on <= today else coming)[key][Month.of(on)] += cost
    proposed = _proposed(keys, start)
    return {key: _past_pay(booked[key], coming[key], proposed[key]) for key in keys}


def _past_pay(
    booked: Mapping[Month, Decimal], coming: Mapping[Month, Decimal], proposed: Mapping[Month, Decimal]
) -> PastPay:
    over = {month: cost for month, cost in booked.items() if month not in coming}
    return PastPay(over, {**proposed, **coming})


def _proposed(keys: Sequence[int], start: date) -> dict[int, dict[Month, Decimal]]:
    """Each proposal is shared between its sections as its gross is."""
    wanted = PayItem.objects.filter(
        kind__in=GROSS_KINDS,
        amount__gt=0,
        proposal__state__in=COMING_STATES,
        proposal__month__first__gte=start,
        proposal__items__section__among=list(keys),
    ).distinct()
    parts: dict[int, list[PayItem]] = defaultdict(list)
    for item in wanted.select_related("proposal__month").order_by("pk"):
        parts[item.proposal_id].append(item)
    found: dict[int, dict[Month, Decimal]] = defaultdict(dict)
    for items in parts.values():
        proposal = items[0].proposal
        costs = share(proposal.cost, [one.amount for one in items])
        for item, cost in zip(items, costs, strict=True):
            mine = found[item.section_id]
            mine[proposal.month.month] = mine.get(proposal.month.month, ZERO) + cost
    return found


def past_costs(keys: Sequence[int], today: date) -> dict[int, list[PastCost]]:
    """The costs of the last six months and of this one, each under its supplier, or else its account; what
    closes a year takes no cost back."""
    start = after_months(Month.of(today).first, -_MONTHS)
    owed = EntryLine.objects.filter(entry=OuterRef("entry"), account__number__startswith="40")
    supplier = owed.exclude(party="").order_by("position").values("party")[:1]
    rows = EntryLine.objects.filter(_COSTS, analytic__among=list(keys), on__gte=start, on__lte=today)
    rows = rows.exclude(account__role__in=BETWEEN_ACTIVITIES)
    rows = rows.exclude(entry__journal__code=JournalCode.OPENING).order_by()
    told = rows.annotate(supplier=Subquery(supplier), cost=F("debit") - F("credit"))
    found: dict[int, list[PastCost]] = defaultdict(list)
    for key, name, label, on, cost in told.values_list(
        "analytic", "supplier", "account__label", "on", "cost"
    ):
        found[key].append(PastCost(name or label, on, cost))
    return found


def first_days(keys: Sequence[int]) -> dict[int, date]:
    """The first month of the books of each section."""
    rows = MonthTotal.objects.filter(analytic__among=list(keys)).order_by().values("analytic")
    return dict(rows.annotate(first=Min("month")).values_list("analytic", "first"))


Delay = Callable[[int, str], int]


def habits(keys: Sequence[int], today: date) -> Delay:
    """How many days late each customer of a section usually pays."""
    start = after_months(today, -_HABIT_MONTHS)
    rows = LetteredLine.objects.filter(
        is_live=True,
        lettering__left=0,
        lettering__last_on__range=(start, today),
        lettering__analytic__among=list(keys),
        line__account__role=AccountRole.CUSTOMER,
        line__debit__gt=0,
        line__due_on__isnull=False,
    ).order_by()
    of_customer: dict[tuple[int, str], list[PaidInvoice]] = defaultdict(list)
    of_section: dict[int, list[PaidInvoice]] = defaultdict(list)
    for key, party, due_on, paid_on in rows.values_list(
        "lettering__analytic", "line__party", "line__due_on", "lettering__last_on"
    ):
        if due_on is not None:
            paid = PaidInvoice(due_on, paid_on)
            of_customer[key, party].append(paid)
            of_section[key].append(paid)
    return lambda key, party: usual_delay(of_customer.get((key, party), ()), of_section.get(key, ()))


@dataclass(frozen=True)
class Giving:
    """What an activity gives: not taken yet of the months that are over or begun; of sales to come, by which
    share, when they are received or as soon as they are issued."""

    pending: Decimal = ZERO
    rate: Decimal = ZERO
    on_receipts: bool = False


def givings(keys: Sequence[int], on: date) -> dict[int, Giving]:
    """The contribution to come of each of these activities, by its key."""
    activities, month = list(Activity.objects.filter(pk__in=keys)), Month.of(on)
    # The months of a year are planned together: what both plans say of one month is counted once.
    pending: dict[int, dict[Month, Decimal]] = defaultdict(dict)
    for one in (month.previous(), month):
        for key, history in histories(activities, one).items():
            pending[key] |= {change.month: change.figures.due for change in plan(history, one)}
    sums = ContributionRun.objects.filter(activity__in=keys, on__range=(after_months(on, -12), on)).order_by()
    summed = sums.values("activity").annotate(bases=Sum("base"), dues=Sum("due"))
    rates = {
        key: due / base if base > 0 else ZERO
        for key, base, due in summed.values_list("activity", "bases", "dues")
    }
    received = _on_receipts(keys, on)
    return {
        key: Giving(sum(pending[key].values(), ZERO), max(rates.get(key, ZERO), ZERO), key in received)
        for key in keys
    }


def _on_receipts(keys: Sequence[int], on: date) -> set[int]:
    scales = scales_of_activities(keys, list(ContributionScale.objects.order_by("valid_from")))
    return {
        key
        for key, rows in scales.items()
        for one in rows
        if one.dates.start <= on
        and (one.dates.end is None or one.dates.end >= on)
        and one.version.scale.turnover == Turnover.RECEIVED
    }
