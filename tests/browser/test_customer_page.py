"""A customer answers from their own browser: drawn, typed, by keyboard alone, without any script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cae.core.models import Signature, SigningWay
from invoicing.models import Quote
from invoicing.states.sales import QuoteState
from tests.browser.house import House
from tests.browser.visitor import Visitor
from tests.factories import invoicing as sales
from tests.factories import sendings as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def offer(house: House) -> tuple[Quote, str]:
    """A quote of its own for each test: the house lasts as long as the file."""
    lines = (sales.line("1000.00"), sales.line("250.00", optional=True, label="Tirages"))
    return make.sent_quote(house.activity, *lines, customer=house.offers["sent"][0].customer)


def at(name: str, token: str) -> str:
    return reverse(f"invoicing:public_{name}", args=[token])


def confirm(page: Page, quote: Quote, token: str) -> Signature:
    page.get_by_role("button", name="Signer et accepter le devis").click()
    expect(page).to_have_url(re.compile(at("proof", token)))
    quote.refresh_from_db()
    assert quote.state == QuoteState.ACCEPTED
    assert quote.answer.signature is not None
    return quote.answer.signature


def test_a_signature_is_drawn_with_the_pointer(visitor: Visitor, house: House) -> None:
    quote, token = offer(house)
    visitor.sign_in("visitor")
    page = visitor.page
    page.goto(at("document", token))
    page.get_by_role("link", name="Accepter le devis").click()
    page.wait_for_load_state()
    page.get_by_label("Tirages").check()
    page.get_by_label("Je dessine ma signature").check()
    expect(page.get_by_label("Tapez votre nom")).to_be_hidden()
    pad = page.locator("[data-signature-pad]")
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 40 + step * 20, box["y"] + 40 + (step % 3) * 15)
    page.mouse.up()
    page.get_by_label("J’ai lu ce devis").check()
    page.get_by_role("button", name="Vérifier avant de signer").click()
    expect(page.get_by_role("main")).to_contain_text("1 500,00 €")
    expect(page.get_by_alt_text("Votre signature dessinée")).to_be_visible()
    assert confirm(page, quote, token).way == SigningWay.DRAWN
    assert visitor.faults == []
    assert page.context.cookies() == []


def test_changing_ones_mind_keeps_the_drawing(visitor: Visitor, house: House) -> None:
    _quote, token = offer(house)
    visitor.sign_in("visitor")
    page = visitor.page
    page.goto(at("accept", token))
    page.get_by_label("Je dessine ma signature").check()
    page.locator("[data-signature-pad]").click()
    page.get_by_label("J’ai lu ce devis").check()
    page.get_by_role("button", name="Vérifier avant de signer").click()
    page.get_by_role("button", name="Modifier").click()
    expect(page.locator("[data-signature-pad]")).to_be_visible()
    assert page.locator("[name=drawing]").input_value().startswith("data:image/png;base64,")
    page.get_by_role("button", name="Effacer").click()
    assert page.locator("[name=drawing]").input_value() == ""


def test_the_keyboard_alone_signs(visitor: Visitor, house: House) -> None:
    quote, token = offer(house)
    visitor.sign_in("visitor")
    page = visitor.page
    page.goto(at("accept", token))
    page.get_by_label("Votre nom", exact=True).focus()
    typed = {"name": "Jeanne Durand", "typed": "Jeanne Durand"}
    for _step in range(12):
        name = page.evaluate("document.activeElement.name")
        if name in typed:
            page.keyboard.press("Control+a")
            page.keyboard.type(typed[name])
        if name == "terms":
            page.keyboard.press("Space")
            page.keyboard.press("Enter")
            break
        page.keyboard.press("Tab")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous acceptez le devis")
    page.get_by_role("button", name="Signer et accepter le devis").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(at("proof", token)))
    quote.refresh_from_db()
    assert quote.answer.signature is not None
    assert quote.answer.signature.typed == "Jeanne Durand"


def test_without_any_script_the_name_is_typed(new_visitor: Callable[..., Visitor], house: House) -> None:
    quote, token = offer(house)
    page = new_visitor(java_script_enabled=False).page
    page.goto(at("accept", token))
    expect(page.get_by_label("Je dessine ma signature")).to_be_hidden()
    page.get_by_label("Votre nom", exact=True).fill("Jeanne Durand")
    page.get_by_label("Tapez votre nom").fill("J. Durand")
    page.get_by_label("J’ai lu ce devis").check()
    page.get_by_role("button", name="Vérifier avant de signer").click()
    assert confirm(page, quote, token).way == SigningWay.TYPED


def test_the_preview_of_a_mail_follows_what_is_typed(visitor: Visitor, house: House) -> None:
    visitor.sign_in("seller")
    page = visitor.page
    page.goto(reverse("invoicing:quote_send", args=[house.offers["sent"][0].pk]))
    frame = page.frame_locator("iframe[name=letter]")
    expect(frame.get_by_role("heading", level=1)).to_contain_text("Devis")
    page.get_by_label("Objet").fill("Votre reportage")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Votre reportage")
    expect(page.get_by_label("Objet")).to_be_focused()
