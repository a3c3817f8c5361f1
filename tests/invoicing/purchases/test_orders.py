"""Orders: approved up to a ceiling, sent, received in parts, compared with the invoice; keys of sharing."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounting.selectors.accounts import section_of
from cae.core.errors import Code, IllegalMove
from cae.core.models import OutgoingEmail
from cae.core.permissions import can
from invoicing.models import PurchaseDelivery, PurchaseOrder, SplitKey, SplitKeyPart
from invoicing.selectors.purchase_found import find_purchase_orders
from invoicing.selectors.purchase_orders import engaged_by, ordered_lines
from invoicing.selectors.purchases import doubts_of, weights_of_key
from invoicing.services.purchase_inputs import KeyContent
from invoicing.services.purchase_order_files import archive_order_pdf
from invoicing.services.purchase_orders import (
    approve_order,
    cancel_order,
    close_order,
    receive_delivery,
    save_order,
    send_order,
    submit_order,
    take_back_order,
)
from invoicing.services.split_keys import archive_key, create_key, restore_key, weigh_key
from invoicing.states.purchases import PurchaseOrderState
from people.states import RoleKind
from tests.factories import invoicing_purchases as make
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.people import make_user
from tests.invoicing.purchases.refusals import refused

pytestmark = pytest.mark.django_db
D = make.D


def receive(order: PurchaseOrder, *quantities: str, **said: Any) -> PurchaseDelivery:
    lines = [line.pk for line in order.lines.all()]
    values: dict[str, Any] = {"on": timezone.localdate(), "form_key": uuid.uuid4(), "actor": None}
    came = {key: D(text) for key, text in zip(lines, quantities, strict=False)}
    return receive_delivery(order, quantities=came, **values | said)


def test_an_activity_approves_alone_up_to_the_ceiling_the_team_above() -> None:
    user, activity = make_entrepreneur()
    small = make.make_purchase_order(activity)
    large = make.make_purchase_order(activity, make.order_line("100"), supplier=small.supplier)
    right = "invoicing.approve_purchase_order"
    assert can(user, right, small)
    assert not can(user, right, large)
    assert can(make_user(RoleKind.ADVISOR), right, large)
    assert not can(make_entrepreneur()[0], right, small)


def test_an_order_is_numbered_when_approved_and_changes_no_more() -> None:
    activity = make_activity()
    draft = make.make_purchase_order(activity)
    assert (draft.total_net, draft.total_gross, draft.number) == (D("125.00"), D("150.00"), None)
    submitted = submit_order(draft, actor=None)
    content = make.OrderContent(supplier=draft.supplier, purpose="Autre", lines=(make.order_line(),))
    with pytest.raises(IllegalMove):
        save_order(submitted, content=content, version=1, actor=None, on=timezone.localdate())
    draft = take_back_order(submitted, actor=None)
    save_order(draft, content=content, version=1, actor=None, on=timezone.localdate())
    order = approve_order(draft, on=timezone.localdate(), actor=make.accountant())
    assert order.number == f"BC{timezone.localdate().year}-0001"
    assert order.purpose == "Autre"
    for rows, change in ((PurchaseOrder.objects.all(), {"purpose": "X"}), (order.lines.all(), {"net": 1})):
        with pytest.raises(IntegrityError, match="pgtrigger"), transaction.atomic():
            rows.update(**change)


def test_an_order_is_found_by_number_or_amount_within_sight() -> None:
    user, activity = make_entrepreneur()
    order = make.make_approved_order(activity)
    assert order.number is not None
    for terms in (order.number, order.number[-4:], order.number.lower(), "150,00"):
        assert [(hit.label, hit.url) for hit in find_purchase_orders(user, terms, 5)] == [
            (order.number, order.get_absolute_url())
        ]
    for terms in ("BC", "bois", "1", "151,00"):
        assert list(find_purchase_orders(user, terms, 5)) == []
    stranger = make_entrepreneur(name="Ailleurs")[0]
    assert list(find_purchase_orders(stranger, order.number, 5)) == []


@pytest.mark.parametrize(
    ("details", "line", "code", "field"),
    [
        ({"purpose": " "}, {}, Code.VALUE_MISSING, "purpose"),
        ({}, {"quantity": "0"}, Code.VALUE_INVALID, "lines-0-quantity"),
        ({}, {"price": "-1"}, Code.AMOUNT_INVALID, "lines-0-unit_price"),
        ({}, {"label": ""}, Code.VALUE_MISSING, "lines-0-label"),
        ({}, {"rate": D(2)}, Code.VALUE_INVALID, "lines-0-rate"),
        ({}, {"quantity": "9999999", "price": "9999999"}, Code.AMOUNT_INVALID, "lines"),
        ({"message": "x" * 2001}, {}, Code.TEXT_TOO_LONG, "message"),
    ],
)
def test_a_wrong_order_is_refused_at_its_place(
    details: dict[str, Any], line: dict[str, Any], code: Code, field: str
) -> None:
    activity, supplier = make_activity(), make.make_supplier()
    with refused(code, field):
        make.make_purchase_order(activity, make.order_line(**line), supplier=supplier, **details)
    assert not PurchaseOrder.objects.exists()


def test_it_is_sent_with_its_pdf_once() -> None:
    order = make.make_approved_order(make_activity())
    with refused(Code.VALUE_INVALID, "to"):
        send_order(order, to="pas une adresse", message="", actor=None, at=timezone.now())
    assert not OutgoingEmail.objects.filter(cause="invoicing.mail_purchase_order").exists()
    sent = send_order(order, to=" a@exemple.fr ", message="Le matin", actor=None, at=timezone.now())
    assert sent.state == PurchaseOrderState.SENT
    mail = OutgoingEmail.objects.get(cause="invoicing.mail_purchase_order")
    assert (mail.to, mail.attachments.get()) == ("a@exemple.fr", sent.pdf)
    assert "Le matin" in mail.text
    assert archive_order_pdf(sent.pk) == sent.pdf
    assert sent.pdf is not None
    assert sent.pdf.file.read(5) == b"%PDF-"


def test_deliveries_come_in_parts_and_a_mistake_goes_back() -> None:
    order = make.make_approved_order(make_activity(), make.order_line("10"), make.order_line("3"))
    key = uuid.uuid4()
    assert receive(order, "6", form_key=key) == receive(order, "6", form_key=key)
    receive(order, "-2", "3")
    assert [line.left_to_receive for line in ordered_lines(order)] == [D(6), D(0)]
    with refused(Code.VALUE_INVALID, f"line_{order.lines.first().pk}"):  # type: ignore[union-attr]
        receive(order, "-5")
    with refused(Code.VALUE_MISSING):
        receive(order, "0", "0")
    with refused(Code.DATE_INVALID, "on"):
        receive(order, "1", on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(IllegalMove):
        receive(make.make_purchase_order(order.activity, supplier=order.supplier), "1")
    other = make.make_approved_order(order.activity, supplier=order.supplier)
    with refused(Code.VALUE_INVALID):
        receive_delivery(
            order,
            quantities={other.lines.get().pk: D(1)},
            on=timezone.localdate(),
            form_key=uuid.uuid4(),
            actor=None,
        )
    with pytest.raises(Exception, match="pgtrigger"), transaction.atomic():
        PurchaseDelivery.objects.update(reference="X")


def test_an_order_ends_with_a_reason_while_something_is_awaited() -> None:
    order = make.make_approved_order(make_activity())
    receive(order, "6")
    with pytest.raises(IllegalMove):
        cancel_order(order, reason="Trop tard", actor=None)
    with refused(Code.VALUE_MISSING, "reason"):
        close_order(order, reason=" ", actor=None)
    receive(order, "4")
    assert close_order(order, reason="", actor=None).state == PurchaseOrderState.CLOSED
    nothing = make.make_approved_order(order.activity, supplier=order.supplier)
    with refused(Code.VALUE_MISSING, "reason"):
        cancel_order(nothing, reason="", actor=None)
    assert cancel_order(nothing, reason="Trop tard", actor=None).number == nothing.number


def test_an_invoice_is_compared_with_what_was_ordered_and_came() -> None:
    activity = make_activity()
    order = make.make_approved_order(activity)
    receive(order, "6")
    ordered = order.lines.get()
    line = make.line("70.00", quantity=D(5), order_line=ordered)
    purchase = make.make_purchase(activity, line, supplier=order.supplier, order=order)
    assert any("12,50" in doubt.sentence and "14,00" in doubt.sentence for doubt in doubts_of(purchase))
    assert ordered_lines(order)[0].left_to_invoice == D(5)
    with refused(Code.VALUE_INVALID, "order"):
        make.make_purchase(make_activity(), supplier=order.supplier, order=order, number="FA-2")
    other = make.make_approved_order(activity, make.order_line("2", "10"), supplier=order.supplier)
    assert engaged_by(other) == D("55.00")


def test_a_key_changes_from_a_day_on_and_the_past_stays() -> None:
    today = timezone.localdate()
    one, other = (section_of(make_activity()) for _ in range(2))
    key = make.make_key((one, "3"), starts_on=today - timedelta(days=100))
    weigh_key(key, weights=[(one, D(1)), (other, D(1))], starts_on=today, actor=None)
    assert weights_of_key(key, today - timedelta(days=1)) == {one: D(3)}
    assert weights_of_key(key, today) == {one: D(1), other: D(1)}
    with refused(Code.DATE_INVALID, "starts_on"):
        weigh_key(key, weights=[(one, D(1))], starts_on=today, actor=None)
    assert SplitKeyPart.objects.count() == 3


@pytest.mark.parametrize(
    ("weights", "details", "code", "field"),
    [
        ((), {}, Code.VALUE_MISSING, "weights"),
        (("1", "1"), {"same": True}, Code.DUPLICATE, "weights"),
        (("0",), {}, Code.VALUE_INVALID, "weights"),
        (("60", "30"), {"kind": "percentage"}, Code.AMOUNT_INVALID, "weights"),
        (("1",), {"name": " "}, Code.VALUE_MISSING, "name"),
        (("1",), {"kind": "autre"}, Code.VALUE_INVALID, "kind"),
    ],
)
def test_a_wrong_key_is_refused(
    weights: tuple[str, ...], details: dict[str, Any], code: Code, field: str
) -> None:
    sections = [section_of(make_activity()) for _ in range(2)]
    if details.pop("same", False):
        sections = [sections[0]] * 2
    pairs = tuple((section, D(text)) for section, text in zip(sections, weights, strict=False))
    content = KeyContent(**{"name": "Clé", "weights": pairs} | details)
    with refused(code, field):
        create_key(content=content, form_key=uuid.uuid4(), starts_on=timezone.localdate(), actor=None)
    assert not SplitKey.objects.exists()


def test_a_key_has_a_name_of_its_own_and_goes_to_the_archive_and_back() -> None:
    section = section_of(make_activity())
    key = make.make_key((section, "1"), name="Loyer")
    with refused(Code.DUPLICATE, "name"):
        make.make_key((section, "1"), name="Loyer")
    archive_key(key, actor=None, at=timezone.now())
    with refused(Code.ALREADY_DONE):
        archive_key(key, actor=None, at=timezone.now())
    assert restore_key(key, actor=None).archived_at is None
