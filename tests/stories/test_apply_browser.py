"""A candidate, by the keyboard and without account: from the first page to an application sent (ENT-01)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from entrepreneurs.models import Application
from entrepreneurs.states.applications import ApplicationState
from people.states import RoleKind
from tests.factories.applications import make_charter
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_territory, make_user
from tests.stories import applying
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def house(demonstration: None) -> None:
    """A cooperative with a charter, a territory, and somebody who welcomes there."""
    make_cooperative()
    make_charter("Nous travaillons chacun de notre métier.\n\nNous décidons ensemble.")
    make_territory("Diois")
    make_user(RoleKind.ADVISOR, first_name="Hélène")


def test_from_the_first_page_to_an_application_sent(walker: Walker, house: None) -> None:
    page = walker.page
    applying.begin(walker)
    expect(page.get_by_text("étapes faites sur 8").or_(page.get_by_text("étape faite sur 8"))).to_be_visible()
    applying.answer(walker)
    applying.send(walker)
    sent = Application.objects.get()
    assert sent.state == ApplicationState.SUBMITTED
    expect(page.get_by_text(sent.reference).first).to_be_visible()
    expect(page.get_by_text("C’est à l’équipe d’accueil.")).to_be_visible()
