"""Eight clicks on « Signer » at once, or a signature while the quote is replaced: one outcome, whole."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import Signature
from invoicing.models import Answer, Quote
from invoicing.services.approving import approve_quote
from invoicing.states import QuoteState
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
