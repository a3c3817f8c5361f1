"""Leave and absences: counted to the half-day, answered by somebody else, never two at once (ENT-35)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cae.core import facts
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Notice
from cae.core.periods import Month, Span
from entrepreneurs.calculations.leave import (
    balance,
    days_within,
    earned,
    easter,
    is_working_day,
    leave_year,
    public_holidays,
    without,
    working_days,
)
from entrepreneurs.models import Absence
from entrepreneurs.selectors.absences import absences_between, leave_of, team_month
from entrepreneurs.services import absences as verbs
from entrepreneurs.services.absences import Days
from entrepreneurs.states.absences import ABSENCE_FLOW, AbsenceState
from people.models import User
from people.services.statuses import record_status
from people.states import RoleKind
from tests.factories.desk import make_absence
from tests.factories.people import make_person, make_user
from tests.pages import client_of

ON = date(2026, 3, 2)


# Pure.


@pytest.mark.parametrize(
    ("year", "sunday"), [(2024, date(2024, 3, 31)), (2026, date(2026, 4, 5)), (2038, date(2038, 4, 25))]
)
def test_easter(year: int, sunday: date) -> None:
    assert easter(year) == sunday


def test_the_eleven_holidays_of_2026() -> None:
    days = public_holidays(2026)
    assert len(days) == 11
    assert {date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25), date(2026, 7, 14)} <= days
    assert not is_working_day(date(2026, 7, 14))
    assert not is_working_day(date(2026, 7, 12))
    assert is_working_day(date(2026, 7, 11))


@pytest.mark.parametrize(
    ("start", "end", "halves", "days"),
    [
        (date(2026, 8, 3), date(2026, 8, 8), {}, 6),
        (date(2026, 8, 3), date(2026, 8, 9), {}, 6),
        (date(2026, 7, 13), date(2026, 7, 15), {}, 2),
        (date(2026, 8, 3), date(2026, 8, 5), {"from_noon": True}, "2.5"),
        (date(2026, 8, 3), date(2026, 8, 5), {"from_noon": True, "to_noon": True}, 2),
        (date(2026, 8, 2), date(2026, 8, 2), {"from_noon": True}, 0),
        (date(2026, 8, 2), date(2026, 8, 9), {"from_noon": True, "to_noon": True}, 6),
    ],
)
def test_working_days(start: date, end: date, halves: dict[str, bool], days: Any) -> None:
    assert working_days(start, end, **halves) == Decimal(days)


def test_an_absence_across_two_years_takes_from_both() -> None:
    """From the noon of Friday 29 May 2026 to Tuesday 2 June: a day and a half, then two."""
    first, second = leave_year(date(2026, 5, 29), 6), leave_year(date(2026, 6, 1), 6)
    days = {"starts_on": date(2026, 5, 29), "ends_on": date(2026, 6, 2), "from_noon": True, "to_noon": False}
    assert days_within(**days, year=first) == Decimal("1.5")  # type: ignore[arg-type]
    assert days_within(**days, year=second) == 2  # type: ignore[arg-type]
    assert days_within(**days, year=leave_year(date(2027, 6, 1), 6)) == 0  # type: ignore[arg-type]


def test_the_year_of_reference_begins_in_june() -> None:
    year = Span(date(2025, 6, 1), date(2026, 5, 31))
    assert leave_year(date(2026, 5, 31), 6) == year
    assert leave_year(date(2025, 6, 1), 6) == year
    assert leave_year(date(2026, 5, 31), 1) == Span(date(2026, 1, 1), date(2026, 12, 31))


YEAR = Span(date(2025, 6, 1), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("spans", "until", "days"),
    [
        ([Span(date(2020, 1, 1), date(2027, 1, 1))], date(2026, 5, 31), 30),
        ([Span(date(2026, 1, 1), date(2027, 1, 1))], date(2026, 3, 31), "7.5"),
        ([Span(date(2026, 1, 1), date(2026, 2, 25))], date(2026, 5, 31), 5),
        ([Span(date(2026, 1, 1), date(2026, 2, 24))], date(2026, 5, 31), "2.5"),
        ([Span(date(2026, 1, 1), date(2026, 1, 28))], date(2026, 5, 31), "2.5"),
        ([Span(date(2026, 1, 1), date(2026, 1, 27))], date(2026, 5, 31), 0),
        ([Span(date(2020, 1, 1), date(2024, 1, 1))], date(2026, 5, 31), 0),
        ([], date(2026, 5, 31), 0),
        # Ten days away cost less than a day of leave, not two (L3141-6).
        (
            [Span(date(2025, 6, 1), date(2025, 11, 14)), Span(date(2025, 11, 25), date(2026, 5, 31))],
            date(2026, 5, 31),
            30,
        ),
        # Twelve times four weeks.
        ([Span(date(2025, 6, 1), date(2026, 5, 2))], date(2026, 5, 31), 30),
        ([Span(date(2025, 6, 1), date(2026, 5, 1))], date(2026, 5, 31), "27.5"),
    ],
)
def test_what_is_earned(spans: list[Span], until: date, days: Any) -> None:
    assert earned(spans, YEAR, until=until) == Decimal(days)


def test_gaps_are_taken_out() -> None:
    span = Span(date(2026, 1, 1), date(2026, 3, 31))
    assert without([span], [Span(date(2026, 2, 1), date(2026, 2, 28))]) == [
        Span(date(2026, 1, 1), date(2026, 1, 31)),
        Span(date(2026, 3, 1), date(2026, 3, 31)),
    ]
    assert without([span], [Span(date(2025, 1, 1), date(2025, 2, 1))]) == [span]
    assert without([span], [Span(date(2026, 5, 1), date(2026, 5, 2))]) == [span]
    assert without([span], [Span(date(2025, 1, 1), date(2027, 2, 1))]) == []


def test_a_balance_rounds_up_what_the_year_before_gave() -> None:
    spans = [Span(date(2026, 3, 1), date(2027, 3, 1))]
    found = balance(spans, on=date(2026, 8, 31), first_month=6, taken=Decimal(3), asked=Decimal("0.5"))
    assert (found.earned, found.left, found.earning) == (Decimal(8), Decimal(5), Decimal("7.5"))


# Services.

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire() -> User:
    return make_user(RoleKind.ENTREPRENEUR, first_name="Claire", last_name="Lenoir")


@pytest.fixture
def hr() -> User:
    return make_user(RoleKind.HUMAN_RESOURCES)


MOVES: dict[str, Any] = {
    "approve": lambda row, actor: verbs.approve_absence(row, answer="Bon repos", actor=actor),
    "refuse": lambda row, actor: verbs.refuse_absence(row, answer="Trop court", actor=actor),
    "cancel": lambda row, actor: verbs.cancel_absence(row, answer="", actor=actor, on=ON),
}
WAY = {"asked": (), "approved": ("approve",), "refused": ("refuse",), "cancelled": ("cancel",)}


@pytest.mark.parametrize("state", WAY)
@pytest.mark.parametrize("move", MOVES)
def test_each_move_goes_or_is_refused(move: str, state: str, claire: User, hr: User) -> None:
    row = make_absence(claire)
    for step in WAY[state]:
        row = MOVES[step](row, hr)
    before = (list(Absence.objects.values()), Notice.objects.count())
    known = ABSENCE_FLOW.move(move)
    if state in known.sources:
        assert MOVES[move](row, hr).state == known.target
        assert Notice.objects.filter(user=claire).exists()
    else:
        with pytest.raises(IllegalMove):
            MOVES[move](row, hr)
        assert (list(Absence.objects.values()), Notice.objects.count()) == before


@pytest.mark.parametrize(
    ("days", "field"),
    [
        (Days(date(2026, 8, 5), date(2026, 8, 4)), "ends_on"),
        (Days(date(2026, 8, 5), date(2026, 8, 5), from_noon=True, to_noon=True), "ends_on"),
        (Days(date(2026, 8, 5), date(2036, 8, 5)), "ends_on"),
        (Days(date(2026, 8, 2), date(2026, 8, 2)), "starts_on"),
    ],
)
def test_wrong_days_are_refused(days: Days, field: str, claire: User) -> None:
    with pytest.raises(Refused) as refusal:
        make_absence(claire, days=days)
    assert (refusal.value.code, refusal.value.field) == (Code.PERIOD_INVALID, field)
    assert not Absence.objects.exists()


def test_an_unknown_kind_is_refused(claire: User) -> None:
    with pytest.raises(Refused) as refusal:
        make_absence(claire, kind="x")
    assert refusal.value.field == "kind"


def test_two_that_cross_are_refused_to_the_half_day(claire: User, hr: User) -> None:
    morning = make_absence(claire, days=Days(date(2026, 8, 3), date(2026, 8, 3), to_noon=True))
    make_absence(claire, days=Days(date(2026, 8, 3), date(2026, 8, 4), from_noon=True))
    with pytest.raises(Refused) as refusal:
        make_absence(claire, days=Days(date(2026, 8, 1), date(2026, 8, 3)))
    assert refusal.value.code == Code.DUPLICATE
    assert "le 03/08/2026, le matin" in str(refusal.value)
    assert Absence.objects.count() == 2
    verbs.refuse_absence(morning, answer="Non", actor=hr)
    make_absence(claire, days=Days(date(2026, 8, 1), date(2026, 8, 3), to_noon=True))


def test_nobody_answers_their_own(hr: User) -> None:
    row = make_absence(hr)
    for move in ("approve", "refuse"):
        with pytest.raises(Refused):
            MOVES[move](row, hr)
    assert Absence.objects.get().state == AbsenceState.ASKED


def test_a_refusal_says_why(claire: User, hr: User) -> None:
    row = make_absence(claire)
    with pytest.raises(Refused) as refusal:
        verbs.refuse_absence(row, answer=" ", actor=hr)
    assert refusal.value.field == "answer"
    assert Absence.objects.get().state == AbsenceState.ASKED


def test_one_gives_back_days_before_they_begin_only(claire: User, hr: User) -> None:
    row = verbs.approve_absence(make_absence(claire), actor=hr)
    with pytest.raises(Refused):
        verbs.cancel_absence(row, actor=claire, on=row.starts_on)
    assert Absence.objects.get().state == AbsenceState.APPROVED
    assert verbs.cancel_absence(row, actor=claire, on=row.starts_on - timedelta(days=1)).state == "cancelled"


def test_what_the_database_refuses(claire: User) -> None:
    row = make_absence(claire)
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.filter(pk=row.pk).update(state="x")
    for forbidden in ({"days": 0}, {"starts_on": date(2026, 1, 1)}):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            Absence.objects.filter(pk=row.pk).update(**forbidden)
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        row.delete()


def test_human_resources_write_a_sick_note(claire: User, hr: User) -> None:
    assert claire.person
    days = Days(date(2026, 3, 2), date(2026, 3, 4))
    row = verbs.record_absence(claire.person, kind="sick", days=days, note="", actor=hr, on=ON)
    assert (row.state, row.days, row.asked_by) == ("approved", Decimal(3), hr)
    # Nothing is left to accept: nobody is asked to.
    assert [notice.user for notice in Notice.objects.all()] == [claire]


def test_leave_closes_the_days(claire: User, hr: User) -> None:
    assert claire.person
    row, whose = make_absence(claire), [claire.person.pk]
    assert absences_between(whose, date(2026, 8, 7), date(2026, 9, 1)) == [row]
    assert not absences_between(whose, date(2026, 9, 1), date(2026, 9, 2))
    verbs.refuse_absence(row, answer="Non", actor=hr)
    assert not absences_between(whose, date(2026, 8, 7), date(2026, 9, 1))


def test_the_balance_of_somebody_employed(hr: User) -> None:
    person = make_person()
    user = make_user(RoleKind.ACCOUNTANT, person=person)
    assert leave_of(person, ON) is None
    record_status(person, kind="staff", starts_on=date(2024, 1, 1), ends_on=None, reason="Embauche", actor=hr)
    make_absence(user, days=Days(date(2026, 2, 2), date(2026, 2, 7)))
    verbs.approve_absence(Absence.objects.get(), actor=hr)
    make_absence(user, days=Days(date(2026, 4, 7), date(2026, 4, 7)))
    found = leave_of(person, ON)
    assert found is not None
    assert (found.earned, found.taken, found.asked, found.left) == (30, 6, 1, 24)
    unpaid = Days(date(2025, 7, 1), date(2025, 7, 31))
    verbs.record_absence(person, kind="unpaid", days=unpaid, note="", actor=hr, on=ON)
    after = leave_of(person, ON)
    assert after is not None
    assert after.earning == found.earning - Decimal("2.5")


def test_leave_that_crosses_the_year_takes_from_both(hr: User) -> None:
    person = make_person()
    user = make_user(RoleKind.ACCOUNTANT, person=person)
    record_status(person, kind="staff", starts_on=date(2023, 1, 1), ends_on=None, reason="Embauche", actor=hr)
    # Wednesday 27 May at noon to Saturday 6 June 2026 at noon: 3,5 days before June, 5,5 after.
    row = make_absence(user, days=Days(date(2026, 5, 27), date(2026, 6, 6), from_noon=True, to_noon=True))
    before, after = leave_of(person, date(2026, 5, 31)), leave_of(person, date(2026, 6, 1))
    assert before is not None
    assert after is not None
    assert (before.asked, after.asked, row.days) == (Decimal("3.5"), Decimal("5.5"), Decimal(9))
    verbs.approve_absence(row, actor=hr)
    before, after = leave_of(person, date(2026, 5, 31)), leave_of(person, date(2026, 6, 1))
    assert before is not None
    assert after is not None
    assert (before.taken, before.asked, after.taken, after.left) == (
        Decimal("3.5"),
        0,
        Decimal("5.5"),
        Decimal("24.5"),
    )


def test_the_team_of_a_month(hr: User) -> None:
    row = make_absence(hr, days=Days(date(2026, 8, 3), date(2026, 8, 4), to_noon=True))
    assert [share for share in team_month(Month(2026, 8), ON)[0].days if share] == []
    verbs.approve_absence(row, actor=make_user(RoleKind.HUMAN_RESOURCES))
    (mine,) = [one for one in team_month(Month(2026, 8), ON) if one.person == hr.person]
    assert mine.days[2:5] == [Decimal(1), Decimal("0.5"), None]


# Pages.


def test_asking_and_answering_on_the_pages(claire: User, hr: User, demonstration: None) -> None:
    client = client_of(claire)
    typed = {"kind": "paid_leave", "starts_on": "2030-08-05", "ends_on": "2030-08-09"}
    wrong = client.post("/mes-absences/demander/", typed | {"ends_on": "2030-08-01"})
    assert wrong.status_code == 422
    assert client.post("/mes-absences/demander/", typed).status_code == 302
    row = Absence.objects.get()
    url = f"/absences/{row.pk}/"
    assert client.post(url, {"do": "approve"}).status_code == 403
    assert "Demandée" in client.get("/mes-absences/").content.decode()
    queued = facts.queue_of(hr, "human_resources", timezone.localdate())
    assert [item.url for item in queued] == [url]
    assert facts.queue_of(claire, "human_resources", timezone.localdate()) == []
    staff = client_of(hr)
    assert staff.post(url, {"do": "refuse", "answer": ""}).status_code == 422
    assert staff.post("/absences/accepter/", {"ids": [row.pk]}).status_code == 302
    assert Absence.objects.get().state == "approved"
    again = staff.post("/absences/accepter/", {"ids": [row.pk]}, follow=True).content.decode()
    assert "n’est plus possible" in again
    assert client.post(url, {"do": "cancel"}).status_code == 302
    assert staff.get("/absences/?export=csv").status_code == 200
    assert staff.get("/absences/equipe/?mois=2030-08").status_code == 200
    assert staff.get("/absences/equipe/?mois=x").status_code == 200


def test_why_one_is_away_stays_with_human_resources(claire: User, hr: User, demonstration: None) -> None:
    row = make_absence(claire, kind="sick", note="Grippe")
    url = f"/absences/{row.pk}/"
    assert "Grippe" in client_of(hr).get(url).content.decode()
    for user in (make_user(RoleKind.ADVISOR), make_user(RoleKind.CO_MANAGER)):
        page = client_of(user).get(url)
        assert page.status_code == 200
        assert "Grippe" not in page.content.decode()
        assert "Arrêt maladie" not in page.content.decode()
    assert client_of(make_user(RoleKind.ENTREPRENEUR)).get(url).status_code == 404
    assert client_of(make_user(RoleKind.ADVISOR)).get("/absences/").status_code == 403


def test_the_list_and_its_export_keep_why_for_human_resources(
    claire: User, hr: User, demonstration: None
) -> None:
    make_absence(claire, kind="sick")
    make_absence(make_user(RoleKind.ENTREPRENEUR, last_name="Baraton"), kind="paid_leave")
    boss = make_user(RoleKind.CO_MANAGER)
    for page in ("/absences/", "/absences/?export=csv"):
        assert "Arrêt maladie" in client_of(hr).get(page).content.decode()
        told = client_of(boss).get(page).content.decode()
        assert "Lenoir" in told
        assert "Arrêt maladie" not in told
    assert "Baraton" not in client_of(hr).get("/absences/?kind=sick").content.decode()
    assert "Baraton" in client_of(boss).get("/absences/?kind=sick").content.decode()


def test_writing_down_for_somebody(claire: User, hr: User, demonstration: None) -> None:
    assert claire.person
    typed = {"person": claire.person.pk, "kind": "sick", "starts_on": "2030-08-05", "ends_on": "2030-08-09"}
    assert client_of(claire).post("/absences/noter/", typed).status_code == 403
    assert client_of(hr).post("/absences/noter/", typed | {"kind": ""}).status_code == 422
    assert client_of(hr).post("/absences/noter/", typed).status_code == 302
    assert Absence.objects.get().state == "approved"
