"""Places, their hours and closures, what is booked there: each act, each refusal that changes nothing."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import AuditEntry
from coworking.calculations.hours import Opening
from coworking.models import Booking, Closure, Place, Resource, Tariff, Week
from coworking.selectors.opening import ZONE, openings_of, today_at, week_of
from coworking.services.hours import ClosureData, close_over, lift_closure, set_week
from coworking.services.places import (
    PlaceData,
    change_key,
    change_place,
    close_place,
    enter_place,
    open_place,
)
from coworking.services.resources import (
    MOST_UNITS,
    ResourceData,
    TariffData,
    add_resource,
    add_units,
    bring_back_resource,
    bring_back_unit,
    change_resource,
    set_tariff,
    withdraw_resource,
    withdraw_unit,
)
from coworking.states.bookings import BookingState
from coworking.states.places import PlaceHold, PlaceState, ResourceKind
from people.states import ScopeKind
from tests.factories.coworking import make_hours, make_place, make_resource, make_tariff, take
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import OrganisationFactory, make_admin, make_scope, make_territory
from tests.refusals import refused

pytestmark = pytest.mark.django_db
DATA = PlaceData(name="La Halte", city="La Réole")


def at(days: int, hour: int = 10) -> datetime:
    """That hour of the clock, so many working days from today: never a Saturday or a Sunday."""
    day = timezone.localdate() + timedelta(days=days)
    day += timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
    return datetime.combine(day, time(hour), ZONE)


def test_a_place_is_entered_with_its_scope_then_opened_closed_and_opened_again() -> None:
    actor, gironde = make_admin(), make_territory()
    place = enter_place(data=DATA, territory=gironde, actor=actor)
    assert (place.slug, place.state) == ("la-halte", PlaceState.DRAFT)
    assert (place.scope.kind, place.scope.label) == (ScopeKind.PLACE, "La Halte")
    assert place.scope.territory == gironde
    assert len({place.door_key, place.kiosk_key, place.wall_key}) == 3
    yesterday = timezone.localdate() - timedelta(days=1)
    place = open_place(place, on=date(2024, 3, 1), actor=actor)
    with refused(Code.VALUE_MISSING, "reason"):
        close_place(place, on=yesterday, reason=" ", actor=actor)
    with refused(Code.DATE_INVALID, "on"):
        close_place(place, on=yesterday + timedelta(days=2), reason="Fin du bail", actor=actor)
    with refused(Code.DATE_INVALID, "on"):
        close_place(place, on=date(2024, 2, 1), reason="Fin du bail", actor=actor)
    place = close_place(place, on=yesterday, reason="Fin du bail", actor=actor)
    assert (place.state, place.closed_on, place.close_reason) == ("closed", yesterday, "Fin du bail")
    with refused(Code.DATE_INVALID, "on"):
        open_place(place, on=yesterday, actor=actor)
    with refused(Code.ILLEGAL_MOVE):
        close_place(place, on=yesterday, reason="Encore", actor=actor)
    place = open_place(place, on=timezone.localdate(), actor=actor)
    assert (place.closed_on, place.close_reason) == (None, "")
    # The days it opened and closed stay told, in their order.
    told = AuditEntry.objects.filter(verb__in=["coworking.place.opening", "coworking.place.closing"])
    assert [entry.detail for entry in told.order_by("pk")] == [
        {"from": "2024-03-01"},
        {"last_day": yesterday.isoformat(), "reason": "Fin du bail"},
        {"from": timezone.localdate().isoformat()},
    ]


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"name": "  "}, Code.VALUE_MISSING, "name"),
        ({"name": "x" * 81}, Code.TEXT_TOO_LONG, "name"),
        ({"access": "x" * 2001}, Code.TEXT_TOO_LONG, "access"),
        ({"kind": "castle"}, Code.VALUE_INVALID, "kind"),
        ({"zone": "moon"}, Code.VALUE_INVALID, "zone"),
        ({"hold": "nobody"}, Code.VALUE_INVALID, "hold"),
        ({"hold": PlaceHold.PARTNER}, Code.VALUE_MISSING, "host"),
        ({"latitude": Decimal(44)}, Code.VALUE_MISSING, "longitude"),
        ({"longitude": Decimal(0)}, Code.VALUE_MISSING, "latitude"),
        ({"visitor_days": 400}, Code.VALUE_INVALID, "visitor_days"),
        ({"slug": "là bas"}, Code.VALUE_INVALID, "slug"),
        ({"name": "«»"}, Code.VALUE_INVALID, "slug"),
        ({"email": "halte@"}, Code.VALUE_INVALID, "email"),
        ({"name": "Le Rucher"}, Code.DUPLICATE, "name"),
        ({"slug": "le-rucher"}, Code.DUPLICATE, "slug"),
    ],
)
def test_what_makes_no_place_is_refused_at_its_field(facts: dict[str, Any], code: Code, field: str) -> None:
    make_place("Le Rucher")
    with refused(code, field):
        enter_place(data=PlaceData(**{"name": "La Halte", "city": "La Réole"} | facts), actor=None)


def test_a_place_changes_with_its_scope_and_bills_by_an_activity_of_its_own() -> None:
    place, host, activity = make_place("Le Rucher"), OrganisationFactory.create(), make_activity()
    before = place.version
    data = PlaceData(
        name="Le Grand Rucher", city="Hagetmau", hold=PlaceHold.HOSTED, host=host, activity=activity
    )
    landes = make_territory("Landes")
    changed = change_place(place, data=data, territory=landes, version=before, actor=None)
    assert (changed.name, changed.slug, changed.host) == ("Le Grand Rucher", "le-grand-rucher", host)
    assert (changed.scope.label, changed.scope.territory) == ("Le Grand Rucher", landes)
    with refused(Code.STALE_FORM):
        change_place(place, data=data, version=before, actor=None)
    with refused(Code.DUPLICATE, "activity"):
        enter_place(data=PlaceData(name="La Halte", activity=activity), actor=None)
    with refused(Code.VALUE_INVALID):
        enter_place(data=DATA, scope=place.scope, actor=None)
    of_an_activity = make_scope()
    with refused(Code.VALUE_INVALID):
        enter_place(data=DATA, scope=of_an_activity, actor=None)
    nowhere = enter_place(data=PlaceData(name="Nulle part"), actor=None)
    with refused(Code.VALUE_MISSING):
        open_place(nowhere, on=date(2026, 1, 1), actor=None)


def test_a_key_that_is_changed_opens_nothing_more() -> None:
    place = make_place()
    before = (place.door_key, place.kiosk_key, place.wall_key)
    change_key(place, which="wall", actor=None)
    place.refresh_from_db()
    assert (place.door_key, place.kiosk_key) == before[:2]
    assert place.wall_key != before[2]
    with refused(Code.VALUE_INVALID):
        change_key(place, which="roof", actor=None)


def test_hours_are_those_of_the_last_week_begun() -> None:
    place, today = make_place(), timezone.localdate()
    later = today + timedelta(days=30)
    morning = [Opening(0, time(9), time(12))]
    set_week(place, starts_on=later, openings=morning, actor=None)
    assert len(openings_of(week_of(place, today))) == 5
    assert openings_of(week_of(place, later)) == morning
    # The same first day again: replaced. Nothing: closed every day.
    set_week(place, starts_on=later, openings=[], actor=None)
    assert openings_of(week_of(place, later)) == []
    assert Week.objects.count() == 2
    with refused(Code.PERIOD_INVALID, "day_1", "avant l’ouverture"):
        set_week(place, starts_on=later, openings=[Opening(1, time(12), time(9))], actor=None)
    meeting = [Opening(4, time(9), time(13)), Opening(4, time(12), time(18))]
    with refused(Code.PERIOD_INVALID, "day_4", "09:00–13:00 et 12:00–18:00"):
        set_week(place, starts_on=later, openings=meeting, actor=None)
    with refused(Code.DATE_INVALID, "starts_on"):
        set_week(place, starts_on=today - timedelta(days=1), openings=morning, actor=None)


def test_a_place_says_whether_it_is_open_and_until_when() -> None:
    place = make_place()
    noon = at(1, 12)
    assert (today_at(place, noon).is_open, today_at(place, noon).until) == (True, at(1, 18))
    evening = today_at(place, at(1, 20))
    assert not evening.is_open
    assert evening.until is not None
    assert evening.until > at(1, 20)
    closure = close_over(place, data=ClosureData(at(1, 9), at(1, 18), "Panne de courant"), actor=None)
    shut = today_at(place, noon)
    assert (shut.is_open, shut.closure) == (False, closure)
    assert today_at(make_place(hours=False), noon).until is None


def test_a_closure_over_bookings_says_how_many_and_gives_them_back_when_asked() -> None:
    place = make_place()
    room, other = make_resource(place), make_resource(place)
    bookings = [take(room, at(2, 10), at(2, 11)), take(room, at(2, 14), at(2, 15))]
    take(room, at(2, 16), at(2, 17), state=BookingState.CANCELLED)
    elsewhere = take(other, at(2, 10), at(2, 11))
    data = ClosureData(at(2, 9), at(2, 18), "Travaux", room)
    with refused(Code.NOT_ALLOWED, "cancel", "(2)"):
        close_over(place, data=data, actor=None)

    def give_back(booking: Booking, reason: str, _actor: Any) -> None:
        booking.state, booking.reason = BookingState.CANCELLED, reason
        booking.save()

    closure = close_over(place, data=data, actor=None, cancel=give_back)
    assert [Booking.objects.get(pk=one.pk).reason for one in bookings] == ["Travaux", "Travaux"]
    assert Booking.objects.get(pk=elsewhere.pk).state == BookingState.BOOKED
    lift_closure(closure, actor=None)
    assert not Closure.objects.exists()


def test_a_closure_is_refused_where_it_makes_no_sense() -> None:
    place, elsewhere = make_place(), make_resource(make_place())
    kept = close_over(place, data=ClosureData(at(5, 9), at(5, 18), "Congés"), actor=None)
    with refused(Code.VALUE_MISSING, "reason"):
        close_over(place, data=ClosureData(at(9, 9), at(9, 18), " "), actor=None)
    with refused(Code.PERIOD_INVALID, "last_day"):
        close_over(place, data=ClosureData(at(9, 9), at(9, 9), "Congés"), actor=None)
    with refused(Code.DATE_INVALID, "last_day"):
        close_over(place, data=ClosureData(at(-20, 9), at(-20, 18), "Congés"), actor=None)
    with refused(Code.VALUE_INVALID, "resource"):
        close_over(place, data=ClosureData(at(9, 9), at(9, 18), "Congés", elsewhere), actor=None)
    with refused(Code.PERIOD_INVALID, "first_day"):
        close_over(place, data=ClosureData(at(5, 17), at(5, 20), "Encore"), actor=None)
    Closure.objects.filter(pk=kept.pk).update(during=(at(-30, 9), at(-30, 18)))
    with refused(Code.PERIOD_CLOSED):
        lift_closure(kept, actor=None)


def test_nothing_changes_in_a_closed_place_nor_closes_over_what_is_booked() -> None:
    place = make_place()
    room = make_resource(place)
    booking = take(room, at(1, 10), at(1, 11))
    today = timezone.localdate()
    with refused(Code.NOT_ALLOWED, "on", "(1)"):
        close_place(place, on=today, reason="Fin du bail", actor=None)
    with refused(Code.NOT_ALLOWED):
        withdraw_resource(room, actor=None)
    Booking.objects.filter(pk=booking.pk).update(state=BookingState.CANCELLED)
    close_place(place, on=today, reason="Fin du bail", actor=None)
    with refused(Code.PERIOD_CLOSED):
        set_week(place, starts_on=today, openings=[], actor=None)
    with refused(Code.PERIOD_CLOSED):
        close_over(place, data=ClosureData(at(9, 9), at(9, 18), "Congés"), actor=None)
    with refused(Code.PERIOD_CLOSED):
        add_resource(place, kind=ResourceKind.ROOM, data=ResourceData(name="Salle"), actor=None)


def test_a_resource_follows_its_kind_and_has_its_units() -> None:
    place = make_place()
    desks = make_resource(place, ResourceKind.DESK, units=3)
    assert (desks.step, desks.shortest, desks.any_hour) == (30, 180, False)
    assert [unit.label for unit in desks.units.all()] == ["1", "2", "3"]
    assert make_resource(place, ResourceKind.OFFICE).any_hour
    assert make_resource(place, ResourceKind.ROOM, longest=90).longest == 90
    add_units(desks, units=[" Fenêtre ", "", "Cour"], actor=None)
    assert [unit.label for unit in desks.units.all()] == ["1", "2", "3", "Fenêtre", "Cour"]
    for units, code in (([], "value_missing"), (["2"], "duplicate"), (MOST_UNITS, "value_invalid")):
        with refused(Code(code), "units"):
            add_units(desks, units=units, actor=None)
    with refused(Code.TEXT_TOO_LONG, "units"):
        add_units(desks, units=["x" * 41], actor=None)
    first = desks.units.all()[0]
    withdraw_unit(first, actor=None)
    with refused(Code.ALREADY_DONE):
        withdraw_unit(first, actor=None)
    bring_back_unit(first, actor=None)
    with refused(Code.ALREADY_DONE):
        bring_back_unit(first, actor=None)
    only = make_resource(place).units.get()
    with refused(Code.NOT_ALLOWED, said="dernière"):
        withdraw_unit(only, actor=None)
    take(desks, at(1, 10), at(1, 14))
    with refused(Code.NOT_ALLOWED, said="(1)"):
        withdraw_unit(first, actor=None)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Salle Garonne"}, "name"),
        ({"equipment": ["piano"]}, "equipment"),
        ({"seats": 0}, "seats"),
        ({"step": 4}, "step"),
        ({"step": 30, "shortest": 15}, "shortest"),
        ({"shortest": 120, "longest": 60}, "longest"),
        ({"description": "x" * 2001}, "description"),
    ],
)
def test_what_makes_no_resource_is_refused_at_its_field(facts: dict[str, Any], field: str) -> None:
    place = make_place()
    make_resource(place, name="Salle Garonne")
    data = ResourceData(**{"name": "Salle Dordogne"} | facts)
    code = {"name": Code.VALUE_MISSING, "description": Code.TEXT_TOO_LONG}.get(field, Code.VALUE_INVALID)
    with refused(Code.DUPLICATE if facts.get("name") else code, field):
        add_resource(place, kind=ResourceKind.ROOM, data=data, actor=None)
    with refused(Code.VALUE_INVALID, "kind"):
        add_resource(place, kind="castle", data=ResourceData(name="Salle"), actor=None)


def test_a_resource_is_changed_withdrawn_and_brought_back() -> None:
    place = make_place()
    room = make_resource(place, name="Salle Garonne")
    data = ResourceData(name="Salle Garonne", seats=12)
    changed = change_resource(room, data=data, version=room.version, actor=None)
    assert changed.seats == 12
    with refused(Code.STALE_FORM):
        change_resource(room, data=data, version=room.version, actor=None)
    withdraw_resource(room, actor=None)
    for act in (withdraw_resource, lambda row, actor: change_resource(row, data=data, actor=actor)):
        with refused(Code.ALREADY_DONE):
            act(room, actor=None)
    make_resource(place, name="Salle Garonne")
    with refused(Code.DUPLICATE, "name"):
        bring_back_resource(room, actor=None)
    change_resource(Resource.objects.in_use().get(), data=ResourceData(name="Salle Dordogne"), actor=None)
    bring_back_resource(room, actor=None)
    with refused(Code.ALREADY_DONE):
        bring_back_resource(room, actor=None)


def test_prices_hold_from_a_day_on_and_never_in_the_past() -> None:
    room, today = make_resource(make_place()), timezone.localdate()
    make_tariff(room, hour="10", other_hour="15")
    later = today + timedelta(days=60)
    set_tariff(room, data=TariffData(later, hour=Decimal(12)), actor=None)
    set_tariff(room, data=TariffData(later, hour=Decimal(11)), actor=None)
    prices = {day: Tariff.objects.in_force(day).get(resource=room).hour for day in (today, later)}
    assert prices == {today: Decimal(10), later: Decimal(11)}
    with refused(Code.AMOUNT_INVALID, "other_day"):
        set_tariff(room, data=TariffData(later, other_day=Decimal(-1)), actor=None)
    with refused(Code.VAT_RATE_NOT_IN_FORCE, "vat_code"):
        set_tariff(room, data=TariffData(later, vat_code="moon"), actor=None)
    with refused(Code.DATE_INVALID, "starts_on"):
        set_tariff(room, data=TariffData(today - timedelta(days=1), hour=Decimal(1)), actor=None)


def test_the_first_hours_of_a_place_may_be_of_the_past() -> None:
    place = make_place(hours=False)
    assert make_hours(place).starts_on < timezone.localdate()
    assert Place.objects.get(pk=place.pk).weeks.count() == 1
