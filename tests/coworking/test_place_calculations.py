"""Hours as typed, places on a drawing, costs shared: the pure parts of places."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coworking.calculations.france import OUTLINE
from coworking.calculations.hours import MIDNIGHT, Opening
from coworking.calculations.hours_typed import openings_typed, said_openings
from coworking.calculations.maps import LINE, MARGIN, Label, frame_of, labels
from coworking.calculations.sharing import Presence, shared


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("fermé", []),
        ("9h-12h30, 14h-18h", [(time(9), time(12, 30)), (time(14), time(18))]),
        ("9:00–12:30 et 14.00 à 18h00", [(time(9), time(12, 30)), (time(14), time(18))]),
        ("8-minuit", [(time(8), MIDNIGHT)]),
        ("0h-24h", [(time(0), MIDNIGHT)]),
    ],
)
def test_hours_are_read_as_people_type_them(text: str, expected: list[tuple[time, time]]) -> None:
    assert openings_typed(text, 2) == [Opening(2, opens, closes) for opens, closes in expected]


@pytest.mark.parametrize(
    "text", ["9h", "9h-12h-14h", "matin-soir", "9h-25h", "9h-10h75", "24h-25h", "9h-12h,"]
)
def test_what_is_no_hour_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"^[^\n]*$"):
        openings_typed(text, 0)


@given(
    st.lists(
        st.tuples(st.times(), st.times()).map(
            lambda ends: Opening(
                3, ends[0].replace(second=0, microsecond=0), ends[1].replace(second=0, microsecond=0)
            )
        ),
        max_size=4,
    )
)
def test_what_is_said_is_read_again(openings: list[Opening]) -> None:
    assert openings_typed(said_openings(openings), 3) == openings


def test_a_map_keeps_its_margins_and_puts_north_above() -> None:
    hagetmau, la_reole = (Decimal("43.6557"), Decimal("-0.5918")), (Decimal("44.5812"), Decimal("-0.0357"))
    frame = frame_of([hagetmau, la_reole], 640, 420)
    south, north = frame.at(*hagetmau), frame.at(*la_reole)
    assert north[1] < south[1]
    assert north[0] > south[0]
    # As high as the drawing allows, in the middle of its width.
    assert (round(north[1], 6), round(south[1], 6)) == (MARGIN, 420 - MARGIN)
    assert round(north[0] + south[0]) == 640
    assert frame_of([hagetmau], 640, 420).at(*hagetmau) == (320, 210)
    # The sea is west of Hagetmau, and both are seen on the land.
    assert min(x for x, _y in (frame.at(*point) for point in OUTLINE)) < south[0]


def test_names_on_a_map_are_not_written_on_one_another() -> None:
    assert labels([], [], 400) == []
    far, close = (Decimal(50), Decimal(50)), (Decimal(52), Decimal(54))
    assert labels([far, (Decimal(50), Decimal(200))], [8, 8], 400) == [
        Label(Decimal(50), False),
        Label(Decimal(200), False),
    ]
    # Beside the right border, at the left; beside another name, at the other side; no side left, lower.
    assert labels([(Decimal(390), Decimal(50))], [8], 400) == [Label(Decimal(50), True)]
    assert labels([(Decimal(200), Decimal(50)), (Decimal(202), Decimal(54))], [8, 6], 400) == [
        Label(Decimal(50), False),
        Label(Decimal(54), True),
    ]
    assert labels([far, close], [8, 6], 400) == [Label(Decimal(50), False), Label(Decimal(54) + LINE, False)]
    # A name wider than the drawing is written all the same.
    assert labels([far], [90], 400) == [Label(Decimal(50), False)]


def test_a_cost_is_shared_by_key_and_days_to_the_cent() -> None:
    first, last = date(2026, 6, 1), date(2026, 6, 30)
    tenants = [
        Presence(24, date(2025, 1, 1)),
        Presence(16, date(2026, 6, 16)),
        Presence(10, date(2026, 1, 1), date(2026, 6, 10)),
        Presence(50, date(2026, 7, 1)),
    ]
    parts = shared(Decimal("100.00"), first, last, tenants)
    # 24 × 30 = 720, 16 × 15 = 240, 10 × 10 = 100, nobody: 1 060 in all; the cent left goes to 240.
    assert [part.days for part in parts] == [30, 15, 10, 0]
    assert [str(part.amount) for part in parts] == ["67.93", "22.64", "9.43", "0.00"]
    with pytest.raises(ValueError, match="positive"):
        shared(Decimal(1), date(2020, 1, 1), date(2020, 1, 2), tenants)
