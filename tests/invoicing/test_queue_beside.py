"""The queue comes first, its first document after: what is asked, by whom, and what stays unread."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from cae.core.models import Notice
from cae.core.notices import notify
from entrepreneurs.models import Activity
from invoicing.models import Invoice, Quote
from invoicing.services.approving import approve_quote
from invoicing.services.telling import TO_CHECK
from people.models import User
from people.services.scopes import save_portfolio
from people.states import RoleKind
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.pages import url
from tests.invoicing.queues import handed_invoice, handed_quote, place
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration", "judges")]


@pytest.fixture
def accountant() -> User:
    return make_user(RoleKind.ACCOUNTANT)


def beside(user: User, document: Quote | Invoice, **query: Any) -> Any:
    """The first document, as the list asks for it once it is there."""
    return client_of(user).get(place(document, **query), headers={"HX-Request": "true"})


def test_the_list_comes_first_and_asks_for_its_first_document(shop: Activity, accountant: User) -> None:
    first, second = handed_quote(shop, make.line("6000.00")), handed_quote(shop)
    page = client_of(accountant).get(url("queue", nature="quote"))
    body = " ".join(page.content.decode().split())
    assert "1 à regarder" in text(page)
    assert "Demander une correction" not in body
    asked = place(first, nature="quote")
    assert f'hx-get="{asked}"' in body
    assert 'hx-trigger="intersect once"' in body
    # Without script the same address is a link; the keys j and k work before the document is there.
    assert f'<a class="btn btn-secondary" href="{asked}">' in body
    assert f'data-key="j" href="{place(second, nature="quote")}"' in body
    fragment = beside(accountant, first, nature="quote")
    assert all("HX-Request" in answer["Vary"] for answer in (page, fragment))
    assert "<html" not in fragment.content.decode()
    said = text(fragment)
    for part in (
        "Attend la relecture de l’équipe",
        "6 000,00 € HT : au-dessus des",
        "Demander une correction",
    ):
        assert part in said
    assert f'action="{asked}"' in fragment.content.decode()


def test_a_document_that_nobody_chose_is_not_read(shop: Activity, accountant: User) -> None:
    quote = handed_quote(shop)
    told = Notice.objects.filter(user=accountant, read_at=None)
    notify([accountant], TO_CHECK, subject="À vérifier", url=place(quote), about=quote)
    assert beside(accountant, quote).status_code == 200
    assert told.exists()
    client_of(accountant).get(place(quote))
    assert not told.exists()


def test_a_first_document_answered_meanwhile_leads_back_to_the_list(shop: Activity, accountant: User) -> None:
    quote = handed_quote(shop)
    approve_quote(quote, actor=accountant, on=timezone.localdate())
    answer = beside(accountant, quote, a_moi="on")
    assert answer["HX-Redirect"] == url("queue", a_moi="on")
    assert answer.content == b""


def test_the_document_beside_the_list_is_for_who_may_check_it(shop: Activity, seller: User) -> None:
    mine, other = handed_quote(shop), handed_quote(make_activity())
    advisor = make_user(
        RoleKind.ADVISOR, scope=save_portfolio(None, label="Suivi", scopes=[shop.scope], actor=None)
    )
    both = make_user(RoleKind.ADVISOR, scope=save_portfolio(None, label="S", scopes=[], actor=None))
    own = handed_quote(make_activity(both))
    assert beside(advisor, mine).status_code == 200
    assert beside(advisor, other).status_code == 404
    assert beside(seller, mine).status_code == 403
    assert beside(both, own).status_code == 403


def test_a_longer_queue_shows_its_oldest_part_and_says_so(
    shop: Activity, accountant: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    oldest, second, _latest = handed_quote(shop), handed_invoice(shop), handed_quote(shop)
    monkeypatch.setattr("invoicing.selectors.queue.MOST", 2)
    monkeypatch.setattr("invoicing.views.queue.MOST", 2)
    page = client_of(accountant).get(url("queue"))
    assert [line.document for line, _url in page.context["rows"]] == [oldest, second]
    assert "Les 2 plus anciens de 3 documents" in text(page)
