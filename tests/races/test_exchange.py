"""Workers at once: a file is taken once, a message leaves once, a step is noted once, a suffix given once."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cae.core.errors import Code, IllegalMove, Refused
from invoicing.engines.checker import client
from invoicing.engines.checker.protocol import Verdict
from invoicing.models import EInvoiceStatus, ExchangeMessage, RoutingAddress
from invoicing.services.arriving import take_arrivals, take_file
from invoicing.services.exchanging import hand_over
from invoicing.services.routing import give_address
from invoicing.states.exchange import Direction, MessageState
from tests.factories import invoicing_exchange as ex
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

HANDS = 4
LATER = ex.NOON + timedelta(days=400)


@pytest.fixture(autouse=True)
def _platform(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EXCHANGE_URL = f"file://{tmp_path}"
    monkeypatch.setattr(client, "check", lambda *_args, **_kept: Verdict(True))


def test_a_folder_swept_by_four_is_taken_once(race: Race, tmp_path: Path) -> None:
    invoice = ex.issued()
    for number in range(12):
        at = ex.NOON + timedelta(minutes=number)
        ex.dropped(tmp_path, f"{number:02}.xml", ex.told(f"F1999-{number:04}", "200", at=at))
    ex.dropped(tmp_path, "ours.xml", ex.told(str(invoice.number), "200"))
    results = race([partial(take_arrivals, at=LATER)] * HANDS)
    assert sum(results) == 13
    assert ExchangeMessage.objects.count() == 13
    assert EInvoiceStatus.objects.count() == 1
    assert not list((tmp_path / "taking").iterdir())
    assert len(list((tmp_path / "error").iterdir())) == 12


def test_the_same_bytes_at_once_are_one_message(race: Race) -> None:
    invoice = ex.issued()
    content = ex.told(str(invoice.number), "200")
    results = race([partial(take_file, f"{hand}.xml", content, at=LATER) for hand in range(HANDS)])
    assert len({message.pk for message in results}) == 1
    assert EInvoiceStatus.objects.count() == 1


def test_a_message_leaves_once(race: Race, tmp_path: Path, settings: Any) -> None:
    # Its own job finds nobody: it is left to the four.
    settings.EXCHANGE_URL = ""
    _invoice, message = ex.packaged()
    settings.EXCHANGE_URL = f"file://{tmp_path}"
    assert sorted(race([partial(hand_over, message.pk, at=LATER)] * HANDS)) == [False] * 3 + [True]
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.SENT, 0)
    assert len(list((tmp_path / "outbox").iterdir())) == 1


def test_a_step_is_noted_once(race: Race) -> None:
    invoice = ex.issued()
    results = race([partial(ex.noted, invoice, "213", "REJ_UNI")] * HANDS)
    assert sum(isinstance(one, IllegalMove) for one in results) == HANDS - 1
    assert EInvoiceStatus.objects.count() == 1
    assert not ExchangeMessage.objects.filter(direction=Direction.OUT).exists()


def test_a_suffix_goes_to_one_activity(race: Race) -> None:
    make_cooperative()
    activities = [make_activity() for _ in range(HANDS)]
    day = date(2026, 11, 2)
    results = race(
        [partial(give_address, one, suffix="ATELIER", starts_on=day, actor=None) for one in activities]
    )
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.DUPLICATE] * 3
    assert RoutingAddress.objects.filter(suffix="ATELIER").count() == 1
