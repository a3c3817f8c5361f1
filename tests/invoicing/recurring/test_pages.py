"""The pages of recurring documents: who opens them, what they say, what they refuse (INV-25)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cae.core.facts import awaited_in
from cae.core.search import search
from entrepreneurs.models import Activity
from entrepreneurs.services.members import join_activity
from invoicing.models import RecurringPlan
from invoicing.selectors.recurring import AWAITED
from invoicing.services.customers import archive_customer
from invoicing.services.making import make_documents
from invoicing.services.recurring import end_plan
from invoicing.states.recurring import MakingMode, Period, PlanState
from people.models import User
from people.states import RoleKind, ScopePart
from tests.factories import invoicing_recurring as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import line
from tests.factories.invoicing_purchases import make_approved_order, order_line
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_user
from tests.factories.sendings import ready_quote
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges", "demonstration")]


def address(name: str, *args: Any) -> str:
    return reverse(f"invoicing:{name}", args=args)


def typed(**changed: Any) -> dict[str, Any]:
    facts = {"title": "Maintenance du site", "every": Period.MONTH, "first_on": timezone.localdate()}
    return facts | {"mode": MakingMode.DRAFT, "form_key": uuid4()} | changed


def test_from_an_invoice_to_the_end_of_its_plan(shop: Activity, seller: User) -> None:
    client, invoice = client_of(seller), make.model_of(shop, line("250.00"))
    begin = address("invoice_repeat", invoice.pk)
    assert begin in client.get(invoice.get_absolute_url()).content.decode()
    client.post(begin, typed(index_rate="2,1 %", index_since=timezone.localdate()))
    plan = RecurringPlan.objects.get()
    assert plan.index_rate == Decimal("0.0210")
    page = text(client.get(plan.get_absolute_url()))
    assert page.count("250,00 € HT") == 3
    assert "+ 2,1 % par an depuis le" in page
    assert "Faire maintenant" in page
    shown = client.get(address("recurring_edit", plan.pk)).content.decode()
    assert 'value="2,1' in shown
    client.post(address("recurring_edit", plan.pk), typed(title="Entretien", version=1))
    client.post(address("recurring_make", plan.pk))
    made = plan.made.get()
    page = text(client.get(plan.get_absolute_url()))
    assert "Entretien" in page
    assert str(made.document) in page
    assert "Fait par le document récurrent" in text(client.get(made.document.get_absolute_url()))
    assert "Rien n’était à faire" in text(client.post(address("recurring_make", plan.pk), follow=True))
    for act, state in (
        ("pause", PlanState.PAUSED),
        ("resume", PlanState.ACTIVE),
        ("end", PlanState.ENDED),
    ):
        client.post(address(f"recurring_{act}", plan.pk))
        plan.refresh_from_db()
        assert plan.state == state
    assert "plus rien ne se fera" in text(client.get(plan.get_absolute_url()))


def test_a_quote_and_an_order_offer_it_too(shop: Activity, seller: User) -> None:
    client = client_of(seller)
    quote, order = ready_quote(shop), make_approved_order(shop, order_line())
    for model, name in ((quote, "quote_repeat"), (order, "purchase_order_repeat")):
        url = address(name, model.pk)
        assert url in client.get(model.get_absolute_url()).content.decode()
        assert client.post(url, typed()).status_code == 302
    assert "mode" not in client.get(address("purchase_order_repeat", order.pk)).context["form"].fields
    assert {plan.model for plan in RecurringPlan.objects.all()} == {quote, order}


def test_what_is_refused_stands_at_its_field(shop: Activity, seller: User) -> None:
    client, invoice = client_of(seller), make.model_of(shop)
    gone = timezone.localdate() - timedelta(days=1)
    page = client.post(address("invoice_repeat", invoice.pk), typed(first_on=gone))
    assert page.status_code == 422
    assert page.context["form"].errors["first_on"]
    assert page.context["form"]["title"].value() == "Maintenance du site"
    assert not RecurringPlan.objects.exists()
    plan = make.make_plan(invoice, actor=seller)
    stale = client.post(address("recurring_edit", plan.pk), typed(version=9))
    assert stale.status_code == 422


def test_nobody_else_sees_it_and_readers_change_nothing(shop: Activity, seller: User) -> None:
    plan, other = make.make_plan(make.model_of(shop), actor=seller), make_user(RoleKind.ENTREPRENEUR)
    make_activity(other)
    auditor = client_of(make_user(RoleKind.AUDITOR))
    assert client_of(other).get(plan.get_absolute_url()).status_code == 404
    assert plan.title not in text(client_of(other).get(address("recurring_list")))
    assert auditor.get(plan.get_absolute_url()).status_code == 200
    assert auditor.post(address("recurring_end", plan.pk)).status_code == 403


def test_what_is_stuck_waits_on_the_list_and_in_what_is_to_do(shop: Activity, seller: User) -> None:
    client, today = client_of(seller), timezone.localdate()
    ended = make.make_plan(ready_quote(shop), actor=seller, title="Audit annuel")
    end_plan(ended, actor=seller)
    stuck = make.make_plan(make.model_of(shop), actor=seller, title="Hébergement")
    archive_customer(stuck.customer, actor=seller, at=timezone.now())
    make_documents(stuck.pk, at=timezone.now())
    assert [one.label for one in awaited_in(AWAITED, seller, today)] == ["Débloquer 1 document récurrent"]
    reader = make_user(RoleKind.ENTREPRENEUR)
    join_activity(shop, person=reader.person, role=ScopePart.READER, starts_on=BEGINNING, actor=None)
    assert awaited_in(AWAITED, reader, today) == []
    page = text(client.get(address("recurring_list"), {"step": "failed"}))
    assert "Hébergement" in page
    assert "Audit annuel" not in page
    assert "Audit annuel" in text(client.get(address("recurring_list"), {"step": "ended"}))
    assert "archivé" in text(client.get(stuck.get_absolute_url()))
    assert "Rien n’a été fait" in text(client.post(address("recurring_make", stuck.pk), follow=True))
    hits = [hit.label for group in search(seller, "audit annuel") for hit in group.hits]
    assert "Audit annuel" in hits
    order = make.make_plan(make_approved_order(shop, order_line()), actor=seller, title="Papier")
    assert "Papier" in [
        hit.label for group in search(seller, order.order.supplier.name) for hit in group.hits
    ]
    assert "Audit annuel" not in [
        hit.label for group in search(make_user(RoleKind.CANDIDATE), "audit") for hit in group.hits
    ]


def test_the_list_asks_the_same_of_one_row_and_of_thirty(shop: Activity, seller: User) -> None:
    client, invoice = client_of(seller), make.model_of(shop)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address("recurring_list")).status_code == 200
        return len(queries)

    make.make_plan(invoice, actor=seller)
    asked()
    one = asked()
    for _turn in range(29):
        make.make_plan(invoice, actor=seller)
    assert asked() == one
