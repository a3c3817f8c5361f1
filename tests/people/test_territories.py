"""Territories: a dated tree with its population, whose figures roll up (PEO-30)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cae.core.errors import Code, Refused
from people.models import Person, Territory, TerritoryFigure
from people.selectors.territories import Branch, territory_tree
from people.services.statuses import open_status
from people.services.territories import TerritoryData, count_territory, save_territory
from people.states import RoleKind
from tests.factories.people import make_admin, make_member, make_person, make_scope, make_territory, make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
DAY = date(2026, 11, 25)


def seller(territory: Territory, since: date) -> Person:
    person = make_person(territory=territory)
    open_status(person, kind="entrepreneur", starts_on=since, reason="CESA", actor=None)
    return person


def tree(on: date = DAY) -> dict[str, Branch]:
    return {branch.territory.name: branch for branch in territory_tree(on)}


def counted(territory: Territory, population: int, valid_from: date, zone: str = "rural") -> TerritoryFigure:
    return count_territory(
        territory, population=population, zone=zone, valid_from=valid_from, source="INSEE", actor=None
    )


def test_figures_roll_up_to_the_top_on_any_day() -> None:
    country = make_territory("France")
    landes, gironde = make_territory("Landes", parent=country), make_territory("Gironde", parent=country)
    dax = make_territory("Dax", parent=landes)
    seller(dax, date(2024, 1, 1))
    seller(landes, date(2026, 6, 1))
    make_person(territory=gironde)
    make_member(make_person(), make_scope(territory=dax), starts_on=date(2024, 1, 1))
    found = {
        name: (one.depth, one.person_count, one.seller_count, one.activity_count)
        for name, one in tree().items()
    }
    assert found == {
        "France": (0, 3, 2, 1),
        "Gironde": (1, 1, 0, 0),
        "Landes": (1, 2, 2, 1),
        "Dax": (2, 1, 1, 1),
    }
    assert tree(date(2025, 1, 1))["Landes"].seller_count == 1
    assert tree(date(2023, 1, 1))["France"].activity_count == 0


def test_population_and_zone_are_those_of_the_day() -> None:
    dax = make_territory("Dax")
    counted(dax, 20_000, date(2020, 1, 1))
    counted(dax, 21_500, date(2026, 1, 1), zone="urban")
    assert tree(date(2019, 12, 31))["Dax"].figure is None
    before, after = tree(date(2025, 12, 31))["Dax"].figure, tree()["Dax"].figure
    assert before is not None
    assert after is not None
    assert (before.population, before.zone) == (20_000, "rural")
    assert (after.population, after.zone) == (21_500, "urban")
    with pytest.raises(Refused) as caught:
        count_territory(dax, population=1, zone="rural", valid_from=DAY, source=" ", actor=None)
    assert caught.value.code == Code.VALUE_MISSING
    for act in (after.delete, lambda: TerritoryFigure.objects.update(population=1)):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert TerritoryFigure.objects.count() == 2


def test_a_town_that_merged_is_out_of_the_tree_and_keeps_its_past() -> None:
    old = make_territory("Ancienne commune")
    make_territory("Quartier", parent=old)
    data = TerritoryData("Ancienne commune", "ANCIENNE COMMUNE", closed_on=date(2025, 12, 31))
    save_territory(old, data=data, actor=None)
    assert "Ancienne commune" not in tree()
    assert "Quartier" in tree()
    assert "Ancienne commune" in tree(date(2025, 12, 31))
    with pytest.raises(Refused) as caught:
        save_territory(
            old, data=TerritoryData("A", "A", opened_on=DAY, closed_on=date(2020, 1, 1)), actor=None
        )
    assert caught.value.code == Code.PERIOD_INVALID


def test_the_tree_costs_the_same_whatever_its_size() -> None:
    top = make_territory("France")

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            territory_tree(DAY)
        return len(queries)

    few = cost()
    for rank in range(20):
        seller(make_territory(f"Commune {rank}", parent=top), date(2024, 1, 1))
    assert cost() == few == 5


def test_the_page_shows_and_the_administrator_counts() -> None:
    client, dax = client_of(make_admin()), make_territory("Dax")
    listed, count = reverse("people:territory_list"), reverse("people:territory_count", args=[dax.pk])
    assert "Noter" in client.get(listed).content.decode()
    typed = {"population": "21500", "zone": "urban", "valid_from": "2020-01-01", "source": "INSEE 2022"}
    assert client.get(count).status_code == 200
    assert client.post(count, typed).status_code == 302
    assert client.post(count, typed | {"source": " "}).status_code == 422
    page = client.get(listed).content.decode()
    assert "21\u202f500" in page
    assert "Urbain" in page
    assert "21\u202f500" not in client.get(listed, {"au": "2019-01-01"}).content.decode()
    assert client.get(listed, {"au": "jadis"}).status_code == 422
    manager = client_of(make_user(RoleKind.CO_MANAGER))
    assert manager.get(listed).status_code == 200
    assert manager.post(count, typed).status_code == 403
    assert TerritoryFigure.objects.count() == 1
