"""The story that runs through the whole house, in a real browser and by the keyboard: from a customer to the
trial balance, then the credit note, the only way back."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import trust
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def house(demonstration: None) -> dict[str, Any]:
    """A cooperative that has voted its scale, one activity without customer, and an accountant."""
    make_cooperative()
    books.scale("0.1000")
    claire = trust(make_user(RoleKind.ENTREPRENEUR, first_name="Claire"))
    activity = make_activity(claire)
    return {
        "seller": claire,
        "accountant": make_user(RoleKind.ACCOUNTANT, first_name="Farid"),
        "activity": activity,
    }


def test_from_a_customer_to_the_trial_balance(walker: Walker, house: dict[str, Any]) -> None:
    walker.sign_in(house["seller"].email)
    expect(walker.page.locator(".activity-name")).to_contain_text(house["activity"].name)
    number = _invoice(walker)
    _pdf(walker, number)
    _payment(walker)
    _statement(walker, house["activity"].name)
    walker.sign_out()
    walker.sign_in(house["accountant"].email)
    _books(walker, number, house["activity"].name)
    _credit_note(walker, number)


def _invoice(walker: Walker) -> str:
    page = walker.page
    walker.press_link("Ventes")
    walker.press_link("Factures")
    walker.judge("Factures")
    walker.press_link("Nouvelle facture")
    walker.judge("Nouvelle facture")
    walker.type("Objet", "Reportage au salon")
    walker.press_button("Créer un client")
    _customer(walker)
    walker.judge("Nouvelle facture")
    expect(walker.field("Objet")).to_have_value("Reportage au salon")
    expect(walker.field("Client")).to_have_value(re.compile("Peugeot Invest"))
    _lines(walker)
    walker.press_button("Vérifier")
    walker.judge("Émettre cette facture de 1\u202f452,00\u00a0€ TTC pour Peugeot Invest")
    expect(page.get_by_text("Le contrôle de la facture électronique l’accepte")).to_be_visible(timeout=60_000)
    walker.press_button("Émettre la facture")
    number = f"F{timezone.localdate().year}-0001"
    walker.judge(f"Facture {number}")
    expect(page.get_by_text("rien n’y change plus")).to_be_visible()
    return number


def _customer(walker: Walker) -> None:
    """A SIREN that does not exist first: the sentence stands at its field, and what was typed stays."""
    page = walker.page
    walker.judge("Nouveau client")
    walker.type("Nom", "Peugeot Invest 李明 🌸")
    walker.type("SIREN", "552 100 555")
    walker.type("Adresse", "66 avenue Charles de Gaulle")
    walker.type("Code postal", "92200")
    walker.type("Ville", "Neuilly-sur-Seine")
    walker.press_button("Enregistrer et revenir à la facture")
    expect(page.locator("#id_siren_error")).to_contain_text("Ce numéro SIREN n’existe pas")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    walker.judge("Nouveau client")
    walker.type("SIREN", "552 100 554")
    walker.press_button("Enregistrer et revenir à la facture")


def _lines(walker: Walker) -> None:
    """Two lines, the second opened by Enter; the browser counts, then the server says the same."""
    page = walker.page
    rows = page.locator("[data-line]")
    walker.press_button("Complet")
    walker.type("Désignation", "Reportage", within=rows.nth(0))
    walker.type("Quantité", "2", within=rows.nth(0))
    walker.type("Prix unitaire HT", "620", within=rows.nth(0))
    walker.type("Remise %", "10", within=rows.nth(0))
    page.keyboard.press("Enter")
    expect(page.locator("[name='lines-1-label']")).to_be_focused()
    page.keyboard.type("Tirages")
    walker.type("Prix unitaire HT", "94", within=rows.nth(1))
    expect(rows.nth(0).locator("[data-line-net]")).to_have_text("1\u202f116,00\u00a0€")
    page.keyboard.press("Tab")
    expect(page.locator("#totals")).to_contain_text("TVA 20\u00a0% sur 1\u202f210,00\u00a0€")
    expect(page.locator(".sale-bar [data-total-gross]")).to_have_text("1\u202f452,00\u00a0€")
    expect(page.locator("#rest")).to_contain_text("1\u202f089,00\u00a0€")


def _pdf(walker: Walker, number: str) -> None:
    """The file is there once, a PDF/A-3 that carries its e-invoice."""
    with walker.page.expect_download() as downloading:
        walker.press_link("Télécharger")
    path = downloading.value.path()
    content = Path(path).read_bytes()
    assert downloading.value.suggested_filename == f"{number}.pdf"
    with pikepdf.open(BytesIO(content)) as pdf:
        assert "factur-x.xml" in pdf.attachments
    # Going on with the page: the download left it where it was.
    walker.judge(f"Facture {number}")


def _payment(walker: Walker) -> None:
    walker.press_link("Enregistrer un paiement")
    walker.judge("Enregistrer un paiement")
    expect(walker.field("Montant TTC reçu")).to_have_value("1452,00")
    walker.type("Référence", "VIR 42")
    walker.press_button("Enregistrer le paiement")
    walker.judge("Réglée")
    expect(walker.page.get_by_text("Le règlement de 1\u202f452,00\u00a0€ est enregistré.")).to_be_visible()


def _statement(walker: Walker, activity: str) -> None:
    """Sales 1 210, contribution 10 % with its working, VAT released by the payment, cash received."""
    walker.press_link("Mon activité")
    walker.judge(activity)
    body = walker.page.locator("main")
    for amount in ("1\u202f210,00\u00a0€", "121,00\u00a0€", "242,00\u00a0€", "1\u202f452,00\u00a0€"):
        expect(body).to_contain_text(amount)
    expect(body).to_contain_text("10\u00a0%")


def _books(walker: Walker, number: str, activity: str) -> None:
    """Journals, ledger, trial balance, balance of each activity."""
    page = walker.page
    for address, heading, parts in (
        ("/compta/journaux/", "", (number, "Ventes", "Banque")),
        ("/compta/grand-livre/", "", ()),
        ("/compta/balance/", "", ("1\u202f334,00", "124,00", "1\u202f452,00")),
        ("/compta/activites/", "", (activity, "1\u202f210,00")),
    ):
        page.goto(address)
        walker.judge(heading)
        for part in parts:
            expect(page.locator("main")).to_contain_text(part)


def _credit_note(walker: Walker, number: str) -> None:
    page = walker.page
    page.goto("/ventes/")
    walker.press_link(number)
    walker.press_link("Faire un avoir")
    walker.judge("Faire un avoir")
    walker.type("Motif de l’avoir", "Prestation annulée")
    walker.press_button("Préparer l’avoir")
    walker.judge("Émettre cet avoir de 1\u202f452,00\u00a0€ TTC")
    expect(page.get_by_text("Le contrôle de la facture électronique l’accepte")).to_be_visible(timeout=60_000)
    walker.press_button("Émettre l’avoir")
    walker.judge(f"Avoir A{timezone.localdate().year}-0001")
    walker.press_link(f"Facture {number}")
    expect(page.locator("main")).to_contain_text("Le client a 1\u202f452,00\u00a0€ d’avance")
