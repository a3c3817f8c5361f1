"""The pages of internal sales: who opens them, what they say, what they refuse (INV-31)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from entrepreneurs.models import Activity
from invoicing.models import InternalSale
from invoicing.states.joint import InternalState
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing_internal as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.pages import client_of

pytestmark = pytest.mark.django_db


def address(name: str, *args: Any) -> str:
    return reverse(f"invoicing:internal_{name}", args=args)


def typed(buyer: Activity, **changed: Any) -> dict[str, Any]:
    facts = {"buyer": buyer.pk, "title": "Maquette", "description": "", "amount": "1 200,50"}
    return facts | {"form_key": uuid4()} | changed


@pytest.fixture
def sides() -> tuple[User, Activity, User, Activity]:
    sells, buys = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.ENTREPRENEUR)
    return (
        sells,
        make_activity(sells, name="Atelier vendeur"),
        buys,
        make_activity(buys, name="Atelier acheteur"),
    )


def said(client: Client, sale: InternalSale) -> str:
    return client.get(sale.get_absolute_url()).content.decode()


def test_from_the_offer_to_the_credit_note(sides: tuple[User, Activity, User, Activity]) -> None:
    sells, _seller, buys, buyer = sides
    seller_page, buyer_page = client_of(sells), client_of(buys)
    seller_page.post(address("new"), typed(buyer))
    sale = InternalSale.objects.get()
    assert buyer_page.get(sale.get_absolute_url()).status_code == 404
    assert "Proposer à l’acheteur" in said(seller_page, sale)
    seller_page.post(address("edit", sale.pk), typed(buyer, amount="1300", version=1))
    seller_page.post(address("offer", sale.pk))
    assert "Accepter" not in said(seller_page, sale)
    assert seller_page.post(address("accept", sale.pk)).status_code == 403
    assert "Accepter" in said(buyer_page, sale)
    # A page opened before the seller took the offer back and changed its price agrees to nothing.
    for stale in ({"version": 1}, {}):
        said_back = buyer_page.post(address("accept", sale.pk), stale, follow=True).content.decode()
        assert "Ce devis a changé depuis votre lecture" in said_back
    sale.refresh_from_db()
    assert sale.state == InternalState.OFFERED
    assert '<input type="hidden" name="version" value="2">' in said(buyer_page, sale)
    buyer_page.post(address("accept", sale.pk), {"version": 2})
    assert buyer_page.post(address("invoice", sale.pk)).status_code == 403
    seller_page.post(address("invoice", sale.pk))
    sale.refresh_from_db()
    assert sale.state == InternalState.INVOICED
    assert str(sale.number) in said(buyer_page, sale)
    refused = seller_page.post(
        address("credit", sale.pk), {"amount": "1300,01", "reason": "Trop", "form_key": uuid4()}
    )
    assert refused.status_code == 422
    assert "1 300,00" in refused.content.decode().replace("\u202f", " ").replace("\xa0", " ")
    seller_page.post(address("credit", sale.pk), {"amount": "1300", "reason": "Trop", "form_key": uuid4()})
    page = said(seller_page, sale)
    assert str(sale.credits.get()) in page
    assert address("credit", sale.pk) not in page


def test_what_is_refused_stands_at_its_field(sides: tuple[User, Activity, User, Activity]) -> None:
    sells, _seller, buys, buyer = sides
    page = client_of(sells).post(address("new"), typed(buyer, amount="0"))
    assert page.status_code == 422
    assert page.context["form"].errors["amount"]
    assert page.context["form"]["title"].value() == "Maquette"
    assert not InternalSale.objects.exists()
    offer = make.offered(_seller, buyer)
    assert client_of(buys).post(address("decline", offer.pk), {"reason": ""}).status_code == 422
    client_of(buys).post(address("decline", offer.pk), {"reason": "Trop cher"})
    assert "Trop cher" in said(client_of(sells), offer)


def test_drafts_are_taken_back_and_given_up(sides: tuple[User, Activity, User, Activity]) -> None:
    sells, seller, _buys, buyer = sides
    client, sale = client_of(sells), make.offered(seller, buyer)
    client.post(address("take_back", sale.pk))
    client.post(address("discard", sale.pk))
    assert "Abandonné" in said(client, sale)


def test_nobody_else_sees_it(sides: tuple[User, Activity, User, Activity]) -> None:
    _sells, seller, _buys, buyer = sides
    other = make_user(RoleKind.ENTREPRENEUR)
    make_activity(other)
    sale = make.offered(seller, buyer)
    assert client_of(other).get(sale.get_absolute_url()).status_code == 404
    assert sale.title not in client_of(other).get(address("list")).content.decode()
    assert client_of(make_user(RoleKind.ENTREPRENEUR)).get(address("new")).status_code == 403


def test_the_list_asks_the_same_of_one_row_and_of_thirty(
    sides: tuple[User, Activity, User, Activity],
) -> None:
    sells, seller, _buys, buyer = sides
    client = client_of(sells)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address("list")).status_code == 200
        return len(queries)

    make.invoiced(seller, buyer)
    asked()
    one = asked()
    for _turn in range(29):
        make.draft(seller, buyer)
    assert asked() == one
