"""Two invoices that ask one proof back at once: one is issued, the other says what is left (INV-26)."""

from __future__ import annotations

from functools import partial

import pytest

from cae.core.errors import Code, Refused
from invoicing.engines.checker import client
from invoicing.engines.checker.protocol import Verdict
from invoicing.models import Invoice
from invoicing.services.checking import check_invoice
from invoicing.services.issuing import issue_invoice
from tests.factories import invoicing as sales
from tests.factories import invoicing_disbursements as paid
from tests.factories.entrepreneurs import make_activity
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checker that accepts, and no PDF: what is at stake is the proof."""
    monkeypatch.setattr(client, "check", lambda *args, **details: Verdict(True))
    monkeypatch.setattr("invoicing.services.issuing.run_later", lambda *args, **details: None)


def test_a_proof_is_asked_back_once(race: Race) -> None:
    owner = make_activity()
    sales.firm(owner)
    stamps = paid.proof(owner)
    drafts = [sales.draft(owner, disbursements=[paid.asked(of=stamps)]) for _turn in range(6)]
    for draft in drafts:
        check_invoice(draft, actor=None, on=sales.DAY)
    results = race([partial(issue_invoice, one, actor=None, on=sales.DAY, today=sales.DAY) for one in drafts])
    refusals = [found for found in results if isinstance(found, Refused)]
    assert [refusal.code for refusal in refusals] == [Code.AMOUNT_ABOVE_DUE] * 5
    assert Invoice.objects.issued().count() == 1
