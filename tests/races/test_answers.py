"""Eight clicks on « Signer » at once, or a signature while the quote is replaced: one outcome, whole."""

from __future__ import annotations

import uuid
from functools import partial

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import Signature
from invoicing.models import Answer, Invoice, Quote
from invoicing.services.approving import approve_quote, withdraw_quote
from invoicing.services.converting import invoice_quote
from invoicing.services.sending import withdraw_sending
from invoicing.states.sales import QuoteState
from tests.factories import quotes
from tests.factories import sendings as make
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No PDF: what is at stake is the answer."""
    for module in ("answering", "approving"):
        monkeypatch.setattr(f"invoicing.services.{module}.run_later", lambda *args, **details: None)


def test_eight_signatures_at_once_make_one(race: Race) -> None:
    quote, token = make.sent_quote()
    results = race([partial(make.accept, quote, token) for _ in range(8)])
    refusals = [found for found in results if isinstance(found, Refused)]
    assert [refusal.code for refusal in refusals] == [Code.ALREADY_DONE] * 7
    assert (Signature.objects.count(), Answer.objects.count()) == (1, 1)


@pytest.mark.parametrize("turn", range(3))
def test_signed_or_withdrawn_never_both(race: Race, turn: int) -> None:
    """The link is closed, or the whole quote taken back, while the customer presses « Signer »."""
    quote, token = make.sent_quote()
    sending = quote.sendings.get()
    act = (
        partial(withdraw_quote, quote, actor=None)
        if turn
        else partial(withdraw_sending, sending, actor=None, at=timezone.now())
    )
    signed, withdrawn = race([partial(make.accept, quote, token), act])
    first = Quote.objects.get(pk=quote.pk)
    assert Signature.objects.count() == Answer.objects.count() == int(not isinstance(signed, Refused))
    if isinstance(signed, Refused):
        assert first.state == (QuoteState.WITHDRAWN if turn else QuoteState.SENT)
        assert signed.code in {Code.LINK_WITHDRAWN, Code.ILLEGAL_MOVE}
    else:
        assert first.state == QuoteState.ACCEPTED
        assert isinstance(withdrawn, Refused) or not turn


def test_one_invoice_from_two_tabs(race: Race) -> None:
    quote, token = make.sent_quote()
    make.accept(quote, token)
    results = race([partial(invoice_quote, quote, form_key=uuid.uuid4(), actor=None) for _ in range(4)])
    assert [found.code for found in results if isinstance(found, Refused)] == [Code.ALREADY_DONE] * 3
    assert Invoice.objects.get().quote == quote


def test_signed_or_replaced_never_both(race: Race) -> None:
    quote, token = make.sent_quote()
    draft = quotes.revision(quote)
    today = timezone.localdate()
    signed, replaced = race(
        [partial(make.accept, quote, token), partial(approve_quote, draft, actor=None, on=today)]
    )
    first = Quote.objects.get(pk=quote.pk)
    assert isinstance(signed, Refused) != isinstance(replaced, Refused)
    expected = QuoteState.REPLACED if isinstance(signed, Refused) else QuoteState.ACCEPTED
    assert first.state == expected
    assert Signature.objects.count() == (0 if isinstance(signed, Refused) else 1)
