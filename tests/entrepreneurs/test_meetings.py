"""Slots and meetings: what is free, what is refused, who is told, each reminder once (ENT-52)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Notice, OutgoingEmail
from entrepreneurs.calculations.slots import Absence, Opening, Stretch, free_stretches
from entrepreneurs.models import Meeting
from entrepreneurs.services.absences import Days, refuse_absence
from entrepreneurs.services.meetings import (
    arrange_meeting,
    book_meeting,
    cancel_meeting,
    hold_meeting,
    miss_meeting,
    move_meeting,
    remind_of_meetings,
)
from entrepreneurs.services.slots import close_days, reopen_days, stop_slots
from entrepreneurs.states.meetings import MeetingMode, MeetingPurpose, MeetingState
from people.states import RoleKind
from tests.factories.coaching import (
    day_ahead,
    make_advisor,
    make_coached,
    make_meeting,
    make_past_meeting,
    make_slots,
    moment,
    person_of,
    slots_of,
    working_day_ahead,
)
from tests.factories.desk import make_absence
from tests.factories.people import make_user

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 11, 30)
MORNING = Opening(time(9), time(11, 30), 60, weekday=0, first_day=MONDAY, last_day=date(2026, 12, 14))


def free(opening: Opening = MORNING, **facts: Any) -> list[datetime]:
    known: dict[str, Any] = {
        "since": MONDAY,
        "until": date(2026, 12, 31),
        "not_before": datetime(2026, 1, 1, tzinfo=UTC),
        "taken": [],
        "absences": [],
        "zone": PARIS,
    }
    return [slot.starts_at for slot in free_stretches(opening, **known | facts)]


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), PARIS)


def test_a_weekly_range_gives_whole_slots_within_its_days() -> None:
    mondays = [MONDAY, date(2026, 12, 7), date(2026, 12, 14)]
    assert free() == [at(day, hour) for day in mondays for hour in (9, 10)]


def test_a_day_alone_is_that_day() -> None:
    assert free(Opening(time(9), time(10), 30, day=MONDAY)) == [
        at(MONDAY, 9),
        at(MONDAY, 9) + timedelta(minutes=30),
    ]


def test_a_range_without_end_goes_on() -> None:
    assert len(free(Opening(time(9), time(10), 60, weekday=0))) == 5


def test_what_is_taken_absent_or_too_soon_is_not_free() -> None:
    taken = [Stretch(at(MONDAY, 10), at(MONDAY, 11))]
    absences = [Absence(date(2026, 12, 7), date(2026, 12, 8)), Absence(date(2026, 12, 14), None)]
    assert free(taken=taken, absences=absences) == [at(MONDAY, 9)]
    assert free(not_before=at(MONDAY, 10), until=MONDAY) == [at(MONDAY, 10)]


@pytest.mark.django_db
class TestBooking:
    def test_both_sides_are_told_with_a_calendar_file(self) -> None:
        user, advisor = make_coached()
        meeting = make_meeting(user, advisor)
        mails = OutgoingEmail.objects.filter(cause="entrepreneurs.meeting.booked")
        assert {mail.to for mail in mails} == {user.email, advisor.email}
        file = mails[0].attachments.get()
        with file.file.open("rb") as handle:
            said = handle.read()
        assert b"BEGIN:VEVENT" in said
        assert f"UID:meeting-{meeting.pk}".encode() in said

    def test_leave_refuses_what_it_closes_to_the_half_day(self) -> None:
        user, advisor = make_coached()
        day = working_day_ahead(3)
        make_slots(advisor, day=day)
        leave = make_absence(advisor, days=Days(day, day, from_noon=True))
        morning = datetime.combine(day, time(9), timezone.get_default_timezone())
        facts: dict[str, Any] = {
            "advisor": person_of(advisor),
            "purpose": "follow_up",
            "mode": "phone",
            "actor": advisor,
        }
        assert [timezone.localtime(slot.starts_at).hour for slot in slots_of(advisor)] == [9, 10, 11]
        for minutes, starts_at in ((200, morning), (60, morning + timedelta(hours=6))):
            with pytest.raises(Refused) as refusal:
                arrange_meeting(person_of(user), starts_at=starts_at, minutes=minutes, **facts)
            assert (refusal.value.code, refusal.value.field) == (Code.ADVISOR_AWAY, "starts_at")
        assert not Meeting.objects.exists()
        refuse_absence(leave, answer="Formation", actor=make_user(RoleKind.HUMAN_RESOURCES))
        assert arrange_meeting(person_of(user), starts_at=morning + timedelta(hours=6), minutes=60, **facts)

    def test_a_slot_taken_is_no_longer_offered_nor_booked(self) -> None:
        user, advisor = make_coached()
        make_slots(advisor)
        slot = slots_of(advisor)[0]
        facts: dict[str, Any] = {"slot": slot, "purpose": MeetingPurpose.FOLLOW_UP, "actor": user}
        book_meeting(person=person_of(user), **facts)
        assert slot not in slots_of(advisor)
        other, _advisor = make_coached(advisor)
        with pytest.raises(Refused) as refusal:
            book_meeting(person=person_of(other), **facts)
        assert refusal.value.code == Code.SLOT_TAKEN
        assert Meeting.objects.count() == 1

    def test_the_database_has_the_last_word(self) -> None:
        user, advisor = make_coached()
        meeting = make_meeting(user, advisor)
        other, _advisor = make_coached(advisor)
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.create(
                advisor=meeting.advisor,
                person=person_of(other),
                purpose="follow_up",
                mode="phone",
                starts_at=meeting.starts_at + timedelta(minutes=30),
                ends_at=meeting.ends_at + timedelta(minutes=30),
            )

    def test_an_advisor_on_leave_receives_nobody(self) -> None:
        user, advisor = make_coached()
        make_slots(advisor)
        slot = slots_of(advisor)[0]
        closed = close_days(
            person_of(advisor), starts_on=slot.day, ends_on=slot.day, label="Congés", actor=advisor
        )
        assert slots_of(advisor) == []
        with pytest.raises(Refused) as refusal:
            book_meeting(person=person_of(user), slot=slot, purpose="follow_up", actor=user)
        assert refusal.value.code == Code.ADVISOR_AWAY
        assert person_of(advisor).full_name in str(refusal.value)
        with pytest.raises(Refused) as refusal:
            arrange_meeting(
                person_of(user),
                advisor=person_of(advisor),
                purpose="follow_up",
                starts_at=slot.starts_at,
                minutes=60,
                mode="phone",
                actor=advisor,
            )
        assert refusal.value.code == Code.ADVISOR_AWAY
        assert not Meeting.objects.exists()
        reopen_days(closed, actor=advisor)
        assert slots_of(advisor)[0] == slot

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"purpose": "dance"}, Code.VALUE_INVALID),
            ({"purpose": MeetingPurpose.PAPERS}, Code.SLOT_TAKEN),
            ({"mode": MeetingMode.VIDEO}, Code.VALUE_INVALID),
        ],
    )
    def test_what_is_not_offered_is_refused(self, change: dict[str, Any], code: Code) -> None:
        user, advisor = make_coached()
        make_slots(advisor)
        facts: dict[str, Any] = {"slot": slots_of(advisor)[0], "purpose": "follow_up", "actor": user}
        with pytest.raises(Refused) as refusal:
            book_meeting(person=person_of(user), **facts | change)
        assert refusal.value.code == code
        assert not Meeting.objects.exists()

    def test_a_person_is_met_once_at_a_time(self) -> None:
        user, advisor = make_coached()
        make_meeting(user, advisor)
        second = make_advisor()
        make_slots(second)
        with pytest.raises(Refused) as refusal:
            book_meeting(person=person_of(user), slot=slots_of(second)[0], purpose="follow_up", actor=user)
        assert refusal.value.code == Code.SLOT_TAKEN

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"starts_at": moment(-1)}, Code.DATE_INVALID),
            ({"minutes": 5}, Code.VALUE_INVALID),
            ({"mode": MeetingMode.VIDEO}, Code.VALUE_MISSING),
        ],
    )
    def test_a_time_agreed_is_checked_too(self, change: dict[str, Any], code: Code) -> None:
        user, advisor = make_coached()
        facts: dict[str, Any] = {"starts_at": moment(4), "minutes": 30, "mode": "phone"}
        with pytest.raises(Refused) as refusal:
            arrange_meeting(
                person_of(user),
                advisor=person_of(advisor),
                purpose="follow_up",
                actor=advisor,
                **facts | change,
            )
        assert refusal.value.code == code
        assert not Meeting.objects.exists()


@pytest.mark.django_db
class TestAfterwards:
    def test_a_meeting_moves_and_frees_its_time(self) -> None:
        user, advisor = make_coached()
        meeting = make_meeting(user, advisor)
        former = meeting.starts_at
        moved = move_meeting(meeting, slot=slots_of(advisor)[-1], actor=user)
        assert moved.starts_at > former
        assert moved.revision == 1
        assert former in [slot.starts_at for slot in slots_of(advisor)]
        assert OutgoingEmail.objects.filter(cause="entrepreneurs.meeting.moved").count() == 2

    def test_a_meeting_does_not_move_to_a_time_that_is_not_offered(self) -> None:
        user, advisor = make_coached()
        meeting = make_meeting(user, advisor)
        elsewhere = replace(slots_of(advisor)[0], starts_at=moment(9))
        with pytest.raises(Refused) as refusal:
            move_meeting(meeting, slot=elsewhere, actor=user)
        assert refusal.value.code == Code.SLOT_TAKEN
        meeting.refresh_from_db()
        assert meeting.revision == 0

    def test_cancelling_wants_a_reason_and_happens_once(self) -> None:
        user, advisor = make_coached()
        meeting = make_meeting(user, advisor)
        with pytest.raises(Refused) as refusal:
            cancel_meeting(meeting, reason=" ", actor=user)
        assert refusal.value.code == Code.VALUE_MISSING
        cancel_meeting(meeting, reason="Malade", actor=user)
        with pytest.raises(IllegalMove):
            cancel_meeting(meeting, reason="Malade", actor=user)
        with pytest.raises(IllegalMove):
            move_meeting(meeting, slot=slots_of(advisor)[0], actor=user)
        meeting.refresh_from_db()
        assert (meeting.state, meeting.cancel_reason) == (MeetingState.CANCELLED, "Malade")

    def test_what_has_not_begun_is_neither_held_nor_missed(self) -> None:
        user, advisor = make_coached()
        meeting = make_meeting(user, advisor)
        for service in (hold_meeting, miss_meeting):
            with pytest.raises(Refused) as refusal:
                service(meeting, actor=advisor, now=timezone.now())
            assert refusal.value.code == Code.DATE_INVALID
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.BOOKED

    def test_an_absence_may_be_put_right(self) -> None:
        user, advisor = make_coached()
        meeting = make_past_meeting(user, advisor)
        miss_meeting(meeting, actor=advisor, now=timezone.now())
        with pytest.raises(IllegalMove):
            miss_meeting(meeting, actor=advisor, now=timezone.now())
        held = hold_meeting(meeting, actor=advisor, now=timezone.now())
        assert held.state == MeetingState.HELD


@pytest.mark.django_db
class TestReminders:
    def test_each_side_is_reminded_once_even_after_a_stop(self) -> None:
        user, advisor = make_coached()
        meeting = make_meeting(user, advisor)
        assert remind_of_meetings(now=timezone.now()) == 0
        late = meeting.starts_at - timedelta(hours=20)
        assert [remind_of_meetings(now=late) for _time in range(2)] == [1, 0]
        told = Notice.objects.filter(kind="entrepreneurs.meeting_reminder")
        assert {notice.user for notice in told} == {user, advisor}

    def test_the_past_is_not_reminded(self) -> None:
        user, advisor = make_coached()
        make_past_meeting(user, advisor)
        assert remind_of_meetings(now=timezone.now()) == 0

    def test_what_was_just_confirmed_is_not_reminded(self) -> None:
        user, advisor = make_coached()
        soon = timezone.now() + timedelta(hours=30)
        arrange_meeting(
            person_of(user),
            advisor=person_of(advisor),
            purpose="follow_up",
            starts_at=soon,
            minutes=30,
            mode="phone",
            actor=advisor,
        )
        assert remind_of_meetings(now=soon - timedelta(hours=10)) == 0
        assert not Notice.objects.filter(kind="entrepreneurs.meeting_reminder").exists()


@pytest.mark.django_db
class TestRanges:
    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"closes_at": time(9)}, "closes_at"),
            ({"closes_at": time(9, 30)}, "closes_at"),
            ({"slot_minutes": 5}, "slot_minutes"),
            ({"place": ""}, "place"),
            ({"purposes": []}, "purposes"),
            ({"weekday": 1, "ends_on": date(2020, 1, 1)}, "ends_on"),
        ],
    )
    def test_a_range_that_offers_nothing_is_refused(self, change: dict[str, Any], field: str) -> None:
        advisor = make_advisor()
        with pytest.raises(Refused) as refusal:
            make_slots(advisor, **change)
        assert refusal.value.field == field
        assert not person_of(advisor).availabilities.exists()

    def test_a_range_stops_once(self) -> None:
        advisor = make_advisor()
        weekly = make_slots(advisor, weekday=day_ahead(3).weekday(), day=timezone.localdate())
        assert slots_of(advisor)
        stop_slots(weekly, last_day=timezone.localdate(), actor=advisor)
        assert slots_of(advisor) == []
        with pytest.raises(Refused) as refusal:
            stop_slots(weekly, last_day=day_ahead(4), actor=advisor)
        assert refusal.value.code == Code.ALREADY_DONE

    @pytest.mark.parametrize(
        ("days", "label", "code"), [((5, 3), "x", Code.PERIOD_INVALID), ((3, 5), " ", Code.VALUE_MISSING)]
    )
    def test_closed_days_have_an_order_and_a_name(
        self, days: tuple[int, int], label: str, code: Code
    ) -> None:
        with pytest.raises(Refused) as refusal:
            close_days(
                None, starts_on=day_ahead(days[0]), ends_on=day_ahead(days[1]), label=label, actor=None
            )
        assert refusal.value.code == code

    def test_days_closed_for_all_close_each(self) -> None:
        advisor = make_advisor()
        make_slots(advisor)
        close_days(None, starts_on=day_ahead(2), ends_on=day_ahead(4), label="Pont", actor=None)
        assert slots_of(advisor) == []
