"""Addresses as an envelope wants them."""

from __future__ import annotations

from django.utils.translation import override

from people.models import Person


def test_the_country_is_named_when_it_is_another() -> None:
    here = Person(address_line="12 rue des Ruches", postcode="33000", city="Bordeaux")
    assert here.address_lines == ["12 rue des Ruches", "33000 Bordeaux"]
    there = Person(address_line="Kastanienallee 1", city="Berlin", country="DE")
    with override("fr"):
        assert there.address_lines == ["Kastanienallee 1", "Berlin", "Allemagne"]
    with override("en"):
        assert there.address_lines[-1] == "Germany"


def test_an_empty_address_has_no_line() -> None:
    assert Person().address_lines == []
