"""A whole secret election: prepared, its roll frozen, its keys made by three scrutineers in browsers of their
own, voted by five members of whom one checks that the page does not cheat, opened without the scrutineer who
went away, published, told by the minutes; then verified by anybody, with two programs (GOV-26 to GOV-34)."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from governance.engines.ballots.archive import Kind, read_archive
from governance.models import BallotBox, Minutes, SecretVote, VoteResult
from governance.states.assemblies import BureauRole
from governance.states.secret import SecretState
from governance.states.votes import Method
from people.models import User
from tests.factories.contracts import no_code
from tests.factories.governance import (
    make_assembly,
    make_associate,
    make_member,
    make_organiser,
    make_resolution,
    make_rule_set,
)
from tests.factories.governance_room import seat
from tests.factories.governance_votes import Sitting, arrive, make_election
from tests.factories.kernel import make_cooperative
from tests.governance.ballots.voted import written
from tests.oracle import belenios
from tests.stories.keeping import Keeper
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

AUDITOR = Path(__file__).parents[2] / "docs" / "verify" / "verify_election.py"
TITLE, LEASE, BOARD = "Scrutin de juin", "Bail de la halle", "Conseil coopératif"
CODE = re.compile(r"\w{5}-\w{6}-\w{5}-\w{6}")
MEMBERS = (("Paul", "Sauvage"), ("Nina", "Roche"), ("Ida", "Abadie"), ("Jean", "Abadie"))
# What each one says, in the order of the voters.
SAID = (
    ("Pour", "Candidature 1"),
    ("Pour", "Candidature 1"),
    ("Contre", "Candidature 2"),
    ("Pour", "Candidature 1"),
    ("Pour", "Vote blanc"),
)


class Story:
    """Marthe organises and chairs, Paul writes; Nina, Ida and Jean keep the keys; all five vote."""

    def __init__(self, page: Page, booth: Page) -> None:
        self.bureau, self.booth = Walker(page), Walker(booth)
        make_cooperative()
        no_code()
        self.marthe = make_organiser(first_name="Marthe", last_name="Ségur")
        first = make_associate(self.marthe.person)
        made = [make_member(first_name=name, last_name=last) for name, last in MEMBERS]
        self.voters = [self.marthe, *(user for user, _associate in made)]
        members = [first, *(associate for _user, associate in made)]
        self.keepers = self.voters[2:]
        rules = make_rule_set(actor=self.marthe, decision__ordinary__1="none expressed 1/2 strict")
        self.assembly = make_assembly(state="open", rule_set=rules, associates=tuple(members))
        for associate in members:
            arrive(self.assembly, associate)
        seat(self.assembly, BureauRole.CHAIR, self.marthe.person)
        seat(self.assembly, BureauRole.SECRETARY, self.voters[1].person)
        for user in self.keepers:
            seat(self.assembly, BureauRole.SCRUTINEER, user.person)
        make_resolution(self.assembly, title=LEASE, text="Le bail est renouvelé pour neuf ans.")
        sitting = Sitting(self.assembly, self.marthe, self.voters, members)
        make_election(sitting, method=Method.NAMES, title=BOARD)

    @property
    def vote(self) -> SecretVote:
        return SecretVote.objects.get()

    @property
    def box(self) -> BallotBox:
        return self.vote.boxes.get()

    def be(self, user: User) -> None:
        self.bureau.sign_out()
        self.bureau.sign_in(user.email)
        self.bureau.page.goto(self.vote.get_absolute_url())

    def says(self, *texts: str) -> None:
        for text in texts:
            expect(self.bureau.page.locator("main")).to_contain_text(text)

    def asked(self, act: str, done: str) -> None:
        """An act that says what follows, on a page of its own."""
        self.bureau.press_link(act)
        self.bureau.judge(act)
        self.bureau.press_button(act)
        self.says(done)

    def pressed(self, act: str, done: str) -> None:
        self.bureau.press_button(act)
        self.says(done)


@pytest.fixture
def booth(browser: Browser, browser_context_args: dict[str, object]) -> object:
    """Where voters vote, one after the other."""
    context: BrowserContext = browser.new_context(**browser_context_args)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def test_a_secret_election_from_its_roll_to_its_minutes_and_its_archive(
    page: Page, booth: Page, keepers: Callable[[], Keeper], demonstration: None, tmp_path: Path
) -> None:
    page.set_default_timeout(30_000)
    story = Story(page, booth)
    _prepare(story)
    three = [keepers() for _user in story.keepers]
    _make_keys(story, three)
    _open(story)
    trackers = [_vote(story, user, said) for user, said in zip(story.voters, SAID, strict=True)]
    # Nobody will see the third one again.
    three.pop().page.context.close()
    _count(story)
    _share(story, three)
    _publish(story)
    head = _tell(story)
    archive, proofs = _download(story, trackers[2], tmp_path)
    _verify(archive, proofs, "--head", head, "--voters", "5", "--tracker", trackers[2])
    _ask_outside(archive, tmp_path)


def _prepare(story: Story) -> None:
    """Two questions, codes by mail, three keys of which two open; then Paul freezes the roll."""
    bureau, page = story.bureau, story.bureau.page
    bureau.sign_in(story.marthe.email)
    page.goto(f"/assemblees/{story.assembly.pk}/scrutins/")
    bureau.judge("Scrutins secrets")
    bureau.press_link("Préparer un scrutin")
    bureau.judge("Préparer un scrutin secret")
    bureau.type("Intitulé du scrutin", TITLE)
    for label in (LEASE, BOARD, *(str(user.person) for user in story.keepers)):
        box = page.locator("label").filter(has_text=label).locator("input")
        if not box.is_checked():
            bureau.press(box, "Space")
    bureau.press(page.locator("[name='mode'][value='mail']"), "Space")
    bureau.type("Clés qui suffisent pour dépouiller", "2")
    bureau.press_button("Préparer le scrutin")
    story.says("Le scrutin est préparé")
    bureau.judge(TITLE)
    story.be(story.voters[1])
    story.asked("Arrêter la liste", "La liste est arrêtée.")
    assert (story.vote.threshold, story.box.entries.count()) == (2, 5)


def _make_keys(story: Story, three: list[Keeper]) -> None:
    for keeper, user in zip(three, story.keepers, strict=True):
        keeper.come(user, f"/scrutins/{story.vote.pk}/ma-cle/")
        keeper.make_key()
        keeper.give("keep", keeper.file)
    for keeper in three:
        keeper.press("commitment")
    for keeper in three:
        expect(keeper.part("trial")).to_be_visible(timeout=60_000)
        keeper.give("trial", keeper.file)
        expect(keeper.part("kept")).to_be_visible(timeout=60_000)


def _open(story: Story) -> None:
    story.be(story.marthe)
    story.pressed("Sceller les urnes", "Les urnes sont scellées")
    story.pressed("Faire l’essai", "L’essai est juste")
    story.asked("Ouvrir le scrutin", "Le scrutin est ouvert.")


def _vote(story: Story, user: User, said: tuple[str, ...]) -> str:
    """By the keyboard, with the code of the mail that the demonstration shows; gives the tracker."""
    walker, page = story.booth, story.booth.page
    walker.sign_out()
    walker.sign_in(user.email)
    page.goto(f"/scrutins/{story.vote.pk}/voter/")
    walker.judge("Voter à bulletin secret")
    found = CODE.search(page.locator(".ballot-mail").inner_text())
    assert found
    for place, answer in enumerate(said):
        asked = page.locator(f"[data-question='{place}']")
        walker.press(asked.get_by_role("radio", name=answer, exact=True), "Space")
    walker.press(page.locator("[data-step=choose] [data-act=review]"))
    expect(page.locator("[data-step=review] [data-held]")).to_have_text(list(said))
    walker.type("Votre code de vote", found[0])
    _seal(story, "review")
    if user == story.voters[2]:
        _check(story, said)
        _seal(story, "opened")
    tracker = page.locator("[data-step=sealed] [data-tracker]").inner_text()
    walker.press(page.locator("[data-step=sealed] [data-act=cast]"))
    expect(page.locator("[data-step=done]")).to_be_visible()
    expect(page.locator("[data-step=done] [data-tracker]")).to_have_text(tracker)
    walker.judge("Voter à bulletin secret")
    return tracker


def _seal(story: Story, step: str) -> None:
    page = story.booth.page
    story.booth.press(page.locator(f"[data-step={step}] [data-act=seal]"))
    expect(page.locator("[data-step=sealed]")).to_be_visible(timeout=60_000)


def _check(story: Story, said: tuple[str, ...]) -> None:
    """Instead of casting it, the ballot is opened: it holds what was chosen, and is not in the box."""
    walker, page = story.booth, story.booth.page
    walker.unfold("Vérifier que cette page ne triche pas")
    with page.expect_download() as downloading:
        walker.press(page.locator("[data-step=sealed] [data-act=audit]"))
    with page.context.new_page() as other:
        other.goto("/urnes/verifier-un-bulletin/")
        other.get_by_label("Fichier du bulletin ouvert").set_input_files(downloading.value.path())
        other.get_by_role("button", name="Vérifier", exact=True).click()
        expect(other.locator("[data-step=found] [data-held]")).to_have_text(list(said))
    assert story.box.ballots.count() == 2


def _count(story: Story) -> None:
    assert (story.box.ballots.count(), story.box.entries.exclude(channel="").count()) == (5, 5)
    story.bureau.page.reload()
    story.asked("Clore le scrutin", "Le scrutin est clos")
    story.pressed("Publier les sommes chiffrées", "Les sommes chiffrées sont publiées")


def _share(story: Story, two: list[Keeper]) -> None:
    """One share opens nothing; the second one opens the totals."""
    for keeper, state in zip(two, (SecretState.TALLIED, SecretState.DECRYPTED), strict=True):
        # The page waited since its key was made: it sees by itself that a share is asked.
        expect(keeper.part("share").locator("[data-checked]")).to_be_visible(timeout=60_000)
        expect(keeper.page.locator("[data-figure=kept]")).to_have_text("5")
        keeper.give("share", keeper.file)
        expect(keeper.part("share")).to_be_hidden(timeout=60_000)
        assert story.vote.state == state


def _publish(story: Story) -> None:
    story.bureau.page.reload()
    story.pressed("Vérifier le résultat", "Le scrutin est vérifié")
    story.asked("Proclamer le résultat", "Le résultat est proclamé.")
    story.asked("Publier l’archive", "L’archive est publique")
    results = VoteResult.objects.order_by("vote__secret_question__position")
    assert [one.verdict for one in results] == ["adopted", "elected"]
    assert [one.facts["counts"]["pour"] for one in results[:1]] == [4]


def _tell(story: Story) -> str:
    """The sitting is closed; the minutes tell the scrutin. Gives the head of the chain as they print it."""
    page = story.bureau.page
    page.goto(f"/assemblees/{story.assembly.pk}/seance/")
    story.bureau.press_button("Lever la séance")
    story.says("Procès-verbal")
    story.be(story.voters[1])
    page.goto(f"/assemblees/{story.assembly.pk}/proces-verbal/")
    story.bureau.press_button("Ouvrir le procès-verbal")
    story.says(f"Scrutin secret · {TITLE}", *(str(user.person) for user in story.keepers))
    story.bureau.judge("Procès-verbal")
    said = page.locator(".mn-hash").filter(has_text="Tête de la chaîne").inner_text()
    assert Minutes.objects.filter(assembly=story.assembly).exists()
    return said.split()[-1]


def _download(story: Story, tracker: str, folder: Path) -> tuple[Path, Path]:
    """Somebody without an account finds the ballot of Nina on the board, and takes the files away."""
    walker, page = story.booth, story.booth.page
    walker.sign_out()
    page.goto(story.box.get_absolute_url())
    walker.judge("Tableau public")
    expect(page.locator("main")).to_contain_text(tracker)
    files = []
    for name in ("Archive (.bel)", "Preuves renforcées des parts"):
        with page.expect_download() as downloading:
            page.get_by_role("link", name=name, exact=True).click()
        files.append(folder / downloading.value.suggested_filename)
        downloading.value.save_as(files[-1])
    archive, proofs = files
    return archive, proofs


def _verify(archive: Path, proofs: Path, *expected: str) -> None:
    """With the one file that needs neither Alvéole nor Django."""
    words = [sys.executable, "-I", str(AUDITOR), str(archive), "--strict-proofs", str(proofs), *expected]
    done = subprocess.run(words, cwd=archive.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _ask_outside(archive: Path, folder: Path) -> None:
    """The program of the authors of the protocol accepts each ballot, then the whole."""
    try:
        belenios.command()
    except belenios.NoOracle as reason:
        pytest.skip(f"the election holds; belenios-tool was not asked: {reason}")
    data = archive.read_bytes()
    events = [(one.kind, one.objects) for one in read_archive(data).events]
    ballots = [objects[0] for kind, objects in events if kind is Kind.BALLOT]
    alone, whole = folder / "alone", folder / "whole"
    for place, content in ((alone, written(events[:1])), (whole, data)):
        place.mkdir()
        (place / "vote.bel").write_bytes(content)
    for number, text in enumerate(ballots):
        (alone / f"{number}.json").write_text(text)
        asked = ("election", "verify-ballot", "--dir", ".", "--ballot", f"{number}.json")
        status, said = belenios.told(*asked, folder=alone)
        assert (status, "ballot is valid" in said) == (0, True), said
    status, said = belenios.told("election", "verify", "--dir", ".", folder=whole)
    assert (len(ballots), status, "all checks passed" in said) == (5, 0, True), said
