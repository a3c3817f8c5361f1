"""The way to a page whose name is long: cut on the screen, whole when pointed at; no phone is too narrow."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from governance.models import Resolution
from tests.browser.house import House
from tests.browser.visitor import DESK, PHONE, WIDE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
NAMES = ("Approuver les comptes " * 8 + "de 2026", "Intercommunalité" * 12)
IS_CUT = "one => one.scrollWidth > one.clientWidth"


@pytest.mark.parametrize("name", NAMES, ids=["words", "one-word"])
def test_a_name_of_two_hundred_letters_is_cut_in_the_way_to_it(
    visitor: Visitor, house: House, django_db_blocker: Any, name: str
) -> None:
    resolution = house.governed["to_vote"]
    with django_db_blocker.unblock():
        Resolution.objects.filter(pk=resolution.pk).update(title=name)
    visitor.sign_in("co_manager")
    page = visitor.page
    for window in (DESK, PHONE):
        page.set_viewport_size(window)
        page.goto(reverse("governance:resolution_detail", args=[resolution.pk]))
        last = page.locator(".crumb [aria-current]")
        expect(last).to_have_text(name)
        expect(last).to_have_attribute("title", name)
        assert last.evaluate(IS_CUT)
        box, line = last.bounding_box(), page.locator(".crumb").first.bounding_box()
        assert box is not None
        assert line is not None
        assert box["height"] == line["height"]
        # A short step stays whole.
        first = page.locator(".crumb a").first
        assert not first.evaluate(IS_CUT)
        assert page.evaluate(WIDE, window["width"]) <= window["width"]
