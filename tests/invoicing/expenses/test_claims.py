"""Claims are made by themselves, handed over whole, frozen once booked; whoever writes for another has their
consent (INV-51, INV-53, INV-55)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cae.core.errors import Code, Forbidden, IllegalMove, Refused
from cae.core.models import AuditEntry, Notice
from entrepreneurs.models import Activity
from invoicing.calculations.expense_flags import ExpenseFlag
from invoicing.models import ExpenseClaim, ExpenseLine
from invoicing.selectors.expense_flags import Flag, flags_of_lines
from invoicing.selectors.expenses import claims_visible, lines_of, shown_lines
from invoicing.services.claiming import submit_claim, take_back_claim
from invoicing.services.expense_kinds import RuleContent, add_rule
from invoicing.services.expenses import remove_expense, save_expense
from invoicing.services.vouchers import set_voucher_aside
from invoicing.states.expenses import ClaimState, LineDecision, PaidWith, VoucherState
from people.models import User
from people.states import RoleKind
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.invoicing import firm
from tests.factories.invoicing_expenses import DAY, agree, claim, content, expense, kind, picture, voucher
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

D = Decimal


@pytest.fixture
def spender() -> tuple[User, Activity]:
    return make_entrepreneur()


def codes(line: ExpenseLine) -> list[ExpenseFlag]:
    flags: list[Flag] = flags_of_lines(lines_of(line.claim))[line.pk]
    return [flag.code for flag in flags]


# -- lines


def test_the_first_line_makes_the_claim_of_its_month(spender: tuple[User, Activity]) -> None:
    line = expense(*spender)
    assert (line.claim.person, line.claim.activity) == (spender[0].person, spender[1])
    assert line.claim.month == date(2026, 11, 1)
    assert expense(*spender, content(label="Encre")).claim == line.claim


def test_the_same_form_twice_is_one_line(spender: tuple[User, Activity]) -> None:
    key = uuid.uuid4()
    assert expense(*spender, form_key=key) == expense(*spender, form_key=key)
    assert ExpenseLine.objects.count() == 1


def test_a_late_receipt_goes_to_the_month_that_is_open(spender: tuple[User, Activity]) -> None:
    october = content(on=date(2026, 10, 20), voucher=voucher(spender[0]))
    first = expense(*spender, october)
    assert first.claim.month == date(2026, 10, 1)
    submit_claim(first.claim, actor=spender[0], on=DAY)
    late = expense(*spender, content(on=date(2026, 10, 21), label="Retrouvé"))
    assert late.claim.month == date(2026, 11, 1)
    assert ExpenseFlag.OTHER_MONTH in codes(late)


def test_no_open_claim_is_said(spender: tuple[User, Activity]) -> None:
    made = claim(*spender)
    submit_claim(made, actor=spender[0], on=DAY)
    with pytest.raises(Refused, match="novembre 2026 est déjà soumise"):
        expense(*spender)
    assert ExpenseLine.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"label": "  "}, "label"),
        ({"label": "a" * 201}, "label"),
        ({"gross": D("0")}, "gross"),
        ({"gross": D("-3")}, "gross"),
        ({"gross": D("1.234")}, "gross"),
        ({"gross": D("100000")}, "gross"),
        ({"tax": D("24.00")}, "tax"),
        ({"tax": D("-1")}, "tax"),
        ({"on": date(2026, 11, 13)}, "on"),
        ({"on": date(2025, 12, 31)}, "kind"),
        ({"business_share": D(0)}, "business_share"),
        ({"business_share": D("1.01")}, "business_share"),
        ({"paid_with": "gold"}, "paid_with"),
        ({"guests": "a" * 301}, "guests"),
    ],
)
def test_what_is_out_of_bounds_is_refused_at_its_field(
    spender: tuple[User, Activity], said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        expense(*spender, replace(content(), **said))
    assert refused.value.field == field
    assert not ExpenseClaim.objects.exists()


def test_a_trip_is_not_typed_as_an_expense(spender: tuple[User, Activity]) -> None:
    with pytest.raises(Refused, match="Trajets"):
        expense(*spender, content("mileage"))


@pytest.mark.parametrize("quantity", [None, D(0), D(400)])
def test_a_flat_allowance_asks_how_many(spender: tuple[User, Activity], quantity: Decimal | None) -> None:
    with pytest.raises(Refused) as refused:
        expense(*spender, content("flat-meal", quantity=quantity))
    assert refused.value.field == "quantity"
    line = expense(*spender, content("flat-meal", quantity=D(3)))
    assert (line.gross, line.tax, line.deductible) == (D("64.20"), D("0.00"), D("0.00"))


def test_the_rule_of_the_day_decides_the_vat(spender: tuple[User, Activity]) -> None:
    before = expense(*spender, content("fuel-car", "60.00", "10.00"))
    assert (before.deductible, before.cost, before.recovery) == (D("8.00"), D("52.00"), D("0.8"))
    add_rule(before.kind, content=RuleContent(date(2026, 11, 10), D("0.5"), "Essai"), actor=None)
    assert expense(*spender, content("fuel-car", "60.00", "10.00")).deductible == D("5.00")
    before.refresh_from_db()
    assert before.deductible == D("8.00")


def test_the_customer_is_one_of_the_activity(spender: tuple[User, Activity]) -> None:
    mine, other = firm(spender[1]), firm(make_activity())
    assert expense(*spender, content(customer=mine)).customer == mine
    with pytest.raises(Refused, match="autre activité"):
        expense(*spender, content(customer=other))


def test_an_activity_of_somebody_else_is_refused(spender: tuple[User, Activity]) -> None:
    with pytest.raises(Refused, match="n’exerce pas"):
        expense(spender[0], make_activity())
    assert not ExpenseClaim.objects.exists()


# -- receipts


def test_a_receipt_is_used_then_free_again(spender: tuple[User, Activity]) -> None:
    kept = voucher(spender[0])
    line = expense(*spender, content(voucher=kept))
    kept.refresh_from_db()
    assert (kept.state, kept.activity) == (VoucherState.USED, spender[1])
    second = expense(*spender, content("meal", voucher=kept))
    remove_expense(line, today=DAY, actor=spender[0])
    kept.refresh_from_db()
    assert kept.state == VoucherState.USED
    save_expense(second, content=content("meal"), version=1, today=DAY, actor=spender[0])
    kept.refresh_from_db()
    assert kept.state == VoucherState.TO_COMPLETE


def test_a_receipt_serves_one_claim_of_one_person(spender: tuple[User, Activity]) -> None:
    user, _activity = spender
    assert user.person is not None
    kept = voucher(user)
    expense(*spender, content(voucher=kept))
    second = make_activity(user.person, name="Seconde")
    with pytest.raises(Refused, match="déjà dans une autre note"):
        expense(user, second, content(voucher=kept))
    other = make_entrepreneur(name="Ailleurs")
    with pytest.raises(Refused, match="quelqu’un d’autre"):
        expense(*other, content(voucher=kept))
    aside = set_voucher_aside(voucher(user, 5), actor=user)
    with pytest.raises(Refused, match="écarté"):
        expense(*spender, content(voucher=aside))
    assert ExpenseLine.objects.count() == 1


# -- warnings


def test_warnings_say_what_is_wrong(spender: tuple[User, Activity]) -> None:
    meal = expense(*spender, content("business-meal", "80.00", "8.00"))
    assert codes(meal) == [ExpenseFlag.NO_VOUCHER, ExpenseFlag.NO_GUESTS]
    first = expense(*spender, content(missing_reason="Ticket effacé"))
    assert codes(first) == []
    twin = expense(*spender, content(voucher=voucher(spender[0]), label="Encore"))
    assert codes(first) == codes(twin) == [ExpenseFlag.TWIN]


def test_the_same_file_of_a_colleague_is_said(spender: tuple[User, Activity]) -> None:
    other = make_entrepreneur(name="Ailleurs")
    voucher(other[0], content=picture(7))
    line = expense(*spender, content(voucher=voucher(spender[0], content=picture(7))))
    assert ExpenseFlag.SAME_FILE in codes(line)


def test_a_monthly_limit_counts_what_was_spent(spender: tuple[User, Activity]) -> None:
    first = expense(*spender, content("flat-home", quantity=D(20)))
    second = expense(*spender, content("flat-home", quantity=D(5), on=date(2026, 11, 3)))
    assert codes(first) == codes(second) == [ExpenseFlag.OVER_LIMIT]
    words = flags_of_lines(lines_of(second.claim))[second.pk][0].words
    assert "59,40" in words
    assert "8,10" in words
    second.decision, second.reason = LineDecision.REFUSED, "Trop"
    second.save()
    assert codes(first) == []


def test_warnings_cost_the_same_for_one_line_and_thirty(spender: tuple[User, Activity]) -> None:
    made = claim(*spender)
    with CaptureQueriesContext(connection) as one:
        shown_lines(made)
    for rank in range(29):
        expense(*spender, content(label=f"Achat {rank}", voucher=voucher(spender[0], rank + 10)))
    with CaptureQueriesContext(connection) as thirty:
        assert len(shown_lines(made)) == 30
    assert len(one) == len(thirty)


# -- the claim


def test_submitted_whole_and_told(spender: tuple[User, Activity]) -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    made = submit_claim(claim(*spender), actor=spender[0], on=DAY)
    assert (made.state, made.submitted_on, made.submitted_by) == (ClaimState.SUBMITTED, DAY, spender[0])
    notice = Notice.objects.get(user=accountant)
    assert "À vérifier : note de frais" in notice.subject
    assert AuditEntry.objects.filter(verb="invoicing.ExpenseClaim.submit").count() == 1
    with pytest.raises(IllegalMove):
        submit_claim(made, actor=spender[0], on=DAY)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (content, "ni justificatif ni raison"),
        (lambda: content("business-meal", missing_reason="Perdu"), "nommer les personnes"),
    ],
)
def test_a_claim_that_lacks_something_is_not_handed_over(
    spender: tuple[User, Activity], said: Any, words: str
) -> None:
    made = expense(*spender, said()).claim
    with pytest.raises(Refused, match=words) as refused:
        submit_claim(made, actor=spender[0], on=DAY)
    assert refused.value.code == Code.VALUE_MISSING
    made.refresh_from_db()
    assert made.state == ClaimState.DRAFT
    assert made.submitted_on is None


def test_an_empty_claim_is_refused_and_not_listed(spender: tuple[User, Activity]) -> None:
    line = expense(*spender)
    remove_expense(line, today=DAY, actor=spender[0])
    with pytest.raises(Refused, match="vide"):
        submit_claim(line.claim, actor=spender[0], on=DAY)
    assert not claims_visible(spender[0]).exists()


def test_nothing_changes_while_it_is_handed_over_then_it_is_taken_back(
    spender: tuple[User, Activity],
) -> None:
    made = submit_claim(claim(*spender), actor=spender[0], on=DAY)
    line = made.lines.get()
    with pytest.raises(Refused, match="déjà soumise"):
        save_expense(line, content=content(), version=1, today=DAY, actor=spender[0])
    with pytest.raises(Refused, match="déjà soumise"):
        remove_expense(line, today=DAY, actor=spender[0])
    take_back_claim(made, actor=spender[0], on=DAY)
    save_expense(line, content=content(label="Encre"), version=1, today=DAY, actor=spender[0])
    line.refresh_from_db()
    assert line.label == "Encre"


def test_what_was_decided_is_asked_again_of_what_changes(spender: tuple[User, Activity]) -> None:
    made = claim(*spender)
    line = made.lines.get()
    kept = line.voucher
    line.decision, line.reason = LineDecision.REFUSED, "Illisible"
    line.save()
    saved = save_expense(line, content=content(voucher=kept), version=1, today=DAY, actor=spender[0])
    assert (saved.decision, saved.reason) == (LineDecision.PENDING, "")


def test_a_refused_line_left_as_it_is_is_asked_again(spender: tuple[User, Activity]) -> None:
    made = claim(*spender)
    made.lines.update(decision=LineDecision.REFUSED, reason="Illisible")
    submit_claim(made, actor=spender[0], on=DAY)
    assert made.lines.get().decision == LineDecision.PENDING


def test_a_booked_claim_is_frozen_by_the_database(spender: tuple[User, Activity]) -> None:
    made = submit_claim(claim(*spender), actor=spender[0], on=DAY)
    ExpenseClaim.objects.filter(pk=made.pk).update(state=ClaimState.APPROVED, approved_on=DAY)
    for write in (
        lambda: made.lines.update(amount=D("1.00")),
        lambda: made.lines.all().delete(),
        lambda: ExpenseLine.objects.create(
            claim=made, kind=kind(), on=DAY, label="De plus", gross=D(1), amount=D(1)
        ),
        lambda: ExpenseClaim.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
    assert made.lines.get().amount == D("24.00")


def test_totals_count_what_one_paid_oneself(spender: tuple[User, Activity]) -> None:
    expense(*spender)
    expense(*spender, content(paid_with=PaidWith.COOPERATIVE))
    refused = expense(*spender, content(gross="50.00"))
    refused.decision, refused.reason = LineDecision.REFUSED, "Privé"
    refused.save()
    found = claims_visible(spender[0]).get()
    assert (found.total, found.to_refund, found.line_count) == (D("48.00"), D("24.00"), 3)


# -- for somebody else


def test_somebody_else_writes_with_consent_and_the_person_is_told(spender: tuple[User, Activity]) -> None:
    user, activity = spender
    accountant = make_user(RoleKind.ACCOUNTANT)
    assert user.person is not None
    with pytest.raises(Forbidden, match="n’a pas accepté"):
        expense(accountant, activity, person=user.person)
    assert not ExpenseClaim.objects.exists()
    agree(user.person)
    line = expense(accountant, activity, content(missing_reason="Reçu par courrier"), person=user.person)
    assert line.created_by == accountant
    submit_claim(line.claim, actor=accountant, on=DAY)
    told = [notice.subject for notice in Notice.objects.filter(user=user).order_by("pk")]
    assert len(told) == 2
    assert "a saisi une dépense pour vous" in told[0]
    assert "a soumis votre note de frais" in told[1]
