"""Who comes and who leaves is written, never rubbed out; a departure that silences several voices is said."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Document
from cae.core.signing import Hand, Origin
from governance.models import Assembly, Associate, AttendanceEvent, Proxy, Representative
from governance.selectors.representation import lost_voices, places_of
from governance.selectors.standing import standing_at
from governance.services.attendance import Signed, arrive, cancel_event, connect, disconnect, leave
from governance.services.representation_files import ask_form, ask_sheet, make_sheet, run_form, run_sheet
from governance.services.speaking import ask_to_speak, give_floor
from governance.states.assemblies import PresenceWay
from people.models import Organisation
from tests.factories.governance import make_assembly, make_associate, make_organiser, make_resolution
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Any:
    return make_organiser()


@pytest.fixture
def assembly() -> Assembly:
    return make_assembly(state="open")


def hold(assembly: Assembly, principal: Associate, holder: Associate) -> Proxy:
    return Proxy.objects.create(
        assembly=assembly, principal=principal, holder=holder, given_at=timezone.now() - timedelta(days=1)
    )


def test_one_comes_leaves_and_the_pulse_grows(assembly: Assembly, desk: Any) -> None:
    ana = make_associate()
    event = arrive(assembly, associate=ana, now=timezone.now(), actor=desk)
    assert (event.person, event.way) == (ana.person, PresenceWay.DESK)
    assert standing_at(assembly, timezone.now()).present == {ana.pk}
    leave(assembly, associate=ana, now=timezone.now(), actor=desk)
    assert standing_at(assembly, timezone.now()).here == frozenset()
    assembly.refresh_from_db()
    assert assembly.pulse == 2


@pytest.mark.parametrize(
    ("act", "code"),
    [(arrive, Code.ALREADY_DONE), (connect, Code.ALREADY_DONE), (disconnect, Code.NOT_ALLOWED)],
)
def test_who_is_in_the_room_does_not_come_again(assembly: Assembly, desk: Any, act: Any, code: Code) -> None:
    ana = make_associate()
    arrive(assembly, associate=ana, now=timezone.now(), actor=desk)
    with pytest.raises(Refused) as caught:
        act(assembly, associate=ana, now=timezone.now(), actor=desk)
    assert caught.value.code == code
    assert AttendanceEvent.objects.count() == 1


@pytest.mark.parametrize("act", [leave, disconnect])
def test_who_is_not_there_does_not_leave(assembly: Assembly, desk: Any, act: Any) -> None:
    with pytest.raises(Refused):
        act(assembly, associate=make_associate(), now=timezone.now(), actor=desk)
    assert not AttendanceEvent.objects.exists()


def test_nobody_signs_another_day_nor_once_the_sitting_is_over(desk: Any) -> None:
    ana = make_associate()
    later = make_assembly(starts_at=timezone.now() + timedelta(days=3))
    over = make_assembly(state="closed", rule_set=later.rule_set, room_key="", screen_key="")
    for one in (later, over):
        with pytest.raises(IllegalMove):
            arrive(one, associate=ana, now=timezone.now(), actor=desk)
    assert not AttendanceEvent.objects.exists()


def test_who_is_no_associate_does_not_sign(assembly: Assembly, desk: Any) -> None:
    ana = make_associate()
    Associate.objects.filter(pk=ana.pk).update(left_on=timezone.localdate(), loss_cause="resignation")
    ana.refresh_from_db()
    with pytest.raises(Refused, match="n’est pas associé·e"):
        arrive(assembly, associate=ana, now=timezone.now(), actor=desk)
    assert not AttendanceEvent.objects.exists()


def test_at_a_distance_one_counts_only_where_the_rules_say_so(desk: Any) -> None:
    ana = make_associate()
    there = make_assembly(state="open")
    connect(there, associate=ana, now=timezone.now(), actor=desk)
    assert standing_at(there, timezone.now()).remote == {ana.pk}
    arrive(there, associate=ana, now=timezone.now(), actor=desk)
    assert standing_at(there, timezone.now()).remote == frozenset()
    room = make_assembly(state="open", mode="room", rule_set=there.rule_set, room_key="", screen_key="")
    with pytest.raises(Refused, match="ne compte pas la présence à distance"):
        connect(room, associate=ana, now=timezone.now(), actor=desk)
    assert room.attendance.count() == 0


def test_a_legal_person_comes_by_its_representative(assembly: Assembly, desk: Any) -> None:
    town = Organisation.objects.create(name="Ville de Bègles")
    associate, person = make_associate(organisation=town), make_person()
    with pytest.raises(Refused, match="n’a pas de représentant·e"):
        arrive(assembly, associate=associate, now=timezone.now(), actor=desk)
    Representative.objects.create(associate=associate, person=person, starts_on=associate.admitted_on)
    assert arrive(assembly, associate=associate, now=timezone.now(), actor=desk).person == person


def test_a_wrong_line_is_taken_back_at_every_instant_once(assembly: Assembly, desk: Any) -> None:
    ana = make_associate()
    event = arrive(assembly, associate=ana, now=timezone.now(), actor=desk)
    cancel_event(event, now=timezone.now(), actor=desk)
    assert standing_at(assembly, event.at + timedelta(microseconds=1)).present == frozenset()
    assert AttendanceEvent.objects.count() == 2
    with pytest.raises(Refused, match="déjà annulée"):
        cancel_event(event, now=timezone.now(), actor=desk)
    assert AttendanceEvent.objects.count() == 2


def test_the_sheet_does_not_change_once_the_sitting_is_over(assembly: Assembly, desk: Any) -> None:
    event = arrive(assembly, associate=make_associate(), now=timezone.now(), actor=desk)
    Assembly.objects.filter(pk=assembly.pk).update(state="closed", closed_at=timezone.now())
    with pytest.raises(IllegalMove):
        cancel_event(event, now=timezone.now(), actor=desk)
    assert AttendanceEvent.objects.count() == 1


def test_a_departure_that_silences_several_voices_is_said_until_they_are_back(
    assembly: Assembly, desk: Any
) -> None:
    ana, bob, cleo = (make_associate() for _one in range(3))
    others = [make_associate() for _one in range(40)]
    assert others
    for principal in (bob, cleo):
        hold(assembly, principal, ana)
    arrive(assembly, associate=ana, now=timezone.now(), actor=desk)
    gone = leave(assembly, associate=ana, now=timezone.now(), actor=desk)
    loss = lost_voices(assembly, timezone.now())[0]
    assert (loss.associate, loss.voices, loss.at, loss.is_back) == (ana, 3, gone.at, False)
    arrive(assembly, associate=ana, now=timezone.now(), actor=desk)
    assert lost_voices(assembly, timezone.now())[0].is_back


def test_one_voice_that_leaves_is_no_alert(assembly: Assembly, desk: Any) -> None:
    ana = make_associate()
    arrive(assembly, associate=ana, now=timezone.now(), actor=desk)
    leave(assembly, associate=ana, now=timezone.now(), actor=desk)
    assert lost_voices(assembly, timezone.now()) == []


def test_the_sheet_signed_on_a_tablet_is_a_pdf(assembly: Assembly, desk: Any) -> None:
    make_cooperative()
    make_resolution(assembly)
    ana = make_associate()
    signed = Signed(Hand("Ana Roy", typed="Ana Roy"), Origin())
    event = arrive(
        assembly, associate=ana, way=PresenceWay.TABLET, signed=signed, now=timezone.now(), actor=desk
    )
    assert event.signature is not None
    document: Document = make_sheet(assembly, now=timezone.now(), actor=desk)
    assert document.mime == "application/pdf"
    assert document.name.startswith("feuille-de-presence-")


def test_places_agree_with_the_fold(assembly: Assembly, desk: Any) -> None:
    people = [make_associate() for _one in range(3)]
    now: datetime = timezone.now()
    arrive(assembly, associate=people[0], now=now, actor=desk)
    connect(assembly, associate=people[1], now=now, actor=desk)
    connect(assembly, associate=people[2], now=now, actor=desk)
    disconnect(assembly, associate=people[2], now=timezone.now(), actor=desk)
    found = places_of(assembly, timezone.now())
    assert found == {people[0].pk: "arrival", people[1].pk: "connected"}


def test_a_disconnection_noted_by_mistake_leaves_one_connected(assembly: Assembly, desk: Any) -> None:
    """Two connections then follow each other: who is connected twice is still there."""
    ana = make_associate()
    connect(assembly, associate=ana, now=timezone.now(), actor=desk)
    wrong = disconnect(assembly, associate=ana, now=timezone.now(), actor=desk)
    connect(assembly, associate=ana, now=timezone.now(), actor=desk)
    cancel_event(wrong, now=timezone.now(), actor=desk)
    assert standing_at(assembly, timezone.now()).remote == {ana.pk}
    assert places_of(assembly, timezone.now()) == {ana.pk: "connected"}


def test_the_papers_of_a_job_are_made_once_asked(assembly: Assembly, desk: Any) -> None:
    make_cooperative()
    make_resolution(assembly)
    for ask, run, beginning in (
        (ask_sheet, run_sheet, "feuille-de-presence-"),
        (ask_form, run_form, "vote-par-correspondance"),
    ):
        job = ask(assembly, actor=desk)
        run(job.pk)
        job.refresh_from_db()
        assert job.state == "done"
        assert job.result is not None
        assert job.result.name.startswith(beginning)


@pytest.mark.parametrize("by", ["leaves", "was never there"])
def test_who_is_gone_waits_no_more_for_the_floor(assembly: Assembly, desk: Any, by: str) -> None:
    ana, bob = make_associate(), make_associate()
    events = [arrive(assembly, associate=one, now=timezone.now(), actor=desk) for one in (ana, bob)]
    turns = [ask_to_speak(assembly, associate=one, actor=desk, at=timezone.now()) for one in (ana, bob)]
    give_floor(turns[1], actor=desk, at=timezone.now())
    for associate, event in zip((ana, bob), events, strict=True):
        if by == "leaves":
            leave(assembly, associate=associate, now=timezone.now(), actor=desk)
        else:
            cancel_event(event, now=timezone.now(), actor=desk)
    states = assembly.turns.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "done"]
