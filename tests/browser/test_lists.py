"""A list in a browser: on a phone the panels of its foot stand within the window; what they ask is kept."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cae.core import paging, tables
from tests.browser.visitor import DESK, PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_columns_and_views_are_chosen_with_a_thumb(visitor: Visitor) -> None:
    visitor.sign_in("admin")
    page = visitor.page
    page.set_viewport_size(PHONE)
    for word in ("Colonnes", "Exporter", "Garder cette vue"):
        page.goto(reverse("core:journal") + "?q=a")
        page.locator(".list-tools summary", has_text=word).click()
        box = page.locator(".list-tools details[open] .menu-panel").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
    page.get_by_label("Nom de la vue").fill("Les actes")
    page.get_by_label("La montrer à l’équipe").check()
    page.get_by_role("button", name="Garder", exact=True).click()
    expect(page.get_by_role("link", name="Les actes")).to_have_attribute("aria-current", "true")
    page.locator(".list-tools summary", has_text="Colonnes").click()
    page.get_by_label("Sceau").uncheck()
    page.get_by_role("button", name="Afficher").click()
    page.set_viewport_size(DESK)
    page.goto(reverse("core:journal"))
    expect(page.get_by_role("columnheader", name="Acte")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Sceau")).to_have_count(0)


def test_a_long_list_says_its_length_after_the_page(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "COUNTED_AT_ONCE", 2)
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    monkeypatch.setattr(tables, "PAGE_SIZE", 2)
    visitor.sign_in("accountant")
    page = visitor.page
    page.goto(reverse("invoicing:invoice_list"))
    place = page.locator("#list-pages")
    expect(place).not_to_contain_text("plus de")
    last = place.get_by_role("link").nth(-2)
    expect(last).to_have_attribute("href", re.compile(r"^\?page=\d+$"))
    number = last.inner_text()
    last.click()
    expect(place.locator("[aria-current]")).to_have_text(number)
    expect(place.get_by_role("link", name="Page suivante")).to_have_count(0)
