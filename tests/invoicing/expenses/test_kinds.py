"""Copies, favourites, kinds and their rules, and what other pages gather of expenses (INV-51 to INV-55)."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps

from cae.core import facts
from cae.core.errors import Refused
from entrepreneurs.models import Activity
from invoicing.first_expense_kinds import KINDS, load_first_kinds
from invoicing.models import ExpenseClaim, ExpenseFavourite, ExpenseKind, ExpenseLine, ExpenseRule
from invoicing.selectors.expense_data import held_of_expenses
from invoicing.selectors.expenses import kinds_offered, lines_of
from invoicing.services.claiming import copy_expenses
from invoicing.services.expense_favourites import MOST, forget_favourite, forget_favourites, keep_favourite
from invoicing.services.expense_inputs import ExpenseContent
from invoicing.services.expense_kinds import KindContent, RuleContent, add_rule, confirm_rule, save_kind
from invoicing.states.expenses import PaidWith
from people.models import User
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.invoicing_expenses import DAY, claim, content, expense, kind, voucher

pytestmark = pytest.mark.django_db

D = Decimal


@pytest.fixture
def spender() -> tuple[User, Activity]:
    return make_entrepreneur()


# -- copies and favourites


def test_expenses_are_copied_once_into_this_month(spender: tuple[User, Activity]) -> None:
    october = claim(*spender, on=date(2026, 10, 31))
    key, lines = uuid.uuid4(), lines_of(october)
    made = [copy_expenses(lines, today=DAY, form_key=key, actor=spender[0]) for _time in range(2)]
    assert made[0] == made[1]
    copy = made[0][0]
    assert (copy.on, copy.amount, copy.voucher) == (DAY, D("24.00"), None)
    assert copy.claim.month == date(2026, 11, 1)
    with pytest.raises(Refused, match="au moins une"):
        copy_expenses([], today=DAY, form_key=key, actor=spender[0])


def test_favourites_keep_what_comes_back(spender: tuple[User, Activity]) -> None:
    line = expense(*spender)
    for _time in range(2):
        kept = keep_favourite(line, name=" Papier ", actor=spender[0])
    assert ExpenseFavourite.objects.get() == kept
    assert (kept.name, kept.gross, kept.person) == ("Papier", D("24.00"), spender[0].person)
    flat = keep_favourite(
        expense(*spender, content("flat-meal", quantity=D(1))), name="Midi", actor=spender[0]
    )
    assert flat.gross is None
    for name, field in (("", "name"), ("a" * 81, "name")):
        with pytest.raises(Refused) as refused:
            keep_favourite(line, name=name, actor=spender[0])
        assert refused.value.field == field
    for rank in range(MOST - 2):
        keep_favourite(line, name=f"n{rank}", actor=spender[0])
    with pytest.raises(Refused, match="retirez-en une"):
        keep_favourite(line, name="De trop", actor=spender[0])
    forget_favourite(kept, actor=spender[0])
    with pytest.raises(Refused, match="déjà fait"):
        forget_favourite(kept, actor=spender[0])


# -- kinds and rules


@pytest.mark.parametrize(
    ("code", "rule", "field"),
    [
        ("meal", RuleContent(date(2026, 1, 1), D(1), "x"), "valid_from"),
        ("meal", RuleContent(date(2027, 1, 1), D("1.1"), "x"), "vat_recovery"),
        ("meal", RuleContent(date(2027, 1, 1), D(1), " "), "source"),
        (
            "meal",
            RuleContent(date(2027, 1, 1), D(1), "x", limit_amount=D(-1), limit_per="day"),
            "limit_amount",
        ),
        ("meal", RuleContent(date(2027, 1, 1), D(1), "x", limit_amount=D(1)), "limit_per"),
        ("meal", RuleContent(date(2027, 1, 1), D(1), "x", flat_amount=D(1), flat_unit="day"), "flat_amount"),
        ("flat-meal", RuleContent(date(2027, 1, 1), D(0), "x"), "flat_amount"),
        ("flat-meal", RuleContent(date(2027, 1, 1), D(0), "x", flat_amount=D(1)), "flat_unit"),
    ],
)
def test_a_rule_out_of_bounds_is_refused_at_its_field(code: str, rule: RuleContent, field: str) -> None:
    with pytest.raises(Refused) as refused:
        add_rule(kind(code), content=rule, actor=None)
    assert refused.value.field == field
    assert kind(code).rules.count() == 1


def test_a_rule_is_confirmed_once() -> None:
    rule = kind("meal").rules.get()
    assert not confirm_rule(rule, actor=None).to_confirm
    with pytest.raises(Refused, match="déjà confirmée"):
        confirm_rule(rule, actor=None)


def test_a_kind_is_booked_on_a_charge_account() -> None:
    found = kind("meal")
    assert found.enters_base
    assert not kind("phone").enters_base
    from_balance = KindContent(label="x", account=type(found.account).objects.get(number="512000"))
    for wrong, field in (
        (from_balance, "account"),
        (KindContent(label=" ", account=found.account), "label"),
        (KindContent(label="x", account=found.account, usual_share=D(2)), "usual_share"),
    ):
        with pytest.raises(Refused) as refused:
            save_kind(found, content=wrong, actor=None)
        assert refused.value.field == field
    assert kind("meal").label == "Repas en déplacement"


def test_content_defaults_to_one_s_own_money() -> None:
    assert ExpenseContent(kind=kind(), on=DAY, label="x").paid_with == PaidWith.OWN


def test_first_kinds_are_there_once_and_offered_with_a_rule() -> None:
    before = (ExpenseKind.objects.count(), ExpenseRule.objects.count())
    load_first_kinds(apps.get_model)
    assert (ExpenseKind.objects.count(), ExpenseRule.objects.count()) == before
    assert before == (len(KINDS), len(KINDS) - 1)
    offered = {one.code for one in kinds_offered(DAY)}
    assert offered == {one.code for one in KINDS} - {"mileage", "flat-phone"}
    assert not kinds_offered(date(2025, 12, 31)).exists()
    rule = RuleContent(DAY, D(0), "Délibération", flat_amount=D("15.00"), flat_unit="month")
    add_rule(kind("flat-phone"), content=rule, actor=None)
    assert kinds_offered(DAY).filter(code="flat-phone").exists()


# -- what other pages gather


def test_what_is_held_of_a_person_and_what_goes_with_their_file(spender: tuple[User, Activity]) -> None:
    user, _activity = spender
    assert user.person is not None
    line = claim(*spender, guests="Mme Roy").lines.get()
    keep_favourite(line, name="Papier", actor=user)
    held = {str(one.label): one for one in held_of_expenses(user.person, user)}
    assert held["Notes de frais"].rows == [(date(2026, 11, 1), spender[1].name, "En cours", D("24.00"))]
    assert held["Dépenses"].rows[0][-1] == "Mme Roy"
    assert line.voucher is not None
    assert list(held["Justificatifs"].files) == [line.voucher.document]
    assert len(held["Dépenses favorites"].rows) == 1
    assert forget_favourites(user.person, DAY) == 1
    assert ExpenseLine.objects.filter(pk=line.pk).exists()


def test_what_waits_is_said_on_the_first_page(spender: tuple[User, Activity]) -> None:
    user, _activity = spender
    for rank in range(2):
        voucher(user, rank)
    voucher(make_entrepreneur(name="Ailleurs")[0], 3)
    made = claim(*spender)
    ExpenseClaim.objects.filter(pk=made.pk).update(correction="Ticket illisible")
    labels = [todo.label for todo in facts.todos_of(user, DAY)]
    assert "Compléter 1 justificatif" in labels
    assert "Corriger 1 note de frais" in labels
