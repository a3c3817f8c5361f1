"""The page where an opened ballot is checked: it says what the ballot really holds, or why it cannot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from governance.engines.ballots.group import Q
from tests.browser.ballots.conftest import Run
from tests.browser.ballots.origin import HTML, Answer, Origin
from tests.browser.ballots.pages import check_page
from tests.browser.ballots.test_making import MAKE
from tests.browser.ballots.worked import K_CODE, K_FINGERPRINT, K

pytestmark = pytest.mark.browser

OPEN = MAKE.replace("return {", "return audit.openBallot(election, made); return {")


@pytest.fixture
def opened(run: Run) -> dict[str, Any]:
    """A ballot of « B » in K, opened."""
    given = {"election": K, "code": K_CODE, "ticked": [[1]], "counted": False}
    return dict(json.loads(run("audit ballot credentials elections", OPEN, given)))


def written(file: dict[str, Any]) -> str:
    return json.dumps(file, separators=(",", ":"), ensure_ascii=False)


@pytest.fixture
def page(tab: Page, origin: Origin) -> Page:
    origin.pages["/check"] = Answer(check_page(), HTML)
    return tab


def test_a_pasted_ballot_says_what_it_holds(page: Page, origin: Origin, opened: dict[str, Any]) -> None:
    page.goto("/check")
    page.get_by_label("Texte").fill(f"  {written(opened)}\n")
    page.get_by_role("button", name="Contrôler").click()
    expect(page.get_by_role("heading", name="Ce qu’il contient")).to_be_focused()
    expect(page.locator("[data-status]")).to_have_text("Vrai.")
    expect(page.locator("[data-name]")).to_have_text("Q")
    expect(page.locator("[data-held] li")).to_have_text(["B"])
    expect(page.locator("[data-found=fingerprint]")).to_have_text(K_FINGERPRINT)
    assert origin.sent == []


def test_a_file_is_read_where_it_is(
    page: Page, origin: Origin, opened: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "bulletin-ouvert.json"
    file.write_text(written(opened))
    page.goto("/check")
    page.get_by_label("Fichier").set_input_files(file)
    expect(page.locator("[data-held] li")).to_have_text(["B"])
    assert origin.sent == []


def test_a_file_that_is_no_text_is_refused(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "image.json"
    file.write_bytes(b"\xff\xd8")
    page.goto("/check")
    page.get_by_label("Fichier").set_input_files(file)
    expect(page.locator("[data-opened] [data-error]")).to_have_text("Pas un bulletin ouvert.")


ASK_TWICE = """() => {
    const form = document.querySelector("form"), [file, text] = form.querySelectorAll("input, textarea");
    form.requestSubmit();
    form.requestSubmit();
    return [file.disabled, text.readOnly];
}"""
COUNT_TASKS = """
    self.tasks = 0;
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (task) { self.tasks += 1; postMessage.call(this, task); };
"""


def test_no_check_begins_while_one_runs(page: Page, opened: dict[str, Any]) -> None:
    """Its answer would be said of what was brought meanwhile."""
    page.add_init_script(COUNT_TASKS)
    page.goto("/check")
    text, file = page.get_by_label("Texte"), page.get_by_label("Fichier")
    text.fill(written(opened))
    assert page.evaluate(ASK_TWICE) == [True, True]
    expect(page.locator("[data-held] li")).to_have_text(["B"])
    assert page.evaluate("self.tasks") == 1
    expect(text).to_be_editable()
    expect(file).to_be_enabled()
    text.fill("rien")
    page.get_by_role("button", name="Contrôler").click()
    expect(page.locator("[data-opened] [data-error]")).to_have_text("Pas un bulletin ouvert.")
    expect(text).to_be_editable()


@pytest.mark.parametrize(
    ("place", "nonce", "said"),
    [(0, "1", "Ces nombres ne l’ouvrent pas."), (2, str(Q), "Échec.")],
)
def test_other_numbers_do_not_open_a_ballot(
    page: Page, opened: dict[str, Any], place: int, nonce: str, said: str
) -> None:
    opened["nonces"][0][place] = nonce
    page.goto("/check")
    page.get_by_label("Texte").fill(written(opened))
    page.get_by_role("button", name="Contrôler").click()
    expect(page.locator("[data-opened] [data-error]")).to_have_text(said)
    expect(page.get_by_label("Texte")).to_be_focused()
    expect(page.get_by_role("heading", name="Ce qu’il contient")).to_be_hidden()


def test_what_was_said_of_another_ballot_goes_away(page: Page, opened: dict[str, Any]) -> None:
    page.goto("/check")
    page.get_by_label("Texte").fill(written(opened))
    page.get_by_role("button", name="Contrôler").click()
    expect(page.locator("[data-held] li")).to_have_text(["B"])
    page.get_by_label("Texte").fill("rien")
    page.get_by_role("button", name="Contrôler").click()
    expect(page.locator("[data-opened] [data-error]")).to_have_text("Pas un bulletin ouvert.")
    expect(page.locator("[data-step=found]")).to_be_hidden()
