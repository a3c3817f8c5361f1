"""The deposit announced « dès l’accord » is prepared when the customer accepts, once, and the seller told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from cae.core.models import Notice
from entrepreneurs.models import Activity
from invoicing.models import Invoice
from invoicing.services.deposits import PREPARED, prepare_announced_deposit
from invoicing.services.discarding import discard_invoice
from invoicing.services.inputs import InstalmentContent, ScheduleContent
from invoicing.states.parts import InstalmentKind, InvoicePart
from tests.factories import invoicing_parts as parts
from tests.factories import sendings
from tests.factories.invoicing import line

pytestmark = pytest.mark.django_db

ASKED = ScheduleContent(
    deposit_at_once=True, instalments=(InstalmentContent(InstalmentKind.DEPOSIT, rate=Decimal("0.3")),)
)


def test_the_draft_is_there_when_the_customer_accepts(
    shop: Activity, django_capture_on_commit_callbacks: object
) -> None:
    quote, token = sendings.sent_quote(shop, line("1000.00"), schedule=ASKED)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        sendings.accept(quote, token)
    draft = Invoice.objects.get()
    assert (draft.part, draft.total_excl_tax, draft.is_draft) == (
        InvoicePart.DEPOSIT,
        Decimal("300.00"),
        True,
    )
    notice = Notice.objects.get(kind=PREPARED)
    assert (notice.url, str(quote) in notice.subject) == (draft.get_absolute_url(), True)
    assert prepare_announced_deposit(quote.pk, at=timezone.now()) is None
    discard_invoice(draft, actor=None)
    assert prepare_announced_deposit(quote.pk, at=timezone.now()) is None
    assert Invoice.objects.count() == 1


def test_nothing_is_prepared_unasked(shop: Activity, judges: object) -> None:
    unasked = parts.accepted(shop, line("1000.00"))
    begun = parts.accepted(shop, line("1000.00"), schedule=ASKED)
    parts.issue(parts.interim(begun, rate=Decimal("0.1")))
    for quote in (unasked, begun):
        assert prepare_announced_deposit(quote.pk, at=timezone.now()) is None
    assert Invoice.objects.count() == 1
