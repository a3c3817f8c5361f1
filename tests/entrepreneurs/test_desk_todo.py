"""« À faire » of human resources: contracts, absences, declarations, departures; of others than oneself."""

from __future__ import annotations

from datetime import date

import pytest

from cae.core.facts import Todo, awaited_in
from entrepreneurs.selectors.desk_todo import AWAITED
from people.models import User
from people.states import RoleKind
from tests.factories.contracts import hand_over, make_draft, make_signer
from tests.factories.desk import DAY, make_absence, make_exit, make_hiring
from tests.factories.people import make_person, make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def _found(user: User) -> list[Todo]:
    return awaited_in(AWAITED, user, DAY)


def test_each_thing_of_the_desk_waits_until_it_is_done() -> None:
    hr, asking, leaving = make_user(RoleKind.HUMAN_RESOURCES), make_user(RoleKind.ENTREPRENEUR), make_person()
    assert _found(hr) == []
    make_draft(make_person())
    sent = make_draft(make_signer().person)
    hand_over(sent.terms.get())
    absence = make_absence(asking)
    # One’s own is answered by somebody else.
    make_absence(hr)
    make_exit(leaving, hr)
    make_hiring()
    found = {todo.label: todo for todo in _found(hr)}
    assert {
        "Mettre à la signature 1 contrat ou avenant",
        "Suivre la signature de 1 contrat ou avenant",
        "Répondre à 1 demande d’absence",
        "Faire 1 déclaration à l’embauche",
        "Préparer 1 sortie",
    } <= set(found)
    assert found["Répondre à 1 demande d’absence"].due == absence.starts_on
    assert found["Préparer 1 sortie"].due == date(2026, 4, 30)
    # Each leads to a page that shows what it counts.
    client = client_of(hr)
    for todo in found.values():
        assert client.get(todo.url).status_code == 200, todo.url
    (listed,) = (
        client.get(found["Suivre la signature de 1 contrat ou avenant"].url).context["list"].table.rows
    )
    assert listed.record == sent


@pytest.mark.parametrize("kind", [RoleKind.ADVISOR, RoleKind.ACCOUNTANT, RoleKind.ENTREPRENEUR])
def test_it_waits_for_human_resources_alone(kind: str) -> None:
    make_draft(make_person())
    make_hiring()
    assert _found(make_user(kind)) == []
