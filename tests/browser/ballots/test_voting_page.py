"""The voter's page, by keyboard as by hand: nothing but a sealed ballot leaves it, and each fault is said
where it can be cured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from governance.engines.ballots.ballots import Ballot, check_ballot
from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.credentials import public_credential, write_roll
from governance.engines.ballots.elections import read_election
from tests.browser.ballots.origin import HTML, Answer, Origin, Sent
from tests.browser.ballots.pages import OTHER_VOICE, SEVERAL_VOICES, VOICE, check_page, voting_page
from tests.browser.ballots.test_worker import CODE, ROLL, UUID
from tests.browser.ballots.worked import H_CODES, H, K

pytestmark = pytest.mark.browser

ELECTION = read_election(H)
MEMBERS = {public_credential(UUID, code) for code in H_CODES.values()}
TRUE_QUARTER = "29 novembre 2026, entre 10 h et 10 h 15"


def counted(sent: Sent) -> Ballot:
    return check_ballot(json.loads(sent.body)["ballot"], ELECTION, MEMBERS)


def taken_in(sent: Sent) -> Answer:
    return Answer(json.dumps({"tracker": counted(sent).tracker, "quarter": TRUE_QUARTER}))


def refusing(status: int, fault: str, message: str) -> Answer:
    return Answer(json.dumps({"fault": fault, "message": message}), status=status)


@pytest.fixture
def box(origin: Origin) -> Origin:
    origin.pages |= {
        "/vote": Answer(voting_page(ELECTION), HTML, headers={"Set-Cookie": "csrftoken=abc123; Path=/"}),
        "/election.json": Answer(H),
        "/roll.json": Answer(ROLL),
        "/check": Answer(check_page(), HTML),
    }
    origin.posted = taken_in
    return origin


@pytest.fixture
def page(tab: Page, box: Origin) -> Page:
    tab.goto("/vote")
    expect(tab.get_by_role("heading", name="Choisir")).to_be_visible()
    return tab


def step(page: Page, name: str) -> None:
    """The only step that shows, its heading under the reader's hand."""
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_focused()
    expect(page.locator("[data-step]:visible")).to_have_count(1)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def choose(page: Page) -> None:
    for label, question in (("Contre", 0), ("Alice", 1), ("Chloé", 1), ("Bien", 2), ("Passable", 3)):
        page.locator(f"[data-question='{question}']").get_by_label(label, exact=True).check()
    press(page, "Relire")
    step(page, "Relire")


def seal(page: Page, code: str = CODE) -> str:
    page.get_by_label("Code").fill(code)
    press(page, "Sceller")
    step(page, "Scellé")
    return page.locator("[data-step=sealed] [data-tracker]").inner_text()


def test_a_vote_is_chosen_read_again_sealed_and_cast(page: Page, box: Origin) -> None:
    choose(page)
    expect(page.locator("[data-review] li")).to_have_text(["Contre", "Alice", "Chloé", "Bien", "Passable"])
    tracker = seal(page)
    assert box.sent == []
    press(page, "Voter")
    step(page, "Fini")
    expect(page.locator("[data-step=done] [data-tracker]")).to_have_text(tracker)
    expect(page.locator("[data-quarter]")).to_have_text(TRUE_QUARTER)
    expect(page.locator("[data-received]")).to_be_visible()
    expect(page.locator("[data-status]")).to_have_text("Reçu.")
    [sent] = box.sent
    assert counted(sent).tracker == tracker
    assert sent.headers["x-csrftoken"] == "abc123"


def test_of_several_voices_the_one_that_is_given_is_chosen_first(tab: Page, box: Origin) -> None:
    box.pages["/vote"] = Answer(voting_page(ELECTION, voices=SEVERAL_VOICES), HTML)
    tab.goto("/vote")
    press(tab, "Relire")
    expect(tab.locator("[data-voices] [data-error]")).to_have_text("Quelle voix ?")
    expect(tab.get_by_label("Ana Roy")).to_be_focused()
    tab.get_by_label("Bob Sy").check()
    choose(tab)
    seal(tab)
    press(tab, "Voter")
    step(tab, "Fini")
    assert json.loads(box.sent[0].body)["voice"] == OTHER_VOICE
    expect(tab.locator("[data-voice-name]")).to_have_text("Bob Sy")
    press(tab, "Voter encore")
    expect(tab.locator("[data-voted]:visible")).to_have_count(1)
    expect(tab.locator("input[name=voice]:checked")).to_have_count(0)


