"""Deposits of plans and of keys: received, given back, kept and paying their invoice, in the books (COW-07,
COW-11, ACC-36)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounting.models import BankLine, BankMatchedLine, Entry, EntryLine
from accounting.selectors.accounts import section_of
from accounting.selectors.deposits import deposables
from accounting.selectors.lettering import open_lines
from accounting.selectors.open_items import open_items
from accounting.services.bank_matching import Choice, match_line, undo_match
from accounting.states.reconciliation import DepositKind
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.periods import Month
from coworking.calculations.deposits import before_tax
from coworking.models import AccessLoan, Charge, Deposit, Place
from coworking.services.billing import prepare_month
from coworking.services.billing_documents import bill_payer
from coworking.services.charges import waive_charge
from coworking.services.deposits import give_back_deposit, keep_deposit, receive_deposit, take_back_deposit
from coworking.services.held_money import pay_waiting, pay_with_deposits
from coworking.services.keys import ItemData, LoanData, add_item, give_back, lend, lose, refund
from coworking.services.subscriptions import SubscriptionData, hold_plan
from coworking.states.members import ChargeKind, ChargeState
from coworking.states.places import AccessKind
from invoicing.models import Invoice, Receipt
from invoicing.selectors.money_controls import money_faults
from invoicing.services.payments import reverse_receipt
from people.models import User
from people.states import RoleKind
from tests.factories.accounting_bank import make_line
from tests.factories.accounting_ledger import close
from tests.factories.coworking_members import make_member, make_plan, neighbour, place_that_sells
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
D = Decimal


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def place() -> Place:
    return place_that_sells()


@pytest.fixture
def accountant() -> User:
    return make_user(RoleKind.ACCOUNTANT)


def asked(place: Place, amount: str = "150.00") -> Deposit:
    """What is asked with a plan that somebody from outside holds."""
    row = hold_plan(
        make_member(place),
        data=SubscriptionData(make_plan(place, other="0.00", deposit=D(amount)), BEGINNING),
        form_key=uuid.uuid4(),
        actor=None,
    )
    return row.deposit


def lent(place: Place, deposit: str = "30.00", mode: str = "cheque") -> AccessLoan:
    label = f"Clé {AccessLoan.objects.count()}"
    item = add_item(place, data=ItemData(AccessKind.KEY, label, deposit=D(deposit)), actor=None)
    return lend(item, data=LoanData(neighbour(), today(), deposit=D(deposit), mode=mode), actor=None)


def held(role: str) -> Decimal:
    """Debit less credit of an account, everywhere."""
    gap = EntryLine.objects.filter(account__role=role).aggregate(gap=Sum("debit") - Sum("credit"))["gap"]
    return gap or D(0)


def left_open() -> list[Decimal]:
    account = EntryLine.objects.filter(account__role="deposit_received").first()
    return [] if account is None else [one.left for one in open_lines(on=date.max, account=account.account)]


def billed(place: Place, actor: User) -> Invoice:
    """The run of the month that is on makes one invoice, issued."""
    run = prepare_month(place, Month.of(today()), today=today(), actor=actor)
    for charge in Charge.objects.filter(state=ChargeState.DUE).select_related("payer"):
        bill_payer(charge.payer, run=run, today=today(), actor=actor)
    return Invoice.objects.issued().latest("pk")


def refused(ask: Callable[[], Any], code: Code) -> Refused:
    before = Entry.objects.count(), list(Deposit.objects.values()), list(AccessLoan.objects.values())
    with pytest.raises(Refused) as caught:
        ask()
    assert caught.value.code == code, caught.value
    assert before == (
        Entry.objects.count(),
        list(Deposit.objects.values()),
        list(AccessLoan.objects.values()),
    )
    return caught.value


@pytest.mark.parametrize(
    ("amount", "rate", "net"),
    [("150.00", "0.2", "125.00"), ("100.00", "0.2", "83.33"), ("100.00", "0", "100.00"),
     ("0.05", "0.1", "0.04"), ("1.23", "0.2", "1.02"), ("20.00", "0.055", "18.96")],
)  # fmt: skip
def test_what_a_deposit_pays_never_passes_it(amount: str, rate: str, net: str) -> None:
    assert before_tax(D(amount), D(rate)) == D(net)


def test_a_deposit_is_received_and_given_back_in_the_books(place: Place) -> None:
    deposit = receive_deposit(asked(place), on=today(), mode="card", actor=None)
    assert deposit.entry is not None
    lines = deposit.entry.lines.order_by("position").values_list(
        "account__role", "debit", "credit", "analytic", "party"
    )
    section = section_of(place.activity).pk  # type: ignore[arg-type]
    assert list(lines) == [
        ("bank", D("150.00"), 0, section, ""),
        ("deposit_received", 0, D("150.00"), section, deposit.party),
    ]
    assert (deposit.mode, deposit.entry.journal.code, left_open()) == ("card", "BQ", [D("-150.00")])
    deposit = give_back_deposit(deposit, on=today(), mode="transfer", actor=None)
    assert (deposit.state, deposit.back_mode) == ("returned", "transfer")
    assert (held("bank"), held("deposit_received"), left_open()) == (0, 0, [])
    # Received by mistake: reversed, asked again, received once more.
    other = receive_deposit(asked(place), on=today(), actor=None)
    first = other.entry_id
    other = take_back_deposit(other, on=today(), reason="Chèque sans provision", actor=None)
    assert (other.state, other.entry, other.received_on, held("deposit_received")) == ("asked", None, None, 0)
    other = receive_deposit(other, on=today(), actor=None)
    assert other.entry_id != first
    give_back_deposit(other, on=today(), actor=None)
    assert left_open() == []


def test_a_closed_month_receives_no_deposit_and_a_place_that_sells_nothing_notes_only(place: Place) -> None:
    deposit = asked(place)
    last = Month.of(today()).previous()
    close(str(last), today=today())
    assert (
        "clos"
        in refused(lambda: receive_deposit(deposit, on=last.last, actor=None), Code.PERIOD_CLOSED).message
    )
    refused(lambda: receive_deposit(deposit, on=today(), mode="gold", actor=None), Code.VALUE_INVALID)
    place.activity = None
    place.save()
    deposit = Deposit.objects.get(pk=deposit.pk)
    deposit = keep_deposit(
        receive_deposit(deposit, on=last.last, actor=None), on=today(), reason="Dégâts", actor=None
    )
    assert (deposit.state, deposit.entry, deposit.charge) == ("kept", None, None)
    with pytest.raises(IllegalMove):
        give_back_deposit(deposit, on=today(), actor=None)
    loan = give_back(lent(place), on=today(), deposit_back=D(10), actor=None)
    assert (loan.is_posted, loan.kept, loan.charge) == (False, D(20), None)
    assert not Entry.objects.exists()


def test_what_is_kept_is_invoiced_and_the_deposit_pays_it(
    place: Place, accountant: User, django_capture_on_commit_callbacks: Any
) -> None:
    deposit = receive_deposit(asked(place, "100.00"), on=today(), actor=None)
    refused(
        lambda: keep_deposit(deposit, on=today(), reason="Dégâts", vat_code="no", actor=None),
        Code.VALUE_INVALID,
    )
    deposit = keep_deposit(deposit, on=today(), reason="Bureau abîmé", actor=None)
    charge = deposit.charge
    assert charge is not None
    assert (charge.kind, charge.amount, charge.label) == (
        ChargeKind.DEPOSIT,
        D("83.33"),
        "Dépôt de garantie gardé : Bureau abîmé",
    )
    refused(lambda: waive_charge(charge, reason="Erreur", actor=None), Code.NOT_ALLOWED)
    with django_capture_on_commit_callbacks(execute=True):
        invoice = billed(place, accountant)
    deposit = Deposit.objects.get(pk=deposit.pk)
    assert deposit.receipt is not None
    shown = Invoice.objects.with_settlement(today()).get(pk=invoice.pk)
    assert (shown.total_incl_tax, shown.due, held("customer")) == (D("100.00"), 0, 0)  # type: ignore[attr-defined]
    assert (held("deposit_received"), held("bank"), left_open()) == (0, D(100), [])
    # VAT on receipts is due as if the money came that day, and the books agree with the documents.
    assert (held("vat_pending"), held("vat_collected")) == (0, D("-16.67"))
    assert list(money_faults()) == []
    # Once, whoever asks again; it is neither taken back nor given back.
    assert (pay_with_deposits(invoice.pk, today=today()), pay_waiting(today=today())) == (0, 0)
    with pytest.raises(IllegalMove):
        reverse_receipt(
            deposit.receipt, on=today(), reason="Erreur", form_key=uuid.uuid4(), actor=None, today=today()
        )
    assert (
        "avoir"
        in refused(lambda: give_back_deposit(deposit, on=today(), actor=None), Code.ALREADY_DONE).message
    )
    assert Receipt.objects.get().signed == 0


def test_what_was_kept_and_is_not_invoiced_is_given_back(place: Place) -> None:
    kept = keep_deposit(
        receive_deposit(asked(place), on=today(), actor=None), on=today(), reason="Dégâts", actor=None
    )
    back = give_back_deposit(kept, on=today(), actor=None)
    assert (back.state, back.charge, kept.charge and Charge.objects.get(pk=kept.charge_id).state) == (
        "returned",
        None,
        ChargeState.WAIVED,
    )
    assert (held("deposit_received"), left_open()) == (0, [])


def test_the_deposit_of_a_key_is_given_back_in_part_and_the_rest_pays(place: Place, accountant: User) -> None:
    loan = lent(place)
    assert loan.entry is not None
    # A cheque goes into a slip of the bank.
    (one,) = [one for one in deposables(DepositKind.CHEQUES, today()) if one.entry == loan.entry_id]
    assert (one.amount, one.drawer, one.reference) == (D(30), str(loan.person), f"CLE-{loan.pk}")
    loan = give_back(loan, on=today(), deposit_back=D("18.00"), mode="cash", actor=None)
    assert loan.charge is not None
    assert (loan.charge.amount, loan.back_mode, left_open()) == (
        D("10.00"),
        "cash",
        [D("-30.00"), D("18.00")],
    )
    lost = lose(lent(place, "24.00"), on=today(), price=D("15.00"), actor=None)
    lost = refund(lost, on=today(), mode="transfer", actor=None)
    assert (lost.kept, lost.charge) == (0, None)
    refused(lambda: refund(lost, on=today(), actor=None), Code.ILLEGAL_MOVE)
    invoices = {billed(place, accountant).pk} | set(Invoice.objects.values_list("pk", flat=True))
    assert (pay_waiting(today=today()), len(invoices)) == (1, 2)
    assert (held("deposit_received"), held("bank"), left_open()) == (0, D(12), [])
    # The price beyond the deposit stays due.
    assert held("customer") == D("18.00")


def test_a_line_of_the_bank_brings_a_deposit_and_its_undoing_takes_it_back(place: Place) -> None:
    deposit = asked(place)
    line = make_line("150.00", f"VIR {deposit.number}", today().isoformat())
    (item,) = [one for one in open_items(line.bank_account, today()) if one.key == f"deposit:{deposit.pk}"]
    assert (item.amount, item.party) == (D("150.00"), deposit.party)

    def settle(row: BankLine, amount: str) -> BankLine:
        choice = Choice(items=[(item.key, D(amount))], parts=[])
        return match_line(row, choice=choice, shown=row.version, actor=None, today=today())

    line = settle(line, "150.00")
    deposit = Deposit.objects.get(pk=deposit.pk)
    assert (deposit.state, deposit.received_on) == ("received", today())
    assert BankMatchedLine.objects.get(is_live=True).entry_line.entry == deposit.entry
    line = undo_match(line, reason="Ce n’est pas lui", shown=line.version, actor=None, today=today())
    deposit = Deposit.objects.get(pk=deposit.pk)
    assert (deposit.state, deposit.entry, held("deposit_received"), held("bank")) == ("asked", None, 0, 0)
    # Received by hand first: it is ticked as a payment is; asked no more, the line brings it no second time.
    deposit = receive_deposit(deposit, on=today(), actor=None)
    keys = {one.key for one in open_items(line.bank_account, today())}
    assert (f"entry:{deposit.entry_id}" in keys, item.key in keys) == (True, False)
    refused(lambda: settle(BankLine.objects.get(pk=line.pk), "150.00"), Code.ALREADY_DONE)


@pytest.mark.usefixtures("demonstration")
def test_pages_show_what_is_held_and_what_happens(place: Place, client: Client, accountant: User) -> None:
    client.force_login(make_user(RoleKind.PLACE_FACILITATOR, scope=place.scope))
    deposit = asked(place, "120.00")
    url = reverse("coworking:deposit_act", args=[deposit.pk, "receive"])
    assert "banque et 165" in client.get(url).content.decode()
    assert client.post(url, {"on": today().strftime("%d/%m/%Y"), "mode": "cheque"}).status_code == 302
    assert Deposit.objects.get().mode == "cheque"
    kept = give_back(lent(place), on=today(), deposit_back=D(0), actor=None)
    member = reverse("coworking:member", args=[deposit.subscription.member_id])
    months = reverse("coworking:billing_list", args=[place.pk])
    assert "120,00" in client.get(member).content.decode()
    shown = client.get(months).content.decode()
    for words in ("150,00", "gardé, pas encore facturé", deposit.party):
        assert words in shown
    assert "compte 165" not in shown
    keep = client.get(reverse("coworking:deposit_act", args=[deposit.pk, "keep"])).content.decode()
    assert 'name="vat_code"' in keep
    refunded = reverse("coworking:loan_refund", args=[kept.pk])
    assert refunded in client.get(reverse("coworking:keys", args=[place.pk])).content.decode()
    assert client.post(refunded, {"on": today().strftime("%d/%m/%Y")}).status_code == 302
    assert AccessLoan.objects.get().kept == 0
    client.force_login(accountant)
    account = EntryLine.objects.filter(account__role="deposit_received").first().account_id  # type: ignore[union-attr]
    assert f"grand-livre/?compte={account}" in client.get(months).content.decode()
