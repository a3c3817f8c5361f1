"""A reminder, a payment, a loss, at the same instant: one mail, never about money that came."""

from __future__ import annotations

import uuid
from decimal import Decimal
from functools import partial

import pytest

from cae.core.errors import Refused
from invoicing.engines.checker import client
from invoicing.engines.checker.protocol import Verdict
from invoicing.models import Invoice, Reminder, WriteOff
from invoicing.selectors.chasing import chased_of, departures_of
from invoicing.services.chasing import send_departure, send_reminder
from tests.factories import invoicing as sales
from tests.factories import invoicing_chasing as make
from tests.factories.entrepreneurs import make_activity
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "check", lambda *args, **details: Verdict(True))
    monkeypatch.setattr("invoicing.services.issuing.run_later", lambda *args, **details: None)


def test_a_payment_and_a_reminder_never_cross(race: Race) -> None:
    """Either the payment came first and nothing leaves, or the reminder said what was due then."""
    owner = make_activity()
    for _ in range(4):
        invoice = make.late(owner)
        on = make.day_late(invoice, 5)
        read = make.wanted(invoice.customer, invoice, on=on)
        sent, paid = race(
            [
                partial(
                    send_reminder,
                    invoice.customer,
                    wanted=read,
                    actor=None,
                    at=make.noon(on),
                    form_key=uuid.uuid4(),
                ),
                partial(sales.pay, invoice, "240.00", on=on),
            ]
        )
        assert not isinstance(paid, Refused)
        if isinstance(sent, Refused):
            assert not Reminder.objects.filter(lines__invoice=invoice).exists()
        else:
            assert sent.due == Decimal("240.00")
        assert Invoice.objects.get(pk=invoice.pk).balance.due == 0


def test_the_morning_and_a_hand_remind_once(race: Race) -> None:
    invoice = make.late(make_activity())
    on = make.day_late(invoice, 5)
    (departure,) = departures_of(list(chased_of(invoice.customer, on=on)))
    read = make.wanted(invoice.customer, invoice, on=on)
    acts = [partial(send_departure, departure, actor=None, at=make.noon(on)) for _ in range(4)]
    acts += [
        partial(
            send_reminder,
            invoice.customer,
            wanted=read,
            actor=None,
            at=make.noon(on),
            form_key=uuid.uuid4(),
        )
        for _ in range(4)
    ]
    results = race(acts)
    assert sum(isinstance(one, Reminder) for one in results) == 1
    assert Reminder.objects.count() == 1


def test_a_payment_and_a_loss_never_both_settle(race: Race) -> None:
    owner = make_activity()
    for _ in range(4):
        invoice = make.late(owner)
        on = make.day_late(invoice, 60)
        results = race([partial(sales.pay, invoice, "240.00", on=on), partial(make.give_up, invoice, on=on)])
        assert sum(isinstance(one, Refused) for one in results) == 1
        balance = Invoice.objects.get(pk=invoice.pk).balance
        assert balance.due == 0
        assert balance.paid + balance.lost == Decimal("240.00")
    assert WriteOff.objects.count() <= 4
