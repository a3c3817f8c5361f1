"""A trip is a line of the month's claim; the lines of a year always add up to what the scale gives."""

from __future__ import annotations

import random
import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from cae.core.errors import Code, Forbidden, Refused
from invoicing.models import (
    ExpenseClaim,
    ExpenseLine,
    FavouriteTrip,
    MileageAdjustment,
    MileageTrip,
    Vehicle,
)
from invoicing.selectors.mileage import log_of, step_of, year_of
from invoicing.services.mileage import drop_favourite, keep_favourite, record_trip, remove_trip, save_trip
from invoicing.services.mileage_scales import BandContent, ScaleContent, add_scale
from invoicing.services.vehicles import VehicleContent, archive_vehicle, save_vehicle
from invoicing.states.claims import VehicleKind
from invoicing.states.expenses import ClaimState
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.invoicing_claims import AT, car, drive, insurance, registration, trip
from tests.factories.invoicing_expenses import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_entrepreneur()


def hand_in(claim: ExpenseClaim) -> None:
    """As `submit_claim` leaves it, without the rules of receipts."""
    ExpenseClaim.objects.filter(pk=claim.pk).update(state=ClaimState.SUBMITTED, submitted_on=DAY)


def given(vehicle: Vehicle, year: int = 2026) -> Decimal:
    """What trips and adjustments of the year give."""
    lines = ExpenseLine.objects.exclude(decision="refused")
    trips = lines.filter(trip__vehicle=vehicle, trip__on__year=year)
    right = lines.filter(adjustment__vehicle=vehicle, adjustment__year=year)
    return sum(
        (rows.aggregate(sum=Sum("amount"))["sum"] or Decimal(0) for rows in (trips, right)), Decimal(0)
    )


class TestRecord:
    def test_a_trip_is_a_line_of_its_month(self, author):
        user, activity = author
        made = trip(user, activity, car(user), "30", returns=True)
        assert (made.total_km, made.line.amount) == (Decimal("60.0"), Decimal("36.36"))
        assert made.line.claim.month == DAY.replace(day=1)
        assert made.line.label == "Lyon → Vienne, aller-retour (Chantier Martin)"
        assert (made.line.tax, made.line.deductible, made.line.gross) == (0, 0, Decimal("36.36"))
        assert made.working["rate"] == "0.6060"

    def test_the_year_crosses_a_band_in_another_activity(self, author):
        """Case MI01: the bands count the person's year, all activities together."""
        user, activity = author
        second, vehicle = make_activity(user), car(user)
        for _turn in range(2):
            trip(user, activity, vehicle, "2300", on=date(2026, 10, 5))
        last = trip(user, second, vehicle, "900", on=date(2026, 11, 5))
        assert last.line.amount == Decimal("412.40")
        assert given(vehicle) == Decimal("3200.00")

    def test_the_same_form_twice_is_one_trip(self, author):
        user, activity = author
        said = {"content": drive(car(user)), "form_key": uuid.uuid4(), "today": DAY, "actor": user}
        first = record_trip(user.person, activity, **said)
        assert record_trip(user.person, activity, **said) == first
        assert MileageTrip.objects.count() == 1

    def test_an_earlier_trip_added_later_moves_the_open_ones_only(self, author):
        user, activity = author
        vehicle = car(user)
        late = trip(user, activity, vehicle, "2900", on=date(2026, 11, 10))
        middle = trip(user, activity, vehicle, "2900", on=date(2026, 11, 9))
        late.line.refresh_from_db()
        assert middle.line.amount == Decimal("1757.40")
        assert late.line.amount == Decimal("1544.60")
        hand_in(middle.line.claim)
        trip(user, activity, vehicle, "100", on=date(2026, 11, 1), today=date(2026, 12, 3))
        late.line.refresh_from_db()
        assert late.line.amount == Decimal("1544.60")
        assert given(vehicle) == year_of(vehicle, 2026).due
        assert not MileageAdjustment.objects.exists()

    def test_a_trip_of_an_unknown_year_uses_the_last_scale_and_says_so(self, author):
        user, activity = author
        made = trip(user, activity, car(user), "10", on=date(2027, 1, 4))
        assert made.line.amount == Decimal("6.06")
        assert made.working["scale_year"] == 2026

    def test_two_years_count_apart(self, author):
        user, activity = author
        vehicle = car(user)
        trip(user, activity, vehicle, "3000", on=date(2026, 12, 30), returns=True)
        first = trip(user, activity, vehicle, "10", on=date(2027, 1, 2))
        assert first.line.amount == Decimal("6.06")

    def test_the_page_says_what_is_recorded(self, author):
        user, activity = author
        vehicle = car(user)
        trip(user, activity, vehicle, "2500", returns=True)
        shown = step_of(vehicle, on=DAY, km=Decimal(10))
        assert trip(user, activity, vehicle, "10").line.amount == shown.amount == Decimal("3.40")


