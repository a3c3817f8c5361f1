"""Three scrutineers make the keys of a secret ballot in three browsers, one of them the cards of codes; two
of them open the totals, the third one is missing (GOV-26, GOV-33)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from governance.engines.ballots.tally import read_result
from governance.models import BallotBox
from governance.selectors.box_archive import election_of
from governance.states.secret import SecretState
from tests.factories.governance_secret import Scrutin, make_scrutin
from tests.factories.people import make_user
from tests.stories.keeping import Keeper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

NAMES = (("Aïcha", "Benali"), ("Bruno", "Castel"), ("Chloé", "Deschamps"))


def test_three_browsers_make_the_keys_and_two_open_the_totals(
    keepers: Callable[[], Keeper], demonstration: None
) -> None:
    users = [make_user(first_name=first, last_name=last) for first, last in NAMES]
    made = make_scrutin(keepers=users)
    one, two, three = (keepers() for _user in users)
    for keeper, user in zip((one, two, three), users, strict=True):
        keeper.come(user, f"/scrutins/{made.vote.pk}/ma-cle/")
    _make_keys(one, two, three)
    made.freeze_roll()
    _make_cards(made, one)
    _hold(made)
    _refuse_before_the_close(made, one)
    made.close()
    made.tally()
    _open(made, one, two)
    _missing(three)


def _make_keys(one: Keeper, two: Keeper, three: Keeper) -> None:
    sheets = {}
    for keeper in (one, two, three):
        keeper.sees("certificate")
        sheets[keeper] = keeper.make_key()
        keeper.sees("keep")
    # The first one mixes up two files, then shows their own.
    one.give("keep", two.file)
    one.refused("Ce n’est pas votre clé de ce scrutin. Est-ce bien ce fichier, cette feuille ?")
    one.give("keep", one.file)
    one.sees("wait")
    expect(one.page.locator("[data-status]")).to_have_text(
        "On attend encore : Bruno Castel, Chloé Deschamps."
    )
    # The second one copies the sheet, and mistypes it first.
    two.walker.type("Ou les 22 lettres et chiffres de la feuille", sheets[two][:-1])
    two.press("keep")
    two.refused("Cette clé est mal recopiée : elle a 22 lettres et chiffres, sans 0, I, O ni l.")
    two.walker.type("Ou les 22 lettres et chiffres de la feuille", sheets[two])
    two.press("keep")
    three.give("keep", three.file)
    for keeper in (one, two, three):
        keeper.sees("commitment")
    read = {keeper.page.locator("[data-hash]").inner_text() for keeper in (one, two, three)}
    assert len(read) == 1
    assert len(read.pop().split()) == 16
    for keeper in (one, two, three):
        keeper.press("commitment")
    # With the keys in hand the pages go on by themselves, as far as the trial, which asks for the kept one.
    for keeper in (one, two, three):
        keeper.sees("trial")
    for keeper in (one, two, three):
        keeper.give("trial", keeper.file)
        keeper.sees("kept")
    for keeper in (one, two, three):
        expect(keeper.page.locator(".key-keepers")).to_contain_text("Chloé Deschamps n° 3")
        expect(keeper.page.locator("[data-said]")).to_have_text(["Clé essayée"] * 3)


def _make_cards(made: Scrutin, one: Keeper) -> None:
    """Codes are on the sheets alone: the walk takes them from what is printed."""
    one.page.goto(f"/scrutins/{made.vote.pk}/cartes/")
    expect(one.part("make")).to_be_visible()
    one.walker.judge("Cartes de codes")
    one.press("make", "make")
    expect(one.page.locator("[data-status]")).to_have_text("Cartes prêtes à imprimer : 4.")
    expect(one.page.locator(".code-cards")).to_be_hidden()
    expect(one.part("print").locator("[data-act=send]")).to_be_disabled()
    one.press("print", "print")
    assert one.page.evaluate("window.printed")
    printed = one.page.locator(".code-card")
    codes = dict(
        zip(
            printed.locator("[data-card-label]").all_text_contents(),
            printed.locator("[data-card-code]").all_text_contents(),
            strict=True,
        )
    )
    one.press("print")
    expect(one.part("done")).to_be_visible()
    one.walker.judge("Cartes de codes")
    assert one.page.locator(".code-card").count() == 0
    for entry in made.box.entries.all():
        made.codes[entry.associate_id, entry.person_id] = codes[str(entry)]
    one.page.reload()
    expect(one.page.locator("main")).to_contain_text("4 cartes faites par Aïcha Benali")


def _hold(made: Scrutin) -> None:
    """The bureau leads it as far as the ballots: each voter signs with the code of their card."""
    made.ready()
    made.rehearse()
    made.open()
    made.vote_in_turn()


def _refuse_before_the_close(made: Scrutin, one: Keeper) -> None:
    one.page.goto(f"/scrutins/{made.vote.pk}/ma-cle/")
    one.sees("kept")
    address = f"/scrutins/{made.vote.pk}/ma-cle/etapes/"
    assert one.asks(address, step="share", message="{}", box=made.box.uuid) == (
        422,
        "Les parts se donnent une fois les sommes publiées, jusqu’à ce qu’il y en ait assez.",
    )
    one.page.goto(f"/scrutins/{made.vote.pk}/controle/")
    expect(one.page.locator(".watch-status")).to_contain_text("Chaîne entière à")
    expect(one.page.locator("[data-figure=ballots]")).to_have_text("4")
    one.walker.judge("Contrôle des urnes")


def _open(made: Scrutin, one: Keeper, two: Keeper) -> None:
    # Its page waited since its key was made: it says by itself that a share is asked.
    two.sees("share")
    one.page.goto(f"/scrutins/{made.vote.pk}/ma-cle/")
    for keeper in (one, two):
        expect(keeper.page.locator("[data-check] [data-verdict-said]")).to_have_text(["vérifié"] * 6)
        expect(keeper.page.locator("[data-figure=kept]")).to_have_text("4")
        expect(keeper.page.locator("[data-figure=fingerprint]")).to_have_text(made.box.fingerprint)
        keeper.sees("share")
    one.give("share", two.file)
    one.refused("Ce n’est pas votre clé de ce scrutin. Est-ce bien ce fichier, cette feuille ?")
    assert made.box.shares.exclude(trustee=None).count() == 0
    one.give("share", one.file)
    one.sees("done")
    two.give("share", two.file)
    two.sees("over")
    made.vote.refresh_from_db()
    assert made.vote.state == SecretState.DECRYPTED
    box = BallotBox.objects.get(secret_vote=made.vote)
    assert read_result(box.result, election_of(box)) == ((2, 1, 1),)
    made.verify()


def _missing(three: Keeper) -> None:
    """The third one is asked for nothing any more."""
    three.sees("over")
