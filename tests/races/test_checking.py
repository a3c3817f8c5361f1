"""Two readers of one document, the author who takes it back, sixteen approvals at once: one wins, the others
get one sentence."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, Document, NumberSeries
from invoicing.engines.checker import client
from invoicing.engines.checker.protocol import Verdict
from invoicing.models import Invoice, Quote, SelfValidation
from invoicing.services.approving import approve_quote
from invoicing.services.correcting import correct_quote
from invoicing.services.quote_files import archive_quote_pdf
from invoicing.services.quoting import revise_quote
from invoicing.services.self_validating import give_self_validation
from invoicing.services.submitting import submit_invoice, submit_quote, take_back_quote
from invoicing.services.taking import take_document
from invoicing.services.validating import validate_document
from people.states import RoleKind
from tests.factories import invoicing as make
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_person, make_user
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

DAY = make.DAY
CROWD = 16


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checker that accepts, and no PDF unless the test makes it."""
    monkeypatch.setattr(client, "check", lambda *args, **details: Verdict(True))
    for room in ("issuing", "approving"):
        monkeypatch.setattr(f"invoicing.services.{room}.run_later", lambda *args, **details: None)


def codes(results: list[Any]) -> list[Code]:
    return [found.code for found in results if isinstance(found, Refused)]


def test_two_of_the_team_approve_one_quote(race: Race) -> None:
    quote = quotes.submitted(make_activity())
    team = [make_user(RoleKind.ACCOUNTANT) for _ in range(4)]
    results = race([partial(approve_quote, quote, actor=user, on=DAY) for user in team])
    assert codes(results) == [Code.ILLEGAL_MOVE] * 3
    quote.refresh_from_db()
    assert quote.number == "D2026-0001"
    assert NumberSeries.objects.get(code="quote").counter == 1
    entry = AuditEntry.objects.get(verb="invoicing.Quote.approve")
    assert quote.checker == entry.actor


def test_two_of_the_team_issue_one_invoice(race: Race) -> None:
    invoice = submit_invoice(make.draft(make_activity()), actor=None, on=DAY)
    team = [make_user(RoleKind.ACCOUNTANT) for _ in range(4)]
    results = race([partial(validate_document, invoice, actor=user, on=DAY) for user in team])
    assert codes(results) == [Code.ILLEGAL_MOVE] * 3
    assert NumberSeries.objects.get(code="invoice").counter == 1
    assert Invoice.objects.get().number == "F2026-0001"


def test_one_approves_while_the_other_sends_back_and_the_author_takes_back(race: Race) -> None:
    quote, reader = quotes.submitted(make_activity()), make_user(RoleKind.ACCOUNTANT)
    results = race(
        [
            partial(validate_document, quote, actor=reader, on=DAY),
            partial(correct_quote, quote, actor=reader, reason="Précisez.", on=DAY),
            partial(take_back_quote, quote, actor=None),
        ]
    )
    assert codes(results) == [Code.ILLEGAL_MOVE] * 2
    (won,) = [found for found in results if isinstance(found, Quote)]
    quote.refresh_from_db()
    assert (quote.state, quote.number) == (won.state, won.number)
    assert NumberSeries.objects.get(code="quote").counter == int(quote.state == "approved")


def test_two_take_one_document(race: Race) -> None:
    quote = quotes.submitted(make_activity())
    team = [make_user(RoleKind.ACCOUNTANT) for _ in range(4)]
    results = race([partial(take_document, quote, actor=user) for user in team])
    assert codes(results) == [Code.ALREADY_DONE] * 3
    quote.refresh_from_db()
    assert quote.checker in team
    assert AuditEntry.objects.filter(verb="invoicing.take_document").count() == 1


def test_a_double_click_on_submit(race: Race) -> None:
    quote = quotes.quote(make_activity())
    results = race([partial(submit_quote, quote, actor=None, on=DAY)] * 4)
    assert codes(results) == [Code.ILLEGAL_MOVE] * 3
    assert AuditEntry.objects.filter(verb="invoicing.Quote.submit").count() == 1


def test_sixteen_quotes_approved_at_once(race: Race) -> None:
    owners = [make_activity() for _ in range(4)]
    waiting = [quotes.submitted(owners[rank % 4]) for rank in range(CROWD)]
    results = race([partial(approve_quote, quote, actor=None, on=DAY) for quote in waiting])
    assert sorted(quote.number for quote in results) == [f"D2026-{rank:04}" for rank in range(1, CROWD + 1)]


def test_a_version_is_approved_while_the_former_is_approved_anew(race: Race) -> None:
    """Two clicks on the approval of a new version: it replaces the former once."""
    first = quotes.approved(make_activity())
    second = quotes.revision(first)
    results = race([partial(approve_quote, second, actor=None, on=DAY)] * 4)
    assert codes(results) == [Code.ILLEGAL_MOVE] * 3
    first.refresh_from_db()
    assert first.state == "replaced"
    assert AuditEntry.objects.filter(verb="invoicing.Quote.replace").count() == 1
    with pytest.raises(Refused):
        revise_quote(first, form_key=first.form_key, actor=None)


def test_two_workers_make_one_pdf_of_a_quote(race: Race) -> None:
    quote = quotes.approved(make_activity())
    results = race([partial(archive_quote_pdf, quote.pk)] * 3)
    assert len({document.pk for document in results}) == 1
    assert Document.objects.filter(kind="invoicing.quote").count() == 1


def test_one_right_given_twice_at_once(race: Race) -> None:
    person = make_person()
    give = partial(give_self_validation, person, kind="quote", starts_on=DAY, reason="confiance", actor=None)
    assert codes(race([give] * 4)) == [Code.DUPLICATE] * 3
    assert SelfValidation.objects.count() == 1
