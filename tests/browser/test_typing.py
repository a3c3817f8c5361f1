"""Typing in the editor where things go wrong: no network, no session, a number that is none, a long paste."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from invoicing.models import Quote
from tests.browser.house import House
from tests.browser.visitor import Visitor
from tests.factories import invoicing as sales
from tests.factories import quotes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PASTE = """([place, text]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const said = { clipboardData: data, bubbles: true, cancelable: true };
    document.querySelector(`[name="lines-${place}-label"]`).dispatchEvent(new ClipboardEvent("paste", said));
}"""
NUMBERS = """async (texts) => {
    const { percents, scaled } = await import("/static/js/totals.js");
    const read = (text) => [scaled(text), percents(text)];
    return texts.map((text) => read(text).map((found) => (found === null ? null : String(found))));
}"""


@pytest.fixture
def quote(house: House) -> Quote:
    lines = [sales.line("100", label=label) for label in "abc"]
    return quotes.quote(house.activity, *lines, customer=house.customer)


@pytest.fixture
def page(visitor: Visitor, quote: Quote) -> Page:
    visitor.sign_in("seller")
    visitor.page.set_viewport_size({"width": 390, "height": 800})
    visitor.page.goto(reverse("invoicing:quote_edit", args=[quote.pk]))
    return visitor.page


def field(page: Page, place: int, name: str) -> Any:
    return page.locator(f"[name='lines-{place}-{name}']")


def state(page: Page) -> Any:
    return page.locator("[data-autosave-state]")


def saved(page: Page) -> None:
    expect(state(page)).to_have_attribute("data-tone", "saved")


def test_without_network_no_button_leaves_the_page_and_nothing_moves_it(page: Page, quote: Quote) -> None:
    page.context.set_offline(True)
    try:
        field(page, 2, "label").fill("Dans le train")
        expect(state(page)).to_contain_text("Hors ligne")
        expect(field(page, 2, "label")).to_be_in_viewport()
        expect(page.locator("#flash")).to_be_empty()
        page.locator("button[value=save]").click()
        expect(state(page)).to_contain_text("rien n’est perdu")
        expect(field(page, 2, "label")).to_have_value("Dans le train")
    finally:
        page.context.set_offline(False)
    saved(page)
    assert quote.lines.get(position=3).label == "Dans le train"
    page.locator("button[value=save]").click()
    page.wait_for_url(f"**{quote.get_absolute_url()}")


def test_a_session_that_ends_keeps_the_page_until_one_signs_in_again(
    page: Page, quote: Quote, visitor: Visitor
) -> None:
    context = page.context
    kept = [cookie for cookie in context.cookies() if cookie["name"] != settings.SESSION_COOKIE_NAME]
    context.clear_cookies()
    context.add_cookies(kept)
    field(page, 0, "label").fill("Sans session")
    expect(state(page)).to_contain_text("reconnectez-vous dans un autre onglet")
    page.locator("button[value=save]").click()
    expect(field(page, 0, "label")).to_have_value("Sans session")
    visitor.page = context.new_page()
    visitor.sign_in("seller")
    visitor.page.goto(reverse("portal:home"))
    visitor.page.close()
    visitor.page = page
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    saved(page)
    assert quote.lines.get(position=1).label == "Sans session"


def test_a_number_that_is_none_is_told_at_its_field_once_one_left_it(page: Page, quote: Quote) -> None:
    price, told = field(page, 1, "unit_price"), page.locator("#id_lines-1-unit_price_error")
    price.fill("douze")
    expect(page.locator("[data-fault-link]")).to_have_text("Ligne 2, prix unitaire HT")
    expect(told).to_have_count(0)
    field(page, 0, "label").focus()
    expect(told).to_contain_text("Saisissez un nombre")
    expect(price).to_have_attribute("aria-invalid", "true")
    page.locator("[data-fault-link]").click()
    expect(price).to_be_focused()
    price.fill("12")
    expect(told).to_have_count(0)
    expect(price).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-fault-link]")).to_be_hidden()
    saved(page)


def test_a_line_only_begun_is_no_fault_to_show(page: Page) -> None:
    page.locator("[data-line-add]").click()
    page.keyboard.type("Tirage")
    expect(page.locator("[data-fault-link]")).to_have_text("Ligne 4, prix unitaire HT")
    page.keyboard.press("Tab")
    expect(page.locator(".field-error")).to_have_count(0)


def test_the_page_reads_numbers_as_the_server_does(page: Page) -> None:
    texts = ["1 234,56", "12€50", "12,50 €", "12,5%", "12,5 %", "-3", "+3", "−3", "1.234,56", "douze", ""]
    assert page.evaluate(NUMBERS, texts) == [
        ["12345600", "12345600"],
        [None, None],
        ["125000", "125000"],
        [None, "125000"],
        [None, "125000"],
        ["-30000", "-30000"],
        ["30000", "30000"],
        ["-30000", "-30000"],
        [None, None],
        [None, None],
        [None, None],
    ]


def test_a_paste_comes_under_the_line_one_types_in_and_may_be_undone(page: Page) -> None:
    page.evaluate(PASTE, [0, "Lot 1\nMur\t2\t300\nDalle\t1\t500"])
    expect(field(page, 4, "label")).to_have_value("c")
    expect(field(page, 1, "group_title")).to_have_value("Lot 1")
    expect(field(page, 1, "label")).to_be_focused()
    page.locator("[data-done-before] button").click()
    expect(page.locator("[data-line]")).to_have_count(3)
    expect(field(page, 1, "label")).to_have_value("b")


def test_an_article_placed_by_mistake_is_undone_and_nothing_else(page: Page, house: House) -> None:
    """The browser alone would take back what was typed last, wherever it was."""
    label = house.activity.catalogue_items.first().label
    page.locator("[name=purpose]").fill("Mariage")
    page.locator("#catalogue > summary").click()
    page.locator("[data-pick]").first.click()
    expect(field(page, 3, "label")).to_have_value(label)
    page.keyboard.press("Control+z")
    expect(page.locator("[data-line]")).to_have_count(3)
    expect(page.locator("[name=purpose]")).to_have_value("Mariage")
    page.locator("[data-line-add]").click()
    page.locator("[data-pick]").first.click()
    page.locator("[data-undo]").click()
    expect(page.locator("[data-line]")).to_have_count(4)
    expect(field(page, 3, "label")).to_have_value("")
    expect(field(page, 3, "unit_price")).to_have_value("")


def test_a_title_left_empty_is_none(page: Page) -> None:
    page.locator("[data-line]").nth(1).locator(".sale-line-tools summary").click()
    page.locator("details[open] [data-line-title]").click()
    expect(field(page, 1, "group_title")).to_be_focused()
    page.keyboard.press("Tab")
    expect(field(page, 1, "group_title")).to_be_hidden()


def test_a_tablet_that_is_turned_shows_the_form_again(page: Page) -> None:
    sheet = page.locator("[data-preview]")
    page.set_viewport_size({"width": 1400, "height": 800})
    expect(sheet).to_contain_text("100,00")
    page.set_viewport_size({"width": 900, "height": 1200})
    expect(sheet).to_be_hidden()
    expect(field(page, 0, "label")).to_be_visible()
