"""Every move of every table of states has its service, its right, its page and its refusals (issue 4)."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from cae.celery import app
from cae.core import permissions, workflow
from cae.core.errors import IllegalMove
from invoicing.engines.checker import client as checker
from people.models import Person, User
from people.states import RoleKind
from tests.factories.people import make_user
from tests.house.moves_of_allocation import ALLOCATION
from tests.house.moves_of_bank import BANK
from tests.house.moves_of_bookings import BOOKINGS
from tests.house.moves_of_claims import CLAIMS
from tests.house.moves_of_contracts import SIGNED
from tests.house.moves_of_cooperative import COOPERATIVE
from tests.house.moves_of_deals import DEALS
from tests.house.moves_of_deliveries import DELIVERIES
from tests.house.moves_of_deposits import DEPOSITS
from tests.house.moves_of_events import EVENTS
from tests.house.moves_of_exports import EXPORTS
from tests.house.moves_of_funds import FUNDS
from tests.house.moves_of_house import HOUSE
from tests.house.moves_of_incoming import INCOMING
from tests.house.moves_of_ledger import LEDGER
from tests.house.moves_of_members import MEMBERS
from tests.house.moves_of_path import PATH
from tests.house.moves_of_payments import PAYMENTS
from tests.house.moves_of_payroll import PAYROLL
from tests.house.moves_of_places import PLACES
from tests.house.moves_of_purchases import PURCHASES
from tests.house.moves_of_sales import SALES
from tests.house.moves_of_secret import SECRET
from tests.house.moves_of_simulation import SIMULATION
from tests.house.moves_of_training import TRAINING
from tests.house.moves_of_vat import VAT
from tests.house.moves_of_year_end import YEAR_END
from tests.house.moving import (
    Case,
    Page,
    Subject,
    changed_since,
    everything,
    let_go,
    put,
    states_of,
    undone,
    who_may,
)
from tests.house.reaching import reached_from, views_by_name
from tests.house.rights_table import holder_of
from tests.invoicing.conftest import Judges
from tests.pages import client_of

SUBJECTS: dict[str, Subject] = (
    PATH
    | SIGNED
    | HOUSE
    | COOPERATIVE
    | SECRET
    | PLACES
    | MEMBERS
    | BOOKINGS
    | EVENTS
    | TRAINING
    | PAYMENTS
    | BANK
    | DEPOSITS
    | PURCHASES
    | INCOMING
    | DEALS
    | CLAIMS
    | SALES
    | DELIVERIES
    | VAT
    | PAYROLL
    | FUNDS
    | ALLOCATION
    | SIMULATION
    | LEDGER
    | YEAR_END
    | EXPORTS
)
# Moves that nobody does: the clock does, or a job that somebody asked for, by this task. A page that did them
# would say what is already true.
BY_THE_CLOCK = {
    ("entrepreneurs.documentrequest", "expire"): "entrepreneurs.keep_applications",
    ("accounting.PlannedReversal", "perform"): "accounting.post_due_entries",
    ("accounting.YearClosing", "carry"): "accounting.carry_year",
    ("accounting.StatementAgreement", "replace"): "accounting.send_year_statements",
    ("coworking.Charge", "bill"): "coworking.bill_month",
    ("coworking.BillingRun", "finish"): "coworking.bill_month",
    ("governance.SecretVote", "purge"): "governance.purge_secret_votes",
}
# Moves that come of themselves with the last part that somebody gives, on this page.
WITH_THE_LAST = {("governance.SecretVote", "decrypt"): "governance:secret_key_steps"}

FLOWS = sorted(workflow.WORKFLOWS, key=lambda flow: flow.model)
MOVES = [(flow, move) for flow in FLOWS for move in flow.moves]
each_move = pytest.mark.parametrize(
    ("flow", "move"), MOVES, ids=[f"{flow.model}.{move.name}" for flow, move in MOVES]
)
each_flow = pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.model)


def test_no_table_and_no_move_is_left_out() -> None:
    declared = {(model, name) for model, subject in SUBJECTS.items() for name in subject.pages}
    others = BY_THE_CLOCK.keys() | WITH_THE_LAST.keys()
    assert not declared & others
    assert declared | others == {(flow.model, move.name) for flow, move in MOVES}


@each_move
def test_the_page_of_a_move_comes_to_its_service(flow: workflow.Workflow, move: workflow.Move) -> None:
    service = flow.services[move.name]
    task = BY_THE_CLOCK.get((flow.model, move.name))
    page = WITH_THE_LAST.get((flow.model, move.name))
    name = page or (None if task else SUBJECTS[flow.model].pages[move.name].name)
    start = app.tasks[task].run if task else views_by_name()[name]
    assert service in reached_from(start)


def test_the_walk_of_the_code_does_not_find_just_anything() -> None:
    """So that a walk that finds everything cannot make the test above pass."""
    services = {service for flow in FLOWS for service in flow.services.values()}
    views = views_by_name()
    assert not services & reached_from(views["entrepreneurs:absence_list"])
    assert not services & reached_from(views["people:glossary"])
    found = services & reached_from(views["entrepreneurs:claim_move"])
    assert {service.__name__ for service in found} == {"send_claim", "close_claim", "reopen_claim"}


@pytest.mark.django_db
def test_whatever_is_written_is_seen_and_nothing_else() -> None:
    """So that a look at the database that sees nothing cannot make the tests below pass."""
    ada = Person.objects.create(first_name="Ada", last_name="Nom", email="ada@example.org")
    before = everything()
    with undone():
        make_user()
        assert "people_person" in changed_since(before)
        with undone():
            Person.objects.update(first_name="Ida")
            within = everything()
        assert within["people_person"] != everything()["people_person"]
    assert changed_since(before) == []
    rows = Person.objects.filter(pk=ada.pk)
    rows.update(first_name="Zoé")
    assert changed_since(before) == ["people_person"]
    rows.update(first_name="Ada")
    assert everything() == before
    rows.delete()
    assert changed_since(before) == ["people_person"]


@pytest.fixture
def roles(monkeypatch: pytest.MonkeyPatch, demonstration: None) -> list[User]:
    """One holder of each role, on the whole house; somebody without any; judges that accept."""
    monkeypatch.setattr(checker, "check", Judges().check)
    cache.clear()
    # Addresses name the views, which name the services: none of a table is left unread.
    assert views_by_name()
    return [*(holder_of(kind) for kind in RoleKind), make_user()]


@pytest.mark.django_db
@each_flow
def test_a_move_is_refused_from_every_other_state(flow: workflow.Workflow, roles: list[User]) -> None:
    """Each service, tried from each state that its table leaves out: refused, and nothing is written."""
    row = SUBJECTS[flow.model].make().row
    let_go(type(row))
    tried = 0
    for state in states_of(row, flow):
        put(row, flow, state)
        before = everything()
        for move in flow.moves:
            if state in move.sources:
                continue
            with pytest.raises(IllegalMove):
                flow.services[move.name](row, actor=roles[-1])
            tried += 1
        assert changed_since(before) == []
    assert tried


@pytest.mark.django_db
@each_flow
def test_the_page_of_a_move_does_it_for_who_may_and_for_nobody_else(
    flow: workflow.Workflow, roles: list[User]
) -> None:
    subject = SUBJECTS[flow.model]
    made = subject.make()
    # A first look, so that those under each move read only what the move touches.
    assert everything()
    for name, page in subject.pages.items():
        case = Case(type(made.row).objects.get(pk=made.row.pk), made.users, made.known)
        with undone():
            _started(case, flow, page, name)
            move = flow.move(name)
            actors = [*case.users, *roles]
            actor = who_may(actors, move.right, case.row)
            assert actor, f"nobody holds {move.right} on a row from which {name} starts"
            _refused_to_others(case, move, page, [user for user in actors if user != actor])
            answer = client_of(actor).post(page.address(case), page.content(case))
            case.row.refresh_from_db()
            said = f"{flow.model}.{name} by {actor}: {answer.status_code}"
            assert answer.status_code in (200, 302), said
            assert getattr(case.row, flow.field) == move.target, said


def _started(case: Case, flow: workflow.Workflow, page: Page, name: str) -> None:
    """Brings the row where the move starts: by services, or by writing a state when none leads there."""
    if page.before:
        case.row = page.before(case)
    if getattr(case.row, flow.field) not in flow.move(name).sources:
        let_go(type(case.row))
        put(case.row, flow, flow.move(name).sources[0])


def _refused_to_others(case: Case, move: workflow.Move, page: Page, users: list[User]) -> None:
    """Whoever lacks the right, of the nearest to the row to nobody in particular, changes nothing."""
    others = [user for user in users if not permissions.can(user, move.right, case.row)]
    assert others
    clients = [client_of(user) for user in {others[0], others[len(others) // 2], others[-1]}]
    before = everything()
    for client in clients:
        answer = client.post(page.address(case), page.content(case))
        refused = (302, 403, 404) if page.leads_away else (403, 404)
        assert answer.status_code in refused, f"{move.name}: {answer.status_code}"
    assert changed_since(before) == []
