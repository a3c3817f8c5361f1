"""The tables of moves of expense claims and of advances, each with a row made by services and its pages."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounting.calculations.payment_orders import next_transfer_day
from accounting.models import PaymentOrder
from accounting.services.payment_batches import prepare_batch
from invoicing.models import ExpenseAdvance, ExpenseClaim
from invoicing.selectors.claim_checks import order_of
from invoicing.services.advances import AdvanceContent, ask_advance, give_advance, grant_advance
from invoicing.services.claim_approving import approve_claim
from invoicing.services.claim_lines import approve_line
from invoicing.services.claim_refunding import order_refund
from invoicing.services.claiming import submit_claim
from people.selectors.banks import bank_of
from people.states import RoleKind
from tests.factories.coaching import person_of
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.invoicing_claims import banked
from tests.factories.invoicing_expenses import claim, content, expense
from tests.factories.kernel import make_cooperative
from tests.factories.payments import make_cash, release
from tests.factories.people import make_user
from tests.house.moves_of_path import day
from tests.house.moving import Case, Page, Subject

_WHY = {"reason": "Une erreur de jour."}


def _begun() -> Case:
    """A draft of one line with its receipt."""
    user, activity = make_entrepreneur()
    return Case(claim(user, activity), [user])


def _submitted(case: Case) -> Any:
    return submit_claim(case.row, actor=case.users[0], on=timezone.localdate())


def _decided(case: Case) -> Any:
    row = _submitted(case)
    for line in row.lines.all():
        approve_line(line, seen=True, actor=None, today=timezone.localdate())
    return row


def _approved(case: Case) -> Any:
    """Its author gave their bank details; the page that approves would plan the transfer at once."""
    if bank_of(case.row.person) is None:
        banked(case.users[0])
    return approve_claim(_decided(case), deduct=True, actor=None, on=timezone.localdate())


def _ordered(case: Case) -> Any:
    return order_refund(_approved(case), actor=None, on=timezone.localdate())


def _at_bank(order: PaymentOrder) -> None:
    """A lot that holds it is with the bank."""
    make_cooperative()
    make_cash(order.section, "5000.00", on=timezone.localdate())
    batch = prepare_batch(
        [order.pk],
        execution_on=next_transfer_day(timezone.localdate()),
        form_key=uuid.uuid4(),
        actor=make_user(RoleKind.ACCOUNTANT),
        today=timezone.localdate(),
    )
    release(batch, at=timezone.now())


def _paid(case: Case) -> Any:
    row = _ordered(case)
    _at_bank(_order(row))
    return row


def _order(row: ExpenseClaim | ExpenseAdvance) -> PaymentOrder:
    found = order_of(row)
    assert found is not None
    return found


def _asked() -> Case:
    user, activity = make_entrepreneur()
    banked(user)
    today = timezone.localdate()
    said = AdvanceContent(Decimal("10.00"), "Salon de Vienne", today)
    person = person_of(user)
    row = ask_advance(person, activity, content=said, form_key=uuid.uuid4(), today=today, actor=user)
    return Case(row, [user])


def _granted(case: Case) -> Any:
    row = grant_advance(case.row, actor=None, on=timezone.localdate())
    _at_bank(_order(row))
    return row


def _given(case: Case) -> Any:
    row = grant_advance(case.row, actor=None, on=timezone.localdate())
    return give_advance(row, actor=None, on=timezone.localdate())


def _used_up(case: Case) -> Any:
    """By a claim whose refund is not paid yet: taking its approval back opens the advance again."""
    row, user = _given(case), case.users[0]
    spent = expense(user, row.activity, content(missing_reason="Ticket perdu")).claim
    case.known = {"claim": _approved(Case(spent, [user])).pk}
    return ExpenseAdvance.objects.get(pk=row.pk)


def _rest(case: Case) -> dict[str, Any]:
    return {"amount": "10,00", "on": day(), "form_key": str(uuid.uuid4())}


CLAIMS: dict[str, Subject] = {
    "invoicing.ExpenseClaim": Subject(
        _begun,
        {
            "submit": Page("invoicing:claim_submit"),
            "take_back": Page("invoicing:claim_take_back", (), {}, _submitted),
            "correct": Page("invoicing:claim_check", (), {"do": "correct"} | _WHY, _submitted),
            "approve": Page("invoicing:claim_check", (), {"do": "approve"}, _decided),
            "order": Page("invoicing:claim_order", (), {}, _approved),
            "reverse": Page("invoicing:claim_reverse", (), _WHY, _ordered),
            # The bank paid: the books announce it.
            "settle": Page(
                "accounting:payment_settle",
                (),
                {"on": day()},
                _paid,
                keys=lambda case: (_order(case.row).pk,),
            ),
        },
    ),
    "invoicing.ExpenseAdvance": Subject(
        _asked,
        {
            "grant": Page("invoicing:advance_grant"),
            "refuse": Page("invoicing:advance_refuse", (), _WHY),
            "give": Page(
                "accounting:payment_settle",
                (),
                {"on": day()},
                _granted,
                keys=lambda case: (_order(case.row).pk,),
            ),
            "settle": Page("invoicing:advance_return", (), _rest, _given),
            "reopen": Page(
                "invoicing:claim_reverse", (), _WHY, _used_up, keys=lambda case: (case.known["claim"],)
            ),
        },
    ),
}
