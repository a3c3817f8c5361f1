"""An internal sale: agreed by the buyer, mirrored in the books, given back to the cent (INV-31)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounting.models import ContributionRun, Entry, SaleMovement
from accounting.selectors.contribution_controls import contribution_faults
from accounting.selectors.sale_controls import sale_faults
from cae.core.errors import Code
from cae.core.models import Notice
from entrepreneurs.models import Activity
from invoicing.models import InternalCredit, InternalSale
from invoicing.services.internal_sales import (
    InternalContent,
    accept_internal,
    create_internal,
    credit_internal,
    decline_internal,
    discard_internal,
    invoice_internal,
    offer_internal,
    save_internal,
    take_back_internal,
)
from invoicing.states.joint import InternalState
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories import invoicing_internal as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db
D = Decimal
DAY = make.DAY


@pytest.fixture
def seller() -> Activity:
    return make_activity(code="A1", name="A1")


@pytest.fixture
def buyer() -> Activity:
    return make_activity(code="B2", name="B2")


def lines_of(entry: Entry) -> list[tuple[str | None, str, Decimal, Decimal]]:
    rows = entry.lines.select_related("account", "analytic__activity").order_by("position")
    return [
        (row.account.role, row.analytic.activity.name if row.analytic.activity else "", row.debit, row.credit)
        for row in rows
    ]


def test_an_internal_invoice_is_mirrored_on_both_sides(seller: Activity, buyer: Activity) -> None:
    sale = make.invoiced(seller, buyer)
    assert (sale.number, sale.state, sale.invoiced_on) == ("INT2026-0001", InternalState.INVOICED, DAY)
    entry = Entry.objects.get(piece=sale.number)
    assert (entry.journal.code, entry.label, entry.source) == ("AN", "INT2026-0001 A1 → B2", sale)
    assert lines_of(entry) == [
        ("inside_charge", "B2", D("2000.00"), D("0.00")),
        ("internal_link", "B2", D("0.00"), D("2000.00")),
        ("internal_link", "A1", D("2000.00"), D("0.00")),
        ("inside_income", "A1", D("0.00"), D("2000.00")),
    ]


def test_the_seller_contributes_on_internal_sales_and_a_credit_note_gives_back() -> None:
    books.scale("0.1000")
    seller, buyer = make_activity(), make_activity()
    sale = make.invoiced(seller, buyer)
    credit = make.credit(sale, "500.00")
    moved = SaleMovement.objects.order_by("pk").values_list("activity", "document", "category", "net")
    assert list(moved) == [
        (seller.pk, "INT2026-0001", "internal", D("2000.00")),
        (seller.pk, "INTA2026-0001", "internal", D("-500.00")),
    ]
    due = dict(ContributionRun.objects.values_list("subject", "due"))
    assert due == {"INT2026-0001": D("200.00"), credit.number: D("-50.00")}
    # What the buyer is charged is no contribution, and what the seller has is a sale: the controls know both.
    assert [*sale_faults(), *contribution_faults()] == []


def test_a_credit_note_takes_no_more_than_what_is_left(seller: Activity, buyer: Activity) -> None:
    sale = make.invoiced(seller, buyer)
    first = make.credit(sale, "1500.00")
    assert first.number == "INTA2026-0001"
    with refused(Code.AMOUNT_ABOVE_DUE, "amount", "500,00"):
        make.credit(sale, "500.01")
    with refused(Code.AMOUNT_INVALID, "amount"):
        make.credit(sale, "0.00")
    with refused(Code.VALUE_MISSING, "reason"):
        make.credit(sale, "1.00", reason="  ")
    with refused(Code.DATE_INVALID):
        make.credit(sale, "1.00", on=DAY - timedelta(days=1))
    make.credit(sale, "500.00")
    links = [line for entry in Entry.objects.all() for line in lines_of(entry) if line[0] == "inside_income"]
    assert sum(line[2] - line[3] for line in links) == 0


def test_a_credit_note_sent_twice_is_made_once(seller: Activity, buyer: Activity) -> None:
    sale, key = make.invoiced(seller, buyer), uuid.uuid4()
    twice = [
        credit_internal(sale, amount=D("1500.00"), reason="Trop", form_key=key, on=DAY, actor=None)
        for _turn in range(2)
    ]
    assert twice[0] == twice[1]
    assert InternalCredit.objects.count() == 1


def test_nothing_is_credited_before_the_invoice(seller: Activity, buyer: Activity) -> None:
    sale = make.ordered(seller, buyer)
    with refused(Code.ILLEGAL_MOVE):
        make.credit(sale, "1.00")


def test_an_offer_says_what_is_sold_to_another_open_activity(seller: Activity, buyer: Activity) -> None:
    content = InternalContent(buyer, "Maquette", D("10.00"))
    wrong = {
        "title": (replace(content, title=" "), Code.VALUE_MISSING),
        "buyer": (replace(content, buyer=seller), Code.VALUE_INVALID),
        "amount": (replace(content, amount=D("0.00")), Code.AMOUNT_INVALID),
        "description": (replace(content, description="x" * 4001), Code.TEXT_TOO_LONG),
    }
    for field, (typed, code) in wrong.items():
        with refused(code, field):
            create_internal(seller, content=typed, form_key=uuid.uuid4(), on=DAY, actor=None)
    with refused(Code.VALUE_INVALID, None, "« A1 » n’est pas ouverte"):
        create_internal(seller, content=content, form_key=uuid.uuid4(), on=date(1990, 1, 1), actor=None)


def test_a_form_sent_twice_begins_one_sale(seller: Activity, buyer: Activity) -> None:
    content, key = InternalContent(buyer, "Maquette", D("10.00")), uuid.uuid4()
    twice = [create_internal(seller, content=content, form_key=key, on=DAY, actor=None) for _turn in range(2)]
    assert twice[0] == twice[1]


def test_what_the_buyer_reads_changes_no_more(seller: Activity, buyer: Activity) -> None:
    sale = make.draft(seller, buyer)
    content = InternalContent(buyer, "Maquette, suite", D("15.00"))
    saved = save_internal(sale, content=content, version=1, on=DAY, actor=None)
    assert (saved.title, saved.amount, saved.version) == ("Maquette, suite", D("15.00"), 2)
    with refused(Code.STALE_FORM):
        save_internal(sale, content=content, version=1, on=DAY, actor=None)
    offer_internal(sale, on=DAY, actor=None)
    with refused(Code.ILLEGAL_MOVE):
        save_internal(sale, content=content, version=2, on=DAY, actor=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        InternalSale.objects.filter(pk=sale.pk).update(amount=D("1.00"))
    back = take_back_internal(sale, actor=None)
    assert (back.state, back.offered_on) == (InternalState.DRAFT, None)


def test_an_invoice_never_changes_nor_does_its_credit_note(seller: Activity, buyer: Activity) -> None:
    sale = make.invoiced(seller, buyer)
    credit = make.credit(sale, "1.00")
    for row, change in ((sale, {"invoiced_on": DAY + timedelta(days=1)}), (credit, {"amount": D("2.00")})):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).delete()


def test_the_database_wants_two_activities_and_a_price(seller: Activity, buyer: Activity) -> None:
    sale = make.draft(seller, buyer)
    for change in ({"buyer": seller}, {"amount": D("-1.00")}, {"title": ""}, {"state": "ordered"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            InternalSale.objects.filter(pk=sale.pk).update(**change)


def test_an_invoice_does_not_come_before_the_agreement(seller: Activity, buyer: Activity) -> None:
    sale = make.ordered(seller, buyer)
    with refused(Code.DATE_INVALID):
        invoice_internal(sale, on=DAY - timedelta(days=1), actor=None)
    unanswered = make.offered(seller, buyer)
    with refused(Code.ILLEGAL_MOVE):
        invoice_internal(unanswered, on=DAY, actor=None)


def test_each_side_is_told_what_the_other_does() -> None:
    sells, buys = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.ENTREPRENEUR)
    seller, buyer = make_activity(sells), make_activity(buys)
    sale = offer_internal(make.draft(seller, buyer), on=DAY, actor=sells)
    accept_internal(sale, on=DAY, actor=buys)
    make.credit(invoice_internal(sale, on=DAY, actor=sells), "500.00")
    assert Notice.objects.get(subject__startswith="Avoir interne INTA2026-0001").user == buys
    other = offer_internal(make.draft(seller, buyer), on=DAY, actor=sells)
    with refused(Code.VALUE_MISSING, "reason"):
        decline_internal(other, reason=" ", on=DAY, actor=buys)
    declined = decline_internal(other, reason="Trop cher", on=DAY, actor=buys)
    assert (declined.state, declined.answered_by) == (InternalState.DECLINED, buys)
    told = Notice.objects.order_by("pk").values_list("user", "kind")
    assert list(told) == [
        (buys.pk, "invoicing.internal_to_answer"),
        (sells.pk, "invoicing.internal_answered"),
        (buys.pk, "invoicing.internal_invoiced"),
        (buys.pk, "invoicing.internal_invoiced"),
        (buys.pk, "invoicing.internal_to_answer"),
        (sells.pk, "invoicing.internal_answered"),
    ]


def test_a_draft_given_up_stays_known(seller: Activity, buyer: Activity) -> None:
    assert discard_internal(make.draft(seller, buyer), actor=None).state == InternalState.DISCARDED


def test_the_buyer_sees_what_was_proposed(seller: Activity) -> None:
    buys, other = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.ENTREPRENEUR)
    buyer = make_activity(buys)
    make_activity(other)
    draft, offer = make.draft(seller, buyer), make.offered(seller, buyer)
    assert set(InternalSale.objects.visible_to(buys)) == {offer}
    assert not InternalSale.objects.visible_to(other).exists()
    assert set(InternalSale.objects.visible_to(make_user(RoleKind.ACCOUNTANT))) == {draft, offer}
