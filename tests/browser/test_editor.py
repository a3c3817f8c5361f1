"""The editor in a browser: sums as the server counts them, keys, catalogue, paste, autosave, sheet, tabs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from invoicing.calculations.discounts import sale_totals
from invoicing.calculations.totals import PricedLine
from invoicing.models import CatalogueItem, EditorPreference, Quote
from tests.browser.house import House
from tests.browser.visitor import Visitor
from tests.factories import invoicing as sales
from tests.factories import quotes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

COUNT = """async (cases) => {
    const { lineNet, totals } = await import("/static/js/totals.js");
    return cases.map(({ lines, discount }) => {
        const nets = lines.filter((line) => !line.optional).map((line) => ({
            net: lineNet(line.quantity, line.price), rate: line.rate, group: `${line.category} ${line.rate}`,
        }));
        const found = totals(nets, discount);
        return [found.net, found.tax, found.gross].map(String);
    });
}"""
GROUPS = (("S", "0.2000"), ("S", "0.1000"), ("S", "0.0550"), ("E", "0.0000"), ("AE", "0.0000"))


@pytest.fixture(autouse=True)
def _no_mode_chosen(house: House) -> None:
    """The house lasts as long as the file: what a test chose is not what the next one finds."""
    EditorPreference.objects.all().delete()


def cases(count: int) -> Iterator[dict[str, Any]]:
    """Documents with lines of every rate, options, and a discount on the whole as typed."""
    dice = Random(14)  # noqa: S311  (cases, not secrets)
    for _ in range(count):
        lines = []
        for _line in range(dice.randint(1, 7)):
            category, rate = dice.choice(GROUPS)
            lines.append(
                {
                    "quantity": f"{dice.randint(1, 4000) / 100:.2f}".replace(".", ","),
                    "price": f"{dice.randint(1, 90000) / 100:.2f}".replace(".", ","),
                    "category": category,
                    "rate": rate,
                    "optional": dice.random() < 0.2,
                }
            )
        percent = f"{dice.randint(1, 10000) / 100:.2f}".replace(".", ",")
        yield {"lines": lines, "discount": dice.choice([{"rate": percent}, {"amount": "12,34"}, {}])}


def typed(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def counted(case: dict[str, Any]) -> list[str]:
    lines = [
        PricedLine(
            typed(line["quantity"]),
            typed(line["price"]),
            line["category"],
            Decimal(line["rate"]),
            optional=line["optional"],
        )
        for line in case["lines"]
    ]
    discount = case["discount"]
    rate = typed(discount["rate"]) / 100 if "rate" in discount else None
    amount = typed(discount["amount"]) if "amount" in discount else None
    try:
        found = sale_totals(lines, rate=rate, amount=amount)
    except ValueError:
        found = sale_totals(lines)
    return [str(int(part * 100)) for part in (found.net, found.tax, found.gross)]


@pytest.fixture
def desk(visitor: Visitor) -> Visitor:
    visitor.sign_in("seller")
    visitor.page.set_viewport_size({"width": 1280, "height": 900})
    return visitor


@pytest.fixture
def draft(house: House) -> Quote:
    """A quote of one's own: what a test leaves half written is not what the next one opens."""
    lines = [sales.line("640", label="Prise de vue"), sales.line("120", label="Retouche")]
    return quotes.quote(house.activity, *lines, customer=house.customer)


def field(page: Page, place: int, name: str) -> Any:
    return page.locator(f"[name='lines-{place}-{name}']")


def begin(page: Page, house: House) -> None:
    """A new quote with its customer and one line."""
    page.goto(reverse("invoicing:quote_new"))
    page.locator("[name=customer]").fill(house.customer.name)
    field(page, 0, "label").fill("Séance")
    field(page, 0, "unit_price").fill("100")


def saved(page: Page) -> None:
    """All that was typed: the sentence of a save stays while one types on, its tone does not."""
    state = page.locator("[data-autosave-state]")
    expect(state).to_have_attribute("data-tone", "saved")
    expect(state).to_contain_text("Brouillon enregistré à")


