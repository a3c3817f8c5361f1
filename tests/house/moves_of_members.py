"""The moves of members, plans, subscriptions and passes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from coworking.models import Charge
from coworking.services.billing_documents import bill_payer
from coworking.services.charges import hold_charge
from coworking.services.deposits import receive_deposit
from coworking.services.subscriptions import accept_subscription, ask_end
from invoicing.models import Invoice
from people.models import User
from people.states import RoleKind
from tests.factories.coworking_members import held_in_a_place
from tests.factories.people import make_user
from tests.house.moves_of_path import WHY, day
from tests.house.moving import Case, Page, Subject


def _of(name: str) -> Any:
    """A row of a place at work, with its facilitator; the rest is known."""

    def make() -> Case:
        held = held_in_a_place()
        keeper = make_user(RoleKind.PLACE_FACILITATOR, scope=held["place"].scope)
        return Case(held[name], [keeper], held)

    return make


def _keeper(case: Case) -> User:
    return case.users[0]


def _ended(case: Case) -> Any:
    today = timezone.localdate()
    row = accept_subscription(case.row, actor=_keeper(case))
    row.starts_on = today - timedelta(days=9)
    row.save()
    return ask_end(
        row, asked_on=today - timedelta(days=5), last_day=today - timedelta(days=1), actor=_keeper(case)
    )


def _received(case: Case) -> Any:
    return receive_deposit(case.row, on=timezone.localdate(), actor=_keeper(case))


def _held(case: Case) -> Any:
    return hold_charge(case.row, reason="À vérifier", actor=_keeper(case))


def _given_up(case: Case) -> Any:
    """Billed by a draft that was given up since."""
    run = case.known["run"]
    bill_payer(case.row.payer, run=run, today=timezone.localdate(), actor=_keeper(case))
    row = Charge.objects.get(pk=case.row.pk)
    Invoice.objects.filter(pk=row.invoice_id).update(state="discarded")
    return row


def _month(case: Case) -> tuple[Any, ...]:
    return case.known["place"].pk, case.known["month"]


def _deposit(move: str, before: Any = None) -> Page:
    return Page("coworking:deposit_act", (move,), {"on": day()} | WHY, before)


MEMBERS: dict[str, Subject] = {
    "coworking.Subscription": Subject(
        _of("asked"),
        {
            "accept": Page("coworking:subscription_act", (), {"do": "accept"}),
            "refuse": Page("coworking:subscription_refuse", (), WHY),
            "end": Page("coworking:subscription_act", (), {"do": "end"}, _ended),
        },
    ),
    "coworking.SignUp": Subject(
        _of("signup"),
        {
            "accept": Page("coworking:signup_accept", (), {"origin": "outside"}),
            "refuse": Page("coworking:signup_refuse", (), WHY),
        },
    ),
    "coworking.Deposit": Subject(
        _of("deposit"),
        {
            "receive": _deposit("receive"),
            "take_back": _deposit("take_back", _received),
            "give_back": _deposit("give_back", _received),
            "keep": _deposit("keep", _received),
        },
    ),
    "coworking.Charge": Subject(
        _of("charge"),
        {
            "hold": Page("coworking:charge_act", ("hold",), WHY),
            "release": Page("coworking:charge_release", (), {}, _held),
            "waive": Page("coworking:charge_act", ("waive",), WHY),
            "free": Page("coworking:billing_prepare", (), {}, _given_up, _month),
        },
    ),
    "coworking.BillingRun": Subject(
        _of("run"), {"start": Page("coworking:billing_start", (), {}, None, _month)}
    ),
}
