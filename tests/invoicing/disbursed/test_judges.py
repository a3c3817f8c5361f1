"""The judges accept what the services issue: beside taxed sales, beside exempt training, given back alone."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from invoicing.engines.model import EInvoice, Treatment
from invoicing.models import Invoice
from invoicing.services.inputs import DisbursementCredit
from invoicing.states.sales import CreditPart
from tests.factories import invoicing as sales
from tests.factories import invoicing_disbursements as paid
from tests.factories.entrepreneurs import make_activity
from tests.invoicing.parts.test_judges import PERSON, content, faults_of

pytestmark = pytest.mark.django_db

D = Decimal
NEXT = sales.DAY + timedelta(days=1)
SALES = {"taxed": ("200.00", {}), "training": ("900.00", {"vat": "training", "nature": "training"})}


def test_documents_issued_by_the_services_pass_the_gate_and_four_judges() -> None:
    found: dict[str, Invoice] = {}
    for name, (net, details) in SALES.items():
        owner = make_activity()
        sales.firm(owner)
        asked = paid.asked(of=paid.proof(owner))
        found[name] = sales.issued(owner, sales.line(net, **details), disbursements=[asked])
    person = make_activity()
    sales.firm(person, **PERSON)
    found["person"] = paid.invoice(person, paid.asked(of=paid.proof(person)))
    for name, asked_in in (("alone", "taxed"), ("alone of training", "training")):
        chosen = [DisbursementCredit(found[asked_in].disbursements.get(), D("2.50"))]
        alone = sales.credit(found[asked_in], CreditPart.LINES, disbursements=chosen)
        found[name] = sales.issue(alone, on=NEXT)
    again = make_activity()
    sales.firm(again)
    training = sales.line("900.00", vat="training", nature="training")
    whole = sales.issued(again, training, disbursements=[paid.asked(of=paid.proof(again))])
    found["whole"] = sales.issue(sales.credit(whole), on=NEXT)
    said: dict[str, EInvoice] = {name: content(one) for name, one in found.items()}
    # Only exempt training is out of e-invoicing: disbursements change no circuit.
    assert {name: one.treatment for name, one in said.items()} == {
        "taxed": Treatment.B2B,
        "training": Treatment.OUT_OF_SCOPE,
        "person": Treatment.B2C,
        "alone": Treatment.B2B,
        "alone of training": Treatment.OUT_OF_SCOPE,
        "whole": Treatment.OUT_OF_SCOPE,
    }
    assert faults_of(said) == {}
