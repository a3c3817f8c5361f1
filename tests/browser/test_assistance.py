"""Acting for somebody, in a browser: the banner stays on every page, and gives the name back (PEO-04)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.visitor import PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def acting(new_visitor: Callable[..., Visitor], house: House) -> Visitor:
    visitor = new_visitor()
    visitor.sign_in("admin")
    person = house.users["several"].person
    assert person is not None
    page = visitor.page
    page.goto(person.get_absolute_url())
    page.get_by_role("link", name="Agir pour cette personne").click()
    page.get_by_label("Motif").fill("Ne trouve pas où changer ses conditions de paiement")
    page.get_by_role("button", name="Agir pour cette personne").click()
    page.wait_for_url(f"**{reverse('portal:home')}")
    return visitor


def test_the_banner_stays_and_gives_the_name_back(acting: Visitor, house: House) -> None:
    page, helped = acting.page, house.users["several"]
    for size in (None, PHONE):
        if size:
            page.set_viewport_size(size)
        page.goto(reverse("people:account"))
        page.mouse.wheel(0, 5000)
        banner = page.get_by_role("complementary", name="Vous agissez pour quelqu’un d’autre")
        expect(banner).to_contain_text(f"Vous agissez pour {helped}")
        expect(banner.get_by_role("button", name="Arrêter")).to_be_in_viewport()
    # What htmx brings replaces a part of the page, never the banner.
    page.goto(reverse("invoicing:invoice_list"))
    field = page.locator("main input[name=q]")
    field.press_sequentially("introuvable")
    field.press("Enter")
    page.wait_for_url("**q=introuvable*", wait_until="commit")
    expect(banner).to_be_visible()
    banner.get_by_role("button", name="Arrêter").click()
    expect(banner).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Vous n’agissez plus pour")


@pytest.mark.parametrize("name", ["portal:home", "people:account", "invoicing:invoice_list"])
def test_a_page_under_the_banner_has_no_fault(acting: Visitor, name: str) -> None:
    assert acting.look(reverse(name)) == []


def test_what_is_theirs_alone_is_refused_in_words(acting: Visitor) -> None:
    assert acting.look(reverse("account_change_password"), expected=403) == []
    expect(acting.page.locator("main")).to_contain_text("Cela ne se fait qu’en personne")
