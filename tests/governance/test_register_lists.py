"""The lists beside the register cost the same for one row and for thirty."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from governance.models import Admission, College
from tests.factories.governance import make_associate, make_member, make_organiser
from tests.factories.people import OrganisationFactory, make_person
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def _request() -> None:
    Admission.objects.create(person=make_person(), state="submitted", submitted_on=date(2026, 1, 1))


def _college() -> None:
    make_associate(college=College.objects.create(name=f"Collège {College.objects.count()}"))


@pytest.mark.parametrize(("page", "make"), [("admission_list", _request), ("college_list", _college)])
def test_a_list_costs_the_same_for_thirty(
    page: str, make: object, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, url = client_of(make_organiser()), reverse(f"governance:{page}")
    assert callable(make)
    make()
    client.get(url)
    with django_assert_max_num_queries(40) as one:
        client.get(url)
    for _rank in range(29):
        make()
    with django_assert_max_num_queries(len(one.captured_queries)):
        assert client.get(url).status_code == 200


def test_ones_own_situation_costs_little_for_whom_one_represents(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    user, _mine = make_member()
    town = make_associate(organisation=OrganisationFactory.create(), category="public_body")
    town.representatives.create(person=user.person, starts_on=date(2020, 1, 1))
    client = client_of(user)
    with django_assert_max_num_queries(45):
        page = client.get(reverse("governance:own_situation")).content.decode()
    assert page.count("Une voix à l’assemblée") == 2
