"""The sitting (GOV-19, GOV-35): opened, led, closed; who speaks; incidents."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cae.core.errors import Code
from cae.core.settings import set_setting
from governance.calculations.delays import Opening, opening_of
from governance.models import Assembly, RuleSet, Vote
from governance.selectors.assemblies import EVENING_HOURS, opening_at
from governance.selectors.speaking import floor_of, is_there, there_now
from governance.services import sitting, speaking
from governance.states.assemblies import AssemblyState, BureauRole, Presence, Turn, TurnState
from people.models import User
from tests.factories.governance import (
    make_assembly,
    make_associate,
    make_member,
    make_organiser,
    make_resolution,
)
from tests.factories.governance_assemblies import make_item
from tests.factories.governance_room import attend, make_bureau, seat
from tests.refusals import refused

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 6, 12, 12, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


def minutes(count: int) -> datetime:
    return DAY + timedelta(minutes=count)


@pytest.fixture
def convened(rule_set: RuleSet) -> Assembly:
    return make_assembly(starts_at=DAY, rule_set=rule_set)


@pytest.fixture
def live(rule_set: RuleSet) -> Assembly:
    return make_assembly(starts_at=DAY, state=AssemblyState.OPEN, opened_at=DAY, rule_set=rule_set)


def test_a_sitting_opens_on_its_first_item(convened: Assembly, actor: User) -> None:
    make_bureau(convened)
    first = make_item(convened)
    make_item(convened, "Comptes")
    opened = sitting.open_sitting(convened, actor=actor, at=minutes(5))
    assert (opened.state, opened.opened_at) == (AssemblyState.OPEN, minutes(5))
    assert (opened.current_item, opened.item_since) == (first, minutes(5))
    assert opened.pulse == 1


def test_a_sitting_may_open_without_any_item(convened: Assembly, actor: User) -> None:
    make_bureau(convened)
    opened = sitting.open_sitting(convened, actor=actor, at=minutes(5))
    assert (opened.current_item, opened.item_since) == (None, None)


def test_a_sitting_does_not_open_before_its_day(convened: Assembly, actor: User) -> None:
    make_bureau(convened)
    with refused(Code.DATE_INVALID):
        sitting.open_sitting(convened, actor=actor, at=DAY - timedelta(days=1))


def test_before_its_hour_a_sitting_opens_when_it_is_meant(convened: Assembly, actor: User) -> None:
    make_bureau(convened)
    with refused(Code.DATE_INVALID, "confirmed", "Confirmez"):
        sitting.open_sitting(convened, actor=actor, at=minutes(-90))
    assert sitting.open_sitting(convened, actor=actor, at=minutes(-90), confirmed=True).is_live


def test_no_confirmation_opens_a_sitting_on_another_day(convened: Assembly, actor: User) -> None:
    make_bureau(convened)
    for days, said in ((-1, "avant ce jour"), (1, "ne s’ouvre plus")):
        with refused(Code.DATE_INVALID, None, said):
            sitting.open_sitting(convened, actor=actor, at=DAY + timedelta(days=days), confirmed=True)


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        (datetime(2027, 6, 11, 23, 59, tzinfo=UTC), Opening.TOO_SOON),
        (datetime(2027, 6, 12, 0, 0, tzinfo=UTC), Opening.EARLY),
        (datetime(2027, 6, 12, 20, 29, tzinfo=UTC), Opening.EARLY),
        (datetime(2027, 6, 12, 20, 30, tzinfo=UTC), Opening.DUE),
        (datetime(2027, 6, 12, 23, 59, tzinfo=UTC), Opening.DUE),
        # The evening goes on after midnight, six hours in all.
        (datetime(2027, 6, 13, 2, 30, tzinfo=UTC), Opening.DUE),
        (datetime(2027, 6, 13, 2, 31, tzinfo=UTC), Opening.TOO_LATE),
    ],
)
def test_when_a_sitting_called_for_an_evening_opens(at: datetime, opening: Opening) -> None:
    starts_at = datetime(2027, 6, 12, 20, 30, tzinfo=UTC)
    assert opening_of(starts_at, at, timedelta(hours=6)) == opening


def test_a_sitting_of_the_morning_opens_late_the_same_day() -> None:
    starts_at, at = datetime(2027, 6, 12, 9, tzinfo=UTC), datetime(2027, 6, 12, 22, tzinfo=UTC)
    assert opening_of(starts_at, at, timedelta(0)) == Opening.DUE


def test_how_late_an_evening_may_begin_is_a_setting_of_the_house(convened: Assembly, actor: User) -> None:
    make_bureau(convened)
    convened.starts_at = datetime(2027, 6, 12, 20, 30, tzinfo=PARIS)
    convened.save(update_fields=["starts_at"])
    two = datetime(2027, 6, 13, 2, tzinfo=PARIS)
    assert opening_at(convened, two) == Opening.DUE
    # Decided for later assemblies: one called by then keeps what held on its day.
    for valid_from, opening in ((date(2027, 6, 13), Opening.DUE), (date(2027, 6, 12), Opening.TOO_LATE)):
        set_setting(EVENING_HOURS, value="5", valid_from=valid_from, actor=actor, reason="Règlement")
        assert opening_at(convened, two) == opening
    with refused(Code.DATE_INVALID):
        sitting.open_sitting(convened, actor=actor, at=two)
    assert opening_at(convened, datetime(2027, 6, 13, 1, 30, tzinfo=PARIS)) == Opening.DUE


def test_a_sitting_needs_a_chair_and_a_secretary(convened: Assembly, actor: User) -> None:
    seat(convened, BureauRole.CHAIR)
    with refused(Code.VALUE_MISSING):
        sitting.open_sitting(convened, actor=actor, at=DAY)


def test_a_sitting_opens_once(live: Assembly, actor: User) -> None:
    with refused(Code.ILLEGAL_MOVE):
        sitting.open_sitting(live, actor=actor, at=DAY)


def test_a_sitting_closes_and_empties_the_queue(live: Assembly, actor: User) -> None:
    one, two = make_associate(), make_associate()
    for associate in (one, two):
        attend(live, associate, DAY)
        speaking.ask_to_speak(live, associate=associate, actor=actor, at=minutes(1))
    speaking.give_floor_to_next(live, actor=actor, at=minutes(2))
    closed = sitting.close_sitting(live, actor=actor, at=minutes(9))
    assert (closed.state, closed.closed_at, closed.current_item) == (
        AssemblyState.CLOSED,
        minutes(9),
        None,
    )
    states = list(live.turns.order_by("pk").values_list("state", "ended_at"))
    assert states == [(TurnState.DONE, minutes(9)), (TurnState.WITHDRAWN, minutes(9))]


def test_a_sitting_does_not_close_over_a_vote_that_is_not_proclaimed(live: Assembly, actor: User) -> None:
    resolution = make_resolution(live)
    Vote.objects.create(assembly=live, resolution=resolution, state="open", opened_at=DAY)
    with refused(Code.ILLEGAL_MOVE):
        sitting.close_sitting(live, actor=actor, at=minutes(9), confirmed=True)


def test_a_sitting_closes_over_a_resolution_without_result_only_when_said(
    live: Assembly, actor: User
) -> None:
    make_resolution(live)
    with refused(Code.ILLEGAL_MOVE, "confirmed"):
        sitting.close_sitting(live, actor=actor, at=minutes(9))
    closed = sitting.close_sitting(live, actor=actor, at=minutes(9), confirmed=True)
    assert closed.state == AssemblyState.CLOSED


def test_an_item_is_called_and_its_clock_starts(live: Assembly, actor: User) -> None:
    first, second = make_item(live), make_item(live, "Comptes")
    sitting.set_item(live, item=first, actor=actor, at=minutes(1))
    called = sitting.set_item(live, item=second, actor=actor, at=minutes(4))
    assert (called.current_item, called.item_since) == (second, minutes(4))
    again = sitting.set_item(live, item=second, actor=actor, at=minutes(8))
    assert again.item_since == minutes(4)
    live.refresh_from_db()
    assert live.pulse == 2


def test_an_item_of_another_agenda_is_refused(live: Assembly, convened: Assembly, actor: User) -> None:
    other = make_item(convened)
    with refused(Code.VALUE_INVALID, "item"):
        sitting.set_item(live, item=other, actor=actor, at=DAY)
    with refused(Code.ILLEGAL_MOVE):
        sitting.set_item(convened, item=other, actor=actor, at=DAY)


def test_an_incident_is_noted_during_the_sitting(live: Assembly, actor: User) -> None:
    incident = sitting.note_incident(
        live, text=" Coupure du son ", happened_at=minutes(3), actor=actor, at=minutes(5)
    )
    assert (incident.text, incident.at, incident.created_by) == ("Coupure du son", minutes(3), actor)
    live.refresh_from_db()
    assert live.pulse == 1


@pytest.mark.parametrize(
    ("text", "when", "code", "field"),
    [
        ("  ", 3, Code.VALUE_MISSING, "text"),
        ("x" * 501, 3, Code.TEXT_TOO_LONG, "text"),
        ("Coupure", -3, Code.DATE_INVALID, "happened_at"),
        ("Coupure", 6, Code.DATE_INVALID, "happened_at"),
    ],
)
def test_a_wrong_incident_is_refused(text: str, when: int, code: Code, field: str, live: Assembly) -> None:
    actor = make_organiser()
    with refused(code, field):
        sitting.note_incident(live, text=text, happened_at=minutes(when), actor=actor, at=minutes(5))


def test_no_incident_before_the_sitting(convened: Assembly, actor: User) -> None:
    with refused(Code.ILLEGAL_MOVE):
        sitting.note_incident(convened, text="Coupure", happened_at=DAY, actor=actor, at=DAY)


def test_the_queue_of_a_sitting(live: Assembly, actor: User) -> None:
    one, two, three = (make_associate(last_name=name) for name in ("Un", "Deux", "Trois"))
    for associate in (one, two, three):
        attend(live, associate, DAY)
    ask = speaking.ask_to_speak
    first = ask(live, associate=one, actor=actor, at=minutes(1))
    speaking.give_floor(first, actor=actor, at=minutes(1))
    ask(live, associate=two, actor=actor, at=minutes(3))
    speaking.give_floor_to_next(live, actor=actor, at=minutes(3))
    again = ask(live, associate=one, actor=actor, at=minutes(4))
    new = ask(live, associate=three, actor=actor, at=minutes(5))
    floor = floor_of(live)
    assert floor.speaking is not None
    assert floor.speaking.associate == two
    assert [row.turn for row in floor.waiting] == [new, again]
    assert [(row.is_first, row.spoken) for row in floor.waiting] == [(True, "0:00"), (False, "2:00")]
    assert (floor.speakers, floor.total) == (1, "2:00")
    assert floor.own(one) == again
    assert floor.own(two) == floor.speaking
    assert (floor.before(again), floor.before(new)) == (1, 0)
    speaking.end_turn(floor.speaking, actor=actor, at=minutes(6))
    speaking.withdraw_turn(new, actor=actor, at=minutes(6))
    assert [row.turn for row in floor_of(live).waiting] == [again]
    assert floor_of(live).speakers == 2


def test_a_point_of_order_passes_before(live: Assembly, actor: User) -> None:
    one, two = make_associate(), make_associate()
    attend(live, one, DAY)
    attend(live, two, DAY, Presence.CONNECTED)
    speaking.ask_to_speak(live, associate=one, actor=actor, at=minutes(1))
    order = speaking.ask_to_speak(live, associate=two, kind=Turn.ORDER, actor=actor, at=minutes(2))
    assert floor_of(live).waiting[0].turn == order
    assert floor_of(live).waiting[0].is_order
    assert speaking.give_floor_to_next(live, actor=actor, at=minutes(3)) == order


def test_requests_that_are_refused(live: Assembly, convened: Assembly, actor: User) -> None:
    one, absent = make_associate(), make_associate()
    attend(live, one, DAY)
    ask = speaking.ask_to_speak
    with refused(Code.ILLEGAL_MOVE):
        ask(convened, associate=one, actor=actor, at=minutes(1))
    with refused(Code.VALUE_INVALID, "kind"):
        ask(live, associate=one, kind="song", actor=actor, at=minutes(1))
    with refused(Code.NOT_ALLOWED, "associate"):
        ask(live, associate=absent, actor=actor, at=minutes(1))
    with refused(Code.VALUE_MISSING):
        speaking.give_floor_to_next(live, actor=actor, at=minutes(1))
    turn = ask(live, associate=one, actor=actor, at=minutes(1))
    with refused(Code.ALREADY_DONE, "associate"):
        ask(live, associate=one, actor=actor, at=minutes(2))
    with refused(Code.ILLEGAL_MOVE):
        speaking.end_turn(turn, actor=actor, at=minutes(2))
    speaking.give_floor(turn, actor=actor, at=minutes(2))
    for act in (speaking.give_floor, speaking.withdraw_turn):
        with refused(Code.ILLEGAL_MOVE):
            act(turn, actor=actor, at=minutes(3))


def test_who_left_or_was_noted_by_mistake_is_not_there(live: Assembly) -> None:
    here, gone, mistaken = (make_associate(last_name=name) for name in ("Ici", "Parti", "Erreur"))
    attend(live, here, DAY)
    attend(live, gone, DAY)
    attend(live, gone, minutes(2), Presence.DEPARTURE)
    wrong = attend(live, mistaken, DAY)
    assert is_there(live, mistaken, minutes(3))
    attend(live, mistaken, minutes(1), cancels=wrong)
    assert not is_there(live, mistaken, minutes(3))
    assert is_there(live, gone, minutes(1))
    assert not is_there(live, gone, minutes(3))
    assert list(there_now(live, minutes(3))) == [here]


def test_the_floor_is_one_question(live: Assembly, actor: User, django_assert_num_queries: Any) -> None:
    for count in range(6):
        _user, associate = make_member()
        attend(live, associate, DAY)
        speaking.ask_to_speak(live, associate=associate, actor=actor, at=minutes(count))
    with django_assert_num_queries(1):
        assert len([row.turn.associate.name for row in floor_of(live).waiting]) == 6
