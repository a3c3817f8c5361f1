"""The page of a scrutin at each stage of its life: what is next, whose turn it is, who has which button; the
pages of its acts (GOV-26)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cae.core.models import Job
from governance.models import SecretVote
from governance.services import secret_jobs
from governance.services.secret_opening import pause_secret_vote
from governance.states.assemblies import BureauRole
from governance.states.secret import CodeMode, SecretState, TrusteeStep
from tests.factories.governance_room import seat
from tests.factories.governance_secret import Scrutin, make_scrutin
from tests.factories.people import make_user
from tests.house.moving import changed_since, everything
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def url(name: str, *args: Any) -> str:
    return reverse(f"governance:{name}", args=args)


def seen(made: Scrutin, user: Any = None) -> Any:
    """The page of the scrutin as somebody sees it, the bureau unless said."""
    page = client_of(user or made.actor).get(made.vote.get_absolute_url())
    assert page.status_code == 200
    return page


def drawn(page: Any) -> str:
    return page.content.decode()


def ask(made: Scrutin, word: str) -> str:
    return url("secret_ask", made.vote.pk, word)


def test_one_scrutin_is_led_by_its_pages_from_the_list_to_the_archive() -> None:
    """Each step by the button that the page shows; the scrutineers’ and voters’ own pages left out."""
    made = make_scrutin()
    client = client_of(made.actor)

    def press(button: str) -> None:
        page = client.get(made.vote.get_absolute_url())
        assert f'value="{button}"' in drawn(page), button
        done = client.post(url("secret_act", made.vote.pk), {"do": button}, follow=True)
        assert done.redirect_chain == [(made.vote.get_absolute_url(), 302)]
        made.vote.refresh_from_db()

    def confirm(word: str, state: str, **typed: Any) -> None:
        address = ask(made, word)
        assert address in drawn(client.get(made.vote.get_absolute_url())), word
        assert client.get(address).status_code == 200
        done = client.post(address, typed)
        assert (done.status_code, getattr(done, "url", "")) == (302, made.vote.get_absolute_url())
        made.vote.refresh_from_db()
        assert made.vote.state == state

    confirm("arreter", SecretState.ROLL_FROZEN)
    assert "Il reste à faire les cartes de codes" in text(seen(made))
    made.make_cards()
    made.make_keys()
    assert "cartes de codes :" not in text(seen(made))
    press("ready_keys")
    press("rehearse")
    confirm("ouvrir", SecretState.OPEN)
    made.vote_in_turn()
    confirm("suspendre", SecretState.PAUSED, reason="Plus de courant.")
    confirm("reprendre", SecretState.OPEN, reason="Le courant est revenu.")
    confirm("clore", SecretState.CLOSED)
    press("tally")
    assert "Il manque 2 parts sur les 2 nécessaires." in text(seen(made))
    made.give_share(1)
    assert "Il manque 1 part sur les 2 nécessaires." in text(seen(made))
    made.give_share(2)
    press("verify")
    confirm("proclamer", SecretState.PROCLAIMED)
    confirm("publier", SecretState.RECORDED)
    said = text(seen(made))
    assert "Le courant est revenu." in said
    assert "Archive publiée" in said
    assert "destruction" in said or "détruit" in said


def test_whose_turn_it_is_is_said_by_name() -> None:
    made = make_scrutin()
    assert "Au tour de : qui organise l’assemblée" in text(seen(made))
    secretary = seat(made.sitting.assembly, BureauRole.SECRETARY)
    assert f"Au tour de : {secretary.person}, secrétariat de séance" in text(seen(made))
    made.reach(SecretState.ROLL_FROZEN)
    made.make_cards()
    made.make_keys(until=TrusteeStep.VERIFICATION)
    made.send(1, TrusteeStep.TRIAL)
    said = text(seen(made))
    waiting = ", ".join(str(keeper.person) for keeper in made.keepers[1:])
    assert f"Au tour de : {waiting}" in said
    assert "Clé essayée" in said
    assert "Clé commencée" in said


def test_only_the_chair_opens_closes_and_proclaims_once_somebody_chairs() -> None:
    made = make_scrutin(SecretState.TESTED)
    chair = make_user()
    seat(made.sitting.assembly, BureauRole.CHAIR, chair.person)
    assert ask(made, "ouvrir") not in drawn(seen(made))
    assert client_of(made.actor).get(ask(made, "ouvrir")).status_code == 403
    before = everything()
    assert client_of(made.actor).post(ask(made, "ouvrir")).status_code == 403
    assert [one for one in changed_since(before) if one != "people_user"] == []
    assert ask(made, "ouvrir") in drawn(seen(made, chair))
    assert client_of(chair).post(ask(made, "ouvrir")).status_code == 302
    made.vote.refresh_from_db()
    assert made.vote.state == SecretState.OPEN
    # The rest of the bureau pauses, and does not close.
    page = drawn(seen(made))
    assert ask(made, "suspendre") in page
    assert ask(made, "clore") not in page


def test_a_keeper_finds_the_key_and_no_button_of_the_bureau() -> None:
    made = make_scrutin(SecretState.TALLIED)
    page = seen(made, made.keepers[0])
    assert "Donner ma part" in text(page)
    assert ask(made, "annuler") not in drawn(page)
    assert client_of(made.keepers[0]).get(ask(made, "annuler")).status_code == 403
    assert (
        client_of(made.keepers[0]).post(url("secret_act", made.vote.pk), {"do": "verify"}).status_code == 403
    )


def test_a_keeper_is_offered_a_share_while_one_is_still_to_give() -> None:
    made = make_scrutin(SecretState.TALLIED)
    made.give_share(1)
    given, awaited = (seen(made, keeper) for keeper in made.keepers[:2])
    assert "Donner ma part" not in text(given)
    assert url("secret_key", made.vote.pk) in drawn(given)
    assert "Donner ma part" in text(awaited)


def test_who_votes_has_the_button_while_it_is_open_only() -> None:
    made = make_scrutin(SecretState.OPEN)
    voter = made.sitting.users[0]
    assert url("secret_cast", made.vote.pk) in drawn(seen(made, voter))
    pause_secret_vote(made.vote, reason="Panne.", **made.by())
    assert url("secret_cast", made.vote.pk) not in drawn(seen(made, voter))


@pytest.mark.parametrize(
    ("word", "sends", "field", "sentence"),
    [
        ("suspendre", {"reason": " "}, "reason", "Ce champ est obligatoire."),
        ("suspendre", {"reason": "x" * 301}, "reason", "300"),
        (
            "prolonger",
            {"reason": "Retard.", "until": "2020-01-01T10:00"},
            "until",
            "Donnez une heure à venir",
        ),
        ("prolonger", {"reason": "Retard.", "until": ""}, "until", "Ce champ est obligatoire."),
        ("reprendre", {"reason": "Trop tôt."}, None, "n’est plus possible"),
        ("proclamer", {}, None, "n’est plus possible"),
        ("publier", {}, None, "n’est plus possible"),
        ("ouvrir", {}, None, "n’est plus possible"),
        ("arreter", {}, None, "n’est plus possible"),
        ("codes", {"reason": "Perdus."}, None, "les codes sont"),
        ("cles", {"reason": "Perdues."}, None, ""),
        ("annuler", {}, "reason", "Ce champ est obligatoire."),
    ],
)
def test_what_is_refused_of_an_open_scrutin_is_said_at_its_place(
    word: str, sends: dict[str, Any], field: str | None, sentence: str
) -> None:
    made = make_scrutin(SecretState.OPEN)
    client = client_of(made.actor)
    before = everything()
    page = client.post(ask(made, word), sends)
    assert page.status_code == 422
    errors = page.context["form"].errors[field or "__all__"]
    assert any(sentence in one for one in errors), errors
    assert changed_since(before) == []


def test_a_button_pressed_too_late_or_unknown_changes_nothing() -> None:
    made = make_scrutin(SecretState.OPEN)
    client = client_of(made.actor)
    before = everything()
    for do in ("ready_keys", "rehearse", "tally", "verify"):
        page = client.post(url("secret_act", made.vote.pk), {"do": do}, follow=True)
        assert page.redirect_chain == [(made.vote.get_absolute_url(), 302)]
        assert 'role="alert"' in drawn(page), do
    for do in ("", "open", "purge", "decrypt", "\x00"):
        assert client.post(url("secret_act", made.vote.pk), {"do": do}).status_code == 404
    assert client.get(url("secret_act", made.vote.pk)).status_code == 405
    assert client.get(ask(made, "detruire")).status_code == 404
    assert changed_since(before) == []


def test_a_large_count_is_a_job_whose_page_is_shown(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(secret_jobs, "AT_ONCE", 0)
    made = make_scrutin(SecretState.CLOSED)
    with django_capture_on_commit_callbacks(execute=True):
        done = client_of(made.actor).post(url("secret_act", made.vote.pk), {"do": "tally"})
    assert done.url == reverse("core:job_detail", args=[Job.objects.get().pk])
    made.vote.refresh_from_db()
    assert made.vote.state == SecretState.TALLIED


def test_the_closing_time_is_put_later() -> None:
    made = make_scrutin(SecretState.OPEN)
    closes_at = made.vote.closes_at
    assert closes_at is not None
    until = timezone.localtime(closes_at + timedelta(hours=2)).replace(second=0, microsecond=0)
    client = client_of(made.actor)
    assert "Prévue jusqu’ici" in text(client.get(ask(made, "prolonger")))
    done = client.post(ask(made, "prolonger"), {"reason": "Retard.", "until": f"{until:%Y-%m-%dT%H:%M}"})
    assert done.status_code == 302
    made.vote.refresh_from_db()
    assert made.vote.closes_at == until


def test_codes_and_keys_are_made_again_while_the_roll_is_frozen() -> None:
    made = make_scrutin(SecretState.ROLL_FROZEN, mode=CodeMode.MAIL)
    page = drawn(seen(made))
    assert ask(made, "codes") in page
    assert ask(made, "cles") not in page
    made.make_keys(until=TrusteeStep.CERTIFICATE)
    assert ask(made, "cles") in drawn(seen(made))
    client = client_of(made.actor)
    assert client.post(ask(made, "codes"), {"reason": "Envoi perdu."}).status_code == 302
    assert client.post(ask(made, "cles"), {"reason": "Fichier perdu."}).status_code == 302
    assert not made.vote.trustees.exclude(certificate="").exists()
    assert list(made.vote.journal.values_list("act", flat=True))[-2:] == ["renew_codes", "restart"]


def test_keys_that_are_begun_are_made_again_before_the_roll_is_frozen() -> None:
    made = make_scrutin()
    assert ask(made, "cles") not in drawn(seen(made))
    made.make_keys(until=TrusteeStep.CERTIFICATE)
    assert ask(made, "cles") in drawn(seen(made))


def test_known_totals_are_given_up_only_where_a_box_is_altered() -> None:
    made = make_scrutin(SecretState.DECRYPTED)
    assert ask(made, "annuler") not in drawn(seen(made))
    SecretVote.objects.filter(pk=made.vote.pk).update(unsound_at=timezone.now())
    assert ask(made, "annuler") in drawn(seen(made))


def test_totals_that_were_open_are_not_said_to_stay_closed() -> None:
    made = make_scrutin(SecretState.DECRYPTED)
    SecretVote.objects.filter(pk=made.vote.pk).update(unsound_at=timezone.now())
    client = client_of(made.actor)
    before = text(client.get(ask(made, "annuler")))
    after = text(client.post(ask(made, "annuler"), {"reason": "Urne altérée."}, follow=True))
    watched = text(client.get(url("secret_watch", made.vote.pk)))
    kept = text(client_of(made.keepers[0]).get(url("secret_key", made.vote.pk)))
    voter = text(client_of(made.sitting.users[0]).get(url("secret_cast", made.vote.pk)))
    assert after.count("ne seront pas proclamés") == 2
    for said in (before, after, watched, kept, voter):
        assert "ne seront pas proclamés" in said
        assert "jamais ouvertes" not in said


def test_a_cancelled_scrutin_says_why_and_offers_nothing() -> None:
    made = make_scrutin(SecretState.OPEN)
    client_of(made.actor).post(ask(made, "annuler"), {"reason": "Panne générale."})
    page = seen(made)
    assert SecretVote.objects.get().state == SecretState.CANCELLED
    said = text(page)
    assert "Scrutin annulé" in said
    assert "Panne générale." in said
    assert "Ses urnes ne seront jamais ouvertes." in said
    assert "À faire maintenant" not in said
    assert "/faire/" not in drawn(page)


def test_a_box_found_altered_is_said_before_all() -> None:
    made = make_scrutin(SecretState.OPEN)
    SecretVote.objects.filter(pk=made.vote.pk).update(unsound_at=timezone.now())
    assert "Une urne a été altérée" in text(seen(made))


def test_a_small_box_is_warned_of_before_the_opening_only() -> None:
    made = make_scrutin(SecretState.TESTED, present=2)
    assert "peu de voix inscrites (2)" in text(seen(made))
    assert "peu de voix inscrites (2)" in text(client_of(made.actor).get(ask(made, "ouvrir")))
    assert "peu de voix inscrites (2)" in text(
        client_of(made.actor).get(url("secret_certificate", made.vote.pk))
    )


def test_the_certificate_says_what_was_sealed_once_it_is() -> None:
    made = make_scrutin(SecretState.ROLL_FROZEN)
    client, address = client_of(made.actor), url("secret_certificate", made.vote.pk)
    assert client.get(address).status_code == 404
    made.reach(SecretState.OPEN)
    said = text(client.get(address))
    box = made.box
    for word in (box.fingerprint, box.roll_fingerprint, made.sitting.assembly.title, "Essai à blanc"):
        assert word in said
    assert all(str(keeper.person) in said for keeper in made.keepers)
    assert client_of(make_user()).get(address).status_code == 404


def test_the_page_asks_as_much_for_many_voices_keepers_and_acts() -> None:
    small = make_scrutin(SecretState.OPEN, present=2)
    large = make_scrutin(SecretState.OPEN, sitting=small.sitting, size=5)
    large.vote_in_turn()
    asked = [_queries(made) for made in (small, large)]
    assert asked[0] == asked[1]


def _queries(made: Scrutin) -> int:
    client = client_of(made.actor)
    client.get(made.vote.get_absolute_url())
    with CaptureQueriesContext(connection) as caught:
        client.get(made.vote.get_absolute_url())
    return len(caught)
