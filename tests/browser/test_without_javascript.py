"""The story by plain forms, with JavaScript off: nothing that matters depends on scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from invoicing.engines.checker.client import is_ready
from invoicing.models import Customer, Invoice
from invoicing.states.sales import InvoiceState, PaymentMode
from tests.browser.house import House
from tests.browser.visitor import Visitor
from tests.factories.invoicing import SIRENS
from tests.factories.people import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def page(new_visitor: Callable[..., Visitor]) -> Page:
    """The page of a browser that runs no script."""
    return new_visitor(java_script_enabled=False).page


@pytest.fixture
def seller(page: Page, house: House) -> Page:
    """Signed in as an entrepreneur, by the form."""
    page.goto(reverse("account_login"))
    page.fill("[name=login]", house.users["seller"].email)
    page.fill("[name=password]", PASSWORD)
    submit(page, "Se connecter")
    expect(page).to_have_url(re.compile(reverse("portal:home")))
    return page


def submit(page: Page, word: str) -> None:
    page.get_by_role("main").get_by_role("button", name=word, exact=True).click()


def test_scripts_are_really_off(page: Page) -> None:
    """What htmx would say of itself is not there: these tests are not walking the other way."""
    page.goto(reverse("account_login"))
    assert page.evaluate("typeof window.htmx") == "undefined"


def test_a_list_is_searched_filtered_and_emptied_of_its_filters(seller: Page, house: House) -> None:
    seller.goto(reverse("invoicing:invoice_list"))
    rows = seller.locator("tbody tr")
    before = rows.count()
    assert before >= 3
    seller.fill("main [name=q]", house.settled.number)
    submit(seller, "Chercher")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(house.settled.customer.name)
    seller.fill("main [name=q]", "introuvable")
    submit(seller, "Chercher")
    expect(rows).to_have_count(0)
    seller.get_by_role("main").get_by_role("link", name="Effacer les filtres").first.click()
    expect(rows).to_have_count(before)


def test_menus_open_and_the_theme_is_kept(seller: Page) -> None:
    seller.locator(".user-menu > summary").click()
    seller.get_by_role("button", name="Sombre", exact=True).click()
    expect(seller.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_from_a_new_customer_to_a_paid_invoice(seller: Page, house: House) -> None:
    assert is_ready(settings.CHECKER_URL, timeout=60)
    customer = create_customer(seller, house)
    invoice = write_invoice(seller, customer)
    issue(seller, invoice)
    record_payment(seller, invoice)


def create_customer(page: Page, house: House) -> Customer:
    page.goto(reverse("invoicing:customer_new"))
    page.check("[name=kind][value=firm]")
    page.fill("[name=name]", "Boulangerie du Pont")
    page.fill("[name=siren]", SIRENS[2])
    page.fill("[name=address_line]", "3 rue du Pont")
    page.fill("[name=postcode]", "33000")
    page.fill("[name=city]", "Bordeaux")
    submit(page, "Enregistrer")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Boulangerie du Pont")
    return Customer.objects.get(activity=house.activity, name="Boulangerie du Pont")


def write_invoice(page: Page, customer: Customer) -> Invoice:
    """A line, one more asked from the server, a draft saved without any script."""
    page.goto(f"{reverse('invoicing:invoice_new')}?client={customer.pk}")
    page.fill("[name=purpose]", "Portraits de l’équipe")
    fill_line(page, 0, "Séance de portraits", "2", "150")
    before = page.locator("[data-line]").count()
    submit(page, "Ajouter une ligne")
    expect(page.locator("[data-line]")).to_have_count(before + 1)
    expect(page.locator("[name=lines-0-label]")).to_have_value("Séance de portraits")
    fill_line(page, before, "Retouches", "1", "99,90")
    submit(page, "Vérifier")
    expect(page.get_by_role("button", name="Émettre la facture")).to_be_visible()
    invoice = customer.invoices.get()
    assert invoice.lines.count() == 2
    assert (invoice.state, invoice.total_excl_tax) == (InvoiceState.DRAFT, Decimal("399.90"))
    return invoice


def fill_line(page: Page, place: int, label: str, quantity: str, price: str) -> None:
    page.fill(f"[name=lines-{place}-label]", label)
    page.fill(f"[name=lines-{place}-quantity]", quantity)
    page.fill(f"[name=lines-{place}-unit_price]", price)


def issue(page: Page, invoice: Invoice) -> None:
    expect(page).to_have_url(re.compile(reverse("invoicing:invoice_issue", args=[invoice.pk])))
    submit(page, "Émettre la facture")
    expect(page).to_have_url(re.compile(reverse("invoicing:invoice_detail", args=[invoice.pk]) + "$"))
    invoice.refresh_from_db()
    assert invoice.state == InvoiceState.ISSUED
    expect(page.get_by_role("main")).to_contain_text(f"La facture {invoice.number} est émise.")


def record_payment(page: Page, invoice: Invoice) -> None:
    page.get_by_role("main").get_by_role("link", name="Enregistrer un paiement").first.click()
    expect(page.locator("[name=amount]")).to_have_value("479,88")
    page.check(f"[name=mode][value={PaymentMode.CHEQUE}]")
    submit(page, "Enregistrer le paiement")
    expect(page.get_by_role("main")).to_contain_text("Réglée")
    assert invoice.payments.get().amount == Decimal("479.88") == invoice.total_incl_tax


def test_a_refused_form_says_why_and_keeps_what_was_typed(seller: Page) -> None:
    seller.goto(reverse("invoicing:customer_new"))
    seller.fill("[name=name]", "Numéro faux")
    seller.fill("[name=siren]", "123456789")
    seller.fill("[name=address_line]", "1 rue")
    seller.fill("[name=city]", "Bordeaux")
    submit(seller, "Enregistrer")
    expect(seller.get_by_role("alert")).to_contain_text("SIREN")
    expect(seller.locator("[name=name]")).to_have_value("Numéro faux")
    assert not Customer.objects.filter(name="Numéro faux").exists()
