"""What the machine says of a document in sentences, each with where to put it right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum, prefetch_related_objects
from django.urls import reverse

from cae.core.models import Cooperative
from cae.core.money import ZERO
from cae.core.questions import Given, GivenKeys, Question
from cae.core.settings import values_of
from entrepreneurs.states.covers import COVER_DEMAND
from invoicing import parameters
from invoicing.calculations.checks import CheckedLine, CheckedSale, Level, outcomes_of
from invoicing.calculations.discounts import sale_totals
from invoicing.models import Customer, CustomerBalance, Invoice, InvoiceLine, Quote, QuoteLine, VatRate
from invoicing.selectors.check_words import sentence_of
from invoicing.selectors.covers import Covered, covers_of_documents
from invoicing.selectors.mentions import (
    Library,
    facts_of,
    is_on_debits,
    library_of,
    missing_mentions,
    seller_on,
)
from invoicing.selectors.self_validation import checked_kind
from invoicing.states.sales import VatCategory

Document = Quote | Invoice

_LOOKS = {Level.LOOK: ("warning", "▲"), Level.WRONG: ("danger", "✕"), Level.RIGHT: ("success", "✔")}


@dataclass(frozen=True)
class Check:
    """One thing verified: ✔ ▲ or ✘, its sentence, and where to put it right."""

    tone: str
    shape: str
    sentence: str
    url: str = ""


@dataclass(frozen=True)
class Ground:
    """What the checks of several documents share, read once."""

    on: date
    threshold: Decimal
    rates: frozenset[int]
    overdue: dict[int, tuple[int, Decimal]]
    # Of the customers who have a credit limit, what each owes.
    owed: dict[int, Decimal]
    missing: tuple[str, ...]
    library: Library
    covers: Mapping[Any, Covered]


def checks_of(document: Document, *, on: date) -> list[Check]:
    """What is known of one document, warnings before errors."""
    return checks_of_all([document], on=on)[document]


def checks_of_all(documents: Sequence[Document], *, on: date) -> dict[Document, list[Check]]:
    """The checks of many documents, in as many queries as for one."""
    if not documents:
        return {}
    lines: dict[Document, list[Any]] = {}
    for model in (Quote, Invoice):
        rows = [document for document in documents if isinstance(document, model)]
        prefetch_related_objects(rows, "customer", "activity__trade")
        lines |= _lines_of(rows)
    ground = _ground(documents, on)
    return {document: _checks(document, lines[document], ground) for document in documents}


def _lines_of(documents: Sequence[Document]) -> dict[Document, list[Any]]:
    """The lines of documents of one model, in their order."""
    if not documents:
        return {}
    of = "quote" if isinstance(documents[0], Quote) else "invoice"
    found: dict[int, list[Any]] = {document.pk: [] for document in documents}
    for line in _LINES[of](documents=list(found)):
        found[getattr(line, f"{of}_id")].append(line)
    return {document: found[document.pk] for document in documents}


_LINES: dict[str, Question[Any]] = {
    "quote": Question(lambda: _checked_lines(QuoteLine.objects.filter(quote__in=GivenKeys("documents")))),
    "invoice": Question(
        lambda: _checked_lines(InvoiceLine.objects.filter(invoice__in=GivenKeys("documents")))
    ),
}


def _checked_lines(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("vat_rate", "item").order_by("position")


def all_right(checks: Iterable[Check]) -> bool:
    """Nothing to look at, nothing wrong: what may be validated with others in one click."""
    return all(check.tone == "success" for check in checks)


def _ground(documents: Sequence[Document], on: date) -> Ground:
    late = _LATE(customers={document.customer_id for document in documents}, on=on)
    decided = values_of(parameters.CHECK_THRESHOLD, parameters.BUILDING_INSURANCE, COVER_DEMAND, on=on)
    seller = seller_on(on)
    return Ground(
        on=on,
        threshold=decided[parameters.CHECK_THRESHOLD],
        rates=frozenset(_RATES(on=on)),
        overdue={customer: (count, amount) for customer, count, amount in late},
        owed=_owed_by({one.customer for one in documents if one.customer.credit_limit is not None}),
        missing=_missing_identity(seller),
        library=library_of(seller, on, insurance=decided[parameters.BUILDING_INSURANCE]),
        covers=covers_of_documents(documents, on=on, demand=decided[COVER_DEMAND]),
    )


def _owed_by(customers: Iterable[Customer]) -> dict[int, Decimal]:
    """What these customers owe; nobody is asked about when none has a limit."""
    keys = [one.pk for one in customers]
    if not keys:
        return {}
    return dict(CustomerBalance.objects.filter(customer__in=keys).values_list("customer", "due"))


_LATE = Question(
    lambda: (
        Invoice.objects.filter(customer__in=GivenKeys("customers"))
        .overdue(Given("on"))
        .order_by()
        .values("customer")
        .annotate(late_count=Count("pk"), late_amount=Sum("balance__due"))
        .values_list("customer", "late_count", "late_amount")
    )
)
_RATES = Question(lambda: VatRate.objects.in_force(Given("on")).order_by().values_list("pk", flat=True))


def _missing_identity(seller: Cooperative | None) -> tuple[str, ...]:
    """The compulsory facts of the seller that nobody typed (C. com. R123-237; CGI ann. II 242 nonies A)."""
    if seller is None:
        return ("legal_name",)
    names = ("legal_name", "siren", "siret", "vat_number", "rcs", "address_line", "postcode", "city", "iban")
    return tuple(name for name in names if not getattr(seller, name))


def _checks(document: Document, rows: Sequence[Any], ground: Ground) -> list[Check]:
    found = []
    for outcome in outcomes_of(_sale(document, rows, ground)):
        sentence = sentence_of(outcome.code, outcome.values)
        found.append(Check(*_LOOKS[outcome.level], sentence, place_of(document, outcome.field)))
    return found


def _sale(document: Document, rows: Sequence[Any], ground: Ground) -> CheckedSale:
    customer: Customer = document.customer
    late = ground.overdue.get(customer.pk, (0, ZERO))
    return CheckedSale(
        kind=str(checked_kind(document)),
        on=ground.on,
        lines=tuple(_line(row, ground) for row in rows),
        net=document.total_excl_tax,
        gross=document.total_incl_tax,
        to_pay=document.to_pay,
        totals_true=_totals_true(document, rows),
        customer_kind=customer.kind,
        country=customer.country,
        has_siren=bool(customer.siren),
        has_address=bool(customer.address_line and customer.postcode and customer.city),
        has_email=bool(customer.email),
        has_vat_number=bool(customer.vat_number),
        order_required=customer.purchase_order_required,
        has_order=bool(document.order_reference),
        threshold=ground.threshold,
        overdue_count=late[0],
        overdue_amount=late[1],
        owed=ground.owed.get(customer.pk, ZERO),
        credit_limit=customer.credit_limit,
        valid_until=getattr(document, "valid_until", None),
        starts_on=getattr(document, "starts_on", None),
        delivered_on=getattr(document, "delivered_on", None),
        due_on=getattr(document, "due_on", None),
        pays_end_of_month=customer.payment_end_of_month,
        **_cover_told(ground.covers.get(document)),
        missing_mentions=(
            *ground.missing,
            *_missing_exemptions(rows),
            *missing_mentions(facts_of(document, rows, on_debits=is_on_debits(document)), ground.library),
        ),
    )


def _cover_told(found: Covered | None) -> dict[str, Any]:
    """What insurance says, as the rule reads it."""
    if found is None or found.standing is None:
        return {}
    if found.standing.stop is None:
        return {"cover": "covered"}
    told = {"cover_since": found.standing.since, "cover_limit": found.standing.limit}
    return told | {"cover": "waived" if found.waived else str(found.standing.stop)}


def _line(row: InvoiceLine | QuoteLine, ground: Ground) -> CheckedLine:
    return CheckedLine(
        position=row.position,
        unit_price=row.unit_price,
        net=row.net,
        category=row.vat_rate.category,
        vat_code=row.vat_rate.code,
        rate_in_force=row.vat_rate_id in ground.rates,
        nature=row.nature,
        optional=row.priced.optional,
        catalogue_price=_catalogue_price(row),
    )


def _catalogue_price(row: InvoiceLine | QuoteLine) -> Decimal | None:
    """The price of the catalogue before tax, when it is asked by the same unit."""
    if row.item is None or row.item.unit != row.unit:
        return None
    price: Decimal = row.item.unit_price
    return price / (1 + row.vat_rate.rate) if row.item.price_includes_tax else price


def _totals_true(document: Document, rows: Sequence[InvoiceLine | QuoteLine]) -> bool:
    """A credit note is counted on what is left of its invoice: its own rule says so when it is issued."""
    if isinstance(document, Invoice) and document.is_credit_note:
        return True
    totals = sale_totals(
        [row.priced for row in rows], rate=document.discount_rate, amount=document.discount_amount
    )
    return (totals.net, totals.tax) == (document.total_excl_tax, document.total_tax)


def _missing_exemptions(rows: Sequence[InvoiceLine | QuoteLine]) -> tuple[str, ...]:
    """A line without tax must say why (CGI ann. II art. 242 nonies A, I-12°)."""
    taxed = (VatCategory.STANDARD, VatCategory.ZERO)
    silent = {row.vat_rate for row in rows if row.vat_rate.category not in taxed}
    return tuple(sorted("exemption" for rate in silent if not rate.exemption_text))


def place_of(document: Document, field: str | None) -> str:
    """Where a person puts right what a check found; nothing when nobody can from here."""
    if not field or (isinstance(document, Invoice) and document.is_credit_note):
        return ""
    if field == "customer":
        kind = "devis" if isinstance(document, Quote) else "facture"
        return f"{reverse('invoicing:customer_edit', args=[document.customer_id])}?{kind}={document.pk}"
    if field == "cover":
        return reverse("entrepreneurs:activity_covers", args=[document.activity_id])
    anchor = {"lines": "lines", "issued_on": ""}.get(field, f"id_{field}")
    page = "invoicing:quote_edit" if isinstance(document, Quote) else "invoicing:invoice_edit"
    return f"{reverse(page, args=[document.pk])}#{anchor}" if anchor else ""
