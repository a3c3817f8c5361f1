"""Fields drawn anew while one types: a slow network loses no letter."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Route, expect

from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_what_is_typed_before_the_fields_of_a_kind_come_stays(visitor: Visitor) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    visitor.sign_in("seller")
    page = visitor.page
    page.goto(reverse("invoicing:expense_new"))
    page.route(f"**{reverse('invoicing:expense_fields')}", hold, times=1)
    page.locator("[name=label]").fill("Avant")
    page.locator("[name=kind]").select_option("flat-meal")
    while not waiting:
        page.wait_for_timeout(20)
    page.locator("[name=label]").fill("Déjeuner avec Zoé")
    page.keyboard.type(" et Ali")
    waiting[0].continue_()
    # The fields of the kind came: it asks how many, not how much.
    expect(page.locator("[name=quantity]")).to_be_visible()
    expect(page.locator("[name=gross]")).to_have_count(0)
    expect(page.locator("[name=label]")).to_have_value("Déjeuner avec Zoé et Ali")
    expect(page.locator("[name=label]")).to_be_focused()
    expect(page.locator("[name=kind]")).to_have_value("flat-meal")
