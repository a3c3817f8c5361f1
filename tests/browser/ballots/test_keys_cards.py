"""The cards of voters made in a scrutineer's page, and the box that another follows live (GOV-27, GOV-30)."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Locator, Page, expect

from governance.engines.ballots import archive, credentials, making
from governance.engines.ballots.ballots import check_ballot
from tests.browser.ballots.hall import WORDS, cards_page, integrity_page
from tests.browser.ballots.opening import CAST, CODES, INSTANT, UUID, Box, Ceremony
from tests.browser.ballots.origin import Answer, Origin

pytestmark = pytest.mark.browser

LABELS = ["Awa Diallo", "Noé Petit", "Zoé Roux"]
PRINT = "window.print = () => { window.printed = true; }"


def open_cards(tab: Page, origin: Origin, *, done: bool = False) -> None:
    origin.pages["/cards"] = cards_page()
    origin.pages["/state"] = Answer(json.dumps({"uuid": UUID, "labels": LABELS, "done": done}))
    origin.posted = lambda _sent: Answer("{}")
    tab.add_init_script(PRINT)
    tab.goto("/cards")


def button(tab: Page, act: str) -> Locator:
    return tab.locator(f"[data-act={act}]")


def test_cards_are_printed_and_their_public_parts_sent(tab: Page, origin: Origin) -> None:
    open_cards(tab, origin)
    button(tab, "make").click()
    expect(tab.locator("[data-status]")).to_have_text("3 cartes à imprimer.")
    assert tab.locator("[data-card-label]").all_inner_texts() == LABELS
    codes = tab.locator("[data-card-code]").all_inner_texts()
    assert [credentials.tidy_code(code) for code in codes] == codes
    assert len(set(codes)) == 3
    expect(tab.get_by_role("img", name="Code QR du code")).to_have_count(3)
    expect(button(tab, "send")).to_be_disabled()
    button(tab, "print").click()
    assert tab.evaluate("window.printed") is True
    button(tab, "send").click()
    expect(tab.locator("[data-step=done]")).to_be_visible()
    (sent,) = origin.sent
    told = json.loads(sent.body)
    wanted = credentials.write_roll(credentials.public_credential(UUID, code) for code in codes)
    assert told == {"step": "cards", "message": wanted}
    assert [code for code in codes if code in tab.content()] == []
    asked = [*origin.asked, *(sent.body for sent in origin.sent)]
    assert [text for text in asked for code in codes if code in text] == []
    assert [text for text in asked for label in LABELS if label in text] == []


def test_a_code_of_a_card_votes(tab: Page, origin: Origin) -> None:
    open_cards(tab, origin)
    button(tab, "make").click()
    code = tab.locator("[data-card-code]").first.inner_text()
    election = Box(Ceremony().trustees).election
    button(tab, "print").click()
    button(tab, "send").click()
    expect(tab.locator("[data-step=done]")).to_be_visible()
    roll = credentials.read_roll(json.loads(origin.sent[0].body)["message"])
    assert check_ballot(making.make_ballot(election, code, CAST[0][1]), election, set(roll))


def test_a_list_that_cannot_be_sent_is_kept_to_be_sent_again(tab: Page, origin: Origin) -> None:
    open_cards(tab, origin)
    button(tab, "make").click()
    button(tab, "print").click()
    codes = tab.locator("[data-card-code]").all_inner_texts()
    origin.posted = lambda _sent: None
    button(tab, "send").click()
    expect(tab.locator("[data-error=page]")).to_have_text(WORDS["unreachable"])
    assert tab.locator("[data-card-code]").all_inner_texts() == codes
    origin.posted = lambda _sent: Answer("{}")
    button(tab, "send").click()
    expect(tab.locator("[data-step=done]")).to_be_visible()
    assert len({sent.body for sent in origin.sent}) == 1


def test_leaving_before_the_list_is_sent_warns(tab: Page, origin: Origin) -> None:
    open_cards(tab, origin)
    asked: list[str] = []
    tab.on("dialog", lambda question: (asked.append(question.type), question.accept()))
    button(tab, "make").click()
    expect(tab.locator("[data-card-code]")).to_have_count(3)
    tab.goto("/")
    assert asked == ["beforeunload"]


def test_cards_that_were_made_are_not_made_again(tab: Page, origin: Origin) -> None:
    open_cards(tab, origin, done=True)
    expect(tab.locator("[data-step=done]")).to_be_visible()
    expect(button(tab, "make")).to_be_hidden()


# --- the box followed live ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def trustees() -> str:
    return Ceremony().trustees


def show(origin: Origin, box: Box) -> None:
    origin.pages["/archive"] = Answer(box.data.decode(), "application/octet-stream")


def follow(tab: Page, origin: Origin, box: Box) -> None:
    origin.pages["/integrity"] = integrity_page()
    show(origin, box)
    tab.goto("/integrity")
    expect(tab.locator("[data-status]")).to_have_text("Chaîne vérifiée.")


def test_a_box_is_followed_as_it_grows(tab: Page, origin: Origin, trustees: str) -> None:
    box = Box(trustees).opened()
    follow(tab, origin, box)
    expect(tab.locator("[data-figure=ballots]")).to_have_text("4")
    ballot = making.make_ballot(box.election, CODES[3], CAST[1][1])
    box.add(archive.add_ballot(INSTANT, box.events[-1], ballot))
    show(origin, box)
    expect(tab.locator("[data-figure=ballots]")).to_have_text("5")
    expect(tab.locator("[data-figure=head]")).to_have_text(box.events[-1].hash)


def test_each_box_is_followed_by_itself(tab: Page, origin: Origin, trustees: str) -> None:
    box = Box(trustees).opened()
    origin.pages["/integrity"] = integrity_page("/archive", "/missing")
    show(origin, box)
    tab.goto("/integrity")
    expect(tab.locator("[data-status]")).to_have_text(["Chaîne vérifiée.", WORDS["unreachable"]])
    expect(tab.locator("[data-figure=ballots]")).to_have_text(["4", ""])


def test_a_ballot_that_leaves_the_box_is_an_alarm_that_stays(
    tab: Page, origin: Origin, trustees: str
) -> None:
    box = Box(trustees).opened()
    follow(tab, origin, box)
    shorter = Box(trustees, cast=CAST[:3])
    shorter.ballots = box.ballots[:3]
    show(origin, shorter.opened())
    alarm = tab.locator("[data-error=page]")
    expect(alarm).to_have_text("ALERTE : la chaîne ne tient plus.")
    show(origin, box)
    tab.wait_for_timeout(1000)
    expect(alarm).to_be_visible()
    expect(tab.locator("[data-status]")).to_have_text("")


def test_one_byte_changed_is_an_alarm(tab: Page, origin: Origin, trustees: str) -> None:
    box = Box(trustees).opened()
    follow(tab, origin, box)
    box.data = box.data.replace(b'"challenge":"', b'"challenge": ', 1)
    show(origin, box)
    expect(tab.locator("[data-error=page]")).to_have_text("ALERTE : la chaîne ne tient plus.")


def test_a_server_that_is_away_is_no_alarm(tab: Page, origin: Origin, trustees: str) -> None:
    box = Box(trustees).opened()
    follow(tab, origin, box)
    del origin.pages["/archive"]
    expect(tab.locator("[data-status]")).to_have_text(WORDS["unreachable"])
    show(origin, box)
    expect(tab.locator("[data-status]")).to_have_text("Chaîne vérifiée.")
    expect(tab.locator("[data-error=page]")).to_be_hidden()
