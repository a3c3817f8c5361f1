"""A resident leaves their desk to others for some days, and takes it back while nobody booked it (COW-19)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cae.core.errors import Code, IllegalMove
from cae.core.models import AuditEntry, Notice
from coworking.models import Booking, DeskAbsence, WaitingPlace
from coworking.selectors.alerts import notable
from coworking.selectors.planning import bookings_between, planning_rows
from coworking.services.absences import free_desk, take_desk_back
from coworking.services.booking_changes import cancel_booking
from coworking.services.waiting import wait_for
from coworking.states.bookings import WaitingState
from coworking.states.members import SubscriptionState
from coworking.states.places import ResourceKind
from tests.factories.bookings import book_at, hours, make_room, next_monday
from tests.factories.coworking import make_facilitator, make_resource
from tests.factories.coworking_members import make_member, make_plan
from tests.factories.people import make_user
from tests.pages import client_of, text
from tests.refusals import refusal_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
ONE_DAY = timedelta(days=1)


@pytest.fixture
def held() -> Any:
    """The only desk of a place, held by a resident."""
    place = make_room().place
    desk = make_resource(
        place, ResourceKind.DESK, "Poste de la cour", prices={"day": "10", "other_day": "15"}
    )
    member = make_member(place)
    return member.subscriptions.create(
        plan=make_plan(place),
        starts_on=date(2026, 1, 1),
        payer=member.payer,
        state=SubscriptionState.ACTIVE,
        unit=desk.units.get(),
    )


def free(held: Any, first: date, last: date | None = None) -> DeskAbsence:
    return free_desk(held, starts_on=first, ends_on=last or first, actor=None, now=timezone.now())


def back(absence: DeskAbsence, on: date) -> None:
    take_desk_back(absence, on=on, actor=None, now=timezone.now())


def test_a_desk_left_for_some_days_is_booked_by_others_and_taken_back_from_the_day_it_is_free(
    held: Any,
) -> None:
    desk, monday = held.unit.resource, next_monday()
    other = make_member(desk.place)
    assert "déjà prises" in str(refusal_of(lambda: book_at(desk, hours("9:00", "18:00"), of=other)))
    absence = free(held, monday, monday + 4 * ONE_DAY)
    assert (
        refusal_of(lambda: book_at(desk, hours("9:00", "18:00", monday + 7 * ONE_DAY), of=other)).code
        == Code.SLOT_TAKEN
    )
    booking = book_at(desk, hours("9:00", "18:00", monday + ONE_DAY), of=other)
    assert booking.unit == held.unit
    refusal = refusal_of(lambda: back(absence, monday))
    assert (refusal.code, refusal.field) == (Code.SLOT_TAKEN, "on")
    assert f"{monday + 2 * ONE_DAY:%d/%m/%Y}" in str(refusal)
    back(absence, monday + 2 * ONE_DAY)
    absence.refresh_from_db()
    assert absence.ends_on == monday + ONE_DAY
    assert (
        refusal_of(lambda: book_at(desk, hours("9:00", "18:00", monday + 3 * ONE_DAY), of=other)).code
        == Code.SLOT_TAKEN
    )
    cancel_booking(booking, actor=None, now=timezone.now())
    back(absence, timezone.localdate())
    assert not DeskAbsence.objects.exists()
    assert refusal_of(lambda: back(absence, monday)).code == Code.ALREADY_DONE
    acts = AuditEntry.objects.filter(verb__startswith="coworking.desk").order_by("pk")
    assert [one.verb.rpartition(".")[2] for one in acts] == ["free", "take_back", "take_back"]


def test_what_is_no_absence_is_refused_and_nothing_changes(held: Any) -> None:
    monday, today = next_monday(), timezone.localdate()
    kept = free(held, monday, monday + ONE_DAY)
    held.ends_on = monday + 9 * ONE_DAY
    held.save()
    for first, last, code, field in (
        (monday + 5 * ONE_DAY, monday + 4 * ONE_DAY, Code.PERIOD_INVALID, "ends_on"),
        (today - ONE_DAY, today, Code.DATE_INVALID, "starts_on"),
        (monday + 5 * ONE_DAY, monday + 10 * ONE_DAY, Code.PERIOD_INVALID, "ends_on"),
        (monday + ONE_DAY, monday + 3 * ONE_DAY, Code.DUPLICATE, "starts_on"),
    ):
        refusal = refusal_of(partial(free, held, first, last))
        assert (refusal.code, refusal.field) == (code, field), (first, last)
    assert refusal_of(lambda: back(kept, today - ONE_DAY)).code == Code.DATE_INVALID
    assert refusal_of(lambda: back(kept, monday + 2 * ONE_DAY)).code == Code.DATE_INVALID
    held.unit = None
    held.save()
    assert refusal_of(lambda: free(held, monday + 5 * ONE_DAY)).code == Code.NOT_ALLOWED
    held.state = SubscriptionState.ENDED
    held.save()
    with pytest.raises(IllegalMove):
        free(held, monday + 5 * ONE_DAY)
    assert [(one.starts_on, one.ends_on) for one in DeskAbsence.objects.all()] == [(monday, monday + ONE_DAY)]


def test_the_database_itself_keeps_the_desk_of_who_is_there_and_the_time_of_who_booked_it(held: Any) -> None:
    desk, monday = held.unit.resource, next_monday()
    other = make_member(desk.place)
    absence = free(held, monday, monday + ONE_DAY)
    booking = book_at(desk, hours("9:00", "18:00", monday + ONE_DAY), of=other)
    with pytest.raises(IntegrityError, match="booked meanwhile"), transaction.atomic():
        absence.delete()
    with pytest.raises(IntegrityError, match="booked meanwhile"), transaction.atomic():
        DeskAbsence.objects.filter(pk=absence.pk).update(ends_on=monday)
    DeskAbsence.objects.filter(pk=absence.pk).update(starts_on=monday + ONE_DAY)
    with pytest.raises(IntegrityError, match="who is there"), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(
            during=(booking.during.lower - ONE_DAY, booking.during.upper)
        )
    # What was booked before somebody became a resident stays, whatever the hours become.
    second = make_resource(desk.place, ResourceKind.DESK, prices={"day": "10", "other_day": "15"})
    earlier, late = book_at(second, hours("9:00", "18:00"), of=other), make_member(desk.place)
    late.subscriptions.create(
        plan=held.plan,
        starts_on=held.starts_on,
        payer=late.payer,
        state=SubscriptionState.ACTIVE,
        unit=second.units.get(),
    )
    assert Booking.objects.filter(pk=earlier.pk).update(off_hours=True) == 1
    with pytest.raises(IntegrityError, match="deskabsence_once_at_a_time"), transaction.atomic():
        DeskAbsence.objects.create(subscription=held, starts_on=monday, ends_on=monday + ONE_DAY)


def test_who_waits_for_the_desk_is_offered_it_and_it_is_not_taken_back_meanwhile(held: Any) -> None:
    desk, monday, now = held.unit.resource, next_monday(), timezone.now()
    waits: list[Any] = [make_user(person=make_member(desk.place).person) for _one in range(3)]
    for user, day in zip(waits, (monday, monday + ONE_DAY, monday), strict=True):
        wait_for(desk, hours("9:00", "18:00", day), person=user.person, actor=None, now=now)
    absence = free(held, monday, monday + ONE_DAY)
    offered = WaitingPlace.objects.filter(state=WaitingState.OFFERED)
    assert [one.person for one in offered] == [waits[0].person, waits[1].person], "one each day, no more"
    assert set(Notice.objects.values_list("user", flat=True)) == {waits[0].pk, waits[1].pk}
    refusal = refusal_of(lambda: back(absence, monday + ONE_DAY))
    assert "proposé" in str(refusal)
    WaitingPlace.objects.filter(pk=offered[1].pk).update(state=WaitingState.LEFT)
    back(absence, monday + ONE_DAY)
    absence.refresh_from_db()
    assert absence.ends_on == monday


def test_the_resident_says_it_on_their_page_and_the_team_reads_it(held: Any) -> None:
    place, monday = held.member.place, next_monday()
    own = client_of(make_user(person=held.member.person))
    form = own.get(f"/mes-lieux/abonnements/{held.pk}/absence/")
    assert form.status_code == 200
    typed = {"starts_on": monday.isoformat(), "ends_on": (monday - ONE_DAY).isoformat()}
    wrong = own.post(f"/mes-lieux/abonnements/{held.pk}/absence/", typed)
    assert (wrong.status_code, "La fin ne peut pas précéder le début" in text(wrong)) == (422, True)
    typed["ends_on"] = monday.isoformat()
    done = own.post(f"/mes-lieux/abonnements/{held.pk}/absence/", typed, follow=True)
    assert "Je serai absent·e" in text(done)
    assert f"Absence du {monday:%d/%m/%Y}" in text(done)
    absence = DeskAbsence.objects.get()
    team = make_facilitator(place)
    page = client_of(team).get(f"/espaces/{place.pk}/planning/?jour={monday.isoformat()}")
    assert f"laissé libre par {held.member}" in text(page)
    assert absence.created_by == own.get("/").wsgi_request.user
    assert "Absence du" in text(client_of(team).get(held.get_absolute_url()))
    stranger = client_of(make_user(person=make_member(place).person))
    assert f"{held.member}" not in text(stranger.get(f"/espaces/{place.pk}/planning/?jour={monday}"))
    for address in (
        f"/mes-lieux/abonnements/{held.pk}/absence/",
        f"/mes-lieux/absences/{absence.pk}/retour/",
    ):
        assert stranger.post(address, typed).status_code == 404
    elsewhere = client_of(make_facilitator(make_room().place))
    for address in (f"/espaces/abonnements/{held.pk}/absence/", f"/espaces/absences/{absence.pk}/retour/"):
        assert elsewhere.post(address, typed).status_code in (403, 404)
    at = hours("9:00", "10:00").starts
    assert any("est absent·e jusqu’au" in one.words for one in notable(place, at))
    rows = planning_rows(place, bookings_between(place, monday, monday), monday, monday, shows=bool)
    assert [slot.kind for row in rows for _day, slots in row.days for slot in slots] == ["freed"]
    answer = client_of(team).post(f"/espaces/absences/{absence.pk}/retour/", {"on": monday.isoformat()})
    assert (answer.status_code, answer["Location"]) == (302, held.get_absolute_url())
    assert not DeskAbsence.objects.exists()
    assert client_of(team).get(f"/espaces/abonnements/{held.pk}/absence/").status_code == 200
