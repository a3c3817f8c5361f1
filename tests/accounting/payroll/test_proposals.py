"""The pay of a month: made within the cash, accepted, asked otherwise, revised, checked (ACC-23)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.calculations.payroll.proposing import PayEngine, PayFigures
from accounting.models import PayItem, PayMonth, PayNumber, PayProposal
from accounting.selectors.accounts import section_of
from accounting.selectors.pay_means import Payee, means_of, payees
from accounting.selectors.payroll import sheets_of
from accounting.services.pay_making import ask_for_proposals, give_number
from accounting.services.pay_proposals import (
    PayChanges,
    agree_pay,
    ask_other_pay,
    change_number,
    check_pay,
    check_pays,
    revise_pay,
    withdraw_pay,
)
from accounting.services.posting import post_entry
from accounting.states.payroll import PayItemKind, PayState
from cae.core.errors import Code
from cae.core.facts import todos_of
from cae.core.models import Notice
from cae.core.money import ZERO
from cae.core.periods import Month
from cae.core.settings import set_setting
from entrepreneurs.services.absences import Days, record_absence
from people.models import PersonScope
from people.states import RoleKind
from tests.factories.accounting import sale
from tests.factories.accounting_payroll import (
    NOVEMBER,
    TODAY,
    PlainEngine,
    make_employed,
    make_proposal,
    make_salaried,
    plain,
    propose_month,
)
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_person, make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def kinds(row: PayProposal) -> dict[str, Decimal]:
    return {item.kind: item.amount for item in row.items.order_by("pk")}


def fresh(row: PayProposal) -> PayProposal:
    return PayProposal.objects.get(pk=row.pk)


def test_a_month_is_proposed_to_all_who_are_salaried_and_once_only() -> None:
    team = make_user(RoleKind.HUMAN_RESOURCES)
    rich, activity, _contract = make_salaried("2000.00")
    sale(activity, "300.00", on=date(2026, 11, 5))
    poor, *_rest = make_salaried("600.00")
    make_salaried("500.00", starts_on=date(2026, 12, 1))
    job = propose_month(actor=team)
    assert job.failures == []
    first, second = (PayProposal.objects.get(person=user.person) for user in (rich, poor))
    # 2 000 of cash less 60 of VAT collected: 1 940 of cost pay 1 552 of gross.
    assert (first.came_in, first.cash, first.owed, first.available) == tuple(
        map(Decimal, ("300.00", "2000.00", "60.00", "1940.00"))
    )
    assert kinds(first) == {PayItemKind.FIXED: Decimal("800.00"), PayItemKind.ADVANCE: Decimal("752.00")}
    assert (first.gross, first.cost, first.net, first.rules) == (
        *map(Decimal, ("1552.00", "1940.00", "1241.60")),
        "essai",
    )
    # What is missing is a case for the team; the fixed part stays.
    assert (kinds(second), second.shortage) == ({PayItemKind.FIXED: Decimal("800.00")}, Decimal("400.00"))
    told = Notice.objects.filter(kind="accounting.pay_short").values_list("user", flat=True)
    # Whoever started it acted: others of the team would be told.
    assert list(told) == []
    assert [todo.label for todo in todos_of(rich, TODAY)] == ["Accepter ma paie du mois"]
    assert PayNumber.objects.get(person=rich.person).number == f"{rich.person_id:05}"
    before = list(PayProposal.objects.values())
    propose_month()
    assert list(PayProposal.objects.values()) == before
    with pytest.raises(IntegrityError), transaction.atomic():
        PayProposal.objects.create(
            month=first.month, person=first.person, contract=first.contract, rules="essai"
        )


class Overtaken(PlainEngine):
    """The reduction that earlier months were not given is more than what this one costs."""

    def figures(self, gross: Decimal) -> PayFigures:
        return replace(super().figures(gross), cost=Decimal("-344.89"))


def test_a_pay_that_would_cost_less_than_nothing_is_named_and_the_others_go_on() -> None:
    owed, *_rest = make_salaried()
    other, *_rest = make_salaried()

    def engines(payee: Payee, month: Month) -> PayEngine:
        return Overtaken() if payee.pk == owed.person_id else plain(payee, month)

    job = propose_month(engines=engines)
    assert [one["label"] for one in job.failures] == [str(owed.person)]
    assert "dépasse le coût" in job.failures[0]["reason"]
    assert [row.person for row in PayProposal.objects.all()] == [other.person]


def test_somebody_without_activity_is_named_and_the_others_go_on() -> None:
    lost, activity, _contract = make_salaried()
    make_salaried("100.00", fixed="0.00")
    PersonScope.objects.filter(person=lost.person).update(ends_on=date(2026, 10, 31))
    job = propose_month()
    assert [one["label"] for one in job.failures] == [str(lost.person)]
    assert "aucune activité" in job.failures[0]["reason"]
    assert PayProposal.objects.count() == 1
    assert activity is not None


def test_what_is_owed_and_earlier_pay_come_first() -> None:
    user, activity, _contract = make_salaried("3000.00")
    propose_month(Month(2026, 10), today=date(2026, 10, 25))
    october = PayProposal.objects.get()
    assert october.cost == Decimal("3000.00")
    section = section_of(activity).pk
    lines = (debit("616000", section, Decimal("100.00")), credit("pay_due", section, Decimal("100.00")))
    with transaction.atomic():
        post_entry(EntryDraft("OD", date(2026, 10, 31), "Dû", lines), actor=None, source=None)
    propose_month()
    november = PayProposal.objects.exclude(pk=october.pk).get()
    # October is not in the books yet: its cost is taken off, with what is owed.
    assert (november.owed, november.available) == (Decimal("3100.00"), Decimal("-100.00"))
    assert (november.shortage, november.gross) == (Decimal("1000.00"), Decimal("800.00"))
    withdraw_pay(october, reason="Refaite", actor=None)
    row = payees(NOVEMBER, [user.person_id or 0])[0]
    assert means_of([row], NOVEMBER, TODAY)[row.pk][0].owed == Decimal("100.00")


def test_the_share_proposed_and_the_floor_are_settings() -> None:
    for code, value in (("accounting.pay_proposed_share", "0.5"), ("accounting.pay_cash_floor", "500")):
        set_setting(code, value=value, valid_from=BEGINNING, actor=None, reason="essai")
    _user, row = make_proposal("2500.00")
    # 2 000 above the floor; 1 000 once the fixed part is paid, of which half.
    assert (row.available, kinds(row)[PayItemKind.ADVANCE]) == (Decimal("2000.00"), Decimal("400.00"))


def test_two_people_of_one_activity_share_what_it_has() -> None:
    first, activity, _contract = make_salaried("4000.00")
    second, *_rest = make_salaried(activity=activity)
    propose_month()
    rows = PayProposal.objects.order_by("pk")
    assert {row.available for row in rows} == {Decimal("2000.00")}
    assert sum(row.cost for row in rows) == Decimal("4000.00")
    assert {row.person_id for row in rows} == {first.person_id, second.person_id}
    # One of them made again takes no more of it.
    withdraw_pay(rows[0], reason="Refaite", actor=None)
    propose_month(only=[rows[0].person_id])
    assert PayProposal.objects.latest("pk").available == Decimal("2000.00")


def test_whoever_comes_after_a_pay_of_the_month_counts_upon_what_it_leaves() -> None:
    _first, activity, _contract = make_salaried("4000.00")
    propose_month()
    assert PayProposal.objects.get().cost == Decimal("4000.00")
    make_salaried(activity=activity)
    propose_month()
    late = PayProposal.objects.latest("pk")
    # Everything was proposed to the first: only the fixed part is, and what is missing is told.
    assert (late.available, late.gross, late.shortage) == (ZERO, Decimal("800.00"), Decimal("1000.00"))


def test_two_contracts_that_follow_each_other_in_the_month_pay_the_days_of_both() -> None:
    user, activity, _former = make_salaried("9000.00", fixed="600.00", last=date(2026, 11, 25))
    make_employed(user, activity, fixed="900.00", starts_on=date(2026, 11, 26))
    (payee,) = payees(NOVEMBER)
    # Twenty-five days of 600 and five of 900.
    assert payee.fixed == Decimal("650.00")
    assert payee.contract.starts_on == date(2026, 11, 26)


def test_an_accepted_absence_becomes_an_element_with_its_days_of_the_month() -> None:
    user, *_rest = make_salaried()
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    assert user.person is not None
    days = Days(date(2026, 10, 29), date(2026, 11, 3), False, True)
    record_absence(user.person, kind="sick", days=days, note="", actor=hr, on=TODAY)
    propose_month()
    item = PayItem.objects.get(kind=PayItemKind.ABSENCE)
    assert (item.detail, item.starts_on, item.ends_on) == ("sick", NOVEMBER.first, date(2026, 11, 3))
    # Monday 2, half of Tuesday 3: the 1st is a Sunday.
    assert (item.days, item.amount) == (Decimal("1.5"), Decimal(0))


def test_an_absence_of_a_sunday_alone_takes_nothing_from_a_pay() -> None:
    user, *_rest = make_salaried()
    assert user.person is not None
    days = Days(date(2026, 10, 29), date(2026, 11, 1), False, False)
    record_absence(user.person, kind="sick", days=days, note="", actor=make_user(), on=TODAY)
    propose_month()
    # The 1st is a Sunday: an element without days would be sent as one day.
    assert not PayItem.objects.filter(kind=PayItemKind.ABSENCE).exists()


def test_from_proposed_to_checked_with_a_detour() -> None:
    user, row = make_proposal("2000.00")
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    with refused(Code.ILLEGAL_MOVE, said="n’a pas encore accepté son avance"):
        check_pay(row, actor=hr)
    with refused(Code.VALUE_MISSING, "reason"):
        ask_other_pay(row, wanted=Decimal("900.00"), reason=" ", engines=plain, actor=user)
    with refused(Code.AMOUNT_INVALID, "wanted", "800,00"):
        ask_other_pay(row, wanted=Decimal("799.99"), reason="Moins", engines=plain, actor=user)
    with refused(Code.AMOUNT_ABOVE_DUE, "wanted", "1\u202f600,00"):
        ask_other_pay(row, wanted=Decimal("1600.01"), reason="Plus", engines=plain, actor=user)
    asked = ask_other_pay(row, wanted=Decimal("900.00"), reason="Un achat à venir", engines=plain, actor=user)
    assert (asked.state, asked.wanted) == (PayState.ASKED, Decimal("900.00"))
    assert Notice.objects.get(kind="accounting.pay_asked").user == hr
    revise: dict[str, Any] = {"engines": plain, "today": TODAY, "actor": hr}
    with refused(Code.AMOUNT_ABOVE_DUE, "advance"):
        revise_pay(row, changes=PayChanges(advance=Decimal("800.01")), reason="Plus", **revise)
    with refused(Code.AMOUNT_INVALID, "expenses"):
        revise_pay(row, changes=PayChanges(expenses=Decimal("-1.00")), reason="Frais", **revise)
    with refused(Code.AMOUNT_INVALID):
        revise_pay(row, changes=PayChanges(absences={1: Decimal("0.001")}), reason="Absence", **revise)
    with refused(Code.VALUE_MISSING, "reason"):
        revise_pay(row, changes=PayChanges(), reason="", **revise)
    changes = PayChanges(
        advance=Decimal("100.00"),
        leaving=Decimal("50.00"),
        daily=Decimal("20.00"),
        expenses=Decimal("30.00"),
        shares=Decimal("10.00"),
        is_covered_elsewhere=True,
    )
    revised = revise_pay(row, changes=changes, reason="Comme demandé", **revise)
    assert (revised.state, revised.wanted, revised.gross) == (PayState.PROPOSED, None, Decimal("950.00"))
    assert kinds(revised) == {
        PayItemKind.FIXED: Decimal("800.00"),
        PayItemKind.ADVANCE: Decimal("100.00"),
        PayItemKind.EXIT: Decimal("50.00"),
        PayItemKind.DAILY: Decimal("20.00"),
        PayItemKind.EXPENSES: Decimal("30.00"),
        PayItemKind.SHARES: Decimal("10.00"),
        PayItemKind.COVER: Decimal(0),
    }
    agreed = agree_pay(row, actor=user)
    assert (agreed.answered_by, agreed.state) == (user, PayState.AGREED)
    with refused(Code.VALUE_MISSING):
        check_pays([], actor=hr)
    assert check_pays([row], actor=hr) == 1
    assert fresh(row).checked_by == hr
    with refused(Code.ILLEGAL_MOVE):
        agree_pay(row, actor=user)
    again = revise_pay(row, changes=PayChanges(), reason="Sans avance", **revise)
    assert (again.checked_at, again.gross) == (None, Decimal("800.00"))
    # Without an advance nobody has to answer.
    assert check_pay(row, actor=hr).state == PayState.CHECKED


def test_an_absence_takes_from_the_gross_and_cash_gone_since_is_told() -> None:
    user, activity, _contract = make_salaried("2000.00")
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    assert user.person is not None
    days = Days(date(2026, 11, 9), date(2026, 11, 10), False, False)
    record_absence(user.person, kind="unpaid", days=days, note="", actor=hr, on=TODAY)
    propose_month()
    row = PayProposal.objects.get()
    item = row.items.get(kind=PayItemKind.ABSENCE)
    section = section_of(activity).pk
    lines = (debit("616000", section, Decimal("1500.00")), credit("bank", section, Decimal("1500.00")))
    with transaction.atomic():
        post_entry(EntryDraft("BQ", TODAY, "Assurance", lines), actor=None, source=None)
    changes = PayChanges(absences={item.pk: Decimal("80.00")})
    revised = revise_pay(row, changes=changes, reason="Absence", engines=plain, today=TODAY, actor=None)
    assert (revised.gross, revised.shortage) == (Decimal("720.00"), Decimal("400.00"))
    assert row.items.get(kind=PayItemKind.ABSENCE).amount == Decimal("80.00")
    assert Notice.objects.filter(kind="accounting.pay_short", user=hr).count() == 1
    # Beyond what is owed, it takes from the advance, as payroll will.
    beyond = PayChanges(advance=Decimal("150.00"), absences={item.pk: Decimal("900.00")})
    long = revise_pay(row, changes=beyond, reason="Absence", engines=plain, today=TODAY, actor=None)
    assert long.gross == Decimal("50.00")
    revise_pay(row, changes=changes, reason="Absence", engines=plain, today=TODAY, actor=None)
    # On paper too, it is told in days and takes from the pay.
    facts = {"sheets": sheets_of(row.month), "month": row.month, "title": "Variables de paie"}
    paper = " ".join(render_to_string("pdf/accounting/pay_sheets.html", facts).split())
    assert "Absence · 2 jours ouvrables" in paper
    assert "−80,00" in paper


def test_a_pay_given_up_is_made_again_and_one_without_contract_says_so() -> None:
    _user, row = make_proposal()
    with refused(Code.VALUE_MISSING, "reason"):
        withdraw_pay(row, reason="", actor=None)
    withdraw_pay(row, reason="Mauvaise trésorerie", actor=None)
    propose_month()
    again = PayProposal.objects.standing().get()
    assert again.pk != row.pk
    PersonScope.objects.filter(person=row.person).update(ends_on=date(2026, 10, 31))
    with refused(Code.ACCOUNT_MISSING, said="retirez cette paie"):
        revise_pay(again, changes=PayChanges(), reason="Essai", engines=plain, today=TODAY, actor=None)


def test_a_month_to_come_or_without_anybody_is_refused() -> None:
    actor = make_user(RoleKind.HUMAN_RESOURCES)
    with refused(Code.PERIOD_INVALID, "month"):
        ask_for_proposals(Month(2026, 12), today=TODAY, actor=actor)
    with refused(Code.VALUE_MISSING, "month", "Personne"):
        ask_for_proposals(NOVEMBER, today=TODAY, actor=actor)
    make_salaried()
    job = ask_for_proposals(NOVEMBER, today=TODAY, actor=actor)
    assert (job.total, job.arguments["month"]) == (1, "2026-11")
    assert PayMonth.objects.get().paid_on == date(2026, 11, 30)


def test_a_number_is_of_one_person() -> None:
    _user, row = make_proposal()
    _other, second = make_proposal()
    for typed, code in (
        ("", Code.VALUE_MISSING),
        ("x" * 21, Code.VALUE_MISSING),
        ("A/B", Code.VALUE_INVALID),
    ):
        with refused(code, "number" if typed != "A/B" else "__all__"):
            change_number(row.person, number=typed, actor=None)
    with refused(Code.DUPLICATE, "number", str(second.person)):
        change_number(row.person, number=second.person.pay_number.number, actor=None)
    assert change_number(row.person, number=" d-12 ", actor=None).number == "D-12"
    # The number of somebody's file may be that of another in the payroll software.
    newcomer = make_person()
    change_number(row.person, number=f"{newcomer.pk:05}", actor=None)
    assert give_number(newcomer.pk).number == f"P{newcomer.pk:05}"


def test_a_month_is_made_with_a_flat_number_of_questions() -> None:
    def asked(count: int) -> int:
        activity = make_activity()
        for _rank in range(count):
            make_salaried(activity=activity)
        with CaptureQueriesContext(connection) as seen:
            rows = payees(NOVEMBER)
            means_of(rows, NOVEMBER, TODAY)
        return len(seen)

    few = asked(1)
    assert asked(4) == few


def test_elements_of_a_pay_that_was_sent_are_frozen() -> None:
    _user, row = make_proposal()
    PayProposal.objects.filter(pk=row.pk).update(
        state=PayState.EXPORTED, checked_at=datetime(2026, 11, 25, tzinfo=UTC)
    )
    item = row.items.earliest("pk")
    for act in (
        lambda: PayItem.objects.filter(pk=item.pk).update(amount=Decimal("1.00")),
        lambda: PayItem.objects.filter(pk=item.pk).delete(),
        lambda: PayProposal.objects.filter(pk=row.pk).update(gross=Decimal("1.00")),
    ):
        with pytest.raises(Exception, match=r"never change|Cannot update"), transaction.atomic():
            act()
