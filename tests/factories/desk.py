"""Legal dates, requests, absences and exits in legal situations, made through the services."""

from __future__ import annotations

from datetime import date
from typing import Any

from entrepreneurs.models import Absence, Exit, RegisterEntry
from entrepreneurs.services.absences import Days, ask_absence
from entrepreneurs.services.exits import ExitData, open_exit
from entrepreneurs.services.register import enter_register
from people.models import Deadline, Person, Request, User
from people.services.deadlines import set_deadline
from people.services.requests import send_request
from people.states.deadlines import DeadlineKind
from tests.factories.people import make_person

DAY = date(2026, 3, 2)


def make_deadline(
    person: Person, due_on: date, *, kind: str = DeadlineKind.CONTRACT_END, **more: Any
) -> Deadline:
    """A date of a person, about that person unless `about` says otherwise."""
    facts = {"about": person, "actor": None} | more
    found = set_deadline(kind=kind, person=person, due_on=due_on, **facts)
    assert found is not None
    return found


def make_request(sender: User, **more: Any) -> Request:
    """A request that a person sends to human resources."""
    assert sender.person is not None
    facts = {
        "department": "human_resources",
        "kind": "contract",
        "title": "Mon contrat",
        "text": "Bonjour, où est mon contrat ?",
        "actor": sender,
        "on": DAY,
    }
    return send_request(sender.person, **(facts | more))


def make_absence(who: User, **more: Any) -> Absence:
    """A week of leave that a person asks for."""
    assert who.person is not None
    facts = {
        "kind": "paid_leave",
        "days": Days(date(2026, 8, 3), date(2026, 8, 8)),
        "note": "",
        "actor": who,
        "on": DAY,
    }
    return ask_absence(who.person, **(facts | more))


def make_hiring(person: Person | None = None, **more: Any) -> RegisterEntry:
    """A hiring written in the register, with its declaration to make."""
    facts = {"job": "Comptable", "contract_kind": "CDI", "hired_on": date(2026, 4, 1), "actor": None}
    return enter_register(person or make_person(), **(facts | more))


EXIT = ExitData(kind="job", last_day=date(2026, 4, 30), account_closes_on=date(2026, 7, 31))


def make_exit(person: Person, actor: User, *, data: ExitData = EXIT) -> Exit:
    """A departure being prepared."""
    return open_exit(person, data=data, actor=actor, on=DAY)
