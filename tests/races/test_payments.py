"""Two hands on the same payments: one order in one lot, one release, one payment, one order a source."""

from __future__ import annotations

import uuid
from functools import partial

import pytest

from accounting.models import Entry, PaymentBatch, PaymentLine, PaymentOrder
from accounting.selectors.accounts import section_of
from accounting.selectors.payments import fingerprint, sent_lines
from accounting.services.payment_batches import prepare_batch, release_batch, settle_batch
from accounting.services.payment_orders import withdraw_payment
from accounting.states.payments import BatchState, LineState, OrderState
from cae.core.errors import Code, Refused
from cae.core.models import Document, Signature
from cae.core.signing import Hand, Origin
from people.states import RoleKind
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.factories.payments import NOW, TODAY, make_batch, make_cash, make_order, release
from tests.factories.people import make_person, make_user
from tests.races.conftest import Race
from tests.races.killing import kill_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def codes(results: list[object]) -> list[Code]:
    return [one.code for one in results if isinstance(one, Refused)]


def test_one_source_is_planned_once(race: Race) -> None:
    source = make_person()
    results = race([partial(make_order, source=source)] * 4)
    assert codes(results) == [Code.DUPLICATE] * 3
    assert PaymentOrder.objects.count() == 1


def test_an_order_goes_into_one_lot(race: Race) -> None:
    make_cooperative()
    one, both = make_order(), make_order()
    hands = [make_user(RoleKind.ACCOUNTANT) for _rank in range(3)]
    acts = [
        partial(
            prepare_batch,
            keys,
            execution_on=TODAY,
            form_key=uuid.uuid4(),
            actor=hand,
            today=TODAY,
        )
        for hand, keys in zip(hands, ([one.pk, both.pk], [both.pk, one.pk], [both.pk]), strict=True)
    ]
    results = race(acts)
    assert codes(results) == [Code.ILLEGAL_MOVE] * 2
    assert PaymentBatch.objects.count() == 1
    assert PaymentLine.objects.filter(order=both).count() == 1


def test_two_lots_never_spend_the_same_cash(race: Race) -> None:
    make_cooperative()
    section = section_of(make_activity())
    make_cash(section, "100.00")
    orders = [make_order("70.00", section=section) for _rank in range(2)]
    user = make_user(RoleKind.ACCOUNTANT)
    acts = [
        partial(prepare_batch, [order.pk], execution_on=TODAY, form_key=uuid.uuid4(), actor=user, today=TODAY)
        for order in orders
    ]
    assert codes(race(acts)) == [Code.AMOUNT_ABOVE_DUE]
    assert PaymentOrder.objects.filter(state=OrderState.BATCHED).count() == 1


def test_the_same_form_from_two_tabs_makes_one_lot(race: Race) -> None:
    make_cooperative()
    order, user, key = make_order(), make_user(RoleKind.ACCOUNTANT), uuid.uuid4()
    act = partial(prepare_batch, [order.pk], execution_on=TODAY, form_key=key, actor=user, today=TODAY)
    assert codes(race([act] * 3)) == []
    assert PaymentBatch.objects.count() == 1


def test_a_lot_is_released_once_and_has_one_file(race: Race) -> None:
    batch = make_batch(make_order())
    shown = fingerprint(batch, sent_lines(batch))
    acts = [
        partial(
            release_batch,
            batch,
            shown=shown,
            hand=Hand("Nadia", typed="Nadia"),
            origin=Origin(),
            at=NOW,
            actor=make_user(RoleKind.CO_MANAGER),
        )
        for _rank in range(3)
    ]
    assert codes(race(acts)) == [Code.ILLEGAL_MOVE] * 2
    assert Document.objects.filter(kind="accounting.transfer_file").count() == 1


def test_a_lot_is_paid_once(race: Race) -> None:
    batch = release(make_batch(make_order(), make_order()))
    results = race([partial(settle_batch, batch, on=TODAY, actor=None, today=TODAY)] * 3)
    assert codes(results) == [Code.ILLEGAL_MOVE] * 2
    assert Entry.objects.filter(piece__startswith="ORD-").count() == 2


def test_an_order_is_withdrawn_or_sent_and_never_both(race: Race) -> None:
    order, other = make_order("10.00"), make_order("20.00")
    batch = make_batch(order, other)
    manager, shown = make_user(RoleKind.CO_MANAGER), fingerprint(batch, sent_lines(batch))
    results = race(
        [
            partial(withdraw_payment, order, reason="contestée", actor=None),
            partial(release, batch, actor=manager, shown=shown),
        ]
    )
    batch.refresh_from_db()
    order.refresh_from_db()
    [code] = codes(results)
    sent = set(batch.lines.filter(state=LineState.PENDING).values_list("order", flat=True))
    if code == Code.ILLEGAL_MOVE:
        assert (batch.state, order.state) == (BatchState.RELEASED, OrderState.BATCHED)
        assert sent == {order.pk, other.pk}
    else:
        assert code == Code.STALE_FORM
        assert (batch.state, order.state) == (BatchState.PREPARED, OrderState.WITHDRAWN)
        assert sent == {other.pk}


def test_a_process_killed_while_it_notes_a_lot_leaves_it_to_note() -> None:
    batch, user = release(make_batch(make_order(), make_order())), make_user(RoleKind.ACCOUNTANT)
    kill_in("dying_payment.py", "settle", batch.pk, user.pk)
    assert Entry.objects.filter(piece__startswith="ORD-").count() == 0
    assert set(PaymentOrder.objects.values_list("state", flat=True)) == {OrderState.BATCHED}
    settle_batch(batch, on=TODAY, actor=user, today=TODAY)
    assert Entry.objects.filter(piece__startswith="ORD-").count() == 2


def test_a_process_killed_while_it_releases_a_lot_leaves_it_to_release() -> None:
    batch, manager = make_batch(make_order()), make_user(RoleKind.CO_MANAGER)
    kill_in("dying_payment.py", "release", batch.pk, manager.pk)
    batch.refresh_from_db()
    assert (batch.state, Signature.objects.count()) == (BatchState.PREPARED, 0)
    assert release(batch, actor=manager).state == BatchState.RELEASED
