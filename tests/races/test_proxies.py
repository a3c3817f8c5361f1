"""Two givers to one holder at the cap, two proxies of one giver, two arrivals of one person: one stands."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.signing import Hand
from governance.models import Assembly, Associate, AttendanceEvent, Proxy
from governance.services.attendance import arrive
from governance.services.proxies import ProxyData, Signing, give_proxy
from tests.factories.governance import make_assembly, make_associate, make_member, make_organiser
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No PDF: what is at stake is the proxy."""
    monkeypatch.setattr("governance.services.proxies.run_later", lambda *args, **details: None)


def giving(assembly: Assembly, principal: Associate, holder: Associate, actor: object) -> partial[Proxy]:
    return partial(
        give_proxy,
        assembly,
        principal=principal,
        data=ProxyData(holder),
        signing=Signing(Hand("Moi", typed="Moi")),
        now=timezone.now(),
        actor=actor,
    )


def test_the_last_place_of_a_holder_is_given_once(race: Race) -> None:
    assembly = make_assembly(starts_at=timezone.now() + timedelta(days=10))
    holder = make_associate()
    members = [make_member() for _one in range(4)]
    results = race([giving(assembly, principal, holder, user) for user, principal in members])
    refused = [found for found in results if isinstance(found, Refused)]
    assert [one.code for one in refused] == [Code.NOT_ALLOWED] * 3
    assert Proxy.objects.count() == 1


def test_one_giver_from_two_tabs_has_one_proxy(race: Race) -> None:
    assembly = make_assembly(starts_at=timezone.now() + timedelta(days=10))
    user, principal = make_member()
    holders = [make_associate() for _one in range(4)]
    race([giving(assembly, principal, holder, user) for holder in holders])
    assert Proxy.objects.filter(state="given").count() == 1
    assert Proxy.objects.filter(state="replaced").count() == 3


def test_one_arrives_once_at_two_desks(race: Race) -> None:
    assembly, desk = make_assembly(state="open"), make_organiser()
    ana = make_associate()
    act = partial(arrive, assembly, associate=ana, now=timezone.now(), actor=desk)
    results = race([act] * 4)
    assert sum(isinstance(found, Refused) for found in results) == 3
    assert AttendanceEvent.objects.count() == 1
