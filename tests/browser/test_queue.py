"""The queue of those who check, in a browser: single keys, no script, a phone with one document a screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from invoicing.models import Quote
from people.models import User
from tests.browser.house import House
from tests.browser.test_keyboard import walk
from tests.browser.visitor import DESK, PHONE, Visitor
from tests.factories import invoicing as sales
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

QUEUE = reverse("invoicing:queue")


def place(quote: Quote) -> str:
    return reverse("invoicing:queue_document", args=["devis", quote.pk])


@pytest.fixture
def waiting(house: House) -> list[Quote]:
    """Three quotes of one activity, all in order, behind those of the house."""
    activity = make_activity(name="La roue libre")
    firm = sales.firm(activity, email="client@exemple.fr")
    return [
        quotes.submitted(activity, sales.line("640"), on=timezone.localdate(), customer=firm)
        for _ in range(3)
    ]


@pytest.fixture
def desk(visitor: Visitor) -> Page:
    visitor.page.set_viewport_size(DESK)
    visitor.sign_in("accountant")
    return visitor.page


def test_a_document_is_read_and_answered_by_keys(desk: Page, waiting: list[Quote]) -> None:
    first, second, third = waiting
    desk.goto(place(first))
    desk.keyboard.press("j")
    desk.wait_for_url(f"**{place(second)}")
    desk.keyboard.press("k")
    desk.wait_for_url(f"**{place(first)}")
    desk.keyboard.press("v")
    desk.wait_for_url(f"**{place(second)}")
    expect(desk.get_by_text("C’est validé : Devis")).to_be_visible()
    desk.keyboard.press("c")
    field = desk.get_by_label("Ce qui est à corriger")
    expect(field).to_be_focused()
    # Letters typed in the field are letters.
    desk.keyboard.type("vjk ")
    desk.get_by_role("button", name="Complétez l’adresse du client.").click()
    expect(field).to_have_value("vjk\nComplétez l’adresse du client.")
    desk.get_by_role("button", name="Renvoyer à l’auteur").click()
    desk.wait_for_url(f"**{place(third)}")
    states = {quote.pk: quote.state for quote in Quote.objects.filter(pk__in=[one.pk for one in waiting])}
    assert states == {first.pk: "approved", second.pk: "draft", third.pk: "submitted"}


def test_the_first_document_comes_after_the_list(desk: Page, visitor: Visitor, house: House) -> None:
    first = house.handed["quote"]
    visitor.requests.clear()
    visitor.faults.clear()
    desk.goto(QUEUE + "?nature=quote")
    expect(desk.locator(".queue-line-current")).to_have_count(1)
    expect(desk.get_by_role("button", name="Valider", exact=True)).to_be_visible()
    assert desk.url.endswith(f"{QUEUE}?nature=quote")
    desk.keyboard.press("c")
    expect(desk.get_by_label("Ce qui est à corriger")).to_be_focused()
    asked = [url for url in visitor.requests if place(first) in url]
    assert len(asked) == 1
    assert visitor.faults == []


def test_keys_can_be_switched_off(desk: Page, house: House, waiting: list[Quote]) -> None:
    accountant: User = house.users["accountant"]
    User.objects.filter(pk=accountant.pk).update(shortcuts=False)
    try:
        desk.goto(place(waiting[0]))
        desk.keyboard.press("v")
        desk.keyboard.press("j")
        expect(desk.locator("kbd", has_text="v")).to_have_count(0)
        expect(desk).to_have_url(desk.url)
        assert Quote.objects.get(pk=waiting[0].pk).is_submitted
    finally:
        User.objects.filter(pk=accountant.pk).update(shortcuts=True)


def test_many_ticked_are_validated_together(desk: Page, waiting: list[Quote]) -> None:
    desk.goto(QUEUE)
    for quote in waiting:
        desk.locator(f"input[name=ids][value='quote:{quote.pk}']").check()
    desk.get_by_role("button", name="Valider les documents cochés").click()
    expect(desk.get_by_text("3 documents validés")).to_be_visible()


def test_a_phone_shows_one_document_a_screen(visitor: Visitor, waiting: list[Quote]) -> None:
    page = visitor.page
    visitor.sign_in("accountant")
    page.set_viewport_size(PHONE)
    visitor.requests.clear()
    page.goto(QUEUE)
    expect(page.locator(".queue-list")).to_be_visible()
    expect(page.locator(".queue-document")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert not [url for url in visitor.requests if QUEUE in url and not url.endswith(QUEUE)]
    page.locator(f".queue-link[href^='{place(waiting[0])}']").click()
    expect(page.locator(".queue-list")).to_be_hidden()
    expect(page.get_by_role("button", name="Valider", exact=True)).to_be_visible()
    page.get_by_role("link", name="Suivant").click()
    page.wait_for_url(f"**{place(waiting[1])}")
    page.get_by_role("link", name="La file").click()
    expect(page.locator(".queue-list")).to_be_visible()


def test_everything_works_without_script(new_visitor: Callable[..., Visitor], waiting: list[Quote]) -> None:
    visitor = new_visitor(java_script_enabled=False)
    visitor.sign_in("accountant")
    page = visitor.page
    page.goto(visitor.server + QUEUE)
    page.get_by_role("link", name="Lire le premier document").click()
    expect(page.get_by_role("button", name="Valider", exact=True)).to_be_visible()
    page.goto(visitor.server + place(waiting[0]))
    page.get_by_text("Demander une correction").click()
    page.get_by_role("button", name="Complétez l’adresse du client.").click()
    expect(page.get_by_label("Ce qui est à corriger")).to_have_value("Complétez l’adresse du client.")
    page.get_by_role("button", name="Renvoyer à l’auteur").click()
    expect(page.get_by_text("Correction demandée à La roue libre")).to_be_visible()
    page.get_by_role("button", name="Me l’attribuer").click()
    expect(page.locator("#wait")).to_contain_text("Attend la relecture de")
    page.get_by_role("button", name="Valider", exact=True).click()
    expect(page.get_by_text("C’est validé : Devis")).to_be_visible()
    assert Quote.objects.get(pk=waiting[0].pk).correction == "Complétez l’adresse du client."


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_each_step_of_the_keyboard_is_seen(
    visitor: Visitor, waiting: list[Quote], size: dict[str, int]
) -> None:
    visitor.page.set_viewport_size(size)
    visitor.sign_in("accountant")
    visitor.page.goto(place(waiting[0]))
    visitor.page.get_by_text("Demander une correction").click()
    steps = walk(visitor.page)
    assert [step["name"] for step in steps if not step["outlined"]] == []
    assert [step["name"] for step in steps if not step["seen"]] == []
