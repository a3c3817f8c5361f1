"""What our own scripts add to pages that work without them: totals while typing, keys, menus, the theme."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Dialog, expect

from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

FILE = Path(__file__).parent.parent / "data" / "document_totals.json"
CASES = [case for case in json.loads(FILE.read_text())["cases"] if case["type"] == "totals"]
COUNT = """async ({lines, moves}) => {
    const { lineNet, scaled, totals } = await import("/static/js/totals.js");
    const nets = lines.map((line) => ({ net: lineNet(line.quantity, line.unit_price), rate: line.rate }));
    const others = moves.map((move) => ({ net: scaled(move.net, 2), rate: move.rate }));
    const found = totals([...nets, ...others]);
    return [found.net, found.tax, found.gross, ...nets.map((line) => line.net)].map(String);
}"""


def rate_of(part: dict[str, Any]) -> str:
    return str(Decimal(part["vat"]) / 100)


def in_cents(*amounts: str) -> list[str]:
    return [str(int(Decimal(amount) * 100)) for amount in amounts]


@pytest.fixture
def at_home(visitor: Visitor) -> Visitor:
    visitor.sign_in("seller")
    visitor.page.set_viewport_size({"width": 1280, "height": 900})
    visitor.page.goto(reverse("portal:home"))
    return visitor


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_page_counts_as_the_server_does(at_home: Visitor, case: dict[str, Any]) -> None:
    given, expected = case["input"], case["expected"]
    lines = [line | {"rate": rate_of(line)} for line in given["lines"]]
    moves = [{"net": f"-{move['net']}", "rate": rate_of(move)} for move in given.get("discounts", ())]
    moves += [{"net": move["net"], "rate": rate_of(move)} for move in given.get("fees", ())]
    found = at_home.page.evaluate(COUNT, {"lines": lines, "moves": moves})
    wanted = in_cents(expected["net"], expected["tax"], expected["gross"], *expected["line_nets"])
    assert found == wanted


def test_the_keys_of_the_editor_add_move_and_copy_lines(at_home: Visitor) -> None:
    page = at_home.page
    page.goto(reverse("invoicing:invoice_new"))
    lines = page.locator("[data-line]")
    before = lines.count()
    lines.nth(0).locator("[name$=-label]").fill("Séance")
    lines.nth(0).locator("[name$=-unit_price]").fill("1 000,50")
    page.keyboard.press("Enter")
    expect(lines).to_have_count(before + 1)
    expect(lines.nth(1).locator("[name='lines-1-label']")).to_be_focused()
    page.keyboard.press("Control+d")
    expect(page.locator("[name='lines-1-label']")).to_have_value("Séance")
    page.locator("[name='lines-1-label']").fill("Tirage")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[name='lines-0-label']")).to_have_value("Tirage")
    expect(page.locator("[name='lines-TOTAL_FORMS']")).to_have_value(str(before + 1))
    expect(page.locator("[data-total-gross]").first).to_contain_text("2\u202f401,20\u00a0€")


def test_escape_closes_a_menu_and_gives_the_focus_back(at_home: Visitor) -> None:
    page = at_home.page
    menu = page.locator("details.user-menu")
    menu.locator("summary").click()
    page.keyboard.press("ArrowDown")
    expect(menu.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_a_theme_is_seen_at_once_and_kept(at_home: Visitor) -> None:
    page = at_home.page
    page.locator("details.user-menu summary").click()
    page.locator("button[name=theme][value=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.locator("details.user-menu summary").click()
    page.locator("button[name=theme][value=system]").click()
    expect(page.locator("html")).not_to_have_attribute("data-bs-theme", "dark")


def test_single_keys_lead_to_a_page_and_leave_fields_alone(at_home: Visitor) -> None:
    page = at_home.page
    page.keyboard.press("?")
    expect(page.locator("dialog[data-keys]")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("f")
    page.wait_for_url(f"**{reverse('invoicing:invoice_list')}")
    page.locator("#id_q").focus()
    page.keyboard.press("n")
    expect(page.locator("#id_q")).to_have_value("n")


def test_leaving_a_form_that_is_not_saved_warns_and_saving_does_not(at_home: Visitor) -> None:
    page = at_home.page
    asked: list[str] = []

    def leave(question: Dialog) -> None:
        asked.append(question.type)
        question.accept()

    page.on("dialog", leave)
    page.goto(reverse("invoicing:customer_new"))
    page.goto(reverse("portal:home"))
    assert asked == []
    page.goto(reverse("invoicing:customer_new"))
    page.locator("[name=name]").press_sequentially("Librairie")
    page.goto(reverse("portal:home"))
    assert asked == ["beforeunload"]


def test_a_box_is_added_when_all_those_that_find_people_are_full(visitor: Visitor) -> None:
    """A collective of five is opened at once; the new box is offered the same names, and is sent."""
    visitor.sign_in("admin")
    page = visitor.page
    page.goto(reverse("entrepreneurs:activity_open"))
    boxes = page.locator("[name=people]")
    names = page.locator("#id_people_names option")
    before = boxes.count()
    for rank in range(before):
        boxes.nth(rank).fill(names.first.get_attribute("value") or "")
    expect(boxes).to_have_count(before + 1)
    added = boxes.last
    expect(added).to_have_value("")
    expect(added).to_have_attribute("list", "id_people_names")
    expect(page.get_by_label(f"Personnes {before + 1}", exact=True)).to_have_count(1)
    added.fill("Personne d’ici")
    page.get_by_role("button", name="Ouvrir l’activité").click()
    expect(page.get_by_text("« Personne d’ici » n’est pas dans la liste").first).to_be_visible()
    expect(page.locator("[name=people]").nth(before)).to_have_value("Personne d’ici")
