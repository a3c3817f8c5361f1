"""The bench of what comes in: every file opens its purchase, every photo is kept, rates are a minute's."""

from __future__ import annotations

import pytest

from cae.demonstration.bench import incoming
from entrepreneurs.models import Activity
from invoicing.engines.checker import client
from invoicing.engines.checker.protocol import Verdict
from invoicing.models import IncomingFile, Purchase, Voucher
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import trust
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_what_comes_in_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "check", lambda *_facts, **_rules: Verdict(True))
    seller: User = trust(make_user(RoleKind.ENTREPRENEUR))
    shop: Activity = make_activity(seller)
    sales.issued(shop)
    for name, few in (("FILES", 3), ("PDFS", 1), ("PHOTOS", 2), ("PHOTO", (160, 120))):
        monkeypatch.setattr(incoming, name, few)
    rates = incoming.measure_incoming(seller.email)
    assert [rate.documents for rate in rates] == [3, 1, 2]
    assert [rate.name.partition(" (")[0] for rate in rates] == [
        "suppliers’ XML files",
        "suppliers’ Factur-X files",
        "photos of receipts",
    ]
    assert all(rate.name.endswith("a minute)") for rate in rates)
    assert (IncomingFile.objects.count(), Purchase.objects.count(), Voucher.objects.count()) == (4, 4, 2)