class TestRefused:
    def refused(self, author, field: str | None, code: Code, **details) -> Refused:
        user, activity = author
        vehicle = details.pop("vehicle", None) or car(user)
        km = details.pop("km", "30")
        with pytest.raises(Refused) as refusal:
            trip(user, activity, vehicle, km, today=details.pop("today", DAY), **details)
        assert (refusal.value.field, refusal.value.code) == (field, code)
        assert not ExpenseLine.objects.exists()
        assert not ExpenseClaim.objects.exists()
        return refusal.value

    def test_without_papers(self, author):
        refusal = self.refused(author, "vehicle", Code.COVER_MISSING, vehicle=car(author[0], papers=False))
        assert "carte grise" in str(refusal)
        assert "assurance" in str(refusal)

    def test_with_one_paper(self, author):
        vehicle = car(author[0], papers=False)
        registration(vehicle, author[0])
        refusal = self.refused(author, "vehicle", Code.COVER_MISSING, vehicle=vehicle)
        assert "12/11/2026" in str(refusal)

    @pytest.mark.parametrize("end", [date(2026, 11, 11), date(2025, 12, 31)])
    def test_insurance_over_on_the_day(self, author, end):
        vehicle = car(author[0], papers=False)
        registration(vehicle, author[0])
        insurance(vehicle, author[0], date(2025, 1, 1), end)
        self.refused(author, "vehicle", Code.COVER_MISSING, vehicle=vehicle)

    def test_insurance_that_begins_after(self, author):
        vehicle = car(author[0], papers=False)
        registration(vehicle, author[0])
        insurance(vehicle, author[0], date(2026, 11, 13))
        self.refused(author, "vehicle", Code.COVER_MISSING, vehicle=vehicle)

    def test_a_trip_over_new_year(self, author):
        refusal = self.refused(
            author,
            "back_on",
            Code.PERIOD_INVALID,
            on=date(2026, 12, 31),
            back_on=date(2027, 1, 2),
            returns=True,
            today=date(2027, 1, 3),
        )
        assert "deux trajets" in str(refusal)

    @pytest.mark.parametrize(
        ("field", "code", "details"),
        [
            ("on", Code.DATE_INVALID, {"on": date(2026, 11, 13)}),
            ("back_on", Code.DATE_INVALID, {"back_on": date(2026, 11, 11), "returns": True}),
            ("back_on", Code.DATE_INVALID, {"back_on": date(2026, 11, 13), "returns": True}),
            ("km", Code.AMOUNT_INVALID, {"km": "0"}),
            ("km", Code.AMOUNT_INVALID, {"km": "-3"}),
            ("km", Code.AMOUNT_INVALID, {"km": "3000.1"}),
            ("km", Code.AMOUNT_INVALID, {"km": "2.85"}),
            ("start", Code.VALUE_MISSING, {"start": "  "}),
            ("arrival", Code.VALUE_MISSING, {"arrival": ""}),
            ("purpose", Code.VALUE_MISSING, {"purpose": ""}),
            ("purpose", Code.TEXT_TOO_LONG, {"purpose": "x" * 201}),
        ],
    )
    def test_what_is_typed_wrong(self, author, field, code, details):
        self.refused(author, field, code, **details)

    def test_the_vehicle_of_somebody_else(self, author):
        other, _activity = make_entrepreneur()
        self.refused(author, "vehicle", Code.NOT_ALLOWED, vehicle=car(other))

    def test_a_vehicle_put_away(self, author):
        vehicle = archive_vehicle(car(author[0]), at=AT, actor=author[0])
        self.refused(author, "vehicle", Code.VALUE_INVALID, vehicle=vehicle)

    def test_somebody_who_did_not_agree(self, author):
        user, activity = author
        other, _activity = make_entrepreneur()
        with pytest.raises(Forbidden):
            record_trip(
                user.person,
                activity,
                content=drive(car(user)),
                form_key=uuid.uuid4(),
                today=DAY,
                actor=other,
            )
        assert not MileageTrip.objects.exists()


