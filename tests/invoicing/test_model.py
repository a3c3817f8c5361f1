"""The typed e-invoice comes back from its frozen facts exactly as it went in."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from invoicing.engines.model import EInvoice, NoteCode, routing_address
from tests.invoicing.einvoices import CASES, einvoice


@pytest.mark.parametrize("case", CASES)
def test_facts_survive_storage(case):
    invoice = CASES[case]()
    stored = json.dumps(invoice.to_json())
    back = EInvoice.from_json(json.loads(stored))
    assert back == invoice
    assert back.to_json() == invoice.to_json()


def test_decimals_keep_their_places():
    invoice = einvoice()
    invoice = replace(invoice, totals=replace(invoice.totals, net=Decimal("450.10")))
    back = EInvoice.from_json(json.loads(json.dumps(invoice.to_json())))
    assert str(back.totals.net) == "450.10"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), 2),
        (("surprise",), "x"),
        (("seller", "surprise"), "x"),
        (("kind",), "999"),
        (("issued_on",), "yesterday"),
        (("totals", "net"), 450.1),
        (("totals", "net"), "NaN"),
        (("totals", "net"), "many"),
        (("number",), 42),
    ],
)
def test_malformed_facts_are_refused(path, value):
    facts = einvoice().to_json()
    place = facts
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(ValueError):
        EInvoice.from_json(facts)


def test_missing_facts_are_refused():
    facts = einvoice().to_json()
    del facts["buyer"]
    with pytest.raises(ValueError):
        EInvoice.from_json(facts)


def test_each_activity_has_its_own_address():
    assert routing_address("552100554", "LENOIR") == "552100554_LENOIR"
    assert routing_address("552100554", "") == "552100554"


def test_note_by_code():
    assert einvoice().note(NoteCode.EARLY_PAYMENT_DISCOUNT) == "Pas d’escompte pour paiement anticipé."
    assert einvoice().note(NoteCode.TAX) == ""
