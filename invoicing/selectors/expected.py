"""What sales and purchases make of the next months and the books do not hold yet (ACC-31): signed quotes,
subscriptions, purchases and claims to be approved. A few questions for all sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounting.calculations.treasury.forecast import LONGEST, Flow, FlowKind, Sureness
from accounting.calculations.treasury.planning import usual_subject
from accounting.models import AnalyticAccount
from cae.core.facts import Source
from cae.core.money import ZERO, cents, share
from cae.core.periods import Month, after_months
from cae.core.settings import value_of
from invoicing import parameters
from invoicing.calculations.terms import due_on
from invoicing.models import (
    Customer,
    ExpenseClaim,
    Invoice,
    Purchase,
    PurchaseShare,
    Quote,
    QuoteInstalment,
    QuoteShare,
    RecurringPlan,
)
from invoicing.selectors.quotes import quotes_visible
from invoicing.states.expenses import ClaimState
from invoicing.states.parts import CLOSING_PARTS, InstalmentKind
from invoicing.states.purchases import OPEN, PurchaseKind
from invoicing.states.recurring import PlanState
from invoicing.states.sales import InvoiceKind, InvoiceState, QuoteState

Found = dict[int, list[Flow]]
# An older agreement of which something is left is a quarrel, not a receipt to come.
_SIGNED_WITHIN = 12


def expected_flows_of(sections: Iterable[AnalyticAccount], on: date) -> Found:
    """Gives {section: flows} for rooms below; a section without any is absent."""
    rows = list(sections)
    keys = {row.activity_id: row.pk for row in rows if row.activity_id}
    usual = int(value_of(parameters.PAYMENT_DAYS, on=on))
    found: Found = defaultdict(list)
    told = (_quotes(keys, on, usual), _plans(keys, on, usual), _drafts(keys, on, usual), _claims(keys, on))
    for flows in told:
        for key, flow in flows:
            found[key].append(flow)
    for key, flow in _purchases([row.pk for row in rows]):
        found[key].append(flow)
    return dict(found)


Told = Iterator[tuple[int, Flow]]


def _paid_on(invoiced: date, days: int | None, customer: Customer | None, usual: int) -> date:
    """When an invoice of that day is due: as agreed, as for this customer, or as usual."""
    if days is None and customer is not None and customer.payment_days is not None:
        return due_on(invoiced, days=customer.payment_days, end_of_month=customer.payment_end_of_month)
    return due_on(invoiced, days=usual if days is None else days)


def _issued(of: str) -> QuerySet[Invoice]:
    return Invoice.objects.filter(
        kind=InvoiceKind.INVOICE, state=InvoiceState.ISSUED, **{of: OuterRef("pk")}
    ).order_by()


def _signed_quotes(keys: Iterable[int], on: date) -> QuerySet[Any]:
    """Quotes accepted of which something is to be invoiced, with what was agreed, amendments included, and
    what was invoiced; an amendment is told with its work."""
    issued = _issued("quote")
    kept = (
        issued.values("quote").annotate(sum=Sum(F("total_incl_tax") - F("balance__credited"))).values("sum")
    )
    standing = issued.filter(part__in=CLOSING_PARTS).filter(balance__credited__lt=F("total_incl_tax"))
    added = Quote.objects.filter(amends__work=OuterRef("pk"), state=QuoteState.ACCEPTED).order_by()
    more = added.values("amends__work").annotate(sum=Sum("answer__total_incl_tax")).values("sum")
    left = QuoteInstalment.objects.filter(~Exists(_issued("instalment")))
    rows = Quote.objects.filter(
        Q(activity__in=list(keys)) | Q(shares__activity__in=list(keys)),
        ~Exists(standing),
        state=QuoteState.ACCEPTED,
        answered_on__gte=after_months(on, -_SIGNED_WITHIN),
        answer__accepted=True,
        amends__isnull=True,
    ).distinct()
    return (
        rows.annotate(
            agreed=F("answer__total_incl_tax") + Coalesce(Subquery(more), ZERO),
            invoiced=Coalesce(Subquery(kept), ZERO),
        )
        .select_related("customer", "answer")
        .prefetch_related(
            Prefetch("instalments", left.order_by("position"), to_attr="parts_left"),
            Prefetch("shares", QuoteShare.objects.order_by("pk")),
        )
        .defer("facts")
        .order_by("pk")
    )


def _quotes(keys: dict[int, int], on: date, usual: int) -> Told:
    for quote in _signed_quotes(keys, on):
        left = quote.agreed - quote.invoiced
        if left <= 0:
            continue
        untaxed = quote.answer.total_excl_tax / quote.answer.total_incl_tax
        for day, amount in _dated(quote, left, on):
            due = _paid_on(day, quote.payment_days, quote.customer, usual)
            for activity, part in _shared(quote, amount):
                if activity in keys and part:
                    yield keys[activity], _of_quote(quote, part, cents(part * untaxed), due)


def _of_quote(quote: Quote, amount: Decimal, net: Decimal, due: date) -> Flow:
    return Flow(
        due,
        amount,
        FlowKind.QUOTE,
        ("invoicing.quote", str(quote.pk)),
        Sureness.SIGNED,
        f"{quote} · {quote.customer.name}",
        party=quote.customer.name,
        net=net,
        due_on=due,
    )


def _dated(quote: Any, left: Decimal, on: date) -> Iterator[tuple[date, Decimal]]:
    """The days on which what is left will be invoiced: its schedule, then the balance with the last part."""
    begins = max(quote.starts_on or quote.answered_on, on)
    rest, last = left, begins
    parts: Sequence[QuoteInstalment] = quote.parts_left
    equal = [part for part in parts if part.rate is None and part.amount is None]
    said = sum((_amount_of(part, quote.agreed) for part in parts), ZERO)
    each = cents(max(left - said, ZERO) / (len(equal) + 1))
    for part in parts:
        amount = min(_amount_of(part, quote.agreed) or (each if part in equal else ZERO), rest)
        day = max(part.on or (on if part.kind == InstalmentKind.DEPOSIT else begins), on)
        last = max(last, day)
        rest -= amount
        if amount:
            yield day, amount
    if rest:
        yield last, rest


def _amount_of(part: QuoteInstalment, agreed: Decimal) -> Decimal:
    if part.rate is not None:
        return cents(agreed * part.rate)
    return part.amount or ZERO


def _shared(quote: Quote, amount: Decimal) -> list[tuple[int, Decimal]]:
    """Of a joint quote, to each activity its part."""
    rows = list(quote.shares.all())
    if not rows:
        return [(quote.activity_id, amount)]
    parts = share(amount, [row.rate for row in rows])
    return [(row.activity_id, part) for row, part in zip(rows, parts, strict=True)]


def _plans(keys: dict[int, int], on: date, usual: int) -> Told:
    """Invoices and orders made again at a rhythm, at the prices of each day."""
    rows = RecurringPlan.objects.filter(activity__in=list(keys), state=PlanState.ACTIVE, quote__isnull=True)
    rows = rows.select_related("customer", "invoice", "order__supplier").defer("invoice__facts")
    end = after_months(Month.of(on).first, LONGEST)
    for plan in rows.order_by("pk"):
        if plan.next_on is None:
            continue
        for day in [plan.next_on, *plan.rhythm.following(plan.next_on, many=LONGEST)]:
            if day < end:
                yield keys[plan.activity_id], _of_plan(plan, day, usual)


def _of_plan(plan: RecurringPlan, day: date, usual: int) -> Flow:
    invoice, order, index = plan.invoice, plan.order, plan.price_index
    gross = invoice.to_pay if invoice is not None else order.total_gross if order is not None else ZERO
    net = invoice.total_excl_tax if invoice is not None else None
    if index is not None:
        gross, net = index.price(gross, day), None if net is None else index.price(net, day)
    due = _paid_on(day, None, plan.customer, usual)
    party = plan.customer.name if plan.customer else str(order.supplier) if order else ""
    return Flow(
        due,
        cents(gross if invoice is not None else -gross),
        FlowKind.QUOTE if invoice is not None else FlowKind.SUPPLIER,
        ("invoicing.recurringplan", str(plan.pk)),
        Sureness.PLANNED,
        f"{plan.title} · {party}",
        frozenset() if invoice is not None else frozenset({usual_subject(party, Month.of(day))}),
        party=party,
        net=None if net is None else cents(net),
        due_on=due,
    )


def _drafts(keys: dict[int, int], on: date, usual: int) -> Told:
    """Invoices that a subscription made and nobody has issued yet."""
    rows = Invoice.objects.filter(
        activity__in=list(keys),
        kind=InvoiceKind.INVOICE,
        state__in=[InvoiceState.DRAFT, InvoiceState.SUBMITTED],
        made_by_plan__isnull=False,
        total_incl_tax__gt=0,
    )
    for row in rows.select_related("customer").defer("facts").order_by("pk"):
        due = row.due_on or _paid_on(on, None, row.customer, usual)
        subject = ("invoicing.invoice", str(row.pk))
        yield (
            keys[row.activity_id],
            Flow(
                due,
                row.to_pay,
                FlowKind.QUOTE,
                subject,
                Sureness.PLANNED,
                f"{row} · {row.customer.name}",
                party=row.customer.name,
                net=row.total_excl_tax,
                due_on=due,
            ),
        )


def _purchases(sections: Sequence[int]) -> Told:
    """Supplier invoices to be approved, part by part."""
    rows = PurchaseShare.objects.filter(section__in=sections, purchase__state__in=OPEN, gross__gt=0)
    for row in rows.select_related("purchase__supplier").order_by("purchase", "pk"):
        purchase: Purchase = row.purchase
        sign = 1 if purchase.kind == PurchaseKind.CREDIT_NOTE else -1
        party = str(purchase.supplier)
        yield (
            row.section_id,
            Flow(
                purchase.due_on,
                sign * row.gross,
                FlowKind.SUPPLIER,
                ("invoicing.purchase", str(purchase.pk)),
                Sureness.PLANNED,
                f"{purchase.number} · {party}",
                frozenset({usual_subject(party, Month.of(purchase.on))}),
                party=party,
                due_on=purchase.due_on,
            ),
        )


def _claims(keys: dict[int, int], on: date) -> Told:
    """Claims handed in: refunded at the end of the month at best."""
    rows = ExpenseClaim.objects.filter(activity__in=list(keys), state=ClaimState.SUBMITTED)
    for row in rows.with_totals().select_related("person").order_by("pk"):
        owed: Decimal = row.to_refund  # type: ignore[attr-defined]
        if owed:
            subject = ("invoicing.expenseclaim", str(row.pk))
            last = Month.of(on).last
            flow = Flow(
                last, -owed, FlowKind.OTHER, subject, Sureness.PLANNED, str(row), party=str(row.person)
            )
            yield keys[row.activity_id], flow


def documents_ordered(
    sources: Iterable[tuple[str, str]], _on: date
) -> dict[tuple[str, str], tuple[str, str]]:
    """The document that the books name, for what orders pay part by part: the purchase of each share."""
    label = "invoicing.purchaseshare"
    keys = [key for name, key in sources if name == label]
    rows = PurchaseShare.objects.filter(pk__in=keys).values_list("pk", "purchase_id")
    return {(label, str(key)): ("invoicing.purchase", str(purchase)) for key, purchase in rows}


def quote_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each quote that a forecast counts, among those in sight."""
    seen = quotes_visible(user).filter(pk__in=keys)
    return {
        str(row.pk): Source(_("Devis %(number)s") % {"number": row}, row.get_absolute_url()) for row in seen
    }


def plan_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each subscription."""
    seen = RecurringPlan.objects.visible_to(user).filter(pk__in=keys)
    return {str(row.pk): Source(str(row), row.get_absolute_url()) for row in seen}


def claim_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each claim behind a book entry or a forecast."""
    seen = ExpenseClaim.objects.visible_to(user).filter(pk__in=keys).select_related("person")
    return {
        str(row.pk): Source(_("Note de frais %(claim)s") % {"claim": row}, row.get_absolute_url())
        for row in seen
    }
