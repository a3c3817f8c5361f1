"""The house by keyboard alone: each step has a visible focus, which no bar covers (WCAG 2.4.7, 2.4.11)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from invoicing.states.sales import InvoiceState
from tests.browser.house import House
from tests.browser.visitor import DESK, PHONE, STILL, Visitor, settled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

# What is focused, whether an outline shows it, and whether somebody sees at least a part of it: the middle of
# what the window shows of it belongs to it, and not to a bar laid over it. The calendar button inside a field
# of date is drawn by the browser, with its own outline.
FOCUS = """() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return null;
    const style = getComputedStyle(focused);
    const inner = !focused.matches(":focus");
    const box = focused.getBoundingClientRect();
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    const points = [0.1, 0.5, 0.9].map((part) =>
        document.elementFromPoint((left + right) / 2, top + (bottom - top) * part));
    const own = (found) => found && (focused.contains(found) || found.contains(focused)
        || [...(focused.labels ?? [])].some((label) => label.contains(found)));
    const bars = ".topbar, .bottombar, .form-actions-sticky";
    const covered = (found) => found?.closest(bars) && !focused.closest(bars);
    return {
        name: `${focused.tagName} ${focused.name || focused.id || focused.textContent.trim().slice(0, 40)}`,
        outlined: inner || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
        seen: right > left && bottom > top && points.some((found) => own(found) && !covered(found)),
    };
}"""
# The browser's own bar comes between two rounds of a dialog: the page has then no focus at all.
WITHIN_DIALOG = "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
MOST_STEPS = 200


@pytest.fixture
def at_desk(visitor: Visitor) -> Visitor:
    visitor.page.set_viewport_size(DESK)
    visitor.sign_in("seller")
    return visitor


def walk(page: Page) -> list[dict[str, object]]:
    """Presses Tab from the top of the page until the focus leaves it; gives each step."""
    steps: list[dict[str, object]] = []
    settled(page)
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        page.evaluate(STILL)
        step = page.evaluate(FOCUS)
        if step is None:
            return steps
        steps.append(step)
    raise AssertionError(f"the focus never leaves the page: {steps[-5:]}")


def test_the_first_stop_leads_to_the_content(at_desk: Visitor) -> None:
    page = at_desk.page
    page.goto(reverse("portal:home"))
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Aller au contenu")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_second_stop_leads_to_the_menu(at_desk: Visitor) -> None:
    page = at_desk.page
    page.goto(reverse("portal:home"))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au menu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#menu$"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#menu') !== null")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#menu [aria-current=page]")).to_be_visible()


def test_a_menu_opens_closes_and_gives_the_focus_back(at_desk: Visitor) -> None:
    page = at_desk.page
    page.goto(reverse("portal:home"))
    menu = page.locator(".user-menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("ArrowDown")
    expect(menu.get_by_role("link", name="Mon compte")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_the_menu_of_a_phone_opens_and_closes(visitor: Visitor) -> None:
    visitor.page.set_viewport_size(PHONE)
    visitor.sign_in("seller")
    page = visitor.page
    page.goto(reverse("portal:home"))
    menu = page.locator("#menu")
    expect(menu).to_be_hidden()
    opener = page.locator(".bottombar").get_by_role("button", name="Menu")
    opener.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_wrong_form_gives_the_focus_to_its_summary_which_leads_to_the_field(at_desk: Visitor) -> None:
    page = at_desk.page
    page.goto(reverse("invoicing:customer_new"))
    page.locator("[name=name]").focus()
    page.keyboard.type("Numéro faux")
    page.locator("[name=siren]").focus()
    page.keyboard.type("123456789")
    page.locator("[name=address_line]").focus()
    page.keyboard.type("1 rue")
    page.locator("[name=city]").focus()
    page.keyboard.type("Bordeaux")
    page.keyboard.press("Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name=siren]")).to_be_focused()
    expect(page.locator("[name=siren]")).to_have_attribute("aria-invalid", "true")


def test_a_dialog_keeps_the_focus_and_gives_it_back(at_desk: Visitor) -> None:
    page = at_desk.page
    page.goto(reverse("portal:home"))
    page.keyboard.press("?")
    dialog = page.locator("dialog[data-keys]")
    expect(dialog).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(WITHIN_DIALOG)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_single_keys_go_where_they_say(at_desk: Visitor) -> None:
    page = at_desk.page
    page.goto(reverse("portal:home"))
    page.keyboard.press("n")
    page.wait_for_url(f"**{reverse('invoicing:quote_new')}")


def test_a_list_is_filtered_by_keyboard_and_the_focus_stays(at_desk: Visitor, house: House) -> None:
    page = at_desk.page
    page.goto(reverse("invoicing:invoice_list"))
    rows = page.locator("tbody tr")
    expect(rows).not_to_have_count(1)
    page.get_by_role("textbox", name="Rechercher").focus()
    page.keyboard.type(str(house.settled.number))
    page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    expect(page.get_by_role("textbox", name="Rechercher")).to_be_focused()
    expect(page).to_have_url(re.compile("q="))


def test_lines_of_an_invoice_are_written_by_keyboard(at_desk: Visitor, house: House) -> None:
    page = at_desk.page
    page.goto(reverse("invoicing:invoice_edit", args=[house.draft.pk]))
    lines = page.locator("[data-line]")
    before = lines.count()
    last = page.locator(f"[name=lines-{before - 1}-label]")
    last.focus()
    page.keyboard.type("Retouches")
    page.keyboard.press("Enter")
    expect(lines).to_have_count(before + 1)
    expect(page.locator(f"[name=lines-{before}-label]")).to_be_focused()
    page.keyboard.type("Livraison")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(f"[name=lines-{before - 1}-label]")).to_have_value("Livraison")
    expect(page.locator(f"[name=lines-{before - 1}-label]")).to_be_focused()
    house.draft.refresh_from_db()
    assert house.draft.state == InvoiceState.DRAFT


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("invoicing:invoice_edit", lambda house: [house.draft.pk]),
        ("invoicing:invoice_detail", lambda house: [house.issued.pk]),
        ("invoicing:invoice_list", lambda _house: []),
        ("invoicing:customer_new", lambda _house: []),
        ("portal:home", lambda _house: []),
    ],
    ids=["editor", "document", "list", "form", "home"],
)
def test_each_step_is_seen(
    visitor: Visitor, house: House, size: dict[str, int], name: str, of: Callable[[House], list[int]]
) -> None:
    visitor.page.set_viewport_size(size)
    visitor.sign_in("seller")
    visitor.page.goto(reverse(name, args=of(house)))
    steps = walk(visitor.page)
    assert len(steps) > 10
    assert [step["name"] for step in steps if not step["outlined"]] == []
    assert [step["name"] for step in steps if not step["seen"]] == []