def test_a_card_read_by_a_telephone_gives_its_code(tab: Page, box: Origin) -> None:
    tab.goto(f"/vote#{CODE}")
    choose(tab)
    expect(tab.get_by_label("Code")).to_have_value(CODE)
    assert tab.url.endswith("/vote")
    assert CODE not in "".join(box.asked)


def test_the_receipt_leads_to_the_board_without_telling_any_server(page: Page, box: Origin) -> None:
    choose(page)
    tracker = seal(page)
    press(page, "Voter")
    step(page, "Fini")
    assert json.loads(box.sent[0].body)["voice"] == VOICE
    expect(page.locator("[data-board]")).to_have_attribute("href", f"{box.url}/board#{tracker}")
    expect(page.locator("[data-qr] svg")).to_have_attribute("aria-label", "Numéro de suivi")


def test_nothing_of_the_code_nor_of_the_choice_leaves(page: Page, box: Origin) -> None:
    choose(page)
    seal(page)
    press(page, "Voter")
    step(page, "Fini")
    [sent] = box.sent
    body = json.loads(sent.body)
    assert list(body) == ["voice", "ballot"]
    assert list(json.loads(body["ballot"])) == [
        "election_uuid",
        "election_hash",
        "credential",
        "answers",
        "signature",
    ]
    told = " ".join([*box.asked, sent.path, *sent.headers.values(), sent.body])
    assert [part for part in CODE.split("-") if part in told] == []
    assert "?" not in "".join(box.asked)
    stores = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state])"
    assert CODE[:5] not in page.evaluate(stores)


def test_what_was_typed_is_gone_once_it_is_cast(page: Page) -> None:
    choose(page)
    seal(page)
    press(page, "Voter")
    step(page, "Fini")
    assert page.evaluate("document.querySelector('[data-code]').value") == ""
    assert page.evaluate("document.querySelectorAll('input:checked').length") == 0
    press(page, "Voter encore")
    step(page, "Choisir")
    choose(page)
    press(page, "Sceller")
    expect(page.locator("#code-error")).to_have_text("Code mal formé.")


def test_a_vote_goes_by_keyboard_alone(page: Page, box: Origin) -> None:
    def keys(text: str) -> None:
        for key in text.split():
            page.keyboard.press(key)

    keys("Tab Space Tab Space Tab Tab Space Tab Tab Tab Space ArrowDown Tab Space Tab Enter")
    step(page, "Relire")
    expect(page.locator("[data-review] li")).to_have_text(["Pour", "Alice", "Chloé", "Bien", "Très bien"])
    keys("Tab")
    page.keyboard.type(CODE)
    keys("Tab Enter")
    step(page, "Scellé")
    keys("Tab Enter")
    step(page, "Fini")
    assert len(box.sent) == 1


def test_enter_does_what_the_step_is_for(page: Page, box: Origin) -> None:
    choose(page)
    page.get_by_label("Code").fill(CODE)
    page.keyboard.press("Enter")
    step(page, "Scellé")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    step(page, "Fini")
    assert len(box.sent) == 1


def test_a_question_left_open_is_said_at_its_place(page: Page, box: Origin) -> None:
    page.get_by_label("Contre").check()
    press(page, "Relire")
    field = page.locator("[data-question='1']")
    expect(field.locator("[data-error]")).to_have_text("Choisissez autrement.")
    expect(field.locator("input").first).to_be_focused()
    expect(field.locator("input").first).to_have_attribute("aria-invalid", "true")
    field.get_by_label("Alice").check()
    press(page, "Relire")
    expect(field.locator("[data-error]")).to_be_hidden()
    expect(page.locator("[data-question='2'] [data-error]")).to_be_visible()
    expect(page.locator("[aria-invalid]")).to_have_count(1)


