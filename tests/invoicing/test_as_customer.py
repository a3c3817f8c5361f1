"""« Voir comme le client »: the same page as behind the link, and nothing changed by a look (INV-17)."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate as today

from cae.core.models import AuditEntry, OutgoingEmail, PersonalLink
from entrepreneurs.models import Activity
from invoicing.models import Invoice, Quote, Sending
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories import quotes
from tests.factories import sendings as make
from tests.factories.people import make_user
from tests.invoicing.pages import url
from tests.invoicing.test_public_page import BROWSER
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]


def counted() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Sending, PersonalLink, OutgoingEmail, AuditEntry))


def preview(user: User, document: Quote | Invoice) -> Any:
    kind = "quote" if isinstance(document, Quote) else "invoice"
    return client_of(user).get(url(f"{kind}_as_customer", document.pk), headers=BROWSER)


def main_of(page: Any) -> str:
    """What the page itself says, the bar of the preview left out."""
    found = re.search(r"<main.*?</main>", page.content.decode(), re.DOTALL)
    assert found
    return text(SimpleNamespace(content=found[0].encode()))


def behind(user: User, token: str) -> Any:
    """The customer’s own page, opened by somebody of the house so that nothing is noted."""
    return client_of(user).get(reverse("invoicing:public_document", args=[token]), headers=BROWSER)


def test_it_says_what_the_customer_reads_and_notes_nothing(shop: Activity, seller: User) -> None:
    quote, token = make.sent_quote(shop, sales.line(), sales.line("50.00"), purpose="Reportage au salon")
    before = counted()
    page = preview(seller, quote)
    assert page.status_code == 200
    assert main_of(page) == main_of(behind(seller, token))
    assert "200,00 €" in main_of(page)
    assert "ses boutons ne répondent pas ici" in text(page)
    assert counted() == before
    assert quote.sendings.get().first_seen_at is None


def test_its_buttons_lead_nowhere(shop: Activity, seller: User) -> None:
    quote, _token = make.sent_quote(shop)
    body = preview(seller, quote).content.decode()
    assert "/d/" not in body
    assert "<form" not in body
    assert body.count('aria-disabled="true"') == 3
    for word in ("Accepter le devis", "Poser une question", "Refuser"):
        assert word in body


def test_an_invoice_before_and_after_its_issue(shop: Activity, seller: User) -> None:
    draft = sales.draft(shop)
    before = preview(seller, draft)
    assert "le numéro de la facture" in main_of(before)
    assert "Telle qu’elle sera après l’envoi" in text(before)
    assert url("invoice_send", draft.pk) not in before.content.decode()
    invoice = sales.issue(draft, on=today())
    after = preview(seller, invoice)
    assert str(invoice.number) in main_of(after)
    assert url("invoice_send", invoice.pk) in after.content.decode()
    token = make.sent_invoice(invoice)
    sent = preview(seller, invoice)
    assert main_of(sent) == main_of(behind(seller, token))
    assert url("invoice_send", invoice.pk) not in sent.content.decode()


def test_a_draft_shows_what_will_be_answered(shop: Activity, seller: User) -> None:
    draft = quotes.quote(shop)
    page = preview(seller, draft)
    for part in ("Telle qu’elle sera après l’envoi", "Brouillon, sans numéro", "Accepter le devis"):
        assert part in text(page)
    assert str(draft) not in text(page), "it has no number yet"


def test_the_page_speaks_to_its_customer_and_the_bar_to_who_looks(shop: Activity, seller: User) -> None:
    quote = make.ready_quote(shop, customer=make.buyer(shop, language="en"))
    page = preview(seller, quote)
    body = page.content.decode()
    assert '<html lang="en"' in body
    assert "Accept the quote" in main_of(page)
    assert "Voici la page de Client A" in text(page)
    assert re.search(r'class="preview-bar"\s+lang="fr"', body)


def test_what_is_withdrawn_opens_as_the_closed_page(shop: Activity, seller: User) -> None:
    withdrawn = quotes.withdrawn(shop)
    said = text(preview(seller, withdrawn))
    assert "Ce devis a été retiré." in said
    assert "Revenir au document" in said


@pytest.mark.parametrize("kind", ["quote", "invoice"])
def test_what_is_given_up_is_shown_to_nobody(shop: Activity, seller: User, kind: str) -> None:
    if kind == "quote":
        document: Any = quotes.discarded(shop)
    else:
        document = sales.draft(shop)
        client_of(seller).post(url("invoice_discard", document.pk))
    page = preview(seller, document)
    assert page.status_code == 409
    assert "aucun client ne le verra" in text(page)


def test_who_sees_the_document_sees_it_and_nobody_else(shop: Activity, settings: Any) -> None:
    settings.DEMONSTRATION = True
    quote = make.ready_quote(shop)
    accountant, stranger = make_user(RoleKind.ACCOUNTANT), make_user(RoleKind.ENTREPRENEUR)
    page = preview(accountant, quote)
    assert page.status_code == 200
    assert url("quote_send", quote.pk) in page.content.decode()
    assert preview(stranger, quote).status_code == 404
    assert preview(make_user(), quote).status_code == 403
