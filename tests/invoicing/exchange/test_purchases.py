"""On a purchase the buyer is us: our answers go back to the platform that brought the file (INV-48)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from cae.core.documents import store_document
from cae.core.errors import IllegalMove, Refused
from cae.core.models import Notice
from entrepreneurs.models import Activity
from invoicing.engines.exchange import cdar
from invoicing.models import EInvoiceStatus, ExchangeMessage, Purchase
from invoicing.selectors.exchange_files import content_of
from invoicing.services.arriving import FILE_KIND, take_file
from invoicing.services.lifecycle import BY_HAND, note_status
from invoicing.services.turning_down import CAME_BACK
from invoicing.states.exchange import MessageKind, MessageState, StatusOrigin
from tests.factories import invoicing_exchange as ex
from tests.factories.invoicing_purchases import make_purchase, make_supplier

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]


@pytest.fixture
def purchase(shop: Activity) -> Purchase:
    return make_purchase(shop, supplier=make_supplier(siren="552032534"))


def noted(
    purchase: Purchase, code: str, reason: str = "", *, amount: Decimal | None = None
) -> EInvoiceStatus:
    return note_status(purchase, code, at=timezone.now(), actor=None, reason=reason, amount=amount)


def brought(purchase: Purchase) -> ExchangeMessage:
    """The platform brought the very file of this purchase."""
    content = b"%PDF-1.7 the invoice of a supplier"
    message = take_file("facture.pdf", content, at=timezone.now())
    purchase.document = store_document(
        content,
        kind=FILE_KIND,
        name="facture.pdf",
        mime="application/pdf",
        about=purchase,
        actor=None,
        retention_until=timezone.localdate() + timedelta(days=1),
    )
    purchase.save(update_fields=["document"])
    return message


def test_our_answers_are_ours_to_write(purchase: Purchase) -> None:
    for code in ("204", "205"):
        assert noted(purchase, code).origin == StatusOrigin.HOUSE
    assert noted(purchase, "211", amount=Decimal("120.00")).amount == Decimal("120.00")
    assert list(purchase.einvoice_statuses.values_list("code", flat=True)) == ["204", "205", "211"]
    with pytest.raises(Refused, match="écrit par le vendeur"):
        noted(purchase, "212", amount=Decimal("120.00"))
    with pytest.raises(Refused, match="écrit par la plateforme"):
        noted(purchase, "213", "REJ_UNI")
    with pytest.raises(Refused, match="écrit par l’acheteur"):
        note_status(purchase, "206", at=timezone.now(), actor=None, reason="PU_ERR", cause=BY_HAND)


def test_a_refusal_ends_it_and_is_told_to_nobody_here(purchase: Purchase) -> None:
    noted(purchase, "210", "TX_TVA_ERR")
    with pytest.raises(IllegalMove, match="plus aucun statut"):
        noted(purchase, "204")
    assert not Notice.objects.filter(kind=CAME_BACK)


def test_a_purchase_that_came_by_mail_answers_no_platform(purchase: Purchase) -> None:
    noted(purchase, "204")
    assert not ExchangeMessage.objects.exists()


def test_the_answer_leaves_from_buyer_to_seller(purchase: Purchase) -> None:
    brought(purchase)
    status = noted(purchase, "207", "CMD_ERR")
    message = ExchangeMessage.objects.get(status=status)
    assert (message.kind, message.state) == (MessageKind.STATUS, MessageState.WAITING)
    assert message.about == purchase
    content = content_of(message)
    assert content is not None
    (told,) = cdar.read_statuses(content)
    assert (told.number, told.code, told.reasons) == (purchase.number, "207", ("CMD_ERR",))
    assert (told.seller_siren, told.issued_on) == ("552032534", purchase.on)
    assert content.count(b"<ram:RoleCode>BY</ram:RoleCode>") == 2


def test_what_the_supplier_says_is_noted_on_the_purchase(purchase: Purchase) -> None:
    now = timezone.now()
    content = ex.told(purchase.number, "203", seller_siren="552032534", at=now)
    assert take_file("a.xml", content, at=now).state == MessageState.TAKEN
    (status,) = purchase.einvoice_statuses.all()
    assert (status.code, status.origin) == ("203", StatusOrigin.PLATFORM)
