"""Amounts, rates, dates and official numbers read the same everywhere."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from cae.core.templatetags import formats


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1234.5"), "1\u202f234,50\u00a0€"),
        (Decimal("1234567.89"), "1\u202f234\u202f567,89\u00a0€"),
        (Decimal(0), "0,00\u00a0€"),
        (Decimal(-12), "\u221212,00\u00a0€"),
        (Decimal("0.005"), "0,01\u00a0€"),
        (Decimal("-0.004"), "0,00\u00a0€"),
        (3, "3,00\u00a0€"),
        (None, "—"),
        ("", "—"),
    ],
)
def test_money(value: object, text: str) -> None:
    assert formats.money(value) == text


def test_money_refuses_a_float() -> None:
    with pytest.raises(TypeError):
        formats.money(0.1)


def test_amount_has_no_sign_of_euro() -> None:
    assert formats.amount(Decimal("1234.5")) == "1\u202f234,50"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("0.2000"), "20\u00a0%"),
        (Decimal("0.0550"), "5,5\u00a0%"),
        (Decimal("0.1025"), "10,25\u00a0%"),
        (Decimal(0), "0\u00a0%"),
        (None, "—"),
    ],
)
def test_percent(value: Decimal | None, text: str) -> None:
    assert formats.percent(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("1.2500"), "1,25"), (Decimal("3.0000"), "3"), (Decimal(1200), "1\u202f200"), (None, "—")],
)
def test_quantity(value: Decimal | None, text: str) -> None:
    assert formats.quantity(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("8.4000"), "8,40\u00a0€"),
        (Decimal("0.1255"), "0,1255\u00a0€"),
        (Decimal("1200.000"), "1\u202f200,00\u00a0€"),
        (None, "—"),
        ("", "—"),
    ],
)
def test_price(value: object, text: str) -> None:
    assert formats.price(value) == text


def test_day_is_day_first() -> None:
    assert formats.day(date(2026, 11, 5)) == "05/11/2026"
    assert formats.day(None) == "—"


def test_an_instant_is_read_on_the_clock_of_paris() -> None:
    midnight = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert formats.day(midnight) == "02/07/2026"
    assert formats.moment(midnight) == "02/07/2026 à 00:30"


def test_the_first_of_a_month_is_said_as_french_says_it() -> None:
    assert formats.spelled(date(2026, 12, 1)) == "1er décembre 2026"
    assert formats.spelled(date(2026, 12, 1), "l j F") == "mardi 1er décembre"
    assert formats.spelled(datetime(2026, 12, 21, 8, tzinfo=UTC), "l j F, H:i") == "lundi 21 décembre, 09:00"
    assert formats.spelled(None) == "—"
    with override("en"):
        assert formats.spelled(date(2026, 12, 1)) == "1 December 2026"


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "aujourd’hui"),
        (-1, "hier"),
        (1, "demain"),
        (-3, "il y a 3 jours"),
        (5, "dans 5 jours"),
        (-90, "il y a 3 mois"),
        (800, "dans 2 ans"),
    ],
)
def test_since(days: int, text: str) -> None:
    assert formats.since(timezone.localdate() + timedelta(days=days)) == text


def test_dated_says_the_date_before_its_distance() -> None:
    found = formats.dated(timezone.localdate() - timedelta(days=2))
    assert str(found).index("/") < str(found).index("il y a 2 jours")
    assert f'datetime="{(timezone.localdate() - timedelta(days=2)).isoformat()}"' in str(found)


def test_official_numbers_are_grouped_and_kept_on_one_line() -> None:
    assert formats.siren("552100554") == "552\u00a0100\u00a0554"
    assert formats.siret("55210055400013") == "552\u00a0100\u00a0554\u00a000013"
    assert formats.iban("FR7630006000011234567890189") == "FR76 3000 6000 0112 3456 7890 189".replace(
        " ", "\u00a0"
    )
    assert formats.siren("") == "—"
    # A narrow card may end the line of one.
    assert formats.breakable(formats.iban("FR1420041010")) == "FR14 2004 1010"
