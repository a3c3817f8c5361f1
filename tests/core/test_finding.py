"""A row is found by its name: as it is written, in part, without accents; never by guess."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from cae.core.finding import BLANKS, FoundField, FoundManyField
from people.models import Person
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


class SampleForm(forms.Form):
    one = FoundField(label="Personne", queryset=Person.objects.order_by("sort_name"))
    other = FoundField(label="Autre", queryset=Person.objects.order_by("sort_name"), required=False)
    many = FoundManyField(label="Personnes", queryset=Person.objects.order_by("sort_name"))


def sent(one: str = "", other: str = "", many: tuple[str, ...] = ()) -> SampleForm:
    data = QueryDict(mutable=True)
    data.update({"one": one, "other": other})
    data.setlist("many", list(many))
    return SampleForm(data)


@pytest.fixture
def people() -> dict[str, Person]:
    return {
        "helene": make_person(first_name="Hélène", last_name="Œuvrard", email="helene@exemple.fr"),
        "ana": make_person(first_name="Ana", last_name="Paz", email="ana@exemple.fr"),
        "namesake": make_person(first_name="Ana", last_name="Paz", email="paz@exemple.fr"),
    }


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Hélène Œuvrard", "helene"),
        ("  helene   oeuvrard ", "helene"),
        ("Œuvrard Hélène", "helene"),
        ("oeuv", "helene"),
        ("Ana Paz · paz@exemple.fr", "namesake"),
        ("ana@exemple", "ana"),
    ],
)
def test_somebody_is_found(text: str, who: str, people: dict[str, Person]) -> None:
    form = sent(text, many=(text, "", text))
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"one": people[who], "other": None, "many": [people[who]]}


def test_a_key_names_its_row(people: dict[str, Person]) -> None:
    form = sent(str(people["ana"].pk), many=tuple(str(one.pk) for one in people.values()))
    assert form.is_valid()
    assert form.cleaned_data["one"] == people["ana"]
    assert form.cleaned_data["many"] == list(people.values())


def test_nobody_is_guessed_and_nothing_typed_is_lost(people: dict[str, Person]) -> None:
    form = sent("Ana Paz", other="Personne d’ici", many=("oeuv", "Inconnue"))
    assert not form.is_valid()
    assert {name: errors.as_data()[0].code for name, errors in form.errors.items()} == {
        "one": "several",
        "other": "unknown",
        "many": "unknown",
    }
    drawn = str(form["one"]) + str(form["many"])
    for word in ('value="Ana Paz"', 'value="oeuv"', 'value="Inconnue"'):
        assert word in drawn
    empty = sent()
    assert not empty.is_valid()
    assert set(empty.errors) == {"one", "many"}


def test_the_box_offers_each_once_and_shows_who_is_chosen(
    people: dict[str, Person], django_assert_num_queries: Any
) -> None:
    form = SampleForm(initial={"one": people["helene"].pk, "many": [people["ana"]]})
    with django_assert_num_queries(2):
        alone, many = str(form["one"]), str(form["many"])
    assert 'value="Hélène Œuvrard"' in alone
    assert [many.count(f"Ana Paz · {name}@exemple.fr") for name in ("ana", "paz")] == [2, 1]
    assert many.count("<input") == 1 + BLANKS
    assert 'aria-label="Personnes 2"' in many
    assert alone.count("<input") == 1
    assert 'list="id_one_names"' in alone
