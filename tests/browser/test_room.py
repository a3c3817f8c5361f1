"""The console of a sitting in a browser: it changes by itself, never under the finger."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.visitor import DESK, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

# The page says that an answer came to it.
READ = """document.addEventListener("htmx:afterRequest", () => document.body.setAttribute("data-read", ""))"""


def test_a_button_that_is_pressed_is_not_taken_away(visitor: Visitor, house: House) -> None:
    """The first answer is always drawn: here it comes between the press and its end."""
    page, sitting = visitor.page, house.governed["sitting"]
    visitor.sign_in("co_manager")
    page.set_viewport_size(DESK)
    page.goto(reverse("governance:console", args=[sitting.pk]))
    page.evaluate(READ)
    page.locator("#floor-end").hover()
    page.mouse.down()
    expect(page.locator("body")).to_have_attribute("data-read", "")
    page.mouse.up()
    expect(page.locator("#console-live")).to_contain_text("Personne n’a la parole.")
    assert visitor.faults == []
