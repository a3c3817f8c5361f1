"""The bell: by keyboard, without JavaScript, each minute while the page is seen, no more once signed out."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.visitor import PATIENCE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

BELL = ".bell > summary"
HIDE = "Object.defineProperty(document, 'hidden', { get: () => true, configurable: true })"
# The page itself counts the answers that it has read.
READ = """window.read = 0;
document.addEventListener("htmx:afterRequest", () => { window.read += 1; })"""
SHOW = "Object.defineProperty(document, 'hidden', { get: () => false, configurable: true })"


def test_it_opens_says_its_count_and_closes_by_keyboard(visitor: Visitor, house: House) -> None:
    visitor.sign_in("seller")
    visitor.faults = []
    page = visitor.page
    page.goto("/aide/")
    bell = page.locator(BELL)
    expect(bell).to_contain_text(re.compile(r"Mes avis : \d+ non lus?"))
    bell.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".bell-list")).to_contain_text(house.notice.subject)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".bell-entry").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".bell")).not_to_have_attribute("open", "")
    expect(bell).to_be_focused()
    assert visitor.faults == []


def test_without_javascript_it_leads_to_one_s_notices(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor(java_script_enabled=False)
    visitor.sign_in("seller")
    visitor.page.goto("/aide/")
    visitor.page.locator(BELL).click()
    visitor.page.locator(".bell-panel a[href='/avis/']").click()
    expect(visitor.page.locator("h1")).to_have_text("Mes avis")


def test_it_asks_each_minute_while_seen_and_no_more_once_signed_out(
    new_visitor: Callable[..., Visitor],
) -> None:
    visitor = new_visitor()
    visitor.sign_in("seller")
    page = visitor.page
    page.clock.install()

    def asked_in_a_minute() -> int:
        before = len(visitor.requests)
        page.clock.run_for(61_000)
        page.wait_for_timeout(300)
        asked = _bells(visitor.requests[before:])
        # A question that still waits for its answer keeps the next one back.
        until = time.monotonic() + PATIENCE
        while _bells(visitor.requests) > page.evaluate("window.read") and time.monotonic() < until:
            page.wait_for_timeout(50)
        return asked

    page.goto("/aide/")
    page.evaluate(READ)
    assert asked_in_a_minute() == 1
    page.evaluate(HIDE)
    assert asked_in_a_minute() == 0
    page.evaluate(SHOW)
    assert asked_in_a_minute() == 1
    visitor.context.clear_cookies()
    assert asked_in_a_minute() == 1
    assert asked_in_a_minute() == 0
    assert page.locator("h1").inner_text() != "Connexion"


def _bells(urls: Sequence[str]) -> int:
    return sum(url.endswith("/avis/cloche/") for url in urls)


def test_a_message_is_written_and_read_on_the_spot(visitor: Visitor, house: House) -> None:
    visitor.sign_in("accountant")
    visitor.faults = []
    page = visitor.page
    page.goto(f"/messages/invoicing.invoice/{house.issued.pk}/")
    page.get_by_label("Votre message").fill("Bien reçu, merci.")
    page.get_by_label("L’équipe seulement").check()
    page.get_by_role("button", name="Envoyer le message").click()
    last = page.locator(".thread-message").last
    expect(last).to_contain_text("Bien reçu, merci.")
    expect(last).to_contain_text("Équipe seulement")
    expect(page.get_by_label("Votre message")).to_have_value("")
    assert visitor.faults == []
