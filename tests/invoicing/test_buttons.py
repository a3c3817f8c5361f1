"""One main act on the page of a document, those beside it, the rest in the menu (interface.md, rule 3)."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.timezone import localdate as today

from entrepreneurs.models import Activity
from invoicing.models import Invoice, Quote
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories import quotes
from tests.factories import sendings as make
from tests.factories.people import make_user
from tests.invoicing.pages import url
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration", "judges")]


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> None:
    settings.DEMONSTRATION = True


def words(user: User, document: Quote | Invoice) -> tuple[str, set[str], set[str]]:
    """The main act, those beside it, those of the menu."""
    acts = client_of(user).get(document.get_absolute_url()).context["acts"]
    main = acts.main.word if acts.main else ""
    return main, {act.word for act in acts.beside}, {act.word for act in acts.others}


def test_a_quote_from_draft_to_invoice(shop: Activity, seller: User) -> None:
    draft = quotes.quote(shop, customer=make.buyer(shop))
    assert words(seller, draft)[0] == "Vérifier et valider"
    assert words(seller, draft)[1] == {"Modifier"}
    assert "Abandonner" in words(seller, draft)[2]
    ready = make.ready_quote(shop)
    main, beside, others = words(seller, ready)
    assert (main, beside) == ("Envoyer au client", set())
    assert {"Voir comme le client", "Noter la réponse", "Nouvelle version", "Retirer le devis"} <= others
    sent, token = make.sent_quote(shop)
    main, beside, others = words(seller, sent)
    assert (main, beside) == ("Noter la réponse", {"Relancer le client"})
    assert {"Envoyer de nouveau", "Nouvelle version"} <= others
    accepted = make.accept(sent, token)
    main, beside, others = words(seller, accepted)
    assert (main, beside) == ("Facturer", set())
    assert "Commander à un fournisseur" in others
    assert "Commander à un fournisseur" not in words(make_user(RoleKind.AUDITOR), accepted)[2]
    order = client_of(seller).get(f"{url('purchase_order_new')}?devis={accepted.pk}")
    assert f'value="{accepted.lines.all()[0].label}"' in order.content.decode()
    client_of(seller).post(url("quote_invoice", accepted.pk))
    assert words(seller, accepted)[0] == ""


def test_a_quote_past_its_last_day_begins_again(shop: Activity, seller: User) -> None:
    sent, _token = make.sent_quote(shop)
    over = make.let_time_pass(sent)
    main, _beside, others = words(seller, over)
    assert main == "Nouvelle version"
    assert "Noter la réponse" in others
    assert "Envoyer de nouveau" not in others


def test_a_draft_given_up_is_taken_back(shop: Activity, seller: User) -> None:
    main, beside, others = words(seller, quotes.discarded(shop))
    assert (main, beside) == ("Reprendre", set())
    assert "Voir comme le client" not in others


def test_an_invoice_is_sent_then_paid(shop: Activity, seller: User) -> None:
    invoice = sales.issued(shop, on=today(), customer=make.buyer(shop))
    assert words(seller, invoice)[:2] == ("Envoyer au client", {"Faire un avoir", "Enregistrer un paiement"})
    make.sent_invoice(invoice)
    main, beside, others = words(seller, invoice)
    assert (main, beside) == ("Enregistrer un paiement", {"Faire un avoir"})
    assert "Envoyer de nouveau" in others
    sales.pay(invoice, "240.00", on=today())
    assert words(seller, invoice)[0] == ""


def test_who_checks_answers_and_the_author_takes_back(shop: Activity, seller: User) -> None:
    submitted = quotes.submitted(shop)
    assert words(make_user(RoleKind.ACCOUNTANT), submitted)[0] == "Relire et répondre"
    main, beside, _others = words(seller, submitted)
    assert (main, beside) == ("", {"Reprendre pour modifier"})


def test_a_menu_of_one_entry_is_a_button(shop: Activity) -> None:
    """The auditor reads, and does nothing."""
    main, beside, others = words(make_user(RoleKind.AUDITOR), quotes.withdrawn(shop))
    assert (main, beside, others) == ("", {"Voir comme le client"}, set())