class TestChange:
    def test_other_kilometres_move_the_trips_after(self, author):
        user, activity = author
        vehicle = car(user)
        first = trip(user, activity, vehicle, "2500", on=date(2026, 11, 2))
        second = trip(user, activity, vehicle, "2500", on=date(2026, 11, 3))
        save_trip(
            first,
            content=drive(vehicle, "2600", on=date(2026, 11, 2)),
            version=first.line.version,
            today=DAY,
            actor=user,
        )
        second.line.refresh_from_db()
        assert second.line.amount == Decimal("1488.40")
        assert given(vehicle) == Decimal("3064.00")

    def test_another_vehicle_counts_in_both_years(self, author):
        user, activity = author
        old, new = car(user), car(user, plate="EF-456-GH", power=3)
        made = trip(user, activity, old, "100")
        trip(user, activity, old, "100")
        save_trip(made, content=drive(new, "100"), version=made.line.version, today=DAY, actor=user)
        assert (given(old), given(new)) == (Decimal("60.60"), Decimal("52.90"))

    def test_an_older_form_is_refused(self, author):
        user, activity = author
        vehicle = car(user)
        made = trip(user, activity, vehicle)
        save_trip(made, content=drive(vehicle, "31"), version=1, today=DAY, actor=user)
        with pytest.raises(Refused) as refusal:
            save_trip(made, content=drive(vehicle, "99"), version=1, today=DAY, actor=user)
        assert refusal.value.code == Code.STALE_FORM
        made.refresh_from_db()
        assert made.km == Decimal("31.0")

    def test_a_claim_handed_over_keeps_its_trips(self, author):
        user, activity = author
        vehicle = car(user)
        made = trip(user, activity, vehicle)
        hand_in(made.line.claim)
        for act in (
            lambda: save_trip(made, content=drive(vehicle, "99"), version=1, today=DAY, actor=user),
            lambda: remove_trip(made, today=DAY, actor=user),
        ):
            with pytest.raises(Refused) as refusal:
                act()
            assert refusal.value.code == Code.ILLEGAL_MOVE
        made.refresh_from_db()
        assert made.km == Decimal("30.0")

    def test_a_removed_trip_leaves_the_year_right(self, author):
        user, activity = author
        vehicle = car(user)
        first = trip(user, activity, vehicle, "2500", returns=True, on=date(2026, 11, 2))
        second = trip(user, activity, vehicle, "100", on=date(2026, 11, 3))
        remove_trip(first, today=DAY, actor=user)
        second.line.refresh_from_db()
        assert second.line.amount == Decimal("60.60")
        with pytest.raises(Refused):
            remove_trip(first, today=DAY, actor=user)

    def test_a_favourite_is_kept_once(self, author):
        user, activity = author
        made = trip(user, activity, car(user))
        keep_favourite(made, actor=user)
        favourite = keep_favourite(made, actor=user)
        assert (favourite.km, favourite.returns) == (Decimal("30.0"), False)
        drop_favourite(favourite, actor=user)
        assert not FavouriteTrip.objects.exists()


