"""The balance of a year: from the books, left in part, due after the assembly, paid with a month (ACC-29)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from accounting.calculations.entries import credit, debit
from accounting.calculations.payroll.year_end import YearFigures, due_on, gross_of, shared_between
from accounting.models import (
    PayProposal,
    RetainedResultAgreement,
    YearEndRegularisation,
)
from accounting.selectors.accounts import section_of
from accounting.selectors.pay_years import years_of_people
from accounting.services.pay_proposals import PayChanges, revise_pay, withdraw_pay
from accounting.services.pay_years import (
    TASK,
    ask_for_years,
    compute_years,
    draft_agreement,
    drop_agreement,
    note_accounts_assembly,
    settle_year,
    sign_agreement,
)
from accounting.states.payroll import RetainedState, YearEndState
from cae.core.errors import Code
from cae.core.facts import todos_of
from cae.core.jobs import Progress
from cae.core.models import Job, JobState, Signature
from cae.core.periods import Span
from cae.core.signing import Hand, Origin
from people.models import User
from people.states import RoleKind
from tests.factories.accounting_pay_years import YEAR, a_year, compute, post
from tests.factories.accounting_payroll import TODAY, PlainEngine, make_salaried, plain, propose_month
from tests.factories.people import make_user
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

ASSEMBLY = date(2026, 6, 12)
SIGNED = datetime(2026, 5, 4, 9, tzinfo=UTC)


def test_the_worked_example_of_the_design() -> None:
    amounts = ("36000.00", "4000.00", "3520.00", "24100.00", "1000.00")
    figures = YearFigures(*map(Decimal, amounts))
    assert (figures.base, figures.balance) == (Decimal("28480.00"), Decimal("3380.00"))
    carried = YearFigures(Decimal("100.00"), carried=Decimal("-30.00"))
    assert carried.balance == Decimal("70.00")
    both = shared_between(YearFigures(Decimal("10.01"), Decimal("3.00")), 2)
    assert [one.turnover for one in both] == [Decimal("5.01"), Decimal("5.00")]
    assert due_on(date(2026, 1, 31)) == date(2026, 2, 28)
    assert due_on(ASSEMBLY) == date(2026, 7, 12)
    engine = PlainEngine()
    assert gross_of(Decimal("4225.00"), engine.gross_for, Decimal("800.00")) == Decimal("2580.00")
    assert gross_of(Decimal("100.00"), engine.gross_for, Decimal("800.00")) == Decimal(0)
    assert gross_of(Decimal("-1.00"), engine.gross_for, Decimal(0)) == Decimal(0)


def sign(row: RetainedResultAgreement, user: User, **changes: Any) -> RetainedResultAgreement:
    facts: dict[str, Any] = {
        "hand": Hand(str(user), typed=str(user)),
        "shown": row.content_sha256,
        "at": SIGNED,
        "origin": Origin("192.0.2.1", "Essai"),
    }
    return sign_agreement(row, **facts | changes, actor=user)


def test_a_year_from_the_books_to_the_pay() -> None:
    user, _activity = a_year()
    assert compute().failures == []
    row = YearEndRegularisation.objects.get()
    assert (row.turnover, row.direct_costs, row.contribution, row.real_cost, row.balance) == tuple(
        map(Decimal, ("36000.00", "4000.00", "3520.00", "24100.00", "4380.00"))
    )
    for amount in ("0.00", "-1.00", "4380.01", "0.001"):
        with refused(Code.AMOUNT_INVALID, "amount"):
            draft_agreement(row, amount=Decimal(amount), actor=None)
    agreement = draft_agreement(row, amount=Decimal("1000.00"), actor=None)
    with refused(Code.DUPLICATE, "amount"):
        draft_agreement(row, amount=Decimal("5.00"), actor=None)
    assert "1\u202f000,00" in agreement.terms
    assert "Signer un accord de résultat laissé" in [todo.label for todo in todos_of(user, TODAY)]
    with refused(Code.ILLEGAL_MOVE, said="n’est pas signé"):
        note_accounts_assembly(YEAR, on=ASSEMBLY, today=TODAY, actor=None)
    with refused(Code.STALE_FORM):
        sign(agreement, user, shown="0" * 64)
    with refused(Code.VALUE_MISSING, "typed"):
        sign(agreement, user, hand=Hand(str(user)))
    signed = sign(agreement, user)
    assert (signed.state, signed.signature) == (RetainedState.SIGNED, Signature.objects.latest("pk"))
    row.refresh_from_db()
    assert (row.left, row.balance) == (Decimal("1000.00"), Decimal("3380.00"))
    # Computed again, what was left stays.
    compute()
    row.refresh_from_db()
    assert row.balance == Decimal("3380.00")
    for on in (YEAR.ends_on, date(2026, 12, 1)):
        with refused(Code.DATE_INVALID, "on"):
            note_accounts_assembly(YEAR, on=on, today=TODAY, actor=None)
    assert note_accounts_assembly(YEAR, on=ASSEMBLY, today=TODAY, actor=None) == 1
    row.refresh_from_db()
    assert (row.state, row.due_on) == (YearEndState.DUE, date(2026, 7, 12))
    with refused(Code.VALUE_MISSING, "year"):
        note_accounts_assembly(YEAR, on=ASSEMBLY, today=TODAY, actor=None)
    with refused(Code.ILLEGAL_MOVE, said="déjà arrêté"):
        draft_agreement(row, amount=Decimal("1.00"), actor=None)
    _stranger, _own, _contract = make_salaried()
    propose_month()
    other = PayProposal.objects.exclude(person=user.person).get()
    with refused(Code.ILLEGAL_MOVE, said="une paie de la personne"):
        settle_year(row, pay=other, engines=plain, actor=None)
    pay = PayProposal.objects.get(person=user.person)
    gross = pay.gross
    settled = settle_year(row, pay=pay, engines=plain, actor=None)
    # 3 380 of cost pay 2 704 of gross and leave 2 163.20.
    assert (settled.state, settled.gross, settled.net) == (
        YearEndState.SETTLED,
        Decimal("2704.00"),
        Decimal("2163.20"),
    )
    pay.refresh_from_db()
    assert pay.gross == gross + Decimal("2704.00")
    assert pay.items.get(kind="year").amount == Decimal("2704.00")
    with refused(Code.ILLEGAL_MOVE, said="solde de fin d’année"):
        withdraw_pay(pay, reason="Non", actor=None)
    revised = revise_pay(
        pay, changes=PayChanges(), reason="Sans avance", engines=plain, today=TODAY, actor=None
    )
    assert revised.gross == Decimal("3504.00")
    YearEndRegularisation.objects.create(
        person=row.person,
        activity=row.activity,
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
        turnover=Decimal("50.00"),
        direct_costs=0,
        contribution=0,
        real_cost=0,
        balance=Decimal("50.00"),
        state=YearEndState.DUE,
        due_on=date(2025, 7, 1),
    )
    former = YearEndRegularisation.objects.get(ends_on=date(2024, 12, 31))
    with refused(Code.DUPLICATE, said="déjà un solde"):
        settle_year(former, pay=pay, engines=plain, actor=None)


def test_a_negative_balance_is_carried_to_the_next_year() -> None:
    user, activity = a_year("30000.00")
    compute()
    row = YearEndRegularisation.objects.get()
    assert row.balance == Decimal("-1520.00")
    with refused(Code.AMOUNT_INVALID, "amount"):
        draft_agreement(row, amount=Decimal("1.00"), actor=None)
    note_accounts_assembly(YEAR, on=ASSEMBLY, today=TODAY, actor=None)
    row.refresh_from_db()
    assert (row.state, row.due_on) == (YearEndState.CARRIED, None)
    before = list(YearEndRegularisation.objects.values())
    compute()
    assert list(YearEndRegularisation.objects.values()) == before
    job = Job.objects.create(task=TASK, label="S", total=9, state=JobState.RUNNING, author=user)
    compute_years(Span(date(2026, 1, 1), date(2026, 12, 31)), through=Progress(job))
    after = YearEndRegularisation.objects.get(starts_on=date(2026, 1, 1))
    assert (after.carried, after.balance) == (Decimal("-1520.00"), Decimal("-1520.00"))
    assert after.activity == activity


def test_what_a_year_recovered_is_not_recovered_twice() -> None:
    user, activity = a_year("30000.00")
    compute()
    note_accounts_assembly(YEAR, on=ASSEMBLY, today=TODAY, actor=None)
    lost = YearEndRegularisation.objects.get()
    # The year after earned more than that: what was lost is in its balance, which is owed.
    YearEndRegularisation.objects.create(
        person=user.person,
        activity=activity,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        turnover=Decimal("2000.00"),
        direct_costs=0,
        contribution=0,
        real_cost=0,
        carried=lost.balance,
        balance=Decimal("480.00"),
        state=YearEndState.DUE,
        due_on=date(2027, 7, 1),
    )
    section = section_of(activity).pk
    lines = (
        debit("customer", section, Decimal("70.00")),
        credit("revenue_services", section, Decimal("70.00")),
    )
    post("VE", *lines, on=date(2027, 3, 1))
    (one,) = years_of_people(Span(date(2027, 1, 1), date(2027, 12, 31)))
    assert (one.figures.carried, one.figures.balance) == (Decimal(0), Decimal("70.00"))


def test_a_balance_that_the_books_no_longer_hold_becomes_nothing() -> None:
    a_year()
    stranger, activity, _contract = make_salaried(starts_on=date(2026, 2, 1))
    # As computed from a journal of pay that was undone since.
    row = YearEndRegularisation.objects.create(
        person=stranger.person,
        activity=activity,
        starts_on=YEAR.starts_on,
        ends_on=YEAR.ends_on,
        turnover=Decimal("500.00"),
        direct_costs=0,
        contribution=0,
        real_cost=0,
        balance=Decimal("500.00"),
    )
    assert compute().failures == []
    row.refresh_from_db()
    assert (row.turnover, row.balance) == (Decimal(0), Decimal(0))


def test_what_changed_since_stops_a_signature_and_an_agreement_may_be_dropped() -> None:
    user, activity = a_year("28000.00")
    compute()
    row = YearEndRegularisation.objects.get()
    agreement = draft_agreement(row, amount=Decimal("480.00"), actor=None)
    section = section_of(activity).pk
    post("OD", debit("616000", section, Decimal("1.00")), credit("supplier", section, Decimal("1.00")))
    compute()
    with refused(Code.ILLEGAL_MOVE, said="nouvel accord"):
        sign(agreement, user)
    assert drop_agreement(agreement, actor=None).state == RetainedState.DROPPED
    again = draft_agreement(row, amount=Decimal("479.00"), actor=None)
    assert sign(again, user).state == RetainedState.SIGNED


def test_a_year_not_over_or_without_pay_is_refused() -> None:
    actor = make_user()
    with refused(Code.PERIOD_INVALID, "year"):
        ask_for_years(Span(date(2026, 1, 1), date(2026, 12, 31)), today=TODAY, actor=actor)
    with refused(Code.VALUE_MISSING, "year"):
        ask_for_years(YEAR, today=TODAY, actor=actor)


def test_a_year_by_the_pages() -> None:
    user, _activity = a_year()
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    client, own = client_of(hr), client_of(user)
    year = "2025-01-01_2025-12-31"
    assert client.post(reverse("accounting:pay_years_compute"), {"year": year}).status_code == 302
    compute()
    row = YearEndRegularisation.objects.get()
    assert "4 380,00 €" in text(client.get(reverse("accounting:pay_years")))
    add = reverse("accounting:retained_add", args=[row.pk])
    assert client.post(add, {"amount": "9000"}).status_code == 422
    assert client.post(add, {"amount": "1000"}).status_code == 302
    agreement = RetainedResultAgreement.objects.get()
    address = reverse("accounting:retained", args=[agreement.pk])
    assert "Lire et signer" in text(own.get(reverse("accounting:my_pay")))
    assert "Rien ne vous oblige" in text(own.get(address))
    assert "Rien ne vous oblige" not in text(client.get(address))
    assert client.post(address, {}).status_code == 403
    sent = {"way": "typed", "typed": str(user), "shown": agreement.content_sha256}
    assert own.post(address, sent).status_code == 422
    assert own.post(address, sent | {"accepted": "on"}).status_code == 302
    assembly = reverse("accounting:pay_years_assembly")
    assert client.post(assembly, {"year": year, "on": "2025-06-01"}).status_code == 422
    assert client.post(assembly, {"year": year, "on": "2026-06-12"}).status_code == 302
    page = text(client.get(row.get_absolute_url()))
    assert "En retard" in page
    assert "3 380,00 €" in page
    settle = reverse("accounting:pay_year_settle", args=[row.pk])
    assert "Proposez d’abord une paie" in text(client.post(settle, follow=True))
    stranger = client_of(make_user(RoleKind.ENTREPRENEUR))
    for one in (row.get_absolute_url(), address):
        assert stranger.get(one).status_code == 404
    assert stranger.get(reverse("accounting:pay_years")).status_code == 403
    drop = reverse("accounting:retained_drop", args=[agreement.pk])
    assert "n’est plus possible" in text(client.post(drop, follow=True))
