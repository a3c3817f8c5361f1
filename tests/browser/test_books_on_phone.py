"""The books on a phone and on a wide screen: nothing said on a desk is lost, amounts stay in the window."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.visitor import DESK, PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

WIDE = {"width": 1600, "height": 900}


@pytest.fixture
def books(visitor: Visitor) -> Visitor:
    visitor.sign_in("accountant")
    return visitor


@pytest.mark.parametrize("size", [PHONE, DESK, WIDE], ids=["phone", "desk", "wide"])
def test_what_stands_under_a_word_is_read_at_every_width(
    books: Visitor, house: House, size: dict[str, int]
) -> None:
    """The kind of a cost has no column of its own here: it was hidden but on screens of a middle width."""
    books.page.set_viewport_size(size)
    books.page.goto(reverse("accounting:fund_spending_list", args=[house.booked["fund"].pk]))
    expect(books.page.locator(".under").first).to_be_visible()


def test_what_has_a_column_of_its_own_is_not_said_twice(visitor: Visitor) -> None:
    visitor.page.set_viewport_size(WIDE)
    visitor.sign_in("seller")
    visitor.page.goto(reverse("invoicing:invoice_list"))
    expect(visitor.page.locator("td.wide").first).to_be_visible()
    expect(visitor.page.locator(".under").first).to_be_hidden()


def test_the_end_of_each_month_is_seen_without_pushing_the_table(books: Visitor) -> None:
    page = books.page
    page.set_viewport_size(PHONE)
    page.goto(reverse("accounting:house_forecast") + "?retard=60")
    for cell in page.locator("#months tbody td").all():
        box = cell.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= PHONE["width"]


def test_the_words_of_a_narrow_drawing_can_be_read(books: Visitor) -> None:
    page = books.page
    page.set_viewport_size(DESK)
    page.goto(reverse("accounting:house_forecast") + "?retard=60")
    drawn = page.locator(".forecast-chart")
    expect(drawn).to_have_count(2)
    for chart in drawn.all():
        box = chart.locator("text").last.bounding_box()
        assert box is not None
        assert box["height"] >= 10


def test_three_figures_leave_no_empty_place(visitor: Visitor) -> None:
    page = visitor.page
    page.set_viewport_size(DESK)
    visitor.sign_in("seller")
    page.goto(reverse("accounting:simulate_pay") + "?known=net&amount=1200&month=2026-11")
    whole = page.locator(".figures").bounding_box()
    last = page.locator(".figures > :last-child").bounding_box()
    assert whole is not None
    assert last is not None
    assert last["x"] + last["width"] >= whole["x"] + whole["width"] - 2


def test_the_gap_with_the_bank_opens_what_explains_it(books: Visitor, house: House) -> None:
    account = house.booked["reconciled_account"]
    books.page.goto(reverse("accounting:bank"))
    found = books.page.locator(
        f".figures a[href='{reverse('accounting:reconciliation', args=[account.pk])}']"
    )
    expect(found).to_have_count(1)


def test_a_trial_says_percents_in_words(books: Visitor, house: House) -> None:
    """A sign of percent given to a tag of templates was shown twice."""
    books.page.goto(reverse("accounting:trial_detail", args=[house.booked["trial"].pk]))
    expect(books.page.get_by_role("heading", name="quel pourcentage")).to_be_visible()
    expect(books.page.locator("main")).not_to_contain_text("%%")


def test_what_a_levy_took_lies_under_contributions(books: Visitor, house: House) -> None:
    books.page.set_viewport_size(DESK)
    books.page.goto(reverse("accounting:levy_taking", args=[house.booked["levy_taking"].pk]))
    expect(books.page.locator("#menu [aria-current]")).to_have_text("Contributions")