def test_the_page_counts_a_discount_on_the_whole_as_the_server_does(desk: Visitor) -> None:
    desk.page.goto(reverse("portal:home"))
    given = list(cases(150))
    assert desk.page.evaluate(COUNT, given) == [counted(case) for case in given]


def test_a_draft_saves_itself_and_a_tab_closed_in_mid_line_loses_nothing(desk: Visitor, house: House) -> None:
    page, before = desk.page, Quote.objects.count()
    begin(page, house)
    saved(page)
    assert Quote.objects.count() == before + 1
    quote = Quote.objects.latest("pk")
    address = reverse("invoicing:quote_edit", args=[quote.pk])
    assert page.url.endswith(address)
    page.keyboard.press("Enter")
    field(page, 1, "label").press_sequentially("Tirage grand f")
    expect(page.locator("[data-autosave-state]")).to_contain_text("encore incomplète")
    page.close()
    desk.page = desk.context.new_page()
    desk.page.goto(address)
    expect(field(desk.page, 0, "label")).to_have_value("Séance")
    expect(field(desk.page, 1, "label")).to_have_value("Tirage grand f")
    field(desk.page, 1, "unit_price").fill("12")
    saved(desk.page)
    quote.refresh_from_db()
    assert (quote.total_excl_tax, quote.lines.count()) == (Decimal("112.00"), 2)
    assert Quote.objects.count() == before + 1


def test_saving_at_once_makes_one_draft(desk: Visitor, house: House) -> None:
    """The button is pressed twice while the draft saves itself: one waits for the other."""
    page, before = desk.page, Quote.objects.count()
    begin(page, house)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.locator("button[value=save]").dblclick()
    expect(page.locator("#flash")).to_contain_text("Le brouillon est enregistré")
    assert Quote.objects.count() == before + 1


def test_two_tabs_are_told_and_nothing_is_overwritten(desk: Visitor, draft: Quote) -> None:
    address = reverse("invoicing:quote_edit", args=[draft.pk])
    first, second = desk.page, desk.context.new_page()
    for page in (first, second):
        page.goto(address)
    first.locator("[name=purpose]").fill("Premier onglet")
    saved(first)
    second.locator("[name=purpose]").fill("Second onglet")
    state = second.locator("[data-autosave-state]")
    expect(state).to_contain_text("enregistré ailleurs")
    expect(second.locator("[name=purpose]")).to_have_value("Second onglet")
    assert Quote.objects.get(pk=draft.pk).purpose == "Premier onglet"


def test_without_network_it_says_so_and_saves_later(desk: Visitor, draft: Quote) -> None:
    page = desk.page
    page.goto(reverse("invoicing:quote_edit", args=[draft.pk]))
    desk.context.set_offline(True)
    page.locator("[name=purpose]").fill("Dans le train")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Hors ligne")
    desk.context.set_offline(False)
    saved(page)
    assert Quote.objects.get(pk=draft.pk).purpose == "Dans le train"


def test_an_article_fills_its_line_and_a_paste_adds_lines(desk: Visitor, house: House) -> None:
    CatalogueItem.objects.create(
        activity=house.activity,
        reference="PH-1",
        label="Studio",
        unit_price=Decimal(85),
        vat_code="reduced",
    )
    page = desk.page
    page.goto(reverse("invoicing:quote_new"))
    field(page, 0, "label").fill("ph-1")
    page.keyboard.press("Tab")
    expect(field(page, 0, "label")).to_have_value("Studio")
    expect(field(page, 0, "unit_price")).to_have_value("85,00")
    expect(page.locator("[data-total-gross]").first).to_contain_text("89,68")
    paste = """(text) => {
        const data = new DataTransfer();
        data.setData("text/plain", text);
        const at = document.querySelector("[name='lines-0-label']");
        const said = { clipboardData: data, bubbles: true, cancelable: true };
        at.dispatchEvent(new ClipboardEvent("paste", said));
    }"""
    page.evaluate(paste, "Tirage\t2\t40\t20 %\nCadre\t1\t60\t20 %")
    expect(page.locator("[data-line]")).to_have_count(3)
    expect(field(page, 2, "label")).to_have_value("Cadre")


