"""A member votes at a secret ballot by the keyboard alone: opens one ballot to check it, casts another, finds
its number on the public board, changes their mind and votes again (GOV-26, GOV-27, GOV-33)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from governance.models import Ballot, RollEntry
from governance.selectors.voting_programs import programs
from governance.states.secret import CodeMode, SecretState
from governance.states.votes import Method
from tests.factories.governance import make_resolution
from tests.factories.governance_secret import Scrutin, make_scrutin
from tests.factories.governance_votes import make_election, make_sitting
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PAGE = "Voter à bulletin secret"
COUNTED = "Votre bulletin est dans l’urne, tel que vous l’avez déposé."
REPLACED = (
    "Ce bulletin est dans l’urne, mais un bulletin déposé plus tard avec le même code l’a remplacé."
    " Si ce n’est pas vous, prévenez le bureau."
)
CODE = re.compile(r"\b\w{5}-\w{6}-\w{5}-\w{6}\b")


class Story:
    """Somebody called to a sitting, who has a code by mail and a keyboard."""

    def __init__(self, page: Page) -> None:
        self.walker, self.page = Walker(page), page
        self.scrutin = _scrutin()
        self.scripts: set[str] = set()
        page.on("request", lambda request: self._asked(request.resource_type, request.url))

    def _asked(self, kind: str, url: str) -> None:
        """Notes what the page of the ballot runs, its worker too."""
        if self.page.url.endswith("/voter/") and (kind == "script" or url.endswith(".js")):
            self.scripts.add(urlsplit(url).path.removeprefix("/static/"))

    def reaches(self, heading: str) -> None:
        """The step of this heading, under the reader’s hand, passes axe."""
        expect(self.page.get_by_role("heading", name=heading, exact=True)).to_be_focused()
        self.walker.judge(PAGE)

    def tick(self, question: int, answer: str) -> None:
        field = self.page.locator(f"[data-question='{question}']")
        self.walker.press(field.get_by_label(answer, exact=True), "Space")

    def tracker(self, step: str) -> str:
        return self.page.locator(f"[data-step={step}] [data-tracker]").inner_text()

    def seal(self, code: str) -> str:
        self.walker.press_button("Relire mon choix")
        self.reaches("Relire et sceller")
        self.walker.type("Votre code de vote", code)
        self.page.keyboard.press("Enter")
        self.reaches("Votre bulletin est scellé")
        return self.tracker("sealed")

    def cast(self) -> None:
        self.walker.press_button("Déposer dans l’urne")
        self.reaches("Reçu de vote")


def _scrutin() -> Scrutin:
    sitting = make_sitting(present=4)
    asked = [
        make_resolution(sitting.assembly, title="Approbation des comptes"),
        make_election(sitting, method=Method.NAMES, seats=2, title="Conseil coopératif"),
    ]
    return make_scrutin(SecretState.OPEN, sitting=sitting, resolutions=asked, mode=CodeMode.MAIL)


def test_a_member_votes_checks_and_votes_again(page: Page, demonstration: None, tmp_path: Path) -> None:
    page.set_default_timeout(20_000)
    story = Story(page)
    walker = story.walker
    walker.sign_in(story.scrutin.sitting.users[0].email)
    walker.press_link("Voter à bulletin secret : Scrutin du matin")
    walker.judge(PAGE)
    found = CODE.search(page.locator(".ballot-mail").inner_text())
    assert found is not None
    code = found[0]

    # What is missing is said where it is missing; a wrong code too.
    story.tick(0, "Contre")
    walker.press_button("Relire mon choix")
    expect(page.locator("[data-question='1'] [data-error]")).to_have_text(
        "Cochez de 1 à 2 réponses, ou le vote blanc."
    )
    walker.judge(PAGE)
    _one_at_a_time(story)
    opened = story.seal(code)
    held = page.locator("[data-review] [data-held] li")
    expect(held).to_have_text(["Contre", "Candidature 1", "Candidature 3"])

    _check_elsewhere(story, opened, tmp_path)
    walker.press_button("Sceller un autre bulletin")
    story.reaches("Votre bulletin est scellé")
    first = story.tracker("sealed")
    assert first != opened
    assert not Ballot.objects.exists()
    story.cast()
    expect(page.locator("[data-quarter]")).to_contain_text("entre")
    assert "Contre" not in page.locator(".ballot-receipt").inner_text()

    _find(story, first)
    _vote_again(story, code, first)
    assert story.scripts
    assert story.scripts <= set(programs()), "the page runs nothing but the programs that are published"


def _one_at_a_time(story: Story) -> None:
    """The questions one by one; the one that lacks an answer comes back by itself."""
    walker, page = story.walker, story.page
    parts = page.locator("[data-part]:visible")
    walker.press_button("Une question à la fois")
    expect(parts).to_have_count(1)
    expect(page.locator("[data-page-told]")).to_have_text("Question 1 sur 2")
    walker.press_button("Relire mon choix")
    expect(page.locator("[data-question='1'] input").first).to_be_focused()
    story.tick(1, "Candidature 1")
    story.tick(1, "Candidature 3")
    walker.judge(PAGE)
    walker.press_button("Question précédente")
    expect(page.get_by_role("heading", name="Approbation des comptes", exact=True)).to_be_focused()
    walker.press_button("Question suivante")
    walker.press_button("Une question à la fois")
    expect(parts).to_have_count(2)


def _check_elsewhere(story: Story, tracker: str, folder: Path) -> None:
    """The opened ballot, read again on the page of checks in a browser that nobody signed in to."""
    walker, page = story.walker, story.page
    walker.unfold("Vérifier que cette page ne triche pas")
    with page.expect_download() as downloading:
        walker.press_button("Ouvrir ce bulletin")
    file = folder / downloading.value.suggested_filename
    downloading.value.save_as(file)
    story.reaches("Bulletin ouvert")
    assert page.context.browser is not None
    elsewhere = page.context.browser.new_context(base_url=page.url, locale="fr-FR")
    other = Walker(elsewhere.new_page())
    other.page.goto("/urnes/verifier-un-bulletin/")
    other.judge("Vérifier un bulletin ouvert")
    other.bring("Fichier du bulletin ouvert", file.name, file.read_bytes())
    expect(other.page.locator("[data-found=tracker]")).to_have_text(tracker)
    expect(other.page.locator("[data-held] li")).to_have_text(["Contre", "Candidature 1", "Candidature 3"])
    other.judge("Vérifier un bulletin ouvert")
    elsewhere.close()


def _find(story: Story, tracker: str) -> None:
    """From the receipt to the board, without the server being told which number is looked for."""
    asked: list[str] = []
    story.page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    story.walker.press_link("Le voir sur le tableau")
    story.walker.judge("Tableau public")
    expect(story.page.locator(".trackers .is-found")).to_have_text(tracker)
    expect(story.page.locator("[data-told]")).to_have_text(COUNTED)
    story.walker.type("Votre numéro de suivi", "pas-un-numéro")
    expect(story.page.locator("[data-told]")).to_contain_text("Aucun bulletin n’a ce numéro.")
    assert not [url for url in asked if tracker in url.split("#")[0]]


def _vote_again(story: Story, code: str, first: str) -> None:
    """The same code, another choice: the last ballot counts, the voice is marked once."""
    story.page.go_back()
    story.walker.judge(PAGE)
    expect(story.page.locator("[data-voted]")).to_be_visible()
    expect(story.page.locator("input:checked")).to_have_count(0)
    story.tick(0, "Pour")
    story.tick(1, "Vote blanc")
    second = story.seal(code)
    story.cast()
    rows: Any = Ballot.objects.values_list("tracker", flat=True)
    assert set(rows) == {first, second}
    assert Ballot.objects.values("credential").distinct().count() == 1
    assert RollEntry.objects.exclude(channel="").count() == 1
    story.walker.press_link("Le voir sur le tableau")
    expect(story.page.locator(".trackers .is-found")).to_have_text(second)
    expect(story.page.locator("[data-told]")).to_have_text(COUNTED)
    expect(story.page.locator("main")).to_contain_text("1 bulletin de plus a été remplacé")
    story.walker.type("Votre numéro de suivi", first)
    expect(story.page.locator(".trackers .is-found")).to_have_text(f"{first} remplacé")
    expect(story.page.locator("[data-told]")).to_have_text(REPLACED)
    story.walker.judge("Tableau public")
