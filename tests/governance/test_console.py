"""The console of the bureau (GOV-35): who opens it, what it shows, each act and its refusals."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.models import Assembly, RuleSet
from governance.selectors.attendance_sheet import sheet_totals
from governance.selectors.standing import standing_at
from governance.services import speaking
from governance.services.pulse import beat
from governance.states.assemblies import AssemblyState, BureauRole, Presence, Turn, TurnState
from people.models import User
from people.states import RoleKind
from tests.factories.governance import (
    call,
    make_assembly,
    make_associate,
    make_member,
    make_resolution,
    make_rule_set,
)
from tests.factories.governance_assemblies import make_item
from tests.factories.governance_room import attend, make_bureau, seat
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = pytest.mark.django_db

POLL: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def live(rule_set: RuleSet) -> Assembly:
    opened = timezone.now() - timedelta(minutes=30)
    return make_assembly(state=AssemblyState.OPEN, rule_set=rule_set, opened_at=opened)


@pytest.fixture
def desk(actor: User, demonstration: None) -> Client:
    return client_of(actor)


def address(assembly: Assembly) -> str:
    return f"/assemblees/{assembly.pk}/seance/"


def act(desk: Client, assembly: Assembly, do: str, **sent: Any) -> Any:
    return desk.post(f"{address(assembly)}faire/", {"do": do, **sent})


def test_the_bureau_and_the_organisers_open_it_and_nobody_else(
    live: Assembly, desk: Client, demonstration: None
) -> None:
    chair, member, auditor = make_user(), make_member(), make_user(RoleKind.AUDITOR)
    seat(live, BureauRole.CHAIR, chair.person)
    call(live, member[1])
    assert desk.get(address(live)).status_code == 200
    assert client_of(chair).get(address(live)).status_code == 200
    for other in (member[0], auditor, make_user()):
        assert client_of(other).get(address(live)).status_code == 403
        assert act(client_of(other), live, "close", confirmed="on").status_code == 403
    live.refresh_from_db()
    assert live.state == AssemblyState.OPEN


def test_who_sits_in_another_bureau_does_not_open_it(
    live: Assembly, rule_set: RuleSet, demonstration: None
) -> None:
    other = make_assembly(rule_set=rule_set)
    chair = make_user()
    seat(other, BureauRole.CHAIR, chair.person)
    assert client_of(chair).get(address(live)).status_code in (403, 404)


def test_it_shows_the_quorum_the_item_and_the_incidents(live: Assembly, desk: Client) -> None:
    for rank in range(3):
        associate = make_associate()
        if rank < 2:
            attend(live, associate, timezone.now())
    item = make_item(live, "Comptes de l’exercice")
    make_item(live, "Questions diverses")
    resolution = make_resolution(live, item=item, title="Approbation des comptes")
    act(desk, live, "item", item=item.pk)
    happened = timezone.localtime() - timedelta(minutes=5)
    sent = act(desk, live, "incident", text="Coupure du son", happened_at=f"{happened:%Y-%m-%dT%H:%M}")
    assert sent.status_code == 302
    said = text(desk.get(address(live)))
    assert "2 voix présentes ou représentées sur 3" in said
    assert "Comptes de l’exercice" in said
    assert "Point suivant : Questions diverses" in said
    assert f"{resolution.number}. Approbation des comptes Aucun vote" in said
    assert "Coupure du son" in said


def test_it_shows_who_was_called_and_the_quorum_of_the_opening(live: Assembly, desk: Client) -> None:
    """Somebody left since: the quorum of the minute is no more that of the opening."""
    opened = live.opened_at
    assert opened is not None
    one, two = make_associate(), make_associate()
    for associate in (one, two):
        call(live, associate)
        attend(live, associate, opened - timedelta(minutes=10))
    make_resolution(live)
    attend(live, two, opened + timedelta(minutes=5), kind=Presence.DEPARTURE)
    said = text(desk.get(address(live)))
    assert "1 voix présente ou représentée sur 2" in said
    hour = f"{timezone.localtime(opened):%H:%M}"
    assert f"À l’ouverture ({hour}) : 2 voix sur 2" in said
    assert "Associé·es convoqué·es 2" in said
    totals = sheet_totals(live, standing_at(live, timezone.now()))
    assert [
        (quorum.have, opening.have)
        for (_of, quorum), (_kind, opening) in zip(totals.quorums, totals.of_opening, strict=True)
    ] == [(1, 2)]
    assert totals.called == 2
    said = text(desk.get(f"/assemblees/{live.pk}/presence/"))
    assert f"À l’ouverture ({hour}) : 2 voix sur 2" in said
    assert "2 associé·es convoqué·es ; 2 au registre avec le droit de vote." in said


def test_where_the_rules_look_once_the_quorum_of_the_opening_is_not_said_twice(
    rule_set: RuleSet, desk: Client
) -> None:
    once = make_assembly(
        state=AssemblyState.OPEN,
        rule_set=make_rule_set(valid_from=rule_set.valid_from + timedelta(days=1), quorum_moment="opening"),
        opened_at=timezone.now() - timedelta(minutes=30),
    )
    make_resolution(once)
    said = text(desk.get(address(once)))
    assert "constaté à l’ouverture" in said
    assert "À l’ouverture (" not in said
    assert sheet_totals(once, standing_at(once, timezone.now())).of_opening == []


def test_its_way_back_begins_by_the_assemblies(live: Assembly, desk: Client) -> None:
    """As every other page of an assembly."""
    for page in ("seance", "presence", "ma-voix", "votes", "voter", "presence/code", "presence/tablette"):
        shown = desk.get(f"/assemblees/{live.pk}/{page}/").content.decode()
        way = shown.split('class="crumbs"')[1].split("</nav>")[0]
        assert way.index('"/assemblees/"') < way.index(f'"/assemblees/{live.pk}/"'), page


def test_a_sitting_opens_and_closes_from_the_console(rule_set: RuleSet, desk: Client) -> None:
    convened = make_assembly(rule_set=rule_set)
    assert "Le bureau n’est pas nommé" in text(desk.get(address(convened)))
    refused = desk.post(f"{address(convened)}faire/", {"do": "open"}, follow=True)
    assert "Il manque au bureau" in text(refused)
    make_bureau(convened)
    make_item(convened, "Rapport")
    make_resolution(convened)
    assert "La séance est ouverte." in text(
        desk.post(f"{address(convened)}faire/", {"do": "open"}, follow=True)
    )
    left = act(desk, convened, "close")
    assert left.status_code == 422
    assert "1 résolution n’a pas de résultat" in text(left)
    assert act(desk, convened, "close", confirmed="on").status_code == 302
    convened.refresh_from_db()
    assert convened.state == AssemblyState.CLOSED
    assert "Lever la séance" not in text(desk.get(address(convened)))


def test_before_its_hour_the_console_asks_before_it_opens(rule_set: RuleSet, desk: Client) -> None:
    tonight = timezone.make_aware(datetime.combine(timezone.localdate(), time(23, 59, 59)))
    convened = make_assembly(rule_set=rule_set, starts_at=tonight)
    make_bureau(convened)
    shown = desk.get(address(convened))
    assert "Les associé·es sont convoqué·es à 23:59" in text(shown)
    assert 'name="confirmed"' in shown.content.decode()
    answer = act(desk, convened, "open")
    assert answer.status_code == 422
    assert "La séance est convoquée à 23:59, il est " in text(answer)
    convened.refresh_from_db()
    assert convened.state == AssemblyState.CONVENED
    assert act(desk, convened, "open", confirmed="on").status_code == 302
    convened.refresh_from_db()
    assert convened.state == AssemblyState.OPEN


def test_at_its_hour_the_console_asks_nothing_and_once_its_day_is_over_opens_no_more(
    rule_set: RuleSet, desk: Client
) -> None:
    convened = make_assembly(rule_set=rule_set)
    shown = desk.get(address(convened))
    assert 'value="open"' in shown.content.decode()
    assert "Avant l’heure" not in text(shown)
    Assembly.objects.filter(pk=convened.pk).update(starts_at=timezone.now() - timedelta(days=2))
    shown = desk.get(address(convened))
    assert 'value="open"' not in shown.content.decode()
    assert "elle ne s’ouvre plus" in text(shown)


def test_the_floor_is_given_and_taken_back(live: Assembly, desk: Client, actor: User) -> None:
    one, two = make_associate(last_name="Un"), make_associate(last_name="Deux")
    for associate in (one, two):
        attend(live, associate, timezone.now())
    assert act(desk, live, "ask", associate=one.name, kind=Turn.SPEECH).status_code == 302
    speaking.ask_to_speak(live, associate=two, actor=actor, at=timezone.now())
    assert act(desk, live, "next").status_code == 302
    turn = live.turns.get(state=TurnState.SPEAKING)
    assert turn.associate == one
    assert "N’a pas encore parlé" in text(desk.get(address(live)))
    act(desk, live, "end", turn=turn.pk)
    waiting = live.turns.get(state=TurnState.WAITING)
    act(desk, live, "give", turn=waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == TurnState.SPEAKING
    refused = desk.post(f"{address(live)}faire/", {"do": "withdraw", "turn": waiting.pk}, follow=True)
    assert "Cette demande de parole n’attend plus." in text(refused)


def test_wrong_words_stay_where_they_were_typed(live: Assembly, desk: Client) -> None:
    page = act(desk, live, "incident", text="Coupure du son", happened_at="2001-01-01T10:00")
    assert page.status_code == 422
    assert "Coupure du son" in page.content.decode()
    assert "donnez une heure entre son ouverture et maintenant" in text(page)
    assert act(desk, live, "ask", associate="Personne", kind=Turn.SPEECH).status_code == 422
    for do, name in (("item", "item"), ("give", "turn"), ("end", "turn")):
        assert act(desk, live, do, **{name: "٣" * 3}).status_code == 404
    assert live.incidents.count() == 0


def test_a_poll_answers_304_while_nothing_changed(live: Assembly, desk: Client) -> None:
    first = desk.get(address(live), **POLL)
    assert "<html" not in first.content.decode()
    again = desk.get(address(live), HTTP_IF_NONE_MATCH=first["ETag"], **POLL)
    assert (again.status_code, again.content) == (304, b"")
    beat(live.pk)
    assert desk.get(address(live), HTTP_IF_NONE_MATCH=first["ETag"], **POLL).status_code == 200


def test_its_cost_does_not_grow(live: Assembly, desk: Client, actor: User) -> None:
    def fill(count: int) -> None:
        for _rank in range(count):
            associate = make_associate()
            attend(live, associate, timezone.now())
            speaking.ask_to_speak(live, associate=associate, actor=actor, at=timezone.now())
            make_resolution(live, item=make_item(live))

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address(live)).status_code == 200
        return len(asked)

    fill(1)
    cost()
    few = cost()
    assert few == 17
    fill(15)
    assert cost() == few


def test_before_its_day_a_sitting_says_when_it_opens_rather_than_a_button_that_refuses(
    rule_set: RuleSet, desk: Client
) -> None:
    assembly = make_assembly(rule_set=rule_set, starts_at=timezone.now() + timedelta(days=20))
    make_bureau(assembly)
    shown = desk.get(address(assembly))
    assert 'value="open"' not in shown.content.decode()
    assert "jour de la convocation" in text(shown)
    Assembly.objects.filter(pk=assembly.pk).update(starts_at=timezone.now())
    assert 'value="open"' in desk.get(address(assembly)).content.decode()
