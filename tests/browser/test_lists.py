"""A list in a browser: on a phone the panels of its foot stand within the window; what they ask is kept."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

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
