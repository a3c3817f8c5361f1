"""The worked year of the issue: 100 000 of result, 20 000 of legal reserve, three people paid (ACC-47)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import FiscalYear, ResultAllocation
from accounting.selectors.accounts import section_of, shared_section
from accounting.services.allocation import join_allocation, note_vote, post_allocation
from accounting.services.allocation_paying import pay_allocation
from accounting.services.allocation_proposing import Wished, decide_parts, propose_allocation
from accounting.services.periods import open_year
from accounting.services.posting import post_entry
from accounting.services.year_end import carry_result
from people.models import User
from people.services.banks import confirm_bank, propose_bank
from people.states.statuses import StatusKind
from tests.factories.accounting_pay_years import paid
from tests.factories.entrepreneurs import make_activity
from tests.factories.payments import IBAN
from tests.factories.people import make_person, make_user
from tests.factories.person_files import make_status

START, END = date(2025, 1, 1), date(2025, 12, 31)
TODAY, VOTED = date(2026, 7, 1), date(2026, 6, 12)
DECISION = "Assemblée du 12 juin 2026, résolution n° 3"
PAYS = {"Anne": "31200.00", "Bruno": "24000.00", "Chloé": "18000.00"}


def move(taken: str, given: str, amount: str, on: date, *, section: int | None = None) -> None:
    key = section or shared_section().pk
    lines = (debit(taken, key, Decimal(amount)), credit(given, key, Decimal(amount)))
    with transaction.atomic():
        post_entry(EntryDraft("OD", on, "Mouvement", lines), actor=None, source=None)


def give_bank(user: User) -> None:
    """Bank details that somebody else confirmed."""
    row = propose_bank(user.person, holder=str(user.person), iban=IBAN, actor=user)
    confirm_bank(row, actor=make_user())


def make_worked_year() -> tuple[FiscalYear, dict[str, User]]:
    """Capital of 60 000 brought back to 55 000, 40 000 earned by shared services, 60 000 by an activity once
    its people are paid. Nothing is closed yet."""
    move("bank", "capital_paid", "60000.00", date(2023, 3, 1))
    move("capital_paid", "bank", "5000.00", date(2024, 6, 3))
    move("bank", "legal_reserve", "20000.00", date(2024, 6, 3))
    activity = make_activity()
    section = section_of(activity).pk
    move("bank", "revenue_services", "40000.00", date(2025, 5, 2))
    move("bank", "revenue_services", "133200.00", date(2025, 5, 2), section=section)
    users = {}
    for name, pay in PAYS.items():
        users[name] = make_user(first_name=name, last_name="Lavigne")
        make_status(users[name].person, StatusKind.ENTREPRENEUR, date(2024, 1, 1), None, "CESA")
        paid(users[name], activity, pay)
    return open_year(starts_on=START, ends_on=END, actor=None), users


def make_proposed(*, labour: str = "45000.00") -> tuple[ResultAllocation, dict[str, User]]:
    """The worked case: proposed, with the part travail that it gives."""
    year, users = make_worked_year()
    row = propose_allocation(year, today=TODAY, actor=None)
    return decide_parts(row, wished=Wished(Decimal(labour)), version=None, actor=None), users


def joined(row: ResultAllocation) -> ResultAllocation:
    return join_allocation(row, decision=DECISION, actor=None)


def voted(row: ResultAllocation) -> ResultAllocation:
    return note_vote(row, on=VOTED, today=TODAY, decision=DECISION, actor=None)


def posted(row: ResultAllocation) -> ResultAllocation:
    """Voted, the year closed, in the books."""
    carry_result(row.year, actor=None)
    return post_allocation(voted(row), on=VOTED, actor=None)


def in_payment(row: ResultAllocation, *, labour: str = "0.097", interest: str = "0.314") -> ResultAllocation:
    return pay_allocation(
        posted(row),
        on=TODAY,
        due_on=TODAY,
        labour_rate=Decimal(labour),
        interest_rate=Decimal(interest),
        actor=None,
    )


def allocated_by(users: dict[str, User]) -> dict[str, Any]:
    """Two years of the house, one proposed, one in payment, by name."""
    actor = users["accountant"]
    person = make_person(first_name="Odile", last_name="Larrieu")
    make_status(person, StatusKind.STAFF, date(2021, 1, 1), date(2022, 12, 31), "Contrat")
    found = []
    for year, amount in ((2021, "10000.00"), (2022, "8000.00")):
        move("bank", "revenue_services", amount, date(year, 5, 2))
        books = open_year(starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), actor=actor)
        found.append(propose_allocation(books, today=TODAY, actor=actor))
        if year == 2021:
            in_payment(found[0])
    return {"allocation": found[1], "allocation_right": found[1].rights.get(person=person)}
