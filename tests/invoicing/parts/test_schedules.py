"""The schedule of a quote: typed with it, refused when it cannot hold, frozen and printed with it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cae.core.errors import Code, Refused
from entrepreneurs.models import Activity
from invoicing.engines.model import EInvoice
from invoicing.models import Quote, QuoteInstalment
from invoicing.selectors.quote_controls import quote_faults
from invoicing.services.inputs import DraftContent, InstalmentContent, ScheduleContent
from invoicing.services.quoting import create_quote_draft, duplicate_as_quote, save_quote_draft
from invoicing.states.parts import Billing, InstalmentKind, InvoicePart
from tests.factories import invoicing as sales
from tests.factories import invoicing_parts as parts
from tests.factories import quotes
from tests.factories.invoicing import line

pytestmark = pytest.mark.django_db

D = Decimal
DEPOSIT = InstalmentContent(InstalmentKind.DEPOSIT, label="À la commande", rate=D("0.3"))
EQUAL = InstalmentContent()
THREE = ScheduleContent(Billing.INSTALMENTS, instalments=(DEPOSIT, EQUAL, EQUAL))


def test_the_quote_prints_every_part_and_the_balance(shop: Activity) -> None:
    quote = quotes.approved(shop, line("1000.00"), schedule=THREE)
    said = EInvoice.from_json(quote.facts).schedule
    assert [(one.label, one.gross) for one in said] == [
        ("À la commande (30\u00a0%)", D("360.00")),
        ("Échéance", D("280.00")),
        ("Échéance", D("280.00")),
        ("Solde", D("280.00")),
    ]
    assert not list(quote_faults())
    with pytest.raises(IntegrityError), transaction.atomic():
        QuoteInstalment.objects.filter(quote=quote).update(rate=D("0.5"))


def test_each_part_is_invoiced_as_announced(shop: Activity, judges: object) -> None:
    quote = parts.accepted(shop, line("1000.01"), schedule=THREE)
    first, second, third = quote.instalments.all()
    made = [parts.issue(parts.deposit(quote, instalment=first))]
    made += [parts.issue(parts.interim(quote, instalment=row)) for row in (second, third)]
    made.append(parts.issue(parts.balance(quote)))
    assert [one.total_excl_tax for one in made] == [D("300.00"), D("233.34"), D("233.34"), D("233.33")]
    assert sum(one.total_incl_tax for one in made) == quote.total_incl_tax
    assert made[0].lines.get().label == f"À la commande · {quote}"
    again = quote.instalments.first()
    with pytest.raises(Refused) as refusal:
        parts.deposit(quote, instalment=again)
    assert refusal.value.code == Code.ALREADY_DONE


def test_an_instalment_of_another_quote(shop: Activity, judges: object) -> None:
    quote, other = (parts.accepted(shop, line("1000.00"), schedule=THREE) for _ in range(2))
    with pytest.raises(Refused) as refusal:
        parts.deposit(quote, instalment=other.instalments.first())
    assert refusal.value.code == Code.VALUE_INVALID


def test_an_instalment_announced_takes_no_more_than_the_rest(shop: Activity, judges: object) -> None:
    quote = parts.accepted(shop, line("1000.00"), schedule=THREE)
    parts.issue(parts.deposit(quote, "0.8"))
    with pytest.raises(Refused) as refusal:
        parts.deposit(quote, instalment=quote.instalments.first())
    assert (refusal.value.code, "240,00" in str(refusal.value)) == (Code.AMOUNT_ABOVE_DUE, True)


@pytest.mark.parametrize(
    ("schedule", "code", "field"),
    [
        (ScheduleContent("yearly"), Code.VALUE_INVALID, "billing"),
        (ScheduleContent(retention_rate=D("0.06")), Code.AMOUNT_INVALID, "retention"),
        (ScheduleContent(deposit_at_once=True), Code.VALUE_MISSING, "deposit_at_once"),
        (replace(THREE, billing=Billing.PROGRESS), Code.VALUE_INVALID, "billing"),
        (replace(THREE, instalments=(EQUAL,) * 25), Code.VALUE_INVALID, "instalments"),
        (
            replace(THREE, instalments=(replace(DEPOSIT, rate=None),)),
            Code.VALUE_MISSING,
            "instalments-0-rate",
        ),
        (
            replace(THREE, instalments=(replace(DEPOSIT, amount=D(1)),)),
            Code.VALUE_INVALID,
            "instalments-0-rate",
        ),
        (
            replace(THREE, instalments=(replace(DEPOSIT, rate=D(1)),)),
            Code.AMOUNT_INVALID,
            "instalments-0-rate",
        ),
        (
            replace(THREE, instalments=(InstalmentContent(amount=D("0.001")),)),
            Code.AMOUNT_INVALID,
            "instalments-0-amount",
        ),
        (
            replace(THREE, instalments=(replace(EQUAL, label="x" * 251),)),
            Code.TEXT_TOO_LONG,
            "instalments-0-label",
        ),
        (
            replace(THREE, instalments=(InstalmentContent(amount=D("1300.00")),)),
            Code.AMOUNT_ABOVE_DUE,
            "instalments",
        ),
        (
            replace(THREE, instalments=(InstalmentContent(amount=D("1200.00")),)),
            Code.AMOUNT_INVALID,
            "instalments",
        ),
    ],
)
def test_what_a_schedule_refuses(schedule: ScheduleContent, code: Code, field: str, shop: Activity) -> None:
    content = DraftContent(customer=sales.firm(shop), lines=(line("1000.00"),), schedule=schedule)
    with pytest.raises(Refused) as refusal:
        create_quote_draft(shop, content=content, form_key=uuid.uuid4(), actor=None)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not Quote.objects.exists()


def test_a_copy_and_a_save_keep_the_schedule(shop: Activity) -> None:
    dated = replace(THREE, instalments=(DEPOSIT, replace(EQUAL, on=date(2026, 6, 1))))
    quote = quotes.quote(shop, line("1000.00"), schedule=dated)
    copy = duplicate_as_quote(quote, form_key=uuid.uuid4(), actor=None)
    assert [row.on for row in copy.instalments.all()] == [None, date(2026, 6, 1)]
    content = DraftContent(customer=quote.customer, lines=(line("1000.00"),), schedule=dated)
    same = save_quote_draft(quote, content=content, version=quote.version, actor=None, by_itself=True)
    assert same.version == quote.version
    other = replace(content, schedule=ScheduleContent(Billing.PROGRESS, retention_rate=D(0)))
    saved = save_quote_draft(quote, content=other, version=quote.version, actor=None, by_itself=True)
    assert (saved.billing, saved.retention_rate, saved.instalments.count()) == (Billing.PROGRESS, 0, 0)


def test_nothing_said_prints_nothing(shop: Activity) -> None:
    assert EInvoice.from_json(quotes.approved(shop).facts).schedule == ()
    quote = quotes.approved(shop, schedule=ScheduleContent(Billing.PROGRESS, instalments=(DEPOSIT,)))
    said = [one.label for one in EInvoice.from_json(quote.facts).schedule]
    assert said == ["À la commande (30\u00a0%)", "Situations, à l’avancement"]


def test_the_parts_of_a_quote_are_known_kinds() -> None:
    assert {one.value for one in InvoicePart} == {"whole", "deposit", "interim", "progress", "balance"}