def test_the_sheet_follows_and_the_mode_is_kept(desk: Visitor, draft: Quote) -> None:
    page = desk.page
    page.goto(reverse("invoicing:quote_edit", args=[draft.pk]))
    sheet = page.locator("[data-preview] .preview-sheet")
    expect(sheet).to_contain_text("Prise de vue")
    field(page, 0, "label").fill("Portrait de groupe")
    expect(sheet).to_contain_text("Portrait de groupe")
    expect(page.locator("[data-fold]")).not_to_have_attribute("open", "")
    choice = page.locator("[data-mode-choice=full]")
    with page.expect_response(f"**{choice.get_attribute('data-address')}"):
        choice.click()
    expect(page.locator("[data-fold]")).to_have_attribute("open", "")
    saved(page)
    page.reload()
    expect(page.locator("#editor")).to_have_attribute("data-mode", "full")


def test_groups_options_and_lines_by_the_keyboard_alone(desk: Visitor, draft: Quote) -> None:
    page = desk.page
    page.goto(reverse("invoicing:quote_edit", args=[draft.pk]))
    page.locator("[data-mode-choice=full]").click()
    before = page.locator("[data-total-net]").first.inner_text()
    more = page.locator("[data-line]").nth(0).locator(".sale-line-more")
    if more.get_attribute("open") is None:
        more.locator("summary").press("Enter")
    field(page, 0, "optional").press("Space")
    expect(page.locator("[data-total-net]").first).not_to_have_text(before)
    page.locator("[data-group-add]").press("Enter")
    place = page.locator("[data-line]").count() - 1
    expect(field(page, place, "group_title")).to_be_focused()
    page.keyboard.type("Livraison sur place")
    page.keyboard.press("Tab")
    expect(field(page, place, "label")).to_be_focused()
    page.keyboard.type("Port")
    page.keyboard.press("Alt+ArrowUp")
    expect(field(page, place - 1, "label")).to_have_value("Port")
    expect(field(page, place - 1, "group_title")).to_have_value("Livraison sur place")


def test_variants_are_added_proposed_and_counted_by_the_keyboard(desk: Visitor, house: House) -> None:
    page = desk.page
    begin(page, house)
    page.locator("[data-mode-choice=full]").click()
    page.locator("[data-variant-add]").press("Enter")
    expect(field(page, 1, "group_title")).to_be_focused()
    expect(page.locator("[data-line]")).to_have_count(3)
    for place, price in ((1, "250"), (2, "310")):
        field(page, place, "label").fill(f"Album {price}")
        field(page, place, "unit_price").fill(price)
    net = page.locator("[data-total-net]").first
    expect(net).to_contain_text("350,00")
    field(page, 2, "proposed").press("Space")
    expect(field(page, 1, "proposed")).not_to_be_checked()
    expect(net).to_contain_text("410,00")
    saved(page)
    page.locator("[data-line]").nth(2).locator("[data-line-copy]").evaluate("button => button.click()")
    page.locator("[data-line]").nth(2).locator("[data-line-remove]").click()
    expect(field(page, 2, "group_title")).to_have_value("Variante B")
    quote = house.activity.quotes.latest("pk")
    assert list(quote.lines.order_by("position").values_list("choice", "optional")) == [
        ("", False),
        ("Formule", True),
        ("Formule", False),
    ]


def test_an_article_is_picked_and_one_types_its_quantity(desk: Visitor, house: House) -> None:
    page = desk.page
    page.goto(reverse("invoicing:quote_new"))
    label = house.activity.catalogue_items.first().label
    page.locator("#catalogue > summary").press("Enter")
    page.locator("#id_picker").fill(label.upper())
    page.keyboard.press("Enter")
    expect(field(page, 0, "label")).to_have_value(label)
    expect(field(page, 0, "quantity")).to_be_focused()
    page.locator("#id_picker").fill("rien de tel")
    expect(page.locator("[data-picker-none]")).to_be_visible()
