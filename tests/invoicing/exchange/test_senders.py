"""The name and the reply address of an activity on its mails: an address counts once confirmed (INV-44)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import Notice, OutgoingEmail
from entrepreneurs.models import Activity
from invoicing.emails import Letter
from invoicing.models import SenderIdentity
from invoicing.selectors.senders import reply_address_of, sender_name_of
from invoicing.services.senders import (
    DISOWNED,
    ask_again,
    confirm_reply_address,
    disown_reply_address,
    save_sender,
)
from invoicing.services.sending import send_invoice
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as make
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
BOX = "atelier@example.org"


@pytest.fixture(autouse=True)
def _house() -> None:
    cache.clear()
    make_cooperative()


def saved(activity: Activity, *, version: int | None = None, **said: Any) -> SenderIdentity:
    known = SenderIdentity.objects.filter(activity=activity).first()
    content: dict[str, Any] = {"name": "", "reply_to": "", "actor": None, "at": timezone.now()} | said
    return save_sender(
        activity, version=(known.version if known else 0) if version is None else version, **content
    )


def token() -> str:
    """The secret of the last link that was mailed."""
    mail = OutgoingEmail.objects.order_by("pk").last()
    assert mail is not None
    found = re.search(r"/expediteur/([^/\s]+)/", mail.text)
    assert found is not None
    return found[1]


def test_without_a_choice_the_activity_speaks(shop: Activity) -> None:
    today = timezone.localdate()
    assert sender_name_of(shop, on=today).startswith(f"{shop.name} – ")
    assert reply_address_of(shop) == shop.email


def test_an_address_counts_once_confirmed(shop: Activity, seller: User) -> None:
    saved(shop, name="L’Atelier", reply_to=BOX, actor=seller)
    assert sender_name_of(shop, on=timezone.localdate()) == "L’Atelier"
    assert reply_address_of(shop) == shop.email
    mail = OutgoingEmail.objects.get()
    assert mail.to == BOX
    assert mail.secret
    secret = token()
    row = confirm_reply_address(secret, at=timezone.now())
    assert (row.reply_to, row.asked, row.link) == (BOX, "", None)
    assert reply_address_of(shop) == BOX
    with pytest.raises(Refused) as caught:
        confirm_reply_address(secret, at=timezone.now())
    assert caught.value.code == Code.ALREADY_DONE


def test_whoever_got_it_by_mistake_says_so(shop: Activity, seller: User) -> None:
    saved(shop, reply_to=BOX, actor=seller)
    disown_reply_address(token(), at=timezone.now())
    row = SenderIdentity.objects.get()
    assert (row.reply_to, row.asked, row.link) == ("", "", None)
    assert Notice.objects.get(kind=DISOWNED).user == seller
    assert reply_address_of(shop) == shop.email


def test_a_change_of_mind_takes_the_question_back(shop: Activity) -> None:
    saved(shop, reply_to=BOX)
    first = token()
    saved(shop, reply_to="autre@example.org")
    with pytest.raises(Refused) as caught:
        confirm_reply_address(first, at=timezone.now())
    assert caught.value.code == Code.LINK_WITHDRAWN
    saved(shop, reply_to="AUTRE@example.org")  # the same box: not asked twice
    assert OutgoingEmail.objects.count() == 2
    confirm_reply_address(token(), at=timezone.now())
    saved(shop, reply_to=BOX)
    assert reply_address_of(shop) == "autre@example.org"
    saved(shop, reply_to="")
    row = SenderIdentity.objects.get()
    assert (row.reply_to, row.confirmed_at, row.asked) == ("", None, "")


def test_the_mail_of_the_activity_needs_no_link(shop: Activity) -> None:
    saved(shop, reply_to=shop.email.upper())
    assert not OutgoingEmail.objects.exists()
    assert reply_address_of(shop) == shop.email


def test_a_link_lives_a_week(shop: Activity) -> None:
    row = saved(shop, reply_to=BOX, at=timezone.now() - timedelta(days=8))
    assert row.link is not None
    with pytest.raises(Refused) as caught:
        confirm_reply_address(token(), at=timezone.now())
    assert caught.value.code == Code.LINK_EXPIRED
    ask_again(shop, actor=None, at=timezone.now())
    assert confirm_reply_address(token(), at=timezone.now()).reply_to == BOX
    with pytest.raises(Refused) as caught:
        ask_again(shop, actor=None, at=timezone.now())
    assert caught.value.code == Code.ALREADY_DONE


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"name": "x" * 81}, Code.TEXT_TOO_LONG, "name"),
        ({"name": "Banque <banque@example.org>"}, Code.VALUE_INVALID, "name"),
        ({"reply_to": "pas une adresse"}, Code.VALUE_INVALID, "reply_to"),
        ({"version": 7}, Code.STALE_FORM, None),
    ],
)
def test_what_is_refused_changes_nothing(
    shop: Activity, said: dict[str, Any], code: Code, field: str | None
) -> None:
    with pytest.raises(Refused) as caught:
        saved(shop, **said)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert not SenderIdentity.objects.exists()
    assert not OutgoingEmail.objects.exists()


def test_a_box_is_not_flooded(shop: Activity) -> None:
    for number in range(5):
        saved(shop, reply_to=f"{number}@example.org")
    with pytest.raises(Refused, match="recommencez demain"):
        saved(shop, reply_to="6@example.org")
    assert SenderIdentity.objects.get().asked == "4@example.org"
    assert OutgoingEmail.objects.count() == 5


@pytest.mark.usefixtures("judges")
def test_the_mails_to_customers_bear_them(shop: Activity, seller: User) -> None:
    invoice = make.issued(shop)
    saved(shop, name="L’Atelier", reply_to=BOX, actor=seller)
    confirm_reply_address(token(), at=timezone.now())
    send_invoice(
        invoice,
        to=["client@example.com"],
        letter=Letter("Votre facture", "Bonjour"),
        actor=seller,
        at=timezone.now(),
    )
    mail = OutgoingEmail.objects.get(to="client@example.com")
    assert (mail.sender_name, mail.reply_to) == ("L’Atelier", BOX)


def test_the_page_of_the_link(shop: Activity, client: Client) -> None:
    saved(shop, reply_to=BOX)
    url = reverse("invoicing:reply_address", args=[token()])
    page = client.get(url)
    assert page.status_code == 200
    assert BOX in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert not page.cookies
    assert reply_address_of(shop) == shop.email  # reading answers nothing
    assert client.post(url, {"do": "autre"}).status_code == 422
    assert client.post(url, {"do": "confirm"}).status_code == 200
    assert reply_address_of(shop) == BOX
    over = client.get(url)
    assert over.status_code in (409, 410)
    assert "Ce lien a déjà servi." in over.content.decode()


def test_the_page_of_an_unknown_link(client: Client) -> None:
    page = client.get(reverse("invoicing:reply_address", args=["inconnu"]))
    assert page.status_code == 404
    assert "Ce lien n’existe pas" in page.content.decode()


def test_the_page_of_a_mistake(shop: Activity, client: Client) -> None:
    saved(shop, reply_to=BOX)
    page = client.post(reverse("invoicing:reply_address", args=[token()]), {"do": "disown"})
    assert "cette adresse est oubliée" in page.content.decode()
    assert not SenderIdentity.objects.get().asked


def test_the_form(shop: Activity, seller: User, client: Client) -> None:
    client.force_login(seller)
    url = reverse("invoicing:sender_edit")
    assert shop.email in client.get(url).content.decode()
    sent = {"name": "L’Atelier", "reply_to": BOX, "version": 0, "activity": shop.pk}
    page = client.post(url, sent, follow=True)
    assert "Un lien est parti à" in page.content.decode()
    stale = client.post(url, sent | {"name": "Autre"})
    assert stale.status_code in (409, 422)
    assert "modifié entre-temps" in stale.content.decode()
    again = client.post(reverse("invoicing:sender_ask_again"), {"activity": shop.pk}, follow=True)
    assert "Un nouveau lien est parti" in again.content.decode()
    assert OutgoingEmail.objects.count() == 2


def test_only_who_sells_chooses(shop: Activity, client: Client) -> None:
    url = reverse("invoicing:sender_edit")
    assert client.get(url).status_code == 302
    client.force_login(make_user(RoleKind.ASSOCIATE))
    assert client.get(url).status_code == 403
    client.force_login(make_user(RoleKind.ENTREPRENEUR))
    assert client.get(f"{url}?activite={shop.pk}").status_code in (403, 404)
