"""The page of clauses saves itself in a real browser; two tabs show both texts, and none is lost (ENT-26)."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from entrepreneurs.models import ContractTerms
from tests.browser.house import House
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def saved(page: Page) -> None:
    expect(page.locator("[data-autosave-state]")).to_have_attribute("data-tone", "saved")


def test_typing_saves_itself_and_two_tabs_lose_nothing(visitor: Visitor, house: House) -> None:
    terms: ContractTerms = house.contracted["amendment"]
    address, first = reverse("entrepreneurs:terms_write", args=[terms.pk]), visitor.page
    visitor.sign_in("human_resources")
    first.set_viewport_size({"width": 390, "height": 800})
    first.goto(address)
    second = first.context.new_page()
    second.goto(address)
    first.locator("[name=objectives]").fill("Écrit dans le premier onglet.")
    saved(first)
    terms.refresh_from_db()
    assert terms.objectives == "Écrit dans le premier onglet."
    # A wrong amount is told at its field, the rest is kept.
    first.locator("[name=fixed_part]").fill("huit cents")
    first.locator("[name=means]").fill("Un rendez-vous.")
    expect(first.locator("#id_fixed_part_error")).to_be_visible(timeout=15000)
    assert ContractTerms.objects.get(pk=terms.pk).means == "Un rendez-vous."
    # The second tab, older, is told; sent, it shows both.
    second.locator("[name=objectives]").fill("Écrit dans le second onglet.")
    expect(second.locator("[data-autosave-state]")).to_have_attribute("data-tone", "danger")
    second.locator("button[value=save]").click()
    expect(second.get_by_text("Écrit dans le premier onglet.")).to_be_visible(timeout=15000)
    expect(second.locator("[name=objectives]")).to_have_value("Écrit dans le second onglet.")
    assert second.evaluate("document.documentElement.scrollWidth <= innerWidth")
    second.locator("button[value=overwrite]").click()
    second.wait_for_url(f"**{terms.get_absolute_url()}")
    terms.refresh_from_db()
    assert terms.objectives == "Écrit dans le second onglet."
