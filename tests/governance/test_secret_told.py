"""What others than its own pages say of a secret ballot: the page of a vote, the projector, « À faire », the
minutes, the turnout, the data of a person. Figures and hashes, nobody’s choice (GOV-26, GOV-31, GOV-34)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cae.core import facts
from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import moment
from governance.models import BoxEvent, BureauSeat, DeclaredCount, Proxy, RollEntry, Vote
from governance.selectors.assembly_found import find_secret_votes
from governance.selectors.minutes_facts import facts_of as minutes_told
from governance.selectors.turnout import own_parts, parts_of
from governance.selectors.vote_data import held_in_votes
from governance.selectors.vote_progress import Progress, progress, progress_of
from governance.selectors.votes import votes_with_voice
from governance.services.corrections import Recount, correct_result
from governance.services.minutes import draft_minutes
from governance.services.paper_voices import note_paper
from governance.services.proclaiming import declare_counts
from governance.services.secret_votes import cancel_secret_vote
from governance.services.sitting import close_sitting
from governance.states.assemblies import BureauRole, ProxyOrigin
from governance.states.secret import Channel, CodeMode, SecretState, TrusteeStep
from governance.states.turnout import Way
from governance.states.votes import CountKind
from people.models import User
from tests.factories.governance import make_organiser, make_resolution
from tests.factories.governance_secret import Scrutin, make_scrutin
from tests.factories.governance_votes import make_sitting, make_vote
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of, text

# The team of a demonstration comes in without a second factor.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

S = SecretState
FOR, AGAINST = [[1, 0, 0]], [[0, 1, 0]]


def vote_asked(scrutin: Scrutin) -> Vote:
    """Its only question, as it stands."""
    return Vote.objects.get(secret_question__secret_vote=scrutin.vote)


def page_of(client: Client, vote: Vote, user: User) -> str:
    return text(client_of(user).get(vote.get_absolute_url()))


def said(user: User) -> list[str]:
    todos = facts.todos_of(user, timezone.localdate())
    return [todo.label for todo in todos if "crutin" in todo.url]


# How it goes.


def test_progress_counts_marks_and_says_no_more_once_the_roll_is_gone() -> None:
    scrutin = make_scrutin(S.OPEN)
    vote = vote_asked(scrutin)
    assert progress(vote) == Progress(4, 0, 0)
    scrutin.cast(scrutin.entry_of(0), FOR)
    scrutin.cast(scrutin.entry_of(0), AGAINST)
    scrutin.cast(scrutin.entry_of(1), FOR)
    assert progress(vote) == Progress(4, 2, 0)
    scrutin.reach(S.PROCLAIMED)
    RollEntry.objects.all().delete()
    assert progress(vote_asked(scrutin)) == Progress(4, 2, 0)


def test_progress_of_many_costs_as_much_as_of_one() -> None:
    scrutin = make_scrutin(S.OPEN)
    sitting = scrutin.sitting
    others = [make_resolution(sitting.assembly) for _one in range(3)]
    make_scrutin(S.OPEN, sitting=sitting, resolutions=others)
    make_vote(sitting)
    votes = list(Vote.objects.select_related("resolution"))
    with CaptureQueriesContext(connection) as one:
        progress_of(votes[:1])
    with CaptureQueriesContext(connection) as many:
        found = progress_of(votes)
    assert len(many) == len(one)
    assert {told.voices for told in found.values()} == {4}


# The page of a vote.


def test_the_page_of_a_secret_vote_leads_to_its_scrutin_and_has_no_button_of_its_own() -> None:
    scrutin = make_scrutin(S.OPEN)
    scrutin.cast(scrutin.entry_of(0), FOR)
    vote = vote_asked(scrutin)
    answer = client_of(scrutin.actor).get(vote.get_absolute_url())
    shown, html = text(answer), answer.content.decode()
    assert "Scrutin du matin" in shown
    assert "1 bulletin sur 4 voix." in shown
    assert scrutin.vote.get_absolute_url() in html
    for word in ("Ouvrir le vote", "Clore le vote", "Annuler le vote", "Noter la voix", "Proclamer"):
        assert word not in shown
    # A hand that would act all the same is told so, and moves nothing.
    address = reverse("governance:vote_act", args=[vote.pk])
    act = client_of(scrutin.actor).post(address, {"do": "close"}, follow=True)
    assert "il s’ouvre, se clôt et se proclame avec son scrutin" in text(act)
    roll = client_of(scrutin.actor).get(reverse("governance:vote_roll", args=[vote.pk]))
    assert roll.status_code == 302
    vote.refresh_from_db()
    assert vote.state == "open"


def test_a_proclaimed_secret_vote_shows_its_figures_and_nobody() -> None:
    scrutin = make_scrutin(S.PROCLAIMED)
    vote = vote_asked(scrutin)
    shown = page_of(Client(), vote, scrutin.sitting.users[0])
    assert "Au scrutin secret" in shown
    assert "Qui a voté quoi" not in shown
    assert not any(str(one) in shown for one in scrutin.sitting.members[1:])
    assert "Rectifier des voix notées" not in page_of(Client(), vote, scrutin.actor)


def test_who_has_a_voice_of_the_roll_sees_its_votes_and_no_others() -> None:
    sitting = make_sitting(3)
    scrutin = make_scrutin(S.OPEN, sitting=sitting)
    vote, other = vote_asked(scrutin), make_vote(sitting)
    user, stranger = sitting.users[0], make_user()
    assert vote in votes_with_voice(user, sitting.assembly)
    assert list(votes_with_voice(stranger, sitting.assembly)) == []
    for one in (vote, other):
        assert client_of(stranger).get(one.get_absolute_url()).status_code == 404


def test_somebody_outside_the_assembly_reads_the_vote_of_their_voice_alone() -> None:
    """An entrepreneur who is no associate, taken in by the electorate, sees that vote and not the sitting."""
    sitting = make_sitting(3)
    scrutin = make_scrutin(S.ROLL_FROZEN, sitting=sitting)
    vote, other = vote_asked(scrutin), make_vote(sitting)
    outsider = make_user()
    RollEntry.objects.create(box=scrutin.box, person=outsider.person)
    assert list(votes_with_voice(outsider, sitting.assembly)) == [vote]
    client = client_of(outsider)
    assert client.get(vote.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
    listed = text(client.get(reverse("governance:vote_list", args=[sitting.assembly.pk])))
    assert vote.resolution.title in listed


# Paper beside the box.


def test_paper_of_a_secret_vote_is_counted_among_the_voices_that_the_roll_says_vote_so() -> None:
    scrutin = make_scrutin(S.OPEN)
    note_paper(scrutin.entry_of(0), **scrutin.by())
    scrutin.cast(scrutin.entry_of(1), FOR)
    scrutin.reach(S.CLOSED)
    vote = vote_asked(scrutin)
    counters = [scrutin.actor, make_organiser()]
    with pytest.raises(Refused, match="il en reste 1") as refusal:
        count(vote, {"pour": 2}, counters[0])
    assert refusal.value.code == Code.VALUE_INVALID
    assert not DeclaredCount.objects.exists()
    for counter in counters:
        count(vote, {"contre": 1}, counter)
    scrutin.reach(S.PROCLAIMED)
    result = vote.results.get()
    assert result.facts["counts"] == {"pour": 1, "contre": 1, "abstention": 0}
    assert result.facts["by_door"]["paper"] == {"pour": 0, "contre": 1, "abstention": 0}
    assert result.facts["by_door"]["secret"] == {"pour": 1, "contre": 0, "abstention": 0}
    assert progress(vote_asked(scrutin)) == Progress(4, 1, 1)


def count(vote: Vote, counts: dict[str, int], actor: User) -> None:
    kind = CountKind.PAPER
    declare_counts(vote, kind=kind, college=None, counts=counts, actor=actor, at=timezone.now())


# The projector.


def test_the_screen_shows_the_number_of_ballots_and_the_head_of_the_chain() -> None:
    make_cooperative()
    scrutin = make_scrutin(S.OPEN)
    address = f"/ecran/{scrutin.sitting.assembly.screen_key}/"
    first = text(Client().get(address))
    assert "Scrutin du matin" in first
    scrutin.cast(scrutin.entry_of(0), FOR)
    shown = text(Client().get(address))
    head = BoxEvent.objects.order_by("-height").values_list("digest", flat=True)[0]
    assert "1 bulletin secret reçu sur 4 voix" in shown
    assert head in shown
    assert head not in first
    # Once, by its scrutin: its votes are not shown beside it.
    assert shown.count("reçu sur 4 voix") == 1
    scrutin.reach(S.CLOSED)
    assert "Le résultat s’affiche à sa proclamation." in text(Client().get(address))


def test_the_screen_shows_what_was_proclaimed_as_of_any_vote() -> None:
    make_cooperative()
    sitting = make_sitting(4)
    resolution = make_resolution(sitting.assembly)
    scrutin = make_scrutin(S.PROCLAIMED, sitting=sitting, resolutions=[resolution])
    sitting.assembly.current_item = resolution.item
    shown = text(Client().get(f"/ecran/{sitting.assembly.screen_key}/"))
    assert "bulletin secret" not in shown
    assert scrutin.vote.title not in shown


# What waits.


def test_a_voice_is_asked_until_it_voted_while_ballots_enter() -> None:
    scrutin = make_scrutin(S.TESTED)
    user = scrutin.sitting.users[0]
    assert said(user) == []
    scrutin.open()
    assert said(user) == ["Voter à bulletin secret : Scrutin du matin"]
    scrutin.cast(scrutin.entry_of(0), FOR)
    assert said(user) == []
    assert said(scrutin.sitting.users[1]) == ["Voter à bulletin secret : Scrutin du matin"]
    scrutin.reach(S.CLOSED)
    assert said(scrutin.sitting.users[1]) == []


def test_a_scrutineer_is_asked_for_each_step_once_the_others_are_there() -> None:
    scrutin = make_scrutin(S.DRAFT)
    first, second, _third = scrutin.keepers
    key = ["Faire votre clé : Scrutin du matin"]
    assert said(first) == key
    scrutin.send(1, TrusteeStep.CERTIFICATE)
    assert (said(first), said(second)) == ([], key)
    for index in (2, 3):
        scrutin.send(index, TrusteeStep.CERTIFICATE)
    assert said(first) == key


def test_a_scrutineer_is_asked_for_a_share_until_it_is_given_or_needed_no_more() -> None:
    scrutin = make_scrutin(S.TALLIED)
    share = ["Donner votre part de dépouillement : Scrutin du matin"]
    assert [said(keeper) for keeper in scrutin.keepers] == [share] * 3
    scrutin.give_share(2)
    assert [said(keeper) for keeper in scrutin.keepers] == [share, [], share]
    scrutin.give_share(3)
    assert [said(keeper) for keeper in scrutin.keepers] == [[], [], []]


def test_the_bureau_is_asked_for_the_acts_that_are_its_own() -> None:
    scrutin = make_scrutin(S.DRAFT)
    chair = make_user()
    BureauSeat.objects.create(assembly=scrutin.sitting.assembly, person=chair.person, role=BureauRole.CHAIR)
    lead = ["Conduire le scrutin secret : Scrutin du matin"]
    asked = {}
    for state in (S.DRAFT, S.ROLL_FROZEN, S.KEYS_READY, S.TESTED, S.OPEN, S.CLOSED, S.TALLIED):
        scrutin.reach(state)
        asked[state] = said(chair)
    # While keys are made, ballots enter or shares are awaited, others act.
    waits = {S.ROLL_FROZEN, S.OPEN, S.TALLIED}
    assert asked == {state: [] if state in waits else lead for state in asked}


def test_the_bureau_seals_once_every_key_is_made() -> None:
    scrutin = make_scrutin(S.ROLL_FROZEN)
    chair = make_user()
    BureauSeat.objects.create(assembly=scrutin.sitting.assembly, person=chair.person, role=BureauRole.CHAIR)
    assert said(chair) == []
    scrutin.make_keys()
    assert said(chair) == []
    scrutin.make_cards()
    assert said(chair) == ["Conduire le scrutin secret : Scrutin du matin"]


def test_scrutineers_are_asked_for_the_cards_that_nobody_made_yet() -> None:
    scrutin = make_scrutin(S.DRAFT)
    scrutin.make_keys()
    assert said(scrutin.keepers[0]) == []
    scrutin.freeze_roll()
    cards = ["Faire les cartes de codes : Scrutin du matin"]
    assert [said(keeper) for keeper in scrutin.keepers] == [cards] * 3
    scrutin.make_cards()
    assert [said(keeper) for keeper in scrutin.keepers] == [[], [], []]


def test_codes_that_leave_by_mail_ask_for_no_card() -> None:
    scrutin = make_scrutin(S.DRAFT, mode=CodeMode.MAIL)
    scrutin.make_keys()
    # All vote on paper: no code is drawn.
    User.objects.filter(pk__in=[user.pk for user in scrutin.sitting.users]).update(is_active=False)
    scrutin.freeze_roll()
    assert said(scrutin.keepers[0]) == []
    chair = make_user()
    BureauSeat.objects.create(assembly=scrutin.sitting.assembly, person=chair.person, role=BureauRole.CHAIR)
    assert said(chair) == ["Conduire le scrutin secret : Scrutin du matin"]


# The minutes.


def test_the_minutes_say_what_checks_the_archive_and_who_did_what() -> None:
    make_cooperative()
    scrutin = make_scrutin(S.OPEN)
    scrutin.cast(scrutin.entry_of(0), FOR)
    scrutin.cast(scrutin.entry_of(1), FOR)
    scrutin.reach(S.PROCLAIMED)
    told = minutes_told(closed_minutes(scrutin))
    (one,) = told["scrutins"]
    box = scrutin.box
    head = box.events.order_by("-height").values_list("digest", flat=True)[0]
    assert one["boxes"] == [
        {
            "name": str(box),
            "uuid": box.uuid,
            "voices": 4,
            "on_paper": 0,
            "voters": 2,
            "kept": 2,
            "fingerprint": box.fingerprint,
            "roll_fingerprint": box.roll_fingerprint,
            "head": head,
        }
    ]
    assert one["trustees"] == [
        f"{trustee.person} (clé essayée le {moment(trustee.tried_at)})" for trustee in scrutin.trustees
    ]
    assert one["threshold"] == 2
    journal = list(scrutin.vote.journal.exclude(act="step").order_by("rank"))
    assert one["seal"] == journal[-1].seal
    assert [(line["at"], line["reason"]) for line in one["journal"]] == [
        (moment(row.at), row.reason) for row in journal
    ]
    assert one["programs"] == [
        {"name": name, "sha256": found} for name, found in sorted(scrutin.vote.programs.items())
    ]
    small = "Urne : peu de voix inscrites (4). Le total peut révéler des choix"
    assert any(warning.startswith(small) for warning in told["warnings"])
    unanimous = "tous les bulletins ont un choix en commun"
    assert any(unanimous in warning for warning in told["warnings"])


def test_the_page_and_the_paper_of_minutes_bear_every_hash() -> None:
    make_cooperative()
    scrutin = make_scrutin(S.PROCLAIMED)
    minutes = closed_minutes(scrutin)
    told = minutes_told(minutes)["scrutins"][0]
    page = client_of(scrutin.actor).get(reverse("governance:minutes_detail", args=[minutes.assembly_id]))
    shown = text(page)
    (box,) = told["boxes"]
    for value in (box["uuid"], box["fingerprint"], box["roll_fingerprint"], box["head"]):
        assert value in shown
    for line in told["journal"]:
        assert line["act"] in shown
    for program in told["programs"]:
        assert program["sha256"] in shown
    assert not any(str(one.tracker) in shown for one in scrutin.box.ballots.all())


def test_minutes_tell_a_scrutin_that_was_given_up_and_no_draft() -> None:
    make_cooperative()
    scrutin = make_scrutin(S.ROLL_FROZEN)
    draft = make_scrutin(S.DRAFT, sitting=scrutin.sitting)
    cancel_secret_vote(draft.vote, reason="Deux fois préparé", **draft.by())
    cancel_secret_vote(scrutin.vote, reason="La salle n’a plus de réseau", **scrutin.by())
    told = minutes_told(closed_minutes(scrutin))
    assert [one["cancelled"] for one in told["scrutins"]] == ["La salle n’a plus de réseau"]
    sentence = "Scrutin secret « Scrutin du matin » annulé (La salle n’a plus de réseau)."
    assert sentence in told["warnings"]


def closed_minutes(scrutin: Scrutin) -> Any:
    """The minutes of its sitting, closed with all that is not over."""
    assembly = scrutin.sitting.assembly
    assembly.refresh_from_db()
    close_sitting(assembly, confirmed=True, **scrutin.by())
    assembly.refresh_from_db()
    return draft_minutes(assembly, actor=scrutin.actor)


# Turnout and data.


def test_the_turnout_counts_who_voted_in_secret_and_who_was_represented() -> None:
    make_cooperative()
    sitting = make_sitting(3, 1)
    absent, holder = sitting.members[3], sitting.members[0]
    Proxy.objects.create(
        assembly=sitting.assembly,
        principal=absent,
        holder=holder,
        given_at=timezone.now() - timedelta(days=1),
        origin=ProxyOrigin.ACCOUNT,
    )
    two = [make_resolution(sitting.assembly) for _one in range(2)]
    scrutin = make_scrutin(S.OPEN, sitting=sitting, resolutions=two)
    for rank in (0, 3):
        scrutin.cast(scrutin.entry_of(rank), FOR * 2)
    scrutin.reach(S.PROCLAIMED)
    closed_minutes(scrutin)
    assert parts_of([sitting.assembly.pk])[sitting.assembly.pk][absent.pk] == Way.REPRESENTED
    heard = {rank: (part.cast, part.votes) for rank in (0, 1, 3) for part in own_parts(sitting.users[rank])}
    assert heard == {0: (2, 2), 1: (0, 2), 3: (2, 2)}


def test_data_of_a_person_say_that_a_voice_voted_and_never_what() -> None:
    scrutin = make_scrutin(S.OPEN)
    scrutin.cast(scrutin.entry_of(0), FOR)
    entry = scrutin.entry_of(0)
    person = scrutin.sitting.users[0].person
    held = {str(one.label): one for one in held_in_votes(person, None)}
    assembly = str(scrutin.sitting.assembly)
    rows = held["Émargements de scrutins secrets"].rows
    assert list(rows) == [(assembly, "Scrutin du matin", str(entry), "", Channel.SCREEN.label, entry.quarter)]
    keeper = scrutin.keepers[1].person
    keys = {str(one.label): one for one in held_in_votes(keeper, None)}["Clés de scrutins secrets"].rows
    tried = scrutin.vote.trustees.get(index=2).tried_at
    assert list(keys) == [(assembly, "Scrutin du matin", 2, tried)]


# Found, corrected.


def test_a_scrutin_is_found_by_who_sees_it() -> None:
    scrutin = make_scrutin(S.DRAFT)
    found = [(hit.label, hit.url) for hit in find_secret_votes(scrutin.sitting.users[0], "matin", 5)]
    assert found == [("Scrutin du matin", scrutin.vote.get_absolute_url())]
    assert list(find_secret_votes(make_user(), "matin", 5)) == []


def test_a_wrong_count_of_paper_is_put_right_beside_the_box() -> None:
    scrutin = make_scrutin(S.OPEN)
    note_paper(scrutin.entry_of(0), **scrutin.by())
    scrutin.cast(scrutin.entry_of(1), FOR)
    scrutin.reach(S.CLOSED)
    vote = vote_asked(scrutin)
    for counter in (scrutin.actor, make_organiser()):
        count(vote, {"contre": 1}, counter)
    scrutin.reach(S.PROCLAIMED)
    change = Recount(CountKind.PAPER, None, {"pour": 1})
    again = correct_result(vote, change=change, reason="Bulletin mal lu", **scrutin.by())
    assert again.facts["counts"] == {"pour": 2, "contre": 0, "abstention": 0}
    assert again.facts["by_door"]["secret"] == {"pour": 1, "contre": 0, "abstention": 0}
    assert vote.results.count() == 2
