"""What documents, orders, grants and people’s own plans make of the next months, section by section: a flat
number of questions, however many sections (ACC-31, ACC-32)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from accounting.calculations.treasury.forecast import Flow, FlowKind, Sureness
from accounting.calculations.treasury.planning import dates_within, usual_subject
from accounting.models import AnalyticAccount, CashPlan, FundInstalment, PaymentOrder
from accounting.selectors.lettering import OpenLine, open_lines
from accounting.states.books import AccountRole
from accounting.states.funds import FundState
from accounting.states.payments import OrderState
from accounting.states.treasury import RHYTHM_MONTHS
from cae.core.facts import facts
from cae.core.periods import Month

# What an order pays, by the document that the books name: the rooms above say it.
ORDERED_DOCUMENT = "payment_order.document"
# What the rooms above expect of a section: quotes signed, documents not in the books yet.
EXPECTED = "section.expected_flows"

Found = dict[int, list[Flow]]

_THIRD_PARTIES = (("41", FlowKind.CUSTOMER), ("40", FlowKind.SUPPLIER), ("425", FlowKind.OTHER))
# What a deposit was asked for is no money that moved: the invoice that takes it back asks for the rest.
_ADVANCES = "419"
# Pay, social bodies and the State are counted by what is owed to them: their orders are of it.
_OWED_IN_WHOLE = (
    AccountRole.PAY_DUE,
    AccountRole.LABOUR_SHARE,
    AccountRole.SOCIAL_BODIES,
    AccountRole.TAX_WITHHELD,
    AccountRole.VAT_DUE,
)


def documents_owed(keys: Sequence[int], on: date) -> dict[FlowKind, Found]:
    """What customers owe, what suppliers and people who spent are owed: each line with its document."""
    sections = AnalyticAccount.objects.filter(pk__in=keys)
    found: dict[FlowKind, Found] = {}
    for prefix, kind in _THIRD_PARTIES:
        rows: Found = defaultdict(list)
        for one in open_lines(on=on, prefix=prefix, sections=sections):
            if not one.line.account.number.startswith(_ADVANCES):
                rows[one.line.analytic_id].append(_of_line(one, kind))
        found[kind] = rows
    return found


def _of_line(one: OpenLine, kind: FlowKind) -> Flow:
    line, entry = one.line, one.line.entry
    subject = ("accounting.entry", str(line.entry_id))
    if entry.source_type is not None:
        subject = (f"{entry.source_type.app_label}.{entry.source_type.model}", str(entry.source_id))
    replaces: frozenset[Any] = frozenset()
    if kind == FlowKind.SUPPLIER and line.party:
        replaces = frozenset({usual_subject(line.party, Month.of(line.on))})
    return Flow(
        one.due_on,
        one.left,
        kind,
        subject,
        label=" · ".join(filter(None, (entry.piece, line.party or entry.label))),
        replaces=replaces,
        party=line.party,
        due_on=one.due_on,
    )


def orders_to_pay(keys: Sequence[int], on: date) -> Found:
    """Transfers planned or on their way: each stands in for the document that it pays."""
    going = PaymentOrder.objects.filter(section__in=keys, state__in=[OrderState.PLANNED, OrderState.BATCHED])
    rows = list(going.exclude(account__in=_OWED_IN_WHOLE).select_related("source_type"))
    sources = {row.pk: _source_of(row) for row in rows}
    documents = facts(ORDERED_DOCUMENT, set(sources.values()), on=on)
    found: Found = defaultdict(list)
    for row in rows:
        source = sources[row.pk]
        flow = Flow(
            row.due_on,
            -row.amount,
            FlowKind.SUPPLIER if row.account == AccountRole.SUPPLIER else FlowKind.OTHER,
            ("accounting.paymentorder", str(row.pk)),
            Sureness.ORDERED,
            f"{row.name} · {row.label}",
            frozenset({source, documents.get(source, source)}),
            party=row.name,
        )
        found[row.section_id].append(flow)
    return found


def _source_of(row: PaymentOrder) -> tuple[str, str]:
    return f"{row.source_type.app_label}.{row.source_type.model}", str(row.source_id)


def grants_to_come(keys: Sequence[int]) -> Found:
    """The instalments of grants won that have not come."""
    rows = FundInstalment.objects.filter(
        fund__section__in=keys,
        fund__state__in=[FundState.AWARDED, FundState.RUNNING],
        received_on__isnull=True,
    )
    found: Found = defaultdict(list)
    for row in rows.select_related("fund").order_by("due_on", "pk"):
        subject = ("accounting.fund", str(row.fund_id))
        label = f"{row.fund.label} · {row.label}"
        flow = Flow(
            row.due_on,
            row.amount,
            FlowKind.GRANT,
            subject,
            Sureness.SIGNED,
            label,
            party=row.fund.funder,
            due_on=row.due_on,
        )
        found[row.fund.section_id].append(flow)
    return found


def plans_in(keys: Sequence[int], first: date, last: date) -> Found:
    """What somebody planned by hand between two days."""
    rows = CashPlan.objects.filter(section__in=keys, starts_on__lte=last)
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first))
    found: Found = defaultdict(list)
    for row in rows.order_by("starts_on", "pk"):
        for on in dates_within(row.starts_on, row.ends_on, RHYTHM_MONTHS.get(row.rhythm), first, last):
            subject = ("accounting.cashplan", str(row.pk))
            flow = Flow(on, row.amount, FlowKind(row.kind), subject, Sureness.PLANNED, row.label)
            found[row.section_id].append(flow)
    return found


def expected_above(sections: Iterable[AnalyticAccount], on: date) -> Found:
    """What the rooms above expect: signed quotes, subscriptions, purchases and claims not booked yet."""
    told: Found = facts(EXPECTED, sections, on=on)
    return told
