"""Groups of lines in a browser: moved, copied, removed, brought back, by the keyboard and under a finger."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from invoicing.models import EditorPreference, Quote
from invoicing.states.sales import EditorMode
from tests.browser.house import House
from tests.browser.visitor import Visitor, becomes
from tests.factories import invoicing as sales
from tests.factories import quotes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

# What the page holds: labels in order, each heading before the line that opens it.
TOLD = """() => [...document.querySelectorAll("[data-line]")].map((row) => {
    const said = (name) => row.querySelector(`[name$="-${name}"]`).value;
    return said("group_title") ? `|${said("group_title")} ${said("label")}` : said("label");
}).join(" ")"""


@pytest.fixture
def quote(house: House) -> Quote:
    """A draft of three groups, the last two of which are variants; one line is an option."""
    EditorPreference.objects.update_or_create(user=house.users["seller"], defaults={"mode": EditorMode.FULL})
    given = (
        {"label": "a", "group_title": "U"},
        {"label": "b", "optional": True},
        {"label": "c", "group_title": "V", "choice": "Formule"},
        {"label": "d"},
        {"label": "e", "group_title": "W", "choice": "Formule", "optional": True},
    )
    lines = [sales.line(unit_price=Decimal(10), **one) for one in given]
    return quotes.quote(house.activity, *lines, customer=house.customer)


def opened(visitor: Visitor, quote: Quote, width: int = 1280) -> Page:
    visitor.sign_in("seller")
    visitor.page.set_viewport_size({"width": width, "height": 800})
    visitor.page.goto(reverse("invoicing:quote_edit", args=[quote.pk]))
    return visitor.page


def field(page: Page, place: int, name: str) -> Any:
    return page.locator(f"[name='lines-{place}-{name}']")


def told(page: Page) -> str:
    found: str = page.evaluate(TOLD)
    return found


def said(page: Page, words: str) -> None:
    expect(page.locator("[data-done-said]")).to_have_text(words)


def stored(page: Page, quote: Quote, wanted: str) -> None:
    """The draft saves itself, and the server keeps the order of the page."""
    expect(page.locator("[data-autosave-state]")).to_have_attribute("data-tone", "saved")
    rows = quote.lines.order_by("position")
    found = [f"|{row.group_title} {row.label}" if row.group_title else row.label for row in rows]
    assert " ".join(found) == wanted == told(page)


def test_a_group_moves_by_the_keyboard_with_its_options_and_variants(visitor: Visitor, quote: Quote) -> None:
    page = opened(visitor, quote)
    net = page.locator("[data-total-net]").first
    before = net.inner_text()
    field(page, 1, "label").press("Alt+Shift+ArrowDown")
    said(page, "Groupe déplacé : 2 sur 3")
    assert told(page) == "|V c d |U a b |W e"
    expect(field(page, 3, "label")).to_be_focused()
    expect(field(page, 3, "optional")).to_be_checked()
    expect(field(page, 0, "proposed")).to_be_checked()
    expect(net).to_have_text(before)
    stored(page, quote, "|V c d |U a b |W e")
    assert list(quote.lines.order_by("position").values_list("choice", "optional")) == [
        ("Formule", False),
        ("", False),
        ("", False),
        ("", True),
        ("Formule", True),
    ]
    page.keyboard.press("Control+z")
    said(page, "Comme avant")
    expect(field(page, 1, "label")).to_be_focused()
    stored(page, quote, "|U a b |V c d |W e")
    field(page, 0, "group_title").press("Alt+ArrowUp")
    said(page, "Déjà le premier groupe")
    stored(page, quote, "|U a b |V c d |W e")


def test_a_line_passes_a_heading_without_taking_it_along(visitor: Visitor, quote: Quote) -> None:
    page = opened(visitor, quote)
    field(page, 0, "label").press("Alt+ArrowDown")
    said(page, "Ligne déplacée : 2 sur 5")
    assert told(page) == "|U b a |V c d |W e"
    page.keyboard.press("Alt+ArrowDown")
    becomes(lambda: told(page), "|U b |V a c d |W e")
    expect(field(page, 1, "label")).to_be_focused()
    for _step in range(2):
        page.keyboard.press("Control+z")
    stored(page, quote, "|U a b |V c d |W e")


def test_a_group_removed_by_mistake_comes_back_with_what_was_typed_since(
    visitor: Visitor, quote: Quote
) -> None:
    page = opened(visitor, quote)
    page.locator("[data-group-remove]:visible").nth(1).click()
    said(page, "Groupe supprimé")
    assert told(page) == "|U a b |W e"
    field(page, 1, "label").fill("bis")
    page.locator("[data-undo]").click()
    expect(page.locator("[data-undo]")).to_be_hidden()
    stored(page, quote, "|U a bis |V c d |W e")


def test_what_is_typed_is_the_browser_s_to_undo(visitor: Visitor, quote: Quote) -> None:
    page = opened(visitor, quote)
    page.locator("[data-line-remove]").nth(3).click()
    field(page, 0, "label").press_sequentially("z")
    page.keyboard.press("Control+z")
    expect(field(page, 0, "label")).to_have_value("a")
    assert told(page) == "|U a b |V c |W e"


def test_all_the_lines_removed_leave_one_to_type_in_and_come_back(visitor: Visitor, quote: Quote) -> None:
    page = opened(visitor, quote)
    for _group in range(3):
        page.locator("[data-group-remove]:visible").first.click()
    expect(page.locator("[data-line]")).to_have_count(1)
    expect(field(page, 0, "label")).to_be_focused()
    for _group in range(3):
        page.keyboard.press("Control+z")
    stored(page, quote, "|U a b |V c d |W e")


def test_a_variant_is_copied_without_a_second_proposal(visitor: Visitor, quote: Quote) -> None:
    page = opened(visitor, quote)
    menu = page.locator(".sale-line-group:visible").nth(1)
    menu.locator("summary").press("Enter")
    menu.locator("[data-group-copy]").press("Enter")
    said(page, "Groupe copié")
    expect(field(page, 4, "group_title")).to_be_focused()
    page.keyboard.type("V bis")
    stored(page, quote, "|U a b |V c d |V bis c d |W e")
    assert [line.label for line in quote.lines.filter(choice="Formule", optional=False)] == ["c"]


@pytest.mark.parametrize("press", ["tap", "click"])
def test_a_group_goes_down_under_the_finger(
    press: str, new_visitor: Callable[..., Visitor], quote: Quote
) -> None:
    """Its menu stays open and under the finger: one press follows another."""
    page = opened(new_visitor(has_touch=True), quote, 390 if press == "tap" else 1280)
    menu = page.locator(".sale-line-group:visible").first.locator("details")
    menu.locator("summary").click()
    down = page.locator("details[open] [data-group-down]")
    for _step in range(2):
        getattr(down, press)()
    said(page, "Groupe déplacé : 3 sur 3")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    stored(page, quote, "|V c d |W e |U a b")


def test_enter_in_a_heading_leads_to_its_line(visitor: Visitor, quote: Quote) -> None:
    page = opened(visitor, quote)
    page.locator("[data-group-add]").click()
    page.keyboard.type("Options")
    page.keyboard.press("Enter")
    expect(field(page, 5, "label")).to_be_focused()
    expect(page.locator("[data-line]")).to_have_count(6)


def test_without_a_script_a_group_moves_and_what_was_removed_comes_back(
    new_visitor: Callable[..., Visitor], quote: Quote
) -> None:
    page = opened(new_visitor(java_script_enabled=False), quote)
    order = "|U a b |V c d |W e"

    becomes(lambda: told(page), order)
    page.locator(".sale-line-group:visible details").first.locator("summary").click()
    page.locator("details[open] [data-group-down]").click()
    becomes(lambda: told(page), "|V c d |U a b |W e")
    page.locator("[data-group-remove]:visible").first.click()
    expect(page.locator("[data-done-before]")).to_contain_text("Groupe supprimé.")
    becomes(lambda: told(page), "|U a b |W e")
    page.locator("[data-done-before] button").click()
    becomes(lambda: told(page), "|V c d |U a b |W e")
    page.locator("button[value=save]").click()
    expect(page).to_have_url(quote.get_absolute_url())
    assert [line.label for line in quote.lines.order_by("position")] == list("cdabe")
