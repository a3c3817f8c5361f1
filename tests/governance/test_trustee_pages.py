"""The pages of scrutineers: who opens them, what each step answers, the cards of a box, the watch over it
(GOV-26, GOV-33)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.engines.ballots.credentials import new_code, public_credential, write_roll
from governance.models import BallotBox, College, RollEntry
from governance.selectors.box_archive import tally_of
from governance.services.secret_opening import pause_secret_vote
from governance.services.secret_votes import cancel_secret_vote
from governance.services.sitting import note_incident
from governance.states.secret import Channel, CodeMode, SecretState, TrusteeStep
from people.models import User
from tests.factories.governance import make_member
from tests.factories.governance_secret import Scrutin, make_scrutin, share_of
from tests.factories.governance_votes import make_sitting
from tests.factories.people import make_user
from tests.house.moving import changed_since, everything
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

PAGES = ("secret_key", "secret_key_steps", "secret_cards", "secret_watch")


def url(name: str, *args: Any) -> str:
    return reverse(f"governance:{name}", args=args)


def page(made: Scrutin, name: str, user: User | None = None, *args: Any, **more: Any) -> Any:
    return client_of(user or made.keepers[0]).get(url(name, made.vote.pk, *args), **more)


def state(made: Scrutin, index: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = page(made, "secret_key_steps", made.keepers[index - 1]).json()
    return found


def send(made: Scrutin, user: User | None = None, **sent: Any) -> Any:
    return post(user or made.keepers[0], url("secret_key_steps", made.vote.pk), sent)


def post(user: User, address: str, sent: Any) -> Any:
    return client_of(user).post(address, json.dumps(sent), content_type="application/json")


def drawn(found: Any) -> str:
    text_of: str = found.content.decode()
    return text_of


def refused(answer: Any, sentence: str, status: int = 422) -> None:
    assert answer.status_code == status
    assert sentence in answer.json()["message"]


# --- who opens them -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_signs_in_first_and_somebody_else_finds_nothing(name: str, client: Any) -> None:
    made = make_scrutin()
    address = url(name, made.vote.pk)
    assert client.get(address).status_code == 302
    assert client_of(make_user()).get(address).status_code == 404
    assert client_of(made.keepers[1]).get(address).status_code == 200


@pytest.mark.parametrize("name", PAGES[:3])
def test_keys_and_cards_are_the_scrutineers_alone(name: str) -> None:
    """The bureau and the voters see the scrutin: they are refused, not lost."""
    made = make_scrutin(SecretState.ROLL_FROZEN)
    for user in (made.actor, made.sitting.users[0]):
        assert page(made, name, user).status_code == 403


def test_the_bureau_watches_and_a_voter_does_not() -> None:
    made = make_scrutin(SecretState.OPEN)
    assert page(made, "secret_watch", made.actor).status_code == 200
    assert page(made, "secret_watch", made.sitting.users[0]).status_code == 403


def test_a_scrutineer_of_another_scrutin_sends_nothing_here() -> None:
    made = make_scrutin()
    stranger = make_member()[0]
    before = everything()
    message = made.message(made.trustees[0], TrusteeStep.CERTIFICATE)
    assert send(made, stranger, step="certificate", message=message).status_code in (403, 404)
    assert [one for one in changed_since(before) if one != "people_user"] == []


# --- the key ------------------------------------------------------------------------------------


def test_the_state_says_the_step_and_whom_it_waits_for() -> None:
    made = make_scrutin()
    told = state(made)
    assert (told["step"], told["waiting_for"], told["over"]) == ("certificate", [], False)
    assert told["context"] == {"size": 3, "threshold": 2, "index": 1}
    made.send(1, TrusteeStep.CERTIFICATE)
    told = state(made)
    assert (told["step"], told["waiting_for"]) == ("commitment", [2, 3])
    assert told["said"] == {"1": "Clé commencée", "2": "Clé à faire", "3": "Clé à faire"}
    assert [len(done) for done in told["done"].values()] == [1, 0, 0]


def test_each_step_goes_in_by_the_page_and_the_key_is_made() -> None:
    made = make_scrutin()
    for step in TrusteeStep.values:
        for trustee in made.trustees:
            sent = {"step": step, "message": made.message(trustee, step)}
            answer = send(made, made.keepers[trustee.index - 1], **sent)
            assert (answer.status_code, answer.json()) == (200, {})
    assert [state(made, index)["step"] for index in (1, 2, 3)] == ["", "", ""]
    assert set(state(made)["said"].values()) == {"Clé essayée"}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"step": "commitment", "message": "0" * 64}, "Ce n’est pas l’étape qui suit : rechargez la page."),
        ({"step": "nothing", "message": ""}, "Ce n’est pas l’étape qui suit : rechargez la page."),
        ({"step": "certificate", "message": "{}"}, "Une partie manque, est de trop"),
        ({"step": "certificate", "message": "[" * 5000}, "Le texte n’est pas écrit de la seule façon"),
        ({"step": "share", "message": "{}"}, "Cette urne n’est pas de ce scrutin."),
    ],
)
def test_what_does_not_hold_is_refused_by_a_sentence(sent: dict[str, str], sentence: str) -> None:
    made = make_scrutin()
    before = everything()
    refused(send(made, **sent), sentence)
    assert [one for one in changed_since(before) if one != "people_user"] == []


@pytest.mark.parametrize("body", ["", "[]", '{"step": "trial", "message": 1}', "\xff", "[" * 20_000])
def test_a_body_of_another_shape_is_a_bad_request(body: str) -> None:
    made = make_scrutin(SecretState.ROLL_FROZEN)
    addresses = (url("secret_key_steps", made.vote.pk), url("box_cards", made.vote.pk, made.box.uuid))
    for address in addresses:
        answer = client_of(made.keepers[0]).post(address, body, content_type="application/json")
        refused(answer, "Une partie manque, est de trop", status=400)


def test_a_step_already_done_and_one_that_waits_say_so() -> None:
    made = make_scrutin()
    trustee = made.trustees[0]
    certificate = made.message(trustee, TrusteeStep.CERTIFICATE)
    made.send(1, TrusteeStep.CERTIFICATE)
    refused(send(made, step="certificate", message=certificate), "Cette étape est déjà faite")
    waits = send(made, step="commitment", message=made.message(trustee, TrusteeStep.COMMITMENT))
    names = f"{made.trustees[1]}, {made.trustees[2]}"
    refused(waits, f"Cette étape attend encore : {names}.")


def test_a_share_goes_in_by_the_page_once_the_sums_are_there_and_not_before() -> None:
    made = make_scrutin(SecretState.CLOSED)
    box = made.box
    assert state(made)["boxes"] == []
    refused(send(made, step="share", message="{}", box=box.uuid), "Les parts se donnent une fois les sommes")
    made.tally()
    told = state(made)["boxes"]
    assert [one["archive"] for one in told] == [url("box_archive", box.uuid)]
    assert client_of(made.keepers[0]).get(told[0]["archive"]).status_code == 200
    for index in (1, 2):
        answer = send(made, made.keepers[index - 1], step="share", message=_share(made, index), box=box.uuid)
        assert answer.status_code == 200
    made.vote.refresh_from_db()
    assert made.vote.state == SecretState.DECRYPTED
    assert state(made, 3)["over"] is True


def _share(made: Scrutin, index: int) -> str:
    box = made.box
    return share_of(made.group, index, tally_of(box), box.fingerprint, owner=index + 1)


def test_the_share_of_another_is_refused() -> None:
    made = make_scrutin(SecretState.TALLIED)
    before = everything()
    answer = send(made, made.keepers[0], step="share", message=_share(made, 2), box=made.box.uuid)
    refused(answer, "Cette part de dépouillement n’est d’aucun scrutateur, ou le même en a donné deux.")
    assert [one for one in changed_since(before) if one != "people_user"] == []


def test_the_box_of_another_scrutin_takes_no_share() -> None:
    made = make_scrutin(SecretState.TALLIED)
    other = make_scrutin(SecretState.TALLIED, sitting=made.sitting)
    answer = send(made, step="share", message=_share(made, 1), box=other.box.uuid)
    refused(answer, "Cette urne n’est pas de ce scrutin.")


def test_the_page_holds_every_step_hidden_and_says_what_to_do_without_javascript() -> None:
    made = make_scrutin()
    said = drawn(page(made, "secret_key"))
    steps = {"certificate", "keep", "commitment", "polynomial", "verification", "trial"}
    for step in steps | {"wait", "kept", "share", "done", "over"}:
        assert f'data-step="{step}" hidden' in said
    assert "<noscript>" in said
    assert "prenez un autre appareil" in said
    assert "js/scrutineer.js" in said
    # The key lives in this page: no other script runs in it.
    assert said.count("<script") == 1


def test_the_page_of_a_cancelled_scrutin_says_it() -> None:
    made = make_scrutin()
    cancel_secret_vote(made.vote, reason="Une gardienne est partie.", actor=made.actor, at=timezone.now())
    assert "Une gardienne est partie." in text(page(made, "secret_key"))
    assert state(made)["over"] is True


# --- the cards ----------------------------------------------------------------------------------


def roll_for(box: BallotBox, voices: int) -> str:
    return write_roll([public_credential(box.uuid, new_code()) for _voice in range(voices)])


def test_cards_are_made_for_each_voice_in_alphabetical_order_and_replaced_until_the_seal() -> None:
    made = make_scrutin(SecretState.ROLL_FROZEN)
    box, user = made.box, made.keepers[1]
    address = url("box_cards", made.vote.pk, box.uuid)
    told = client_of(user).get(address).json()
    names = [str(associate) for associate in made.sitting.members]
    assert told == {"uuid": box.uuid, "labels": sorted(names), "done": False}
    first = roll_for(box, 4)
    assert post(user, address, {"step": "cards", "message": first}).json() == {}
    assert client_of(user).get(address).json()["done"] is True
    assert f"4 cartes faites par {user.person}" in text(page(made, "secret_cards"))
    second = roll_for(box, 4)
    assert post(made.keepers[2], address, {"step": "cards", "message": second}).status_code == 200
    box.refresh_from_db()
    assert box.roll == second
    assert f"4 cartes faites par {made.keepers[2].person}" in text(page(made, "secret_cards"))
    made.ready()
    refused(post(user, address, {"message": first}), "entre la liste arrêtée et les urnes scellées")
    said = page(made, "secret_cards")
    assert f"Seules les feuilles que {made.keepers[2].person} a imprimées" in text(said)
    assert "js/cards.js" not in drawn(said)


@pytest.mark.parametrize(
    ("voices", "change", "sentence"),
    [
        (3, lambda roll: roll, "Il faut une carte par voix : 4 voix, 3 cartes."),
        (4, lambda roll: roll.replace(roll[2:66], roll[69:133]), "Un code de vote figure deux fois"),
        (4, lambda roll: roll.replace(roll[2:66], "f" * 64), "n’appartient pas au groupe"),
        (4, lambda roll: roll.replace(",", ", "), "Le texte n’est pas écrit de la seule façon"),
    ],
)
def test_cards_that_do_not_hold_are_refused(voices: int, change: Any, sentence: str) -> None:
    made = make_scrutin(SecretState.ROLL_FROZEN)
    before = everything()
    address = url("box_cards", made.vote.pk, made.box.uuid)
    refused(post(made.keepers[0], address, {"message": change(roll_for(made.box, voices))}), sentence)
    assert [one for one in changed_since(before) if one != "people_user"] == []


def test_a_card_names_who_casts_a_voice_for_somebody_else() -> None:
    made = make_scrutin(SecretState.ROLL_FROZEN)
    owner, holder = made.sitting.members[:2]
    RollEntry.objects.filter(box=made.box, associate=owner).update(holder=holder)
    labels = page(made, "box_cards", None, made.box.uuid).json()["labels"]
    assert f"{owner}, voix portée par {holder}" in labels


def test_the_page_says_why_no_card_is_made_yet_or_any_more() -> None:
    made = make_scrutin()
    assert "La liste n’est pas encore arrêtée" in text(page(made, "secret_cards"))
    made.freeze_roll()
    assert "js/cards.js" in drawn(page(made, "secret_cards"))
    cancel_secret_vote(made.vote, reason="Une erreur de liste.", actor=made.actor, at=timezone.now())
    assert "annulé avant que ses cartes soient faites" in text(page(made, "secret_cards"))


def test_several_boxes_have_cards_of_their_own() -> None:
    one, two = (College.objects.create(name=name, rank=rank) for rank, name in enumerate("AB"))
    rules = {"college_report": "proportional", "empty_college": "lost", "college_abstentions": "outside"}
    weights = f"{one.pk}:60 {two.pk}:40"
    sitting = make_sitting(4, colleges=(one, two), college_weights=weights, **rules)
    made = make_scrutin(SecretState.ROLL_FROZEN, sitting=sitting)
    client, address = client_of(made.keepers[0]), url("secret_cards", made.vote.pk)
    said = client.get(address)
    assert "Ce scrutin a plusieurs urnes" in text(said)
    for box in made.vote.boxes.all():
        assert f"?urne={box.uuid}" in drawn(said)
        assert url("box_cards", made.vote.pk, box.uuid) in drawn(client.get(f"{address}?urne={box.uuid}"))
        assert len(page(made, "box_cards", None, box.uuid).json()["labels"]) == 2
    assert client.get(f"{address}?urne=ailleurs").status_code == 404
    assert client.get(url("box_cards", made.vote.pk, "ailleurs")).status_code == 404


def test_codes_by_mail_leave_no_cards_to_make() -> None:
    made = make_scrutin(SecretState.ROLL_FROZEN, mode=CodeMode.MAIL)
    assert page(made, "secret_cards").status_code == 404
    assert page(made, "box_cards", None, made.box.uuid).status_code == 404


# --- the watch ----------------------------------------------------------------------------------


def incident(made: Scrutin, words: str) -> None:
    now = timezone.now()
    note_incident(made.sitting.assembly, text=words, happened_at=now, actor=made.actor, at=now)


def test_the_watch_counts_codes_and_marks_and_tells_what_happened() -> None:
    made = make_scrutin(SecretState.TESTED)
    assert "Rien depuis l’ouverture." in text(page(made, "secret_watch"))
    made.open()
    for rank in (0, 1):
        made.cast(made.entry_of(rank), [[1, 0, 0]])
    made.cast(made.entry_of(0), [[0, 1, 0]])
    pause_secret_vote(made.vote, reason="Plus de courant.", actor=made.actor, at=timezone.now())
    incident(made, "Une porte a claqué.")
    box = page(made, "secret_watch").context["boxes"][0]
    assert (box.voters, box.marked, box.received, box.on_paper, box.voices) == (2, 2, 3, 0, 4)
    said = text(page(made, "secret_watch"))
    assert "L’urne et la liste d’émargement disent le même nombre." in said
    assert "Scrutin suspendu. Plus de courant." in said
    assert "Une porte a claqué." in said
    RollEntry.objects.filter(pk=made.entry_of(2).pk).update(channel=Channel.SCREEN)
    assert "ne disent pas le même nombre : prévenez le bureau." in text(page(made, "secret_watch"))


def test_what_happened_before_the_opening_or_after_the_proclamation_is_not_of_the_scrutin() -> None:
    made = make_scrutin(SecretState.TESTED)
    incident(made, "Avant.")
    made.reach(SecretState.PROCLAIMED)
    incident(made, "Après.")
    said = text(page(made, "secret_watch"))
    assert "Avant." not in said
    assert "Après." not in said


def test_an_altered_box_is_told_first() -> None:
    made = make_scrutin(SecretState.OPEN)
    made.vote.unsound_at = timezone.now()
    made.vote.save(update_fields=["unsound_at"])
    assert "Une urne a été altérée" in text(page(made, "secret_watch"))


def test_nothing_is_watched_before_the_boxes_are_sealed() -> None:
    made = make_scrutin(SecretState.ROLL_FROZEN)
    said = page(made, "secret_watch")
    assert "Les urnes de ce scrutin ne sont pas encore scellées" in text(said)
    assert "js/integrity.js" not in drawn(said)


def test_the_watch_asked_again_answers_304_until_something_happens() -> None:
    made = make_scrutin(SecretState.OPEN)
    first = page(made, "secret_watch", headers={"HX-Request": "true"})
    assert "<html" not in drawn(first)
    asked = {"HX-Request": "true", "If-None-Match": first["ETag"]}
    assert page(made, "secret_watch", headers=asked).status_code == 304
    made.cast(made.entry_of(0), [[1, 0, 0]])
    assert page(made, "secret_watch", headers=asked).status_code == 200
    assert page(made, "secret_watch").status_code == 200


def queries(made: Scrutin) -> list[int]:
    found = []
    for name in PAGES:
        client, address = client_of(made.keepers[0]), url(name, made.vote.pk)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        found.append(len(asked))
    return found


def test_pages_ask_as_much_of_many_as_of_few() -> None:
    """As many queries for two scrutineers as for five, for no incident as for three."""
    few = make_scrutin(SecretState.OPEN, size=2, threshold=1)
    before = queries(few)
    many = make_scrutin(SecretState.OPEN, sitting=few.sitting, size=5, threshold=3)
    for word in ("Un", "Deux", "Trois"):
        incident(many, word)
    assert queries(many) == before
