"""Nothing is visible or changeable outside one's scope (PEO-21, CAE-14): every object, tried by strangers."""

from collections.abc import Callable
from typing import Any
from zlib import crc32

import pytest
from django.core.cache import cache

from invoicing.engines.checker import client as checker
from people.models import (
    Person,
)
from people.services.scopes import save_portfolio
from people.states import RoleKind
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.governance import make_member, make_organiser
from tests.factories.people import make_user
from tests.house.owned import (
    READ_BY_ASSOCIATES,
    everything,
    filled,
    owned_addresses,
    owned_by_claire,
)
from tests.house.test_rights import OURS
from tests.invoicing.conftest import Judges
from tests.pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch, demonstration: None) -> dict[str, Any]:
    monkeypatch.setattr(checker, "check", Judges().check)
    return owned_by_claire()


def advisor_of_elsewhere() -> Any:
    portfolio = save_portfolio(None, label="Ailleurs", scopes=[make_activity().scope], actor=None)
    return make_user(RoleKind.ADVISOR, scope=portfolio)


STRANGERS: dict[str, Callable[[], Any]] = {
    "another entrepreneur": lambda: make_entrepreneur()[0],
    "an advisor of another portfolio": advisor_of_elsewhere,
    "a candidate": lambda: make_user(RoleKind.CANDIDATE),
    "an associate": lambda: make_user(RoleKind.ASSOCIATE),
    "an associate whom no assembly called": lambda: make_member()[0],
    "the webmaster": lambda: make_user(RoleKind.WEBMASTER),
    "an account without role": make_user,
}

MAY_READ = ("an associate whom no assembly called",)


def refused_to(address: str) -> set[str]:
    """Who tries this address in the daily run, always the same one; all of them do in `--full`. What
    associates may read is tried by who may too."""
    found = list(STRANGERS)[crc32(address.encode()) % len(STRANGERS)]
    return {found, *MAY_READ} if address in READ_BY_ASSOCIATES else {found}


def test_a_stranger_sees_nothing_and_changes_nothing(
    keys: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    clients = {who: client_of(made()) for who, made in STRANGERS.items()}
    full = request.config.getoption("--full")
    sent = {"reason": "x", "amount": "1", "on": "2026-03-03"}
    before = everything()
    faults = []
    for address in owned_addresses():
        path = filled(address, keys)
        for who in STRANGERS if full else refused_to(address):
            client = clients[who]
            answers = [client.get(path), client.post(path, sent)]
            # A page without act draws itself again when something is sent to it.
            right = (200,) if who in MAY_READ and address in READ_BY_ASSOCIATES else (403, 404, 405)
            faults += [
                f"{who}: {answer.request['REQUEST_METHOD']} {path}: {answer.status_code}"
                for answer in answers
                if answer.status_code not in right
            ]
    assert faults == []
    assert everything() == before
    cache.clear()


def test_the_owner_does_see_them(keys: dict[str, Any]) -> None:
    """So that a wrong address in this file cannot make the test above pass."""
    owner = Person.objects.get(pk=keys["personnes/"]).user
    client = client_of(owner)
    for path in (
        f"/ventes/clients/{keys['ventes/clients/']}/",
        f"/ventes/factures/{keys['ventes/factures/']}/",
        f"/activites/{keys['activites/']}/",
        f"/mon-activite/{keys['mon-activite/']}/",
        f"/travaux/{keys['travaux/']}/",
        f"/compta/ecritures/{keys['compta/ecritures/']}/",
    ):
        assert client.get(path).status_code == 200, path


def test_each_key_of_the_cooperative_is_that_of_a_page(keys: dict[str, Any]) -> None:
    """What its owner or an organiser does not find would be refused to strangers for nothing."""
    owner = client_of(Person.objects.get(pk=keys["personnes/"]).user)
    readers = (owner, client_of(make_organiser()))
    lost = []
    for address, view in OURS:
        if view.__module__.startswith("governance.") and address in owned_addresses():
            path = filled(address, keys)
            answers = {reader.get(path).status_code for reader in readers}
            # 405: what only a form sends to, beside a page that is read.
            if not answers & {200, 302, 405}:
                lost.append(f"{path}: {answers}")
    # A natural person has nobody to represent them; no result waits for this assembly.
    accounts = f"/assemblees/{keys['assemblees/']}/resultat/"
    alone = f"/associes/{keys['associes/']}/representant"
    assert lost == [f"{path}: {{403, 404}}" for path in (f"{alone}/", f"{alone}/fin/", accounts)]
