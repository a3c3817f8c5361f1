"""Parts of a quote prepared, issued and amended at the same instant never invoice more than it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from invoicing.engines.checker import client
from invoicing.engines.checker.protocol import Verdict
from invoicing.models import Amendment, Invoice, RetentionRelease
from invoicing.selectors.part_controls import part_faults
from invoicing.selectors.parts import work_of
from invoicing.services.amending import add_amendment
from invoicing.services.converting import invoice_quote
from invoicing.services.inputs import ScheduleContent
from invoicing.services.parting import Ask, prepare_balance, prepare_deposit
from invoicing.services.retaining import release_retention
from invoicing.states.parts import Billing
from tests.factories import invoicing as sales
from tests.factories import invoicing_parts as parts
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import DAY, line
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checker that accepts, and no PDF."""
    monkeypatch.setattr(client, "check", lambda *args, **details: Verdict(True))
    monkeypatch.setattr("invoicing.services.issuing.run_later", lambda *args, **details: None)


def codes_of(results: list[object]) -> set[Code]:
    return {found.code for found in results if isinstance(found, Refused)}


def test_eight_parts_prepared_at_once_make_one(race: Race) -> None:
    quote = parts.accepted(make_activity(), line("1000.00"))
    acts = [
        partial(prepare_deposit, quote, ask=Ask(rate=Decimal("0.6")), form_key=uuid.uuid4(), actor=None)
        for _ in range(6)
    ]
    acts += [partial(prepare_balance, quote, form_key=uuid.uuid4(), actor=None)]
    acts += [partial(invoice_quote, quote, form_key=uuid.uuid4(), actor=None)]
    results = race(acts)
    assert (Invoice.objects.count(), codes_of(results)) == (1, {Code.ALREADY_DONE})
    assert list(part_faults()) == []


def test_a_credit_note_and_the_balance_at_once(race: Race) -> None:
    """The balance that takes the deposit off, or the credit note that gives it back: never both."""
    quote = parts.accepted(make_activity(), line("1000.00"))
    deposit = parts.issue(parts.deposit(quote, "0.3"))
    last, note = parts.balance(quote), sales.credit(deposit)
    on = DAY + timedelta(days=1)
    results = race([partial(sales.issue, last, on=on), partial(sales.issue, note, on=on)])
    assert codes_of(results) in ({Code.STALE_FORM}, {Code.ILLEGAL_MOVE})
    assert list(part_faults()) == []
    assert work_of(quote).gross_left >= 0


def test_an_amendment_and_the_final_account_at_once(race: Race) -> None:
    """The amendment is in the account, or is refused: never left out of both."""
    owner = make_activity()
    quote = parts.accepted(owner, line("1000.00"))
    more = parts.accepted(owner, line("200.00"), customer=quote.customer)
    last = parts.balance(quote)
    results = race(
        [
            partial(sales.issue, last, on=DAY),
            partial(add_amendment, quote, quote=more, actor=None, at=timezone.now()),
        ]
    )
    assert codes_of(results) <= {Code.ILLEGAL_MOVE, Code.STALE_FORM}
    assert not Amendment.objects.exists()
    assert list(part_faults()) == []


def test_a_retention_is_released_once(race: Race) -> None:
    schedule = ScheduleContent(Billing.PROGRESS)
    quote = parts.accepted(make_activity(), line("400.00"), schedule=schedule)
    first = parts.issue(parts.situation(quote, "0.5"))
    act = partial(release_retention, first, on=DAY, due_on=DAY, actor=None, today=DAY)
    results = race([act] * 6)
    assert (RetentionRelease.objects.count(), codes_of(results)) == (1, {Code.ALREADY_DONE})
