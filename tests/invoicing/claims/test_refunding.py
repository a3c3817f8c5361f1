"""An approved claim is booked, paid once, settled; an advance is used to the cent; an approval comes back
whole."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone

from accounting.models import Entry, EntryLine, PaymentOrder
from accounting.selectors.accounts import section_of
from accounting.states.payments import OrderState
from cae.core.errors import Code, Forbidden, IllegalMove, Refused
from cae.core.models import Notice
from cae.core.signing import Hand, Origin
from invoicing.models import AdvanceUse, ExpenseAdvance, ExpenseClaim, RefundWaiver
from invoicing.selectors.claim_checks import order_of, owed_of
from invoicing.selectors.claim_todo import held_of_mileage
from invoicing.services.advances import (
    AdvanceContent,
    ask_advance,
    grant_advance,
    refuse_advance,
    return_advance,
)
from invoicing.services.claim_approving import approve_and_pay, reverse_claim
from invoicing.services.claim_lines import approve_line, refuse_line
from invoicing.services.claim_refunding import order_refund, settle_claim, waive_refund
from invoicing.services.claiming import submit_claim
from invoicing.services.vehicles import VehicleContent, save_vehicle
from invoicing.states.claims import AdvanceState, VehicleKind
from invoicing.states.expenses import ClaimState, PaidWith
from people.states import RoleKind
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.invoicing_claims import (
    PAID_ON,
    approved,
    banked,
    car,
    given_advance,
    pay,
    submitted,
    trip,
)
from tests.factories.invoicing_expenses import DAY, content
from tests.factories.payments import IBAN
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 9, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def author():
    return make_entrepreneur()


@pytest.fixture
def checker():
    return make_user(RoleKind.ACCOUNTANT)


def balance(activity, role: str) -> Decimal:
    """Debit less credit of an account in the section of an activity."""
    rows = EntryLine.objects.filter(analytic=section_of(activity), account__role=role)
    sums = rows.aggregate(debit=Sum("debit"), credit=Sum("credit"))
    return (sums["debit"] or Decimal(0)) - (sums["credit"] or Decimal(0))


class TestApproved:
    def test_the_cost_the_tax_and_the_debt_are_booked(self, author, checker):
        user, activity = author
        banked(user)
        claim = approved(submitted(user, activity), checker)
        assert balance(activity, "claimant") == Decimal("-24.00")
        assert balance(activity, "vat_deductible") == Decimal("4.00")
        line = EntryLine.objects.get(entry__source_id=claim.pk, account__kind="expense")
        booked = claim.lines.get().kind
        assert (line.debit, line.account, line.cost_kind) == (
            Decimal("20.00"),
            booked.account,
            booked.booked_as,
        )
        assert claim.approved_on == DAY

    def test_the_refund_is_due_at_the_end_of_the_month(self, author, checker):
        banked(author[0])
        claim = approved(submitted(*author), checker)
        order = order_of(claim)
        assert (claim.state, order.amount, order.due_on) == (
            ClaimState.ORDERED,
            Decimal("24.00"),
            date(2026, 11, 30),
        )
        assert Notice.objects.filter(user=author[0], kind="invoicing.claim_approved").count() == 1

    def test_the_transfer_is_in_the_data_of_its_person_alone(self, author, checker):
        banked(author[0])
        approved(submitted(*author), checker)
        told = {str(one.label): one.rows for one in held_of_mileage(author[0].person, author[0])}
        (((_label, *facts),), end) = told["Virements qui me remboursent"], f"…{IBAN[-4:]}"
        assert facts == [Decimal("24.00"), date(2026, 11, 30), end, "À payer"]
        other = make_entrepreneur(name="Ailleurs")[0]
        told = {str(one.label): one.rows for one in held_of_mileage(other.person, other)}
        assert told["Virements qui me remboursent"] == []

    def test_without_bank_details_the_refund_waits_and_is_said(self, author, checker):
        claim = approved(submitted(*author), checker)
        assert claim.state == ClaimState.APPROVED
        assert Notice.objects.filter(user=author[0], kind="invoicing.claim_bank_missing").exists()
        with pytest.raises(Refused):
            order_refund(claim, actor=checker, on=DAY)
        banked(author[0])
        assert order_refund(claim, actor=checker, on=DAY).state == ClaimState.ORDERED

    def test_paid_it_is_settled_and_the_person_told(self, author, checker):
        user, activity = author
        banked(user)
        claim = approved(submitted(user, activity), checker)
        pay(claim)
        claim.refresh_from_db()
        assert claim.state == ClaimState.REFUNDED
        assert balance(activity, "claimant") == 0
        assert Notice.objects.filter(user=user, kind="invoicing.claim_refunded").count() == 1

    def test_the_card_of_the_cooperative_is_owed_to_nobody(self, author, checker):
        user, activity = author
        claim = approved(submitted(user, activity, content(paid_with=PaidWith.COOPERATIVE)), checker)
        assert claim.state == ClaimState.REFUNDED
        assert balance(activity, "card_expense") == Decimal("-24.00")
        assert not PaymentOrder.objects.exists()

    def test_a_line_to_decide_stops_it(self, author, checker):
        claim = submitted(*author)
        with pytest.raises(Refused) as refusal:
            approve_and_pay(claim, deduct=True, actor=checker, on=DAY)
        assert refusal.value.code == Code.VALUE_MISSING
        claim.refresh_from_db()
        assert claim.state == ClaimState.SUBMITTED
        assert not Entry.objects.filter(source_id=claim.pk).exists()

    def test_a_claim_wholly_refused_goes_back_instead(self, author, checker):
        claim = submitted(*author)
        refuse_line(claim.lines.get(), reason="Privé", actor=checker, today=DAY)
        with pytest.raises(Refused) as refusal:
            approve_and_pay(claim, deduct=True, actor=checker, on=DAY)
        assert refusal.value.code == Code.EMPTY_DOCUMENT

    def test_nobody_approves_their_own(self, author, checker):
        claim = submitted(*author)
        approve_line(claim.lines.get(), seen=True, actor=checker, today=DAY)
        with pytest.raises(Forbidden):
            approve_and_pay(claim, deduct=True, actor=author[0], on=DAY)
        assert not PaymentOrder.objects.exists()

    def test_twice_is_once(self, author, checker):
        banked(author[0])
        claim = submitted(*author)
        approved(claim, checker)
        with pytest.raises(IllegalMove):
            approve_and_pay(claim, deduct=True, actor=checker, on=DAY)
        assert Entry.objects.filter(source_id=claim.pk).count() == 1

    def test_a_claim_that_owes_is_not_closed_by_hand(self, author, checker):
        claim = approved(submitted(*author), checker)
        with pytest.raises(Refused):
            settle_claim(claim, actor=checker, on=DAY)
        claim.refresh_from_db()
        assert claim.state == ClaimState.APPROVED


class TestReversed:
    def test_all_comes_back_as_it_was(self, author, checker):
        user, activity = author
        banked(user)
        claim = approved(submitted(user, activity), checker)
        order = order_of(claim)
        claim = reverse_claim(claim, reason="TVA à revoir", actor=checker, on=DAY)
        order.refresh_from_db()
        assert (claim.state, claim.approved_on) == (ClaimState.SUBMITTED, None)
        assert order.state == OrderState.WITHDRAWN
        assert balance(activity, "claimant") == balance(activity, "vat_deductible") == 0
        again = approve_and_pay(claim, deduct=True, actor=checker, on=DAY)
        assert again.state == ClaimState.ORDERED
        assert balance(activity, "claimant") == Decimal("-24.00")

    def test_not_once_the_money_left(self, author, checker):
        banked(author[0])
        claim = approved(submitted(*author), checker)
        pay(claim)
        with pytest.raises(IllegalMove):
            reverse_claim(claim, reason="Trop tard", actor=checker, on=DAY)
        claim.refresh_from_db()
        assert claim.state == ClaimState.REFUNDED

    def test_not_without_a_reason(self, author, checker):
        banked(author[0])
        claim = approved(submitted(*author), checker)
        with pytest.raises(Refused):
            reverse_claim(claim, reason=" ", actor=checker, on=DAY)
        claim.refresh_from_db()
        assert claim.state == ClaimState.ORDERED
        assert order_of(claim) is not None

    def test_advances_are_held_again(self, author, checker):
        advance = given_advance(*author, "24.00")
        claim = approved(submitted(*author), checker)
        advance.refresh_from_db()
        assert (claim.state, advance.state) == (ClaimState.REFUNDED, AdvanceState.SETTLED)
        with pytest.raises(IllegalMove):
            reverse_claim(claim, reason="Trop tard", actor=checker, on=DAY)
        other = approved(submitted(*author, content(on=date(2026, 10, 3), gross="9.00", tax="0")), checker)
        assert other.state == ClaimState.ORDERED

    def test_part_of_an_advance_is_held_again(self, author, checker):
        user, activity = author
        advance = given_advance(user, activity, "10.00")
        claim = approved(submitted(user, activity), checker)
        assert owed_of(claim).to_refund == Decimal("14.00")
        reverse_claim(claim, reason="À revoir", actor=checker, on=DAY)
        advance.refresh_from_db()
        assert advance.state == AdvanceState.GIVEN
        assert sum(use.amount for use in advance.uses.all()) == 0
        assert balance(activity, "expense_advance") == Decimal("10.00")


class TestAdvance:
    def ask(self, author, amount="50.00", **details):
        said = {"amount": Decimal(amount), "purpose": "Salon", "needed_on": DAY} | details
        return ask_advance(
            author[0].person,
            author[1],
            content=AdvanceContent(**said),
            form_key=uuid.uuid4(),
            today=DAY,
            actor=author[0],
        )

    def test_given_it_is_what_the_person_holds(self, author):
        advance = given_advance(*author)
        assert (advance.state, advance.given_on) == (AdvanceState.GIVEN, PAID_ON)
        assert balance(author[1], "expense_advance") == Decimal("50.00")

    def test_lines_paid_with_it_use_it(self, author, checker):
        user, activity = author
        advance = given_advance(user, activity)
        claim = approved(
            submitted(user, activity, content(paid_with=PaidWith.ADVANCE)), checker, deduct=False
        )
        assert claim.state == ClaimState.REFUNDED
        assert advance.uses.get().amount == Decimal("24.00")
        assert balance(activity, "expense_advance") == Decimal("26.00")

    def test_lines_beyond_it_stop_the_approval(self, author, checker):
        given_advance(*author, "10.00")
        claim = submitted(*author, content(paid_with=PaidWith.ADVANCE))
        with pytest.raises(Refused) as refusal:
            approved(claim, checker)
        assert refusal.value.code == Code.AMOUNT_ABOVE_DUE
        assert not AdvanceUse.objects.exists()

    def test_a_checker_may_leave_it_with_the_person(self, author, checker):
        given_advance(*author, "10.00")
        claim = approved(submitted(*author), checker, deduct=False)
        assert order_of(claim).amount == Decimal("24.00")

    def test_the_rest_is_given_back(self, author, checker):
        user, activity = author
        advance = given_advance(user, activity)
        key = uuid.uuid4()
        for _twice in range(2):
            return_advance(
                advance, amount=Decimal("50.00"), on=PAID_ON, form_key=key, today=PAID_ON, actor=checker
            )
        advance.refresh_from_db()
        assert advance.state == AdvanceState.SETTLED
        assert AdvanceUse.objects.count() == 1
        assert balance(activity, "expense_advance") == 0

    @pytest.mark.parametrize(
        ("amount", "on", "field"),
        [
            ("50.01", PAID_ON, "amount"),
            ("0", PAID_ON, "amount"),
            ("1.00", date(2026, 11, 14), "on"),
            ("1.00", DAY, "on"),
        ],
    )
    def test_what_cannot_come_back(self, author, checker, amount, on, field):
        advance = given_advance(*author)
        with pytest.raises(Refused) as refusal:
            return_advance(
                advance, amount=Decimal(amount), on=on, form_key=uuid.uuid4(), today=PAID_ON, actor=checker
            )
        assert refusal.value.field == field
        assert not AdvanceUse.objects.exists()

    @pytest.mark.parametrize(
        ("field", "details"),
        [
            ("amount", {"amount": Decimal(0)}),
            ("amount", {"amount": Decimal("1.005")}),
            ("purpose", {"purpose": "  "}),
            ("needed_on", {"needed_on": date(2026, 11, 11)}),
        ],
    )
    def test_what_cannot_be_asked(self, author, field, details):
        with pytest.raises(Refused) as refusal:
            self.ask(author, **details)
        assert refusal.value.field == field
        assert not ExpenseAdvance.objects.exists()

    def test_refused_with_a_reason(self, author, checker):
        advance = self.ask(author)
        with pytest.raises(Refused):
            refuse_advance(advance, reason=" ", actor=checker)
        done = refuse_advance(advance, reason="Trésorerie trop basse", actor=checker)
        assert (done.state, done.reason) == (AdvanceState.REFUSED, "Trésorerie trop basse")
        assert Notice.objects.filter(user=author[0], kind="invoicing.advance_answered").exists()

    def test_nobody_grants_their_own(self, author):
        advance = self.ask(author)
        with pytest.raises(Forbidden):
            grant_advance(advance, actor=author[0], on=DAY)
        assert not PaymentOrder.objects.exists()

    def test_not_without_bank_details(self, author, checker):
        with pytest.raises(Refused):
            grant_advance(self.ask(author), actor=checker, on=DAY)
        assert not PaymentOrder.objects.exists()


class TestOverpaid:
    def test_a_claim_that_takes_back_more_than_it_gives_is_owed_by_the_person(self, author, checker):
        """A trip refused after the next one was handed in: the next claim takes it back."""
        user, activity = author
        banked(user)
        vehicle = car(user)
        first = trip(user, activity, vehicle, "2500", on=date(2026, 10, 2), returns=True)
        submit_claim(first.line.claim, actor=user, on=DAY)
        approved(first.line.claim, checker)
        vehicle.refresh_from_db()
        said = VehicleContent("Kangoo", VehicleKind.CAR, "AB-123-CD", 3)
        save_vehicle(vehicle, content=said, today=DAY, actor=user)
        claim = ExpenseClaim.objects.get(state=ClaimState.DRAFT)
        submit_claim(claim, actor=user, on=DAY)
        claim = approved(claim, checker)
        debt = ExpenseAdvance.objects.get()
        assert (claim.state, debt.amount, debt.state) == (
            ClaimState.REFUNDED,
            Decimal("385.00"),
            AdvanceState.GIVEN,
        )
        assert balance(activity, "expense_advance") == Decimal("385.00")
        after = approved(submitted(user, activity, content(on=date(2026, 9, 3))), checker)
        debt.refresh_from_db()
        assert after.state == ClaimState.REFUNDED
        assert debt.uses.get().amount == Decimal("24.00")


class TestWaiver:
    def waive(self, claim, user, **hand):
        return waive_refund(
            claim, hand=Hand("Ana Bé", **hand or {"typed": "Ana Bé"}), origin=Origin(), at=AT, actor=user
        )

    def test_what_was_owed_becomes_an_income(self, author, checker):
        user, activity = author
        banked(user)
        claim = approved(submitted(user, activity), checker)
        done = self.waive(claim, user)
        waiver = RefundWaiver.objects.get()
        assert (done.state, waiver.amount) == (ClaimState.REFUNDED, Decimal("24.00"))
        assert activity.name in waiver.sentence
        assert balance(activity, "claimant") == 0
        assert balance(activity, "waiver_income") == Decimal("-24.00")
        assert order_of(claim) is None

    def test_by_nobody_else(self, author, checker):
        claim = approved(submitted(*author), checker)
        with pytest.raises(Forbidden):
            self.waive(claim, checker)
        assert not RefundWaiver.objects.exists()

    def test_not_unsigned(self, author, checker):
        claim = approved(submitted(*author), checker)
        with pytest.raises(Refused):
            self.waive(claim, author[0], typed=" ")
        claim.refresh_from_db()
        assert claim.state == ClaimState.APPROVED

    def test_not_once_paid_nor_before_it_is_approved(self, author, checker):
        user, activity = author
        banked(user)
        claim = submitted(user, activity)
        with pytest.raises(Refused):
            self.waive(claim, user)
        pay(approved(claim, checker))
        with pytest.raises(Refused):
            self.waive(claim, user)
        assert not RefundWaiver.objects.exists()
