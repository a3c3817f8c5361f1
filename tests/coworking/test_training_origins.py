"""The origin said on a quote of training is that of its invoice, and of its credit note (COW-48)."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code
from coworking.calculations.training_statement import inherited
from coworking.selectors.training_statement import statement_of
from coworking.services.training_statements import (
    file_statement,
    open_statement,
    set_origin,
    set_quote_origin,
)
from invoicing.services.converting import invoice_quote
from invoicing.states.sales import QuoteState, SaleNature
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories.coworking_training import make_keeper
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.people import make_user
from tests.factories.quotes import approved, moved, quote
from tests.pages import client_of, text
from tests.refusals import refused

LAST = timezone.localdate().year - 1


def test_a_line_takes_what_its_words_or_the_whole_quote_say() -> None:
    told = [("Écrire", "1"), ("Écrire", "1"), ("Vendre", "9"), ("Lire", "")]
    assert [inherited(label, told) for label in ("Écrire", "Vendre", "Lire", "Autre")] == ["1", "9", "", ""]
    assert inherited("Acompte", [("Écrire", "5"), ("Vendre", "5")]) == "5"
    assert inherited("Vendre", [("Vendre", "5"), ("Vendre", "6")]) == ""
    assert inherited("Écrire", []) == ""


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_the_origin_of_a_quote_follows_to_its_invoice() -> None:
    keeper, (seller, activity) = make_keeper(), make_entrepreneur()
    said, other = _training("600.00", "Écrire"), _training("300.00", "Vendre")
    signed = approved(activity, said, other, sales.line("50.00"), on=date(LAST, 10, 1))
    first, second, service = signed.lines.order_by("position")
    draft = quote(activity, said).lines.get()
    for line, origin, code, field in (
        (first, "x", Code.VALUE_INVALID, "origin"),
        (service, "1", Code.NOT_ALLOWED, None),
        (draft, "1", Code.ILLEGAL_MOVE, None),
    ):
        with refused(code, field):
            set_quote_origin(line, origin=origin, actor=keeper)
    stranger = make_user(RoleKind.ENTREPRENEUR)
    url = reverse("coworking:quote_origin_set", args=[first.pk])
    assert client_of(stranger).post(url, {"origin": "1"}).status_code == 403
    page = client_of(seller).get(reverse("coworking:origin_list"))
    assert "Devis en cours" in text(page)
    assert "Écrire" in text(page)
    assert "l’aura" in text(client_of(seller).post(url, {"origin": "2f"}, follow=True))
    set_quote_origin(second, origin="9", actor=keeper)
    signed = moved(signed, QuoteState.ACCEPTED, answered_on=date(LAST, 10, 5))
    made = invoice_quote(signed, form_key=uuid.uuid4(), actor=None)
    invoice = sales.issue(made, on=date(LAST, 11, 1))
    assert _income() == {"2f": Decimal("600.00"), "9": Decimal("300.00")}
    # What is said of the invoice itself comes first; a credit note follows.
    set_origin(invoice.lines.get(label="Écrire"), origin="4", actor=keeper)
    assert _income() == {"4": Decimal("600.00"), "9": Decimal("300.00")}
    sales.issue(sales.credit(invoice), on=date(LAST, 12, 1))
    assert _income() == {"4": Decimal("0.00"), "9": Decimal("0.00")}
    assert "Devis en cours" not in text(client_of(seller).get(reverse("coworking:origin_list")))
    file_statement(open_statement(LAST, actor=keeper), on=timezone.localdate(), actor=keeper)
    with refused(Code.PERIOD_CLOSED):
        set_quote_origin(first, origin="1", actor=keeper)


def _training(net: str, label: str) -> Any:
    return sales.line(net, vat="training", nature=SaleNature.TRAINING, label=label)


def _income() -> dict[str, Decimal]:
    return {code: one.amount for code, one in statement_of(LAST).income.items()}
