"""The tables of moves of payments and of bank details, each with a row made by services and its pages."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from accounting.calculations.payment_orders import next_transfer_day
from accounting.models import PaymentBatch, PaymentOrder
from accounting.selectors.payments import fingerprint, sent_lines
from accounting.services.payment_batches import prepare_batch, reject_payment
from people.models import PersonBank
from people.services.banks import confirm_bank, propose_bank
from people.states import RoleKind
from tests.factories.coaching import person_of
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing_purchases import make_ordered
from tests.factories.kernel import make_cooperative
from tests.factories.payments import IBAN, OTHER_IBAN, make_cash, make_order, release
from tests.factories.people import make_user
from tests.house.moves_of_path import day
from tests.house.moving import Case, Page, Subject

_WHY = {"reason": "Une erreur de jour."}


def _asked() -> Case:
    """An order that a purchase asked for, which its cash covers."""
    make_ordered(make_activity())
    order = PaymentOrder.objects.get()
    make_cash(order.section, "5000.00", on=timezone.localdate())
    return Case(order)


def _lot(order: PaymentOrder) -> PaymentBatch:
    today = timezone.localdate()
    return prepare_batch(
        [order.pk],
        execution_on=next_transfer_day(today),
        form_key=uuid.uuid4(),
        actor=make_user(RoleKind.ACCOUNTANT),
        today=today,
    )


def _batched(case: Case) -> Any:
    _lot(case.row)
    return PaymentOrder.objects.get(pk=case.row.pk)


def _at_bank(case: Case) -> Any:
    release(_lot(case.row), at=timezone.now())
    return PaymentOrder.objects.get(pk=case.row.pk)


def _rejected(case: Case) -> Any:
    return reject_payment(_at_bank(case), reason="AC04 compte clos", actor=None)


def _choice(case: Case) -> dict[str, Any]:
    day_of_lot = next_transfer_day(timezone.localdate()).isoformat()
    return {"execution_on": day_of_lot, "orders": [case.row.pk], "form_key": str(uuid.uuid4())}


def _prepared() -> Case:
    make_cooperative()
    return Case(_lot(make_order()))


def _released(case: Case) -> Any:
    return release(case.row, at=timezone.now())


def _mark(case: Case) -> dict[str, Any]:
    shown = fingerprint(case.row, sent_lines(case.row))
    return {"way": "typed", "typed": "Nadia Morel", "accepted": "on", "shown": shown}


def _given() -> Case:
    user = make_user(RoleKind.ENTREPRENEUR)
    bank = propose_bank(person_of(user), holder="Zoé Dupré", iban=IBAN, actor=user)
    return Case(bank, [user, make_user(RoleKind.ACCOUNTANT)])


def _followed(case: Case) -> Any:
    """In force, while other details of the same person wait."""
    user, accountant = case.users
    former = confirm_bank(case.row, actor=accountant)
    following = propose_bank(person_of(user), holder="Zoé Dupré", iban=OTHER_IBAN, actor=user)
    case.known = {"next": following}
    return PersonBank.objects.get(pk=former.pk)


PAYMENTS: dict[str, Subject] = {
    "accounting.PaymentOrder": Subject(
        _asked,
        {
            "batch": Page("accounting:batch_prepare", (), _choice, keys=lambda _case: ()),
            "give_back": Page(
                "accounting:batch_cancel",
                (),
                _WHY,
                _batched,
                keys=lambda case: (case.row.lines.latest("pk").batch_id,),
            ),
            "settle": Page("accounting:payment_settle", (), {"on": day()}, _at_bank),
            "reject": Page("accounting:payment_reject", (), _WHY, _at_bank),
            "correct": Page(
                "accounting:payment_correct", (), {"name": "Imprimerie", "iban": OTHER_IBAN}, _rejected
            ),
            # By the room that asked for the payment: what it pays must know.
            "withdraw": Page(
                "invoicing:purchase_withdraw", (), _WHY, keys=lambda case: (case.row.source.purchase_id,)
            ),
        },
    ),
    "accounting.PaymentBatch": Subject(
        _prepared,
        {
            "release": Page("accounting:batch_release", (), _mark),
            "cancel": Page("accounting:batch_cancel", (), _WHY),
            "close": Page("accounting:batch_settle", (), {"on": day()}, _released),
        },
    ),
    "people.PersonBank": Subject(
        _given,
        {
            "confirm": Page("people:bank_confirm"),
            "refuse": Page("people:bank_refuse", (), _WHY),
            "replace": Page(
                "people:bank_confirm", (), {}, _followed, keys=lambda case: (case.known["next"].pk,)
            ),
        },
    ),
}
