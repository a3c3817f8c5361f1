"""The roll of a secret ballot: in alphabetical order, what it tells and when, what the desk notes, its file
(GOV-26, GOV-33)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.models import College, RollEntry
from governance.services.secret_publishing import purge, purge_unrecorded
from governance.services.secret_votes import cancel_secret_vote
from governance.states.secret import Channel, CodeMode, SecretState
from governance.states.votes import Method
from tests.factories.governance import call, make_member
from tests.factories.governance_secret import Scrutin, make_scrutin
from tests.factories.governance_votes import arrive, make_election, make_sitting
from tests.house.moving import changed_since, everything
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def url(name: str, *args: Any) -> str:
    return reverse(f"governance:{name}", args=args)


def roll(made: Scrutin, query: str = "", user: Any = None) -> Any:
    page = client_of(user or made.actor).get(url("secret_roll", made.vote.pk) + query)
    assert page.status_code == 200
    return page


def names_in(page: Any) -> list[str]:
    return [str(row.record) for row in page.context["list"].table.rows]


def note(made: Scrutin, entry: RollEntry, do: str, **more: str) -> Any:
    return client_of(made.actor).post(url("secret_note", made.vote.pk, entry.pk), {"do": do} | more)


def age(made: Scrutin, minutes: int) -> None:
    """The marks of the screen were put so long ago."""
    rows = RollEntry.objects.filter(box__secret_vote=made.vote, channel=Channel.SCREEN)
    rows.update(quarter=timezone.now() - timedelta(minutes=minutes))


def test_the_roll_is_alphabetical_and_found_by_a_name() -> None:
    made = make_scrutin(SecretState.ROLL_FROZEN, present=5)
    listed = names_in(roll(made))
    assert len(listed) == 5
    people = sorted(RollEntry.objects.all(), key=lambda one: one.associate.person.sort_name)
    assert listed == [str(one) for one in people]
    last = made.sitting.members[-1]
    assert names_in(roll(made, f"?q={last.person.last_name}")) == [str(last)]


def test_a_vote_of_the_current_quarter_is_told_once_the_quarter_is_over() -> None:
    """Whoever reads the roll again and again beside the board would join a name to a ballot."""
    made = make_scrutin(SecretState.OPEN)
    entry = made.entry_of(0)
    made.cast(entry, [[1, 0, 0]])
    page = roll(made)
    assert "Sur son écran" not in _rows(page)
    assert names_in(roll(made, "?told=screen")) == []
    assert len(names_in(roll(made, "?told=non"))) == 4
    assert "Sur son écran" not in _file(made)
    age(made, 16)
    assert names_in(roll(made, "?told=screen")) == [str(entry)]
    assert _file(made).count("Sur son écran") == 1


def test_once_closed_the_roll_tells_everybody() -> None:
    made = make_scrutin(SecretState.CLOSED)
    page = roll(made)
    assert _rows(page).count("Sur son écran") == 4
    assert "n’est pas encore marqué" not in text(page)


def _rows(page: Any) -> str:
    """The body of the list, without its filters."""
    found = re.search(r"<tbody.*?</tbody>", page.content.decode(), re.DOTALL)
    return found[0] if found else ""


def _file(made: Scrutin) -> str:
    return roll(made, "?export=csv").content.decode("utf-8-sig")


def test_the_file_of_the_roll_says_where_a_voice_is_counted_and_no_time() -> None:
    workers, users = (College.objects.create(name=name, rank=rank) for rank, name in enumerate(("A", "B")))
    weights = f"{workers.pk}:50 {users.pk}:50"
    sitting = make_sitting(
        4,
        colleges=(workers, users),
        college_weights=weights,
        college_report="proportional",
        empty_college="lost",
        college_abstentions="outside",
    )
    made = make_scrutin(SecretState.CLOSED, sitting=sitting)
    lines = [line.split(";") for line in _file(made).splitlines()]
    assert lines[0] == ["Voix de", "Mandataire", "Collège", "Code", "A voté"]
    assert [line[2] for line in lines[1:]] == ["A", "B", "A", "B"]
    assert {line[4] for line in lines[1:]} == {"Sur son écran"}
    boxes = text(client_of(made.actor).get(made.vote.get_absolute_url()))
    assert boxes.count("2 bulletins sur 2 voix") == 2


def test_the_desk_notes_cards_and_paper_and_takes_paper_back() -> None:
    made = make_scrutin(SecretState.OPEN, mode=CodeMode.CARDS)
    entry = made.entry_of(0)
    said = text(roll(made))
    assert said.count("Carte remise") == 4
    assert said.count("Vote sur papier") == 4
    assert note(made, entry, "card").status_code == 302
    entry.refresh_from_db()
    assert entry.code_sent_at is not None
    assert text(roll(made)).count("Carte remise") == 3
    note(made, entry, "paper")
    entry.refresh_from_db()
    assert entry.channel == Channel.PAPER
    assert "Annuler le vote sur papier" in text(roll(made))
    note(made, entry, "strike")
    entry.refresh_from_db()
    assert entry.channel == ""


def test_the_desk_notes_no_paper_where_hands_cannot_count() -> None:
    sitting = make_sitting(2)
    judged = make_election(sitting, method=Method.MAJORITY_JUDGMENT)
    made = make_scrutin(SecretState.OPEN, sitting=sitting, resolutions=[judged])
    said = text(roll(made))
    assert said.count("Carte remise") == 2
    assert "Vote sur papier" not in said


def test_the_roll_of_a_scrutin_given_up_says_that_it_is_destroyed() -> None:
    made = make_scrutin(SecretState.ROLL_FROZEN)
    cancel_secret_vote(made.vote, reason="Reporté", **made.by())
    purge_unrecorded(made.vote, at=timezone.now() + timedelta(days=1200))
    assert "Le détail des émargements est détruit." in text(roll(made))


def test_the_desk_comes_back_where_it_was_and_nowhere_else() -> None:
    made = make_scrutin(SecretState.OPEN)
    address = url("secret_roll", made.vote.pk)
    back = f"{address}?q=nom&page=1"
    assert note(made, made.entry_of(0), "paper", back=back).url == back
    assert note(made, made.entry_of(1), "paper", back="https://exemple.example/").url == address


def test_what_the_desk_may_not_note_is_said_and_changes_nothing() -> None:
    made = make_scrutin(SecretState.OPEN)
    voted, other = made.entry_of(0), make_scrutin(SecretState.OPEN, sitting=made.sitting).entry_of(0)
    made.cast(voted, [[1, 0, 0]])
    client = client_of(made.actor)
    before = everything()
    page = client.post(url("secret_note", made.vote.pk, voted.pk), {"do": "paper"}, follow=True)
    assert "a voté sur son écran" in text(page)
    assert client.post(url("secret_note", made.vote.pk, voted.pk), {"do": "vote"}).status_code == 404
    assert client.post(url("secret_note", made.vote.pk, other.pk), {"do": "paper"}).status_code == 404
    assert changed_since(before) == []


def test_who_reads_the_roll_and_who_notes_on_it() -> None:
    made = make_scrutin(SecretState.OPEN)
    entry, keeper, voter = made.entry_of(0), made.keepers[0], made.sitting.users[0]
    address, noting = url("secret_roll", made.vote.pk), url("secret_note", made.vote.pk, entry.pk)
    assert "Au bureau" not in text(roll(made, user=keeper))
    assert client_of(keeper).post(noting, {"do": "paper"}).status_code == 403
    assert client_of(voter).get(address).status_code == 403
    assert client_of(voter).post(noting, {"do": "paper"}).status_code == 403
    stranger, _associate = make_member()
    assert client_of(stranger).get(address).status_code in (403, 404)
    entry.refresh_from_db()
    assert entry.channel == ""


def test_before_the_roll_and_after_its_destruction_the_page_says_why_it_is_empty() -> None:
    made = make_scrutin(SecretState.DRAFT)
    assert "La liste n’est pas encore arrêtée." in text(roll(made))
    made.reach(SecretState.RECORDED)
    assert "à détruire le même jour" in text(roll(made))
    later = timezone.now() + timedelta(days=800)
    purge(made.vote, actor=None, at=later)
    said = text(roll(made))
    assert "Le détail des émargements est détruit." in said
    assert "Pas encore" not in _rows(roll(made))


def test_the_roll_asks_as_much_for_three_voices_as_for_thirty() -> None:
    few = make_scrutin(SecretState.ROLL_FROZEN, present=3)
    sitting = few.sitting
    for _member in range(27):
        _user, associate = make_member()
        call(sitting.assembly, associate)
        arrive(sitting.assembly, associate)
    many = make_scrutin(SecretState.ROLL_FROZEN, sitting=sitting)
    asked = []
    for made in (few, many):
        roll(made)
        with CaptureQueriesContext(connection) as caught:
            roll(made)
        asked.append(len(caught))
    assert len(names_in(roll(many))) == 30
    assert asked[0] == asked[1]
