"""A grant from request to close: amounts, instalments, duties, amendments, what is put off at year end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from accounting.fund_parameters import GRANT_BOOKED_ON
from accounting.models import EntryLine, Fund, FundDeferral, FundInstalment
from accounting.selectors.accounts import section_of
from accounting.selectors.funds import left_on, rests_at, with_balances
from accounting.services.fund_following import (
    Brought,
    add_duty,
    add_instalment,
    defer_rests,
    do_duty,
    receive_instalment,
    remove_duty,
    remove_instalment,
)
from accounting.services.fund_spending import count_line
from accounting.services.funds import (
    amend_fund,
    award_fund,
    change_fund,
    close_fund,
    create_fund,
    give_up_fund,
    refuse_fund,
    start_fund,
)
from cae.core.errors import Code
from cae.core.models import Setting
from cae.core.money import ZERO
from tests.factories import accounting as books
from tests.factories.accounting_funds import fund_draft, make_fund, make_running
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def section() -> Any:
    return section_of(make_activity(code="A1"))


def balance(role: str) -> Decimal:
    lines = EntryLine.objects.filter(account__role=role)
    return sum((line.debit - line.credit for line in lines), ZERO)


def test_a_grant_is_asked_awarded_received_reported_and_closed(section: Any) -> None:
    key, user = uuid4(), make_user()
    fund = create_fund(fund_draft(section), form_key=key, actor=user)
    assert create_fund(fund_draft(section), form_key=key, actor=user) == fund
    fund = award_fund(fund, amount=Decimal("8000.00"), on=date(2026, 1, 15), reference="2026-1", actor=user)
    assert (balance("grant_due"), balance("grant_income")) == (Decimal("8000.00"), Decimal("-8000.00"))
    with refused(Code.AMOUNT_ABOVE_DUE, "amount"):
        add_instalment(
            fund, label="Acompte", amount=Decimal("8000.01"), due_on=TODAY, condition="", actor=user
        )
    for label, amount in (("Acompte", "6000.00"), ("Solde", "2000.00")):
        add_instalment(fund, label=label, amount=Decimal(amount), due_on=TODAY, condition="", actor=user)
    first, last = fund.instalments.order_by("pk")
    receive_instalment(first, on=date(2026, 2, 1), actor=user)
    with refused(Code.ALREADY_DONE):
        receive_instalment(first, on=date(2026, 2, 1), actor=user)
    with refused(Code.ALREADY_DONE):
        remove_instalment(first, actor=user)
    fund = start_fund(fund, actor=user)
    report = add_duty(fund, kind="report", label="Rapport final", due_on=TODAY, actor=user)
    with refused(Code.VALUE_MISSING, None, "Une obligation reste à faire"):
        close_fund(fund, reason="", on=TODAY, actor=user)
    with refused(Code.VALUE_MISSING, "file"):
        do_duty(report, on=TODAY, proof=None, actor=user)
    done = do_duty(report, on=TODAY, proof=Brought(PDF, "rapport.pdf"), actor=user)
    assert done.proof is not None
    with refused(Code.ALREADY_DONE):
        do_duty(report, on=TODAY, proof=None, actor=user)
    with refused(Code.ALREADY_DONE, said="ne se retire plus"):
        remove_duty(report, actor=user)
    with refused(Code.VALUE_MISSING, "reason"):
        close_fund(fund, reason=" ", on=TODAY, actor=user)
    with refused(Code.VALUE_MISSING, None, "encore attendu"):
        close_fund(fund, reason="Le solde ne sera pas versé", on=TODAY, actor=user)
    remove_instalment(last, actor=user)
    fund = close_fund(fund, reason="Le solde ne sera pas versé", on=TODAY, actor=user)
    # What will not come is neither owed nor earned.
    assert (balance("grant_due"), balance("grant_income")) == (ZERO, Decimal("-6000.00"))
    for act in (
        lambda: add_duty(fund, kind="report", label="Autre", due_on=TODAY, actor=user),
        lambda: amend_fund(fund, amount=Decimal("1.00"), ends_on=TODAY, reason="x", on=TODAY, actor=user),
        lambda: start_fund(fund, actor=user),
    ):
        with refused(Code.ILLEGAL_MOVE):
            act()


@pytest.mark.parametrize(
    ("details", "code", "field"),
    [
        ({"label": " "}, Code.VALUE_MISSING, "label"),
        ({"funder": ""}, Code.VALUE_MISSING, "funder"),
        ({"purpose": " "}, Code.VALUE_MISSING, "purpose"),
        ({"kinds": []}, Code.VALUE_MISSING, "kinds"),
        ({"kinds": ["dreams"]}, Code.VALUE_MISSING, "kinds"),
        ({"ends_on": date(2025, 12, 31)}, Code.PERIOD_INVALID, "ends_on"),
        ({"requested_amount": Decimal("0.00")}, Code.AMOUNT_INVALID, "requested_amount"),
        ({"section": None}, Code.VALUE_MISSING, "section"),
    ],
)
def test_what_is_no_request_is_refused(section: Any, details: dict[str, Any], code: Code, field: str) -> None:
    draft = fund_draft(section, **details) if "section" not in details else fund_draft(None)
    with refused(code, field):
        create_fund(draft, form_key=uuid4(), actor=None)


def test_a_request_is_corrected_refused_or_given_up(section: Any) -> None:
    fund = make_fund(section)
    fund = change_fund(fund, fund_draft(section, requested_amount=Decimal("500.00")), actor=None)
    assert fund.requested_amount == Decimal("500.00")
    with refused(Code.VALUE_MISSING, "reason"):
        refuse_fund(fund, reason="", on=TODAY, actor=None)
    with refused(Code.DATE_INVALID, "on"):
        award_fund(fund, amount=Decimal("1.00"), on=date(2025, 9, 30), reference="", actor=None)
    refused_one = refuse_fund(fund, reason="Hors programme", on=TODAY, actor=None)
    with refused(Code.ILLEGAL_MOVE):
        change_fund(refused_one, fund_draft(section), actor=None)
    other = make_fund(section)
    other = award_fund(other, amount=Decimal("800.00"), on=date(2026, 1, 15), reference="", actor=None)
    other = give_up_fund(other, reason="Partenaire parti", on=TODAY, actor=None)
    assert balance("grant_due") == ZERO


def test_an_award_is_amended_never_below_what_is_counted(section: Any) -> None:
    activity = section.activity
    fund = make_running(section, "1000.00")
    entry = books.cost(activity, "400.00")
    count_line(fund, entry.lines.get(cost_kind__code="goods"), amount=Decimal("400.00"), actor=None)
    facts = {"reason": "Avenant 1", "on": TODAY, "actor": None}
    with refused(Code.AMOUNT_ABOVE_DUE, "amount"):
        amend_fund(fund, amount=Decimal("399.99"), ends_on=date(2026, 12, 31), **facts)
    with refused(Code.PERIOD_INVALID, "ends_on"):
        amend_fund(fund, amount=Decimal("1200.00"), ends_on=date(2026, 3, 9), **facts)
    for changed in (
        {"awarded_amount": Decimal("399.99")},
        {"ends_on": date(2026, 3, 9)},
        {"kinds": ["insurance"]},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Fund.objects.filter(pk=fund.pk).update(**changed)
    fund = amend_fund(fund, amount=Decimal("1200.00"), ends_on=date(2027, 3, 31), **facts)
    assert (left_on(fund), balance("grant_due")) == (Decimal("800.00"), Decimal("1200.00"))


def test_booked_at_the_receipt_when_conditions_suspend_it(section: Any) -> None:
    Setting.objects.create(code=GRANT_BOOKED_ON, value="receipt", valid_from=date(2026, 1, 1), reason="Test")
    fund = make_running(section, "1000.00")
    assert balance("grant_income") == ZERO
    instalment = add_instalment(
        fund, label="Acompte", amount=Decimal("600.00"), due_on=TODAY, condition="", actor=None
    )
    receive_instalment(instalment, on=date(2026, 2, 1), actor=None)
    assert (balance("grant_due"), balance("grant_income")) == (ZERO, Decimal("-600.00"))
    with pytest.raises(DatabaseError), transaction.atomic():
        FundInstalment.objects.filter(pk=instalment.pk).update(amount=Decimal("1.00"))


def test_what_is_not_spent_is_put_off_once_and_comes_back(section: Any) -> None:
    fund = make_running(section, "1000.00")
    entry = books.cost(section.activity, "300.00")
    count_line(fund, entry.lines.get(cost_kind__code="goods"), amount=Decimal("300.00"), actor=None)
    end = date(2026, 12, 31)
    (rest,) = rests_at(end)
    assert (rest.earned, rest.spent, rest.amount) == (
        Decimal("1000.00"),
        Decimal("300.00"),
        Decimal("700.00"),
    )
    with refused(Code.DATE_INVALID, "back_on"):
        defer_rests(end, back_on=end, actor=None)
    # An amendment of the year after is an income of that year.
    later = {"ends_on": date(2027, 6, 30), "reason": "Avenant", "on": date(2027, 2, 1), "actor": None}
    amend_fund(fund, amount=Decimal("1500.00"), **later)
    assert [one.amount for one in rests_at(end)] == [Decimal("700.00")]
    (deferral,) = defer_rests(end, actor=None)
    assert deferral.back_entry.on == date(2027, 1, 1)
    at_end = EntryLine.objects.filter(account__role="deferred_income", on=end).get()
    assert at_end.credit == Decimal("700.00")
    assert balance("deferred_income") == ZERO
    # What came back is not counted twice.
    assert [one.earned for one in rests_at(date(2027, 12, 31))] == [Decimal("1500.00")]
    assert defer_rests(end, actor=None) == []
    assert FundDeferral.objects.count() == 1


def test_an_earmarked_fund_waits_for_no_money(section: Any) -> None:
    fund = make_running(section, nature="earmarked", label="Fonds d’investissement")
    assert not EntryLine.objects.exists()
    with refused(Code.ILLEGAL_MOVE):
        add_instalment(fund, label="A", amount=Decimal("1.00"), due_on=TODAY, condition="", actor=None)
    found = with_balances(Fund.objects.all()).get()
    assert (found.left, found.received, found.spent) == (Decimal("1000.00"), ZERO, ZERO)  # type: ignore[attr-defined]
