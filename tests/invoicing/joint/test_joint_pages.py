"""The pages of a joint quote: who writes shares, who agrees, who sees, what waits (INV-20)."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import get_current_timezone

from cae.core.facts import awaited_in
from entrepreneurs.models import Activity
from entrepreneurs.services.members import join_activity
from invoicing.models import Quote, QuoteShare
from invoicing.selectors.joint_sums import sums_of_quote
from invoicing.selectors.joint_todo import AWAITED
from invoicing.services.amending import add_amendment
from invoicing.states.joint import Sharing
from people.models import User
from people.states import RoleKind, ScopePart
from tests.factories import invoicing_joint as joint
from tests.factories import invoicing_parts as parts
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import line, pay
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]


@pytest.fixture
def people() -> tuple[User, User]:
    return make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.ENTREPRENEUR)


@pytest.fixture
def both(people: tuple[User, User]) -> tuple[Activity, Activity]:
    return make_activity(people[0], name="Qui mène"), make_activity(people[1], name="Associé")


def address(name: str, *args: Any) -> str:
    return reverse(f"invoicing:{name}", args=args)


def typed(quote: Quote, other: Activity, **changed: Any) -> dict[str, Any]:
    said = {"sharing": "whole", "version": quote.version, "rate_0": "60"}
    return said | {"activity_1": str(other.pk), "rate_1": "40 %"} | changed


def plain(page: Any) -> str:
    text: str = page.content.decode()
    return text.replace("\u202f", " ").replace("\xa0", " ")


def test_from_the_shares_to_the_agreement(people: tuple[User, User], both: tuple[Activity, Activity]) -> None:
    """One shares line by line, the other agrees from « À faire », and both see what each has."""
    leads, shares = (client_of(user) for user in people)
    quote = quotes.quote(both[0], line("100.00"), line("50.00"))
    assert shares.get(quote.get_absolute_url()).status_code == 404
    assert address("quote_shares", quote.pk) in plain(leads.get(quote.get_absolute_url()))
    page = address("quote_shares", quote.pk)
    refused = leads.post(page, typed(quote, both[1], rate_1="30"))
    assert refused.status_code == 422
    assert "elles font 90" in plain(refused)
    twice = typed(quote, both[1], activity_2=str(both[1].pk), rate_2="1", activity_3=str(both[1].pk))
    assert leads.post(page, twice).status_code == 422
    sent = leads.post(page, typed(quote, both[1], sharing="lines"))
    assert sent.headers["Location"] == page
    quote.refresh_from_db()
    first = quote.lines.get(position=1)
    shown = plain(leads.get(page))
    assert "Qui fait chaque ligne" in shown
    leads.post(page, typed(quote, both[1], sharing="lines") | {f"bearer_{first.pk}": str(both[1].pk)})
    first.refresh_from_db()
    assert first.borne_by == both[1]
    editor = plain(leads.get(address("quote_edit", quote.pk)))
    kept = re.findall(r'<input[^>]*name="lines-0-borne_by"[^>]*>', editor)
    assert [f'value="{both[1].pk}"' in one for one in kept] == [True]
    share = QuoteShare.objects.get(quote=quote, activity=both[1])
    assert "Accord à demander" in plain(shares.get(quote.get_absolute_url()))
    assert shares.post(address("quote_shares_ask", quote.pk)).status_code == 403
    leads.post(address("quote_shares_ask", quote.pk))
    assert leads.post(address("quote_share_agree", quote.pk, share.pk)).status_code == 403
    assert quote.get_absolute_url() in plain(shares.get("/accueil/"))
    quote.refresh_from_db()
    stale = shares.post(address("quote_share_agree", quote.pk, share.pk), {"version": "1"}, follow=True)
    assert "a changé depuis votre lecture" in plain(stale)
    shares.post(address("quote_share_agree", quote.pk, share.pk), {"version": quote.version})
    assert "A donné son accord" in plain(leads.get(quote.get_absolute_url()))
    shares.post(address("quote_share_withdraw", quote.pk, share.pk))
    assert "Accord attendu" in plain(shares.get(quote.get_absolute_url()))
    leads.post(page, typed(quote, both[1], sharing="none", activity_1=""))
    quote.refresh_from_db()
    assert quote.sharing == Sharing.NONE
    assert shares.get(quote.get_absolute_url()).status_code == 404


def test_what_each_has_invoiced_and_received(
    people: tuple[User, User], both: tuple[Activity, Activity]
) -> None:
    leads, shares = (client_of(user) for user in people)
    quote = joint.accepted(line("1000.00"), leading=both[0], other=both[1])
    invoice = parts.issue(parts.deposit(quote, "0.5"))
    pay(invoice, "300.00")
    sums = sums_of_quote(quote)
    assert [(one.agreed, one.net, one.gross, one.received) for one in sums.values()] == [
        (Decimal(600), Decimal(300), Decimal(360), Decimal(180)),
        (Decimal(400), Decimal(200), Decimal(240), Decimal(120)),
    ]
    for client in (leads, shares):
        assert "Facturé : 200,00 € HT · reçu : 120,00 €" in plain(client.get(quote.get_absolute_url()))
    assert invoice.get_absolute_url() not in plain(shares.get(quote.get_absolute_url()))
    assert "Répartition entre activités" in plain(leads.get(invoice.get_absolute_url()))
    assert shares.get(invoice.get_absolute_url()).status_code == 404
    assert shares.get(address("quote_account", quote.pk)).status_code == 404
    assert leads.get(address("quote_account", quote.pk)).status_code == 200
    assert leads.get(address("quote_shares", quote.pk)).status_code == 409
    assert str(quote.number) in plain(shares.get(address("quote_list")))


def test_an_amendment_is_taken_back_by_whoever_invoices(
    people: tuple[User, User], both: tuple[Activity, Activity]
) -> None:
    leads, shares = (client_of(user) for user in people)
    quote, more = (joint.accepted(leading=both[0], other=both[1]) for _turn in range(2))
    add_amendment(quote, quote=more, actor=None, at=timezone.now())
    back = address("quote_unamend", more.pk)
    assert back in plain(leads.get(more.get_absolute_url()))
    assert back not in plain(shares.get(more.get_absolute_url()))
    assert shares.post(back).status_code == 403


def test_an_agreement_waits_for_whoever_sells_for_the_activity(
    people: tuple[User, User], both: tuple[Activity, Activity]
) -> None:
    """Since the day it was asked here; a reader, who may not give it, has nothing to do."""
    quote = joint.asked(leading=both[0], other=both[1])
    reader = make_user(RoleKind.ENTREPRENEUR)
    join_activity(both[1], person=reader.person, role=ScopePart.READER, starts_on=BEGINNING, actor=None)
    night = datetime(2026, 3, 2, 0, 30, tzinfo=get_current_timezone())
    QuoteShare.objects.filter(quote=quote, activity=both[1]).update(asked_at=night)
    waits = [awaited_in(AWAITED, user, night.date()) for user in (people[1], people[0], reader)]
    assert [[one.since for one in some] for some in waits] == [[night.date()], [], []]


def test_nobody_else_sees_it_nor_agrees(people: tuple[User, User], both: tuple[Activity, Activity]) -> None:
    quote = joint.asked(leading=both[0], other=both[1])
    share = QuoteShare.objects.get(quote=quote, activity=both[1])
    stranger = make_user(RoleKind.ENTREPRENEUR)
    make_activity(stranger)
    client = client_of(stranger)
    assert client.get(quote.get_absolute_url()).status_code == 404
    assert client.post(address("quote_share_agree", quote.pk, share.pk)).status_code == 404
    other = quotes.quote(both[0])
    elsewhere = address("quote_share_agree", other.pk, share.pk)
    assert client_of(people[0]).post(elsewhere).status_code == 404
    share.refresh_from_db()
    assert share.agreed_at is None


def test_the_list_asks_the_same_of_one_joint_quote_and_of_thirty(
    people: tuple[User, User], both: tuple[Activity, Activity]
) -> None:
    client = client_of(people[1])

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address("quote_list")).status_code == 200
        return len(queries)

    joint.joint(leading=both[0], other=both[1])
    asked()
    one = asked()
    first = Quote.objects.get()
    for _turn in range(29):
        copy = Quote.objects.create(
            activity=first.activity, customer=first.customer, sharing=Sharing.WHOLE, form_key=uuid.uuid4()
        )
        for activity in both:
            QuoteShare.objects.create(
                quote=copy, activity=activity, rate=Decimal("0.5"), agreed_at=timezone.now()
            )
    assert asked() == one
