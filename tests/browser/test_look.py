"""Choosing how documents look, in a browser: the example follows, a pale colour is refused in words."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_the_example_follows_what_is_chosen(visitor: Visitor) -> None:
    visitor.sign_in("seller")
    page = visitor.page
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto(reverse("invoicing:look_edit"))
    sheet = page.locator("[data-preview] .pv")
    expect(sheet).to_be_visible()
    page.get_by_label("Lettre").check()
    expect(sheet).to_have_class(re.compile("pv-letter"))
    page.get_by_label("Sous le nom").fill("Portraits et reportages")
    expect(sheet).to_contain_text("Portraits et reportages")
    page.get_by_label("Couleur").fill("#ffd000")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#id_colour_error")).to_contain_text("trop claire")
    expect(page.get_by_label("Sous le nom")).to_have_value("Portraits et reportages")
    page.get_by_label("Couleur").fill("#0b4a8f")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Vos prochains documents auront cette présentation.")).to_be_visible()
    expect(page.get_by_label("Lettre")).to_be_checked()
