"""The tables of moves of purchases and orders, each with a row made by services and its pages."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from invoicing.models import Purchase
from invoicing.services.purchase_moves import approve_purchase, dispute_purchase, take_purchase
from invoicing.services.purchase_orders import approve_order, submit_order
from invoicing.services.purchase_payments import impute_credit, order_payment
from tests.factories import invoicing_purchases as make
from tests.factories.entrepreneurs import make_activity
from tests.house.moves_of_path import day
from tests.house.moving import Case, Page, Subject

_WHY = {"reason": "Une erreur de jour."}


def _received() -> Case:
    purchase = make.make_purchase(make_activity(), make.line("80.00"))
    make.make_bank(purchase.supplier)
    return Case(purchase)


def _checking(case: Case) -> Any:
    return take_purchase(case.row, actor=make.accountant(), at=timezone.now())


def _approved(case: Case) -> Any:
    return approve_purchase(_checking(case), actor=make.accountant(), at=timezone.now())


def _ordered(case: Case) -> Any:
    return order_payment(_approved(case), actor=make.accountant())


def _disputed(case: Case) -> Any:
    return dispute_purchase(
        case.row, kind="207", code="PU_ERR", reason="Trop cher", actor=make.accountant(), at=timezone.now()
    )


def _credit(case: Case) -> Purchase:
    """A credit note on the invoice of the case, approved as it is."""
    invoice = _approved(case)
    note = make.make_approved(
        invoice.activity,
        make.line("10.00"),
        supplier=invoice.supplier,
        number="AV-1",
        kind="credit_note",
    )
    case.known = {"invoice": invoice, "note": note}
    return note


def _imputed(case: Case) -> Any:
    note = _credit(case)
    return impute_credit(
        note, invoice=case.known["invoice"], on=timezone.localdate(), actor=make.accountant()
    )


def _draft() -> Case:
    return Case(make.make_purchase_order(make_activity()))


def _numbered(case: Case) -> Any:
    return approve_order(case.row, on=timezone.localdate(), actor=make.accountant())


_REFUSAL = {"code": "TX_TVA_ERR", "reason": "Le taux n’est pas le bon."}

PURCHASES: dict[str, Subject] = {
    "invoicing.Purchase": Subject(
        _received,
        {
            "take": Page("invoicing:purchase_take"),
            "approve": Page("invoicing:purchase_approve", (), {}, _checking),
            "dispute": Page(
                "invoicing:purchase_dispute",
                (),
                {"kind": "207", "code": "PU_ERR", "reason": "Ce n’est pas ce prix."},
            ),
            "resume": Page("invoicing:purchase_resume", (), {}, _disputed),
            "refuse": Page("invoicing:purchase_refuse", (), _REFUSAL),
            "undo": Page("invoicing:purchase_undo", (), _WHY, _approved),
            "order": Page("invoicing:purchase_payment", (), {"due_on": day()}, _approved),
            "withdraw": Page("invoicing:purchase_withdraw", (), _WHY, _ordered),
            "settle": Page("invoicing:purchase_settle", (), {"on": day()}, _approved),
            "impute": Page(
                "invoicing:purchase_impute", (), lambda case: {"invoice": case.known["invoice"].pk}, _credit
            ),
            "release": Page("invoicing:purchase_release", (), {}, _imputed),
        },
    ),
    "invoicing.PurchaseOrder": Subject(
        _draft,
        {
            "submit": Page("invoicing:purchase_order_submit"),
            "take_back": Page(
                "invoicing:purchase_order_take_back",
                (),
                {},
                lambda case: submit_order(case.row, actor=make.accountant()),
            ),
            "approve": Page("invoicing:purchase_order_approve"),
            "send": Page("invoicing:purchase_order_send", (), {"to": "a@exemple.fr"}, _numbered),
            "close": Page("invoicing:purchase_order_close", (), _WHY, _numbered),
            "cancel": Page("invoicing:purchase_order_cancel", (), _WHY),
        },
    ),
}
