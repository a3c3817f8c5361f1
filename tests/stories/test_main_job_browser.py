"""The main job, on a desk and on a phone: quote, check by the team, customer's link, acceptance, invoice,
part payment, paid, statement (INV-14 to INV-18, INV-40, ACC-12)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cae.core.models import OutgoingEmail
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import firm, trust
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

READER = "jeanne@client.example"
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def browser_context_args(request: Any, browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"viewport": request.param, "has_touch": request.param is PHONE}


@pytest.fixture
def house(demonstration: None) -> dict[str, Any]:
    """A cooperative where quotes are read by the team, and invoices of an accepted quote are not."""
    make_cooperative()
    books.scale("0.1000")
    claire = trust(make_user(RoleKind.ENTREPRENEUR, first_name="Claire"), "invoice")
    activity = make_activity(claire)
    firm(activity, name="Librairie des Lices", email=READER, contact_name="Jeanne Durand")
    return {
        "seller": claire,
        "advisor": make_user(RoleKind.ADVISOR, first_name="Amina"),
        "activity": activity,
    }


def test_from_a_quote_to_the_statement(walker: Walker, house: dict[str, Any]) -> None:
    number = f"D{timezone.localdate().year}-0001"
    walker.sign_in(house["seller"].email)
    _quote(walker)
    _check(walker, house)
    _send(walker, house, number)
    _accept(walker)
    walker.sign_in(house["seller"].email)
    invoice = _invoice(walker, number)
    _payments(walker, invoice)
    _statement(walker, house["activity"])


def _quote(walker: Walker) -> None:
    page = walker.page
    page.goto("/ventes/devis/nouveau/")
    walker.judge("Nouveau devis")
    walker.type("Client", "Librairie des Lices")
    walker.type("Objet", "Photos de la vitrine")
    line = page.locator("[data-line]").nth(0)
    walker.type("Désignation", "Reportage", within=line)
    walker.type("Quantité", "2", within=line)
    walker.type("Prix unitaire HT", "500", within=line)
    page.keyboard.press("Tab")
    expect(page.locator("#rest")).to_contain_text("900,00\u00a0€", timeout=30_000)
    walker.press_button("Vérifier")
    walker.judge("Faire valider ce devis de 1\u202f000,00\u00a0€ HT pour Librairie des Lices ?")
    walker.press_button("Envoyer pour validation")
    walker.judge("Devis à valider")
    expect(page.locator("main")).to_contain_text("Attend la relecture de l’équipe")
    walker.sign_out()


def _check(walker: Walker, house: dict[str, Any]) -> None:
    page = walker.page
    walker.sign_in(house["advisor"].email)
    page.goto("/ventes/a-valider/")
    walker.judge("À valider")
    if page.viewport_size == PHONE:
        walker.press(page.get_by_role("link", name=re.compile("Librairie des Lices")).first)
    expect(page.locator("main")).to_contain_text("Photos de la vitrine")
    walker.press_button("Valider")
    expect(page.locator("main")).to_contain_text("Tout est traité")
    assert walker.faults == []
    walker.sign_out()


def _send(walker: Walker, house: dict[str, Any], number: str) -> None:
    page = walker.page
    walker.sign_in(house["seller"].email)
    page.goto("/ventes/devis/?step=to_send")
    walker.press_link(number)
    walker.judge(f"Devis {number}")
    walker.press_link("Envoyer au client")
    walker.judge("Envoyer")
    expect(page.frame_locator("iframe[name=letter]").locator("body")).to_contain_text("Bonjour Jeanne Durand")
    walker.press_button("Envoyer")
    walker.judge(f"Devis {number}")
    expect(page.locator("main")).to_contain_text(READER)
    walker.sign_out()


def _accept(walker: Walker) -> None:
    """The customer has no account: the link of the mail is all."""
    page = walker.page
    found = re.search(r"/d/[\w-]+/", OutgoingEmail.objects.get(to=READER).text)
    assert found
    page.goto(found[0])
    walker.judge("Devis")
    walker.press_link("Accepter le devis")
    walker.judge("Accepter le devis")
    walker.type("Votre nom", "Jeanne Durand")
    page.get_by_label("Tapez votre nom").focus()
    page.keyboard.type("Jeanne Durand")
    page.get_by_label("J’ai lu ce devis").focus()
    page.keyboard.press("Space")
    walker.press_button("Vérifier avant de signer")
    walker.judge("Vous acceptez le devis")
    walker.press_button("Signer et accepter le devis")
    expect(page).to_have_url(re.compile("/preuve/"))
    expect(page.locator("main")).to_contain_text("Jeanne Durand")
    assert walker.faults == []
    assert page.context.cookies() == []


def _invoice(walker: Walker, quote: str) -> str:
    """Four presses from the accepted quote to the mail, no field typed."""
    page = walker.page
    page.goto("/ventes/devis/?step=to_invoice")
    walker.press_link(quote)
    walker.judge(f"Devis {quote}")
    walker.press_button("Facturer")
    walker.judge("Émettre cette facture de 1\u202f200,00\u00a0€ TTC pour Librairie des Lices")
    expect(page.get_by_text("Le contrôle de la facture électronique l’accepte")).to_be_visible(timeout=60_000)
    walker.press_button("Émettre la facture")
    number = f"F{timezone.localdate().year}-0001"
    walker.judge(f"Facture {number}")
    walker.press_link("Envoyer au client")
    walker.press_button("Envoyer")
    walker.judge(f"Facture {number}")
    assert OutgoingEmail.objects.filter(to=READER, subject__contains=number).count() == 1
    return number


def _payments(walker: Walker, number: str) -> None:
    page = walker.page
    walker.press_link("Enregistrer un paiement")
    walker.type("Montant TTC reçu", "500")
    walker.press_button("Enregistrer le paiement")
    walker.judge("Réglée en partie")
    page.goto("/ventes/?settlement=to_pay")
    expect(page.locator("main")).to_contain_text("700,00\u00a0€")
    walker.press_link(number)
    walker.press_link("Enregistrer un paiement")
    expect(walker.field("Montant TTC reçu")).to_have_value("700,00")
    walker.press_button("Enregistrer le paiement")
    walker.judge("Réglée")


def _statement(walker: Walker, activity: Any) -> None:
    page = walker.page
    page.goto(f"/mon-activite/{activity.pk}/")
    walker.judge(activity.name)
    for amount in ("1\u202f000,00\u00a0€", "100,00\u00a0€", "1\u202f200,00\u00a0€"):
        expect(page.locator("main")).to_contain_text(amount)
    expect(page.locator("main")).to_contain_text("10\u00a0%")
