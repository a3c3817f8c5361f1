"""What the register holds of a person, keeps and lets go; the search, the page of a person (PEO-38)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from cae.core.panels import panels_of
from cae.core.permanence import erasing
from cae.core.search import search
from governance.models import Admission, VotingRightEvent
from governance.selectors.register_data import (
    held_register,
    hinders_register,
    last_register_contacts,
)
from governance.services.associates import lose_status
from governance.services.erasing_register import erase_register
from governance.services.voting_rights import notify_late
from people.states import RoleKind
from tests.factories.governance import make_associate, make_member, make_organiser
from tests.factories.governance_register import make_request
from tests.factories.people import OrganisationFactory, make_person, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel("2026-11-25 10:00:00+01:00", tick=False):
        yield


def test_everything_the_register_says_is_given_back() -> None:
    user, mine = make_member()
    notify_late(mine, at=timezone.now(), reason="Un versement en retard", actor=None)
    town = make_associate(organisation=OrganisationFactory.create(name="Ville de Bègles"), category="outside")
    town.representatives.create(person=user.person, starts_on=TODAY, function="Maire")
    held = {str(one.label): one.rows for one in held_register(user.person, user)}
    assert held["Registre des associé·es"][0][2] == "Assemblée de fondation"
    assert held["Droit de vote"][0][2] == "Un versement en retard"
    assert held["Personnes morales représentées"][0][:2] == ("Ville de Bègles", "Maire")
    asker = make_person()
    make_request(asker, on=TODAY, letter="Décider ensemble")
    requests = [one.rows for one in held_register(asker, user)][-1]
    assert requests[0][2] == "Décider ensemble"


def test_the_line_of_the_register_stays_ten_years_after_the_exit() -> None:
    associate = make_associate()
    person = associate.person
    assert "reste" in hinders_register(person, TODAY)
    lose_status(associate, cause="resignation", on=TODAY, decision="", actor=None)
    assert "dix ans" in hinders_register(person, date(2036, 11, 25))
    assert hinders_register(person, date(2036, 11, 26)) == ""
    assert last_register_contacts() == {person.pk: TODAY}


def test_the_words_go_and_the_facts_stay() -> None:
    associate = make_associate()
    notify_late(associate, at=timezone.now(), reason="Difficultés de santé", actor=None)
    asked = make_request(make_person(), on=TODAY, letter="Ma vie")
    with erasing():
        assert erase_register(associate.person, TODAY) == 1
        assert erase_register(asked.person, TODAY) == 1
    assert VotingRightEvent.objects.get().reason == "[effacé]"
    asked = Admission.objects.get()
    assert (asked.letter, asked.submitted_on) == ("[effacé]", TODAY)


def test_the_search_and_the_page_of_a_person_stay_within_sight() -> None:
    associate = make_associate(first_name="Maïté", last_name="Etcheverry", number=12)
    manager, stranger = make_organiser(), make_user(RoleKind.ENTREPRENEUR)

    def found(user: object) -> list[str]:
        return [hit.url for group in search(user, "etcheverry") for hit in group.hits]

    assert associate.get_absolute_url() in found(manager)
    assert associate.get_absolute_url() not in found(stranger)
    panels = {str(panel.title): panel.rows for panel in panels_of(manager, associate.person, TODAY)}
    assert [row.url for row in panels["Sociétariat"]] == [associate.get_absolute_url()]
    assert "Sociétariat" not in {
        str(panel.title) for panel in panels_of(stranger, associate.person, TODAY) if panel.rows
    }