class TestRegularisation:
    def test_a_corrected_power_puts_right_what_was_handed_in(self, author):
        user, activity = author
        vehicle = car(user)
        fixed = trip(user, activity, vehicle, "100", on=date(2026, 11, 2))
        hand_in(fixed.line.claim)
        vehicle = save_vehicle(
            vehicle,
            content=VehicleContent("Kangoo", VehicleKind.CAR, "AB-123-CD", 5),
            today=date(2026, 12, 2),
            actor=user,
        )
        right = MileageAdjustment.objects.get()
        fixed.line.refresh_from_db()
        assert (fixed.line.amount, right.line.amount) == (Decimal("60.60"), Decimal("3.00"))
        assert (right.working["due"], right.working["given"]) == ("63.60", "60.60")
        assert right.line.claim.month == date(2026, 12, 1)
        assert given(vehicle) == Decimal("63.60")

    def test_a_power_put_back_leaves_no_line(self, author):
        user, activity = author
        vehicle = car(user)
        hand_in(trip(user, activity, vehicle, "100").line.claim)
        for power in (5, 4):
            said = VehicleContent("Kangoo", VehicleKind.CAR, "AB-123-CD", power)
            save_vehicle(vehicle, content=said, today=date(2026, 12, 2), actor=user)
        assert not MileageAdjustment.objects.exists()
        assert given(vehicle) == Decimal("60.60")

    def test_the_scale_of_the_year_comes_later(self, author):
        user, activity = author
        vehicle, day = car(user), date(2027, 2, 3)
        fixed = trip(user, activity, vehicle, "100", on=day)
        hand_in(fixed.line.claim)
        open_one = trip(user, activity, vehicle, "100", on=date(2027, 3, 1))
        bands = [
            BandContent(VehicleKind.CAR, 4, 4, 5000, Decimal("0.700"), Decimal(0)),
            BandContent(VehicleKind.CAR, 4, 4, None, Decimal("0.400"), Decimal(1500)),
        ]
        content = ScaleContent(2027, Decimal("1.2"), "arrêté de 2027", bands)
        add_scale(content=content, today=date(2027, 3, 2), actor=None)
        open_one.line.refresh_from_db()
        right = MileageAdjustment.objects.get(year=2027)
        assert (open_one.line.amount, right.line.amount) == (Decimal("70.00"), Decimal("9.40"))
        assert given(vehicle, 2027) == Decimal("140.00")
        assert right.line.amount + fixed.line.amount == Decimal("70.00")

    def test_the_same_scale_again_is_refused(self, author):
        user, activity = author
        trip(user, activity, car(user))
        bands = [BandContent(VehicleKind.CAR, 0, None, None, Decimal("0.5"), Decimal(0))]
        content = ScaleContent(2026, Decimal("1.2"), "essai", bands)
        assert add_scale(content=content, today=DAY, actor=None).version == 2
        with pytest.raises(Refused) as refusal:
            add_scale(content=content, today=DAY, actor=None)
        assert refusal.value.code == Code.ALREADY_DONE

    def test_any_story_of_a_year_adds_up(self, author):
        """Trips come in any order, claims are handed in, the power is corrected: the sum is the year's."""
        user, activity = author
        vehicle, chance = car(user), random.Random(56)  # noqa: S311  # the same story each time
        for turn in range(25):
            day = date(2026, chance.randint(1, 11), chance.randint(1, 28))
            today = date(2026, 11, 28) if turn < 20 else date(2026, 12, 20)
            try:
                trip(user, activity, vehicle, str(chance.randint(1, 600)), on=day, today=today)
            except Refused:
                continue
            if turn % 4 == 3:
                hand_in(ExpenseClaim.objects.filter(state=ClaimState.DRAFT).order_by("month").first())
            if turn % 7 == 6:
                said = VehicleContent("K", VehicleKind.CAR, "AB-123-CD", chance.randint(3, 8))
                vehicle = save_vehicle(vehicle, content=said, today=today, actor=user)
            year = year_of(vehicle, 2026)
            assert given(vehicle) == year.given == year.due


def test_the_log_cumulates_each_vehicle(author):
    user, activity = author
    one, two = car(user), car(user, label="Zoé", plate="EF-456-GH", electric=True)
    trip(user, activity, one, "30", on=date(2026, 11, 3))
    trip(user, activity, two, "10", on=date(2026, 11, 4))
    trip(user, activity, one, "20", on=date(2026, 11, 5), returns=True)
    assert [(row.trip.vehicle.label, str(row.cumulated)) for row in log_of(user.person, 2026)] == [
        ("Kangoo", "30.0"),
        ("Kangoo", "70.0"),
        ("Zoé", "10.0"),
    ]
    assert log_of(user.person, 2026, two)[0].amount == Decimal("7.27")
