"""The search palette by keyboard alone: opened by a key, walked, left, and never a trap for the focus."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from tests.browser.house import House
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def page(visitor: Visitor) -> Page:
    visitor.sign_in("seller")
    visitor.page.set_viewport_size({"width": 1280, "height": 900})
    visitor.page.goto(reverse("portal:home"))
    return visitor.page


def test_a_key_opens_it_and_escape_gives_the_focus_back(page: Page) -> None:
    palette, box = page.locator("#palette"), page.locator("#palette-terms")
    opener = page.locator(".topbar [data-palette-open]")
    opener.focus()
    page.keyboard.press("Control+k")
    expect(palette).to_be_visible()
    expect(box).to_be_focused()
    expect(page.locator("#palette-options [role=option]").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_arrows_walk_the_options_and_enter_opens_one(page: Page, house: House) -> None:
    page.keyboard.press("/")
    box = page.locator("#palette-terms")
    page.keyboard.type("Moreau")
    options = page.locator("#palette-options [role=option]")
    expect(options.first).to_contain_text("Claire Moreau")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#palette-status")).to_contain_text("résultat")
    page.keyboard.press("Control+a")
    page.keyboard.type("nouv")
    expect(page.locator("#palette-options")).to_have_attribute("data-terms", "nouv")
    expect(options.first).to_contain_text("Nouve")
    first = options.first.get_attribute("id")
    expect(box).to_have_attribute("aria-activedescendant", first or "")
    page.keyboard.press("ArrowDown")
    expect(box).not_to_have_attribute("aria-activedescendant", first or "")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    target = options.first.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_an_answer_that_comes_late_takes_nothing_from_the_hand(page: Page, house: House) -> None:
    """« nou » is listed while « nouv » is looked for: an arrow keeps its option, Enter opens nothing else."""
    page.keyboard.press("Control+k")
    box, listed = page.locator("#palette-terms"), page.locator("#palette-options")
    page.keyboard.type("nou")
    expect(listed).to_have_attribute("data-terms", "nou")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    # Once: the page serves the other tests of this file.
    page.route("**/recherche/?q=nouv", hold, times=1)
    page.keyboard.type("v")
    expect(box).to_have_class(re.compile("htmx-request"))
    while not held:
        page.wait_for_timeout(20)
    page.keyboard.press("ArrowDown")
    reached = listed.locator("[role=option][aria-selected=true]").get_attribute("href") or ""
    assert reached != listed.locator("[role=option]").first.get_attribute("href")
    held.pop().continue_()
    expect(listed).to_have_attribute("data-terms", "nouv")
    expect(listed.locator("[role=option][aria-selected=true]")).to_have_attribute("href", reached)
    page.keyboard.type("e")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/?q=nouve")


def test_the_slash_is_off_with_the_other_single_keys_and_control_k_stays(page: Page, house: House) -> None:
    seller = house.users["seller"]
    account = type(seller).objects.filter(pk=seller.pk)
    account.update(shortcuts=False)
    try:
        page.reload()
        page.keyboard.press("/")
        expect(page.locator("#palette")).to_be_hidden()
        page.keyboard.press("Control+k")
        expect(page.locator("#palette")).to_be_visible()
    finally:
        account.update(shortcuts=True)


def test_without_a_result_enter_goes_to_the_page(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("introuvable")
    expect(page.locator("#palette-status")).to_contain_text("Rien de ce que vous pouvez voir")
    expect(page.locator("#palette-options")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/?q=introuvable")
    expect(page.get_by_text("Rien ne répond à ces mots.")).to_be_visible()


def test_the_open_palette_has_no_fault(page: Page, visitor: Visitor) -> None:
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-options [role=option]").first).to_be_visible()
    visitor.faults = []
    visitor.judge("light")
    assert visitor.faults == []


def test_a_button_opens_it_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.locator(".topbar [data-palette-open]").click()
    expect(page.locator("#palette-terms")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
