"""What an agreement was used for: days of people against its days a month and its price (COW-04)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from cae.core.periods import Month
from coworking.calculations.agreement_use import Terms, use_of
from coworking.calculations.stretches import Stretch
from coworking.models import PlaceAgreement, Presence
from coworking.selectors.agreement_use import statement_of
from coworking.states.bookings import BookingState
from coworking.states.days import ArrivalWay
from people.models import Person
from people.states import RoleKind
from tests.factories.coworking import make_facilitator, make_place, make_resource, take
from tests.factories.coworking_members import make_member
from tests.factories.kernel import make_cooperative
from tests.factories.people import OrganisationFactory, make_person, make_user
from tests.pages import client_of, text

PARIS = ZoneInfo("Europe/Paris")
ANA, TOM = 1, 2
JUNE, JULY = Month(2026, 6), Month(2026, 7)
FIRST, LAST = date(2026, 6, 1), date(2026, 7, 31)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS).astimezone(UTC)


def span(day: date, starts: int, ends: int) -> Stretch:
    return Stretch(at(day, starts), at(day, ends))


def test_a_day_counts_once_for_each_person_and_each_month_has_its_own_quota() -> None:
    ninth, tenth = date(2026, 6, 9), date(2026, 6, 10)
    stays = {
        # A booking and who came for it, then a night that ends the next day, then nothing within the days.
        ANA: [span(ninth, 9, 12), span(ninth, 10, 14), Stretch(at(tenth, 22), at(date(2026, 6, 11), 1))],
        TOM: [span(ninth, 9, 10), span(date(2026, 7, 1), 9, 17), span(date(2026, 8, 3), 9, 10)],
        3: [span(date(2026, 5, 31), 9, 10)],
    }
    terms = Terms(date(2026, 6, 9), date(2026, 7, 31), 2, Decimal("220.00"))
    use = use_of(stays, terms, FIRST, LAST, PARIS)
    june, july = use.months
    assert (june.month, june.people, june.days, june.minutes) == (JUNE, 2, 4, 300 + 180 + 60)
    assert (june.quota, june.left, june.over) == (2, 0, 2)
    # Twenty-two days of thirty.
    assert (june.price, july.price) == (Decimal("161.33"), Decimal("220.00"))
    assert (july.month, july.people, july.days, july.left, july.over) == (JULY, 1, 1, 1, 0)
    assert (use.days, use.minutes, use.quota, use.over, use.price) == (5, 1020, 4, 2, Decimal("381.33"))
    assert use.price_of_a_day == Decimal("76.27")
    assert [(one.who, one.days, one.minutes) for one in use.persons] == [(ANA, 3, 480), (TOM, 2, 540)]


def test_an_agreement_may_say_nothing_and_days_may_be_outside_it() -> None:
    use = use_of({ANA: []}, Terms(FIRST), FIRST, FIRST, PARIS)
    month = use.months[0]
    assert (month.days, month.left, month.over, month.price) == (0, None, 0, None)
    assert (use.quota, use.price, use.price_of_a_day, use.persons) == (None, None, None, [])
    assert use_of({}, Terms(FIRST, price=Decimal(10)), FIRST, FIRST, PARIS).price_of_a_day is None
    for terms in (Terms(LAST + timedelta(days=1)), Terms(date(2026, 1, 1), date(2026, 5, 31))):
        assert use_of({ANA: [span(FIRST, 9, 10)]}, terms, FIRST, LAST, PARIS).months == []


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_the_statement_reads_who_came_and_who_had_booked_and_is_exported_and_printed() -> None:
    place = make_place()
    make_cooperative()
    desk = make_resource(place, any_hour=True)
    agreement = PlaceAgreement.objects.create(
        place=place,
        organisation=OrganisationFactory.create(name="Foyers ruraux"),
        starts_on=FIRST,
        days_a_month=1,
        price_excl_tax=Decimal("100.00"),
        audience="Nos entrepreneurs",
    )
    ninth, now = date(2026, 6, 9), at(LAST, 12)
    member, other = (
        make_member(place, make_person(last_name="Aguirre"), payer=None),
        make_person(last_name="Bru"),
    )

    def come(person: Person, starts: datetime, ends: datetime | None) -> None:
        Presence.objects.create(
            place=place, person=person, arrived_at=starts, left_at=ends, way=ArrivalWay.TEAM
        )

    come(other, at(ninth, 9), at(ninth, 12))
    come(other, at(LAST, 9), None)
    take(desk, at(ninth, 9), at(ninth, 11), member=member, state=BookingState.DONE)
    take(desk, at(ninth, 14), at(ninth, 15), person=other, state=BookingState.MISSED)
    take(desk, at(ninth, 16), at(ninth, 17), name="Léa", email="lea@exemple.fr", state=BookingState.DONE)
    take(desk, at(LAST, 10), at(LAST, 18), member=member, state=BookingState.PRESENT)
    take(desk, at(LAST, 19), at(LAST, 20), member=member, state=BookingState.PRESENT)
    statement = statement_of(agreement, FIRST, LAST, now=now)
    assert statement.persons == [(str(other), 2, "6 h"), (str(member.person), 2, "4 h")]
    assert [(one.days, one.over) for one in statement.use.months] == [(2, 1), (2, 1)]

    team, address = (
        client_of(make_facilitator(place)),
        reverse("coworking:agreement_use", args=[agreement.pk]),
    )
    query = {"du": "2026-06-01", "au": "2026-07-31"}
    page = text(team.get(address, query))
    for words in ("Nos entrepreneurs", "Aguirre", "200,00 €", "juin 2026"):
        assert words in page
    assert team.get(address).status_code == 200
    assert "ne court pas" in text(team.get(address, {"du": "2020-01-01", "au": "2020-02-01"}))
    for days in ("du=2026-07-01&au=2026-06-01", "du=2019-07-01&au=2026-06-01", "du=x"):
        for name in ("agreement_use", "agreement_use_table", "agreement_use_paper"):
            wrong = f"{reverse(f'coworking:{name}', args=[agreement.pk])}?{days}"
            assert team.get(wrong).status_code == 422
    table = team.get(
        reverse("coworking:agreement_use_table", args=[agreement.pk]), query | {"format": "csv"}
    ).content.decode("utf-8-sig")
    assert "Aguirre" in table
    assert "2026-06" in table
    paper = team.get(reverse("coworking:agreement_use_paper", args=[agreement.pk]), query)
    assert paper.content.startswith(b"%PDF")
    agreements = team.get(reverse("coworking:agreements", args=[place.pk]))
    assert address in agreements.content.decode()
    assert client_of(make_user(RoleKind.ADMINISTRATOR)).get(address).status_code == 200
    for user in (make_facilitator(make_place()), make_user(RoleKind.ENTREPRENEUR)):
        assert client_of(user).get(address).status_code == 403