def test_a_blank_vote_is_a_vote_for_nothing_else(page: Page) -> None:
    field = page.locator("[data-question='1']")
    field.get_by_label("Alice").check()
    field.get_by_label("Vote blanc").check()
    expect(field.get_by_label("Alice")).not_to_be_checked()
    for question in (0, 2, 3):
        page.locator(f"[data-question='{question}'] input").first.check()
    press(page, "Relire")
    expect(page.locator("[data-review] li")).to_have_text(["Pour", "Vote blanc", "Très bien", "Très bien"])
    press(page, "Modifier")
    field.get_by_label("Bob").check()
    expect(field.get_by_label("Vote blanc")).not_to_be_checked()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Code mal formé."), ("abc", "Code mal formé."), ("11111-111111-11111-111111", "Code inconnu.")],
)
def test_a_wrong_code_is_said_at_its_field(page: Page, box: Origin, typed: str, said: str) -> None:
    choose(page)
    page.get_by_label("Code").fill(typed)
    press(page, "Sceller")
    expect(page.locator("#code-error")).to_have_text(said)
    expect(page.get_by_label("Code")).to_be_focused()
    assert box.sent == []
    seal(page)


def test_an_opened_ballot_is_checked_elsewhere_and_another_one_is_cast(
    page: Page, box: Origin, tmp_path: Path
) -> None:
    choose(page)
    tracker = seal(page)
    with page.expect_download() as downloading:
        press(page, "Ouvrir")
    assert downloading.value.suggested_filename == "bulletin-ouvert.json"
    file = tmp_path / "bulletin-ouvert.json"
    downloading.value.save_as(file)
    step(page, "Ouvert")
    expect(page.locator("[data-step=opened] [data-tracker]")).to_have_text(tracker)
    assert CODE not in file.read_text()

    other = page.context.new_page()
    other.goto("/check")
    other.get_by_label("Fichier").set_input_files(file)
    expect(other.locator("[data-found=tracker]")).to_have_text(tracker)
    expect(other.locator("[data-held] li")).to_have_text(["Contre", "Alice", "Chloé", "Bien", "Passable"])
    other.close()

    press(page, "Sceller à nouveau")
    step(page, "Scellé")
    anew = page.locator("[data-step=sealed] [data-tracker]").inner_text()
    assert anew != tracker
    press(page, "Voter")
    step(page, "Fini")
    assert [counted(sent).tracker for sent in box.sent] == [anew]


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/election.json", Answer(K)),
        ("/election.json", Answer(H + "\n")),
        ("/election.json", Answer(status=500)),
        ("/roll.json", Answer(status=404)),
    ],
)
def test_nobody_votes_in_another_election_than_the_announced_one(
    tab: Page, box: Origin, path: str, answer: Answer
) -> None:
    box.pages[path] = answer
    tab.goto("/vote")
    said = "Autre scrutin." if answer.status == 200 else "Pas de réponse."
    expect(tab.locator("[data-error=page]")).to_have_text(said)
    expect(tab.locator("[data-error=page]")).to_be_focused()
    expect(tab.locator("[data-step]:visible")).to_have_count(0)


def test_an_election_of_another_name_is_refused(tab: Page, box: Origin) -> None:
    box.pages["/vote"] = Answer(voting_page(ELECTION).replace(UUID, "11111111111111"), HTML)
    tab.goto("/vote")
    expect(tab.locator("[data-error=page]")).to_have_text("Autre scrutin.")


def test_a_page_with_fewer_questions_than_the_election_makes_no_ballot(tab: Page, box: Origin) -> None:
    page = voting_page(ELECTION)
    start = page.index('<fieldset data-question="3"')
    box.pages["/vote"] = Answer(page[:start] + page[page.index("</fieldset>", start) :], HTML)
    tab.goto("/vote")
    for question in range(3):
        tab.locator(f"[data-question='{question}'] input").first.check()
    press(tab, "Relire")
    expect(tab.locator("[data-error=page]")).to_have_text("Autre scrutin.")


def test_a_code_that_the_roll_does_not_know_makes_no_ballot(tab: Page, box: Origin) -> None:
    box.pages["/roll.json"] = Answer(write_roll(MEMBERS - {public_credential(UUID, CODE)}))
    tab.goto("/vote")
    choose(tab)
    tab.get_by_label("Code").fill(CODE)
    press(tab, "Sceller")
    expect(tab.locator("#code-error")).to_have_text("Code inconnu.")


