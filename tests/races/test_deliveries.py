"""Two notes of the last unit at once: one is issued; a note signed or cancelled, never both (INV-26)."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import Signature
from invoicing.models import DeliveryNote
from invoicing.services.deliveries import cancel_delivery, issue_delivery
from invoicing.states.pieces import STANDING, DeliveryState
from tests.factories import invoicing_pieces as make
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No PDF: what is at stake is the note."""
    for module in ("answering", "approving", "deliveries", "delivery_signing"):
        monkeypatch.setattr(f"invoicing.services.{module}.run_later", lambda *args, **details: None)


def test_the_last_unit_goes_once(race: Race) -> None:
    quote = make.ordered()
    notes = [make.note(quote, "10") for _turn in range(6)]
    results = race([partial(issue_delivery, one, actor=None, at=timezone.now()) for one in notes])
    refusals = [found for found in results if isinstance(found, Refused)]
    assert [refusal.code for refusal in refusals] == [Code.VALUE_INVALID] * 5
    assert DeliveryNote.objects.filter(state__in=STANDING).count() == 1


def test_signed_or_cancelled_never_both(race: Race) -> None:
    note = make.issued(make.ordered(), "4")
    token = make.sent(note)
    signed, cancelled = race(
        [
            partial(make.sign, note, token),
            partial(cancel_delivery, note, reason="Erreur", actor=None, at=timezone.now()),
        ]
    )
    found = DeliveryNote.objects.get(pk=note.pk)
    made = Signature.objects.filter(purpose="invoicing.delivery_signed").count()
    if isinstance(signed, Refused):
        assert (found.state, made) == (DeliveryState.CANCELLED, 0)
        assert signed.code in {Code.ILLEGAL_MOVE, Code.LINK_WITHDRAWN}
    else:
        assert (found.state, made) == (DeliveryState.SIGNED, 1)
        assert isinstance(cancelled, Refused)
