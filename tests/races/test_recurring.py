"""Two workers on one plan make each date once; two on an internal sale agree once and never give back too
much."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from invoicing.engines.checker import client
from invoicing.engines.checker.protocol import Verdict
from invoicing.models import InternalCredit, Invoice
from invoicing.services.internal_sales import accept_internal, credit_internal, decline_internal
from invoicing.services.making import make_documents
from people.states import RoleKind
from tests.factories import invoicing_internal as inside
from tests.factories import invoicing_recurring as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import trust
from tests.factories.people import make_user
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checker that accepts, and no PDF."""
    monkeypatch.setattr(client, "check", lambda *args, **details: Verdict(True))
    for room in ("issuing", "internal_sales"):
        monkeypatch.setattr(f"invoicing.services.{room}.run_later", lambda *args, **details: None)


def test_four_workers_make_each_date_once(race: Race) -> None:
    seller = trust(make_user(RoleKind.ENTREPRENEUR))
    shop = make_activity(seller)
    plan = make.make_plan(make.model_of(shop), actor=seller, first_on=date(2027, 1, 31))
    at = make.morning(date(2027, 3, 31))
    results = race([partial(make_documents, plan.pk, at=at) for _turn in range(4)])
    assert sorted(len(one) for one in results) in ([0, 0, 0, 3], [0, 0, 1, 2], [0, 1, 1, 1])
    dates = [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]
    assert list(plan.made.order_by("on").values_list("on", flat=True)) == dates
    assert Invoice.objects.drafts().count() == 3
    plan.refresh_from_db()
    assert (plan.next_on, plan.failure) == (date(2027, 4, 30), "")


def test_a_buyer_answers_once_and_no_more_is_given_back_than_was_invoiced(race: Race) -> None:
    seller, buyer = make_activity(), make_activity()
    offer, today = inside.offered(seller, buyer), timezone.localdate()
    answers = [partial(accept_internal, offer, on=today, actor=None) for _turn in range(2)]
    answers.append(partial(decline_internal, offer, reason="Trop cher", on=today, actor=None))
    results = race(answers)
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.ILLEGAL_MOVE] * 2
    sale = inside.invoiced(seller, buyer, "100.00")
    given_back = [
        partial(
            credit_internal,
            sale,
            amount=Decimal("60.00"),
            reason="Moins de pages",
            form_key=uuid.uuid4(),
            on=inside.DAY + timedelta(days=1),
            actor=None,
        )
        for _turn in range(3)
    ]
    results = race(given_back)
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.AMOUNT_ABOVE_DUE] * 2
    assert [one.amount for one in InternalCredit.objects.all()] == [Decimal("60.00")]