def test_the_server_s_refusal_is_said_in_its_own_words(page: Page, box: Origin) -> None:
    box.posted = lambda _sent: refusing(409, "closed", "Le scrutin est clos.")
    choose(page)
    tracker = seal(page)
    press(page, "Voter")
    expect(page.locator("[data-error=page]")).to_have_text("Le scrutin est clos.")
    box.posted = taken_in
    press(page, "Voter")
    step(page, "Fini")
    assert [counted(sent).tracker for sent in box.sent] == [tracker, tracker]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(status=401), "Reconnectez-vous."),
        (Answer(status=302, headers={"Location": "/"}), "Reconnectez-vous."),
        (Answer("<h1>Erreur</h1>", HTML, 500), "Pas de réponse."),
        (Answer("<h1>Erreur</h1>", HTML, 403), "Échec."),
        (Answer('{"tracker":"autre","quarter":"x"}'), "Autre numéro."),
        (None, "Pas de réponse."),
    ],
)
def test_a_ballot_that_was_not_taken_in_waits_to_be_sent_again(
    page: Page, box: Origin, answer: Answer | None, said: str
) -> None:
    box.posted = lambda _sent: answer
    choose(page)
    tracker = seal(page)
    press(page, "Voter")
    expect(page.locator("[data-error=page]")).to_have_text(said)
    expect(page.locator("[data-step=sealed]")).to_be_visible()
    page.context.add_cookies([{"name": "csrftoken", "value": "new456", "url": box.url}])
    box.posted = taken_in
    press(page, "Voter")
    step(page, "Fini")
    assert counted(box.sent[-1]).tracker == tracker
    assert box.sent[-1].headers["x-csrftoken"] == "new456"


def test_a_ballot_whose_answer_was_lost_is_known_to_be_in_the_box(page: Page, box: Origin) -> None:
    box.posted = lambda _sent: None
    choose(page)
    tracker = seal(page)
    press(page, "Voter")
    expect(page.locator("[data-error=page]")).to_have_text("Pas de réponse.")
    box.posted = lambda _sent: refusing(409, "seen_before", "Ce bulletin est déjà dans l’urne.")
    press(page, "Voter")
    step(page, "Fini")
    expect(page.locator("[data-step=done] [data-tracker]")).to_have_text(tracker)
    expect(page.locator("[data-quarter]")).to_have_text("")
    expect(page.locator("[data-received]")).to_be_hidden()


def test_a_ballot_that_may_be_in_the_box_is_not_opened(page: Page, box: Origin) -> None:
    """What would open it would show, with the board, what a ballot that counts says."""
    box.posted = lambda _sent: None
    choose(page)
    seal(page)
    press(page, "Voter")
    expect(page.locator("[data-error=page]")).to_have_text("Pas de réponse.")
    press(page, "Ouvrir")
    expect(page.locator("[data-error=page]")).to_have_text("Peut-être dans l’urne.")
    expect(page.locator("[data-step=sealed]")).to_be_visible()
    box.posted = taken_in
    press(page, "Voter")
    step(page, "Fini")


def test_a_ballot_never_sent_before_and_already_there_is_a_refusal(page: Page, box: Origin) -> None:
    box.posted = lambda _sent: refusing(409, "seen_before", "Ce bulletin est déjà dans l’urne.")
    choose(page)
    seal(page)
    press(page, "Voter")
    expect(page.locator("[data-error=page]")).to_have_text("Ce bulletin est déjà dans l’urne.")


def test_a_page_that_one_comes_back_to_begins_anew(page: Page) -> None:
    choose(page)
    page.get_by_label("Code").fill(CODE)
    page.goto("/check")
    page.go_back()
    expect(page.get_by_role("heading", name="Choisir")).to_be_visible()
    assert page.evaluate("document.querySelector('[data-code]').value") == ""
    assert page.evaluate("document.querySelectorAll('input:checked').length") == 0


def test_without_script_the_form_sends_nothing(box: Origin, tab: Page) -> None:
    """What is ticked stays in the page, whatever key is pressed: the form has nowhere to go."""
    shown = (
        voting_page(ELECTION).replace("<script", "<!-- ").replace("</script>", " -->").replace(" hidden", "")
    )
    box.pages["/vote"] = Answer(shown, HTML)
    tab.goto("/vote")
    tab.get_by_label("Contre").check()
    tab.get_by_label("Code").fill(CODE)
    tab.keyboard.press("Enter")
    asked = list(box.asked)
    tab.evaluate("document.querySelector('form').requestSubmit()")
    tab.wait_for_timeout(100)
    assert [box.asked, box.sent] == [asked, []]
    assert tab.url.endswith("/vote")


def test_texts_are_the_ones_that_were_hashed() -> None:
    """The fixtures above are canonical: what the pages read is what the server wrote."""
    assert dumps(json.loads(H)) == H
    assert dumps(json.loads(ROLL)) == ROLL
